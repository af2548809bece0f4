"""The list, a new application, a new centre."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.applications import commands, eligibility, queries
from saduak.applications.forms import CentreForm, FilterForm
from saduak.applications.views.finding import actor_of
from saduak.kernel.refusals import Refusal
from saduak.people import commands as people
from saduak.people.roles import Role
from saduak.rounds import queries as rounds
from saduak.web import refusals

PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All applications the actor may know of, latest first."""
    actor = actor_of(request)
    if actor.has(Role.COMMITTEE, Role.ASSESSOR):
        raise Http404
    form = FilterForm(request.GET, provinces=queries.provinces_for(actor), rounds=queries.rounds_with(actor))
    wanted = form.wanted()
    page = Paginator(queries.list_rows(actor, wanted), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    offices = queries.offices_of(rows)
    context = {
        "page": page,
        "rows": [(row, offices.get(row.centre.path[: -row.centre.steplen])) for row in rows],
        "filters": form,
        "filtered": wanted != queries.Filters(),
        "may_begin": actor.has(Role.COORDINATOR, Role.HEAD),
        "drafts_below": queries.drafts_below(actor),
    }
    return render(request, "applications/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Who may apply, said before any time is spent; then begin."""
    actor = actor_of(request)
    if request.method == "POST":
        try:
            begun = commands.start(request.POST.get("round", ""), request.POST.get("centre", ""), by=actor)
        except ObjectDoesNotExist:
            raise Http404 from None
        messages.success(request, _("The application %(number)s has begun.") % {"number": begun.number})
        return redirect("applications:detail", begun.number)
    context = {"checks": eligibility.checks(actor), "rounds": rounds.rounds()}
    return render(request, "applications/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_centre(request: HttpRequest) -> HttpResponse:
    """Register a service centre of one's own office."""
    actor = actor_of(request)
    offices = [(one.code, one.name) for one in eligibility.offices(actor)]
    form = CentreForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            centre = people.register_centre(values.pop("parent"), by=actor, **values)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusals.sentence(refusal))
        else:
            messages.success(request, _("“%(centre)s” has been registered.") % {"centre": centre.name})
            return redirect("applications:new")
    return render(request, "applications/new_centre.html", {"form": form, "offices": offices}, status=_status(form))


def _status(form: CentreForm) -> int:
    return 422 if form.is_bound and form.errors else 200
