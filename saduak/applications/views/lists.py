"""The list, a new application, a new centre."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.applications import commands, eligibility, policy, queries, weaving
from saduak.applications.forms import CentreForm, FilterForm
from saduak.applications.models import Application
from saduak.applications.views.finding import actor_of
from saduak.applications.workflow import APPLICATION
from saduak.kernel.refusals import NotPossible, Refusal
from saduak.people import commands as people
from saduak.people.models import Organisation
from saduak.people.roles import Role
from saduak.rounds import queries as rounds
from saduak.web import refusals
from saduak.web.components import dates, marks

PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All applications the actor may know of, latest first."""
    actor = actor_of(request)
    if actor.has(Role.COMMITTEE, Role.ASSESSOR):
        raise Http404
    form = FilterForm(request.GET, provinces=queries.provinces_for(actor), rounds=queries.round_codes())
    wanted = form.wanted()
    page = Paginator(queries.list_rows(actor, wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(page.object_list),
        "filters": form,
        "filtered": wanted != queries.Filters(),
        "may_begin": actor.has(Role.COORDINATOR, Role.HEAD),
        "may_assist": policy.may_assist_anybody(actor),
        "drafts_below": queries.drafts_below(actor),
    }
    return render(request, "applications/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Who may apply, said before any time is spent; then begin."""
    actor = actor_of(request)
    if request.method == "POST":
        try:
            begun = commands.start(
                request.POST.get("round", ""),
                request.POST.get("centre", ""),
                by=actor,
                from_last=request.POST.get("from") == "last",
            )
        except ObjectDoesNotExist:
            raise Http404 from None
        except NotPossible as refusal:  # a second click, or a colleague, finds the application of the first
            if not refusal.items:
                raise
            messages.info(request, refusals.sentence(refusal))
            return redirect(refusal.items[0].where)
        messages.success(request, _("The application %(number)s has begun.") % {"number": begun.number})
        return redirect("applications:detail", begun.number)
    context = {"checks": eligibility.checks(actor), "rounds": rounds.rounds()}
    return render(request, "applications/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_centre(request: HttpRequest) -> HttpResponse:
    """Register a service centre of one's own office."""
    actor = actor_of(request)
    found = list(eligibility.offices(actor))
    offices = [(one.code, one.name) for one in found]
    provinces = {one.code: one.province_code for one in found}
    province = provinces.get(request.POST.get("parent", ""), found[0].province_code if found else "")
    form = CentreForm(request.POST or None, offices=offices, province=province)
    if request.method == "POST" and form.is_valid():
        values = form.command_data()
        try:
            centre = people.register_centre(values.pop("parent"), by=actor, **values)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusals.sentence(refusal))
        else:
            messages.success(request, _("“%(centre)s” has been registered.") % {"centre": centre.name})
            return redirect("applications:new")
    return render(request, "applications/new_centre.html", {"form": form, "offices": offices}, status=_status(form))


CELLS = ("number", "centre__name_th", "centre__name_en", "centre__path", "round__code", "state", "moved_at")


def _rows(found: QuerySet[Application]) -> list[SafeString]:
    """The rows of the list as HTML. Fifty of them cost two queries, one template, and each state's tag once."""
    cells = list(found.values_list(*CELLS))
    english = get_language() == "en"
    offices = queries.offices_of({path for _number, _th, _en, path, *_rest in cells})
    tags = {state: marks.status(APPLICATION.states[state]) for state in {one[5] for one in cells}}
    row = weaving.frame("applications/_list_row.html", {})
    return [
        weaving.filled(
            row,
            number,
            number,
            escape((en or th) if english else th),
            offices.get(path[: -Organisation.steplen], ""),
            escape(code),
            tags[state],
            dates.thai_moment(moved_at, "short"),
        )
        for number, th, en, path, code, state, moved_at in cells
    ]


def _status(form: CentreForm) -> int:
    return 422 if form.is_bound and form.errors else 200
