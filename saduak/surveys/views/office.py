"""Surveys as a list and one by one; opening, moving the closing, ending."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.documents.qr import qr_png, qr_svg
from saduak.kernel.refusals import Refusal
from saduak.packs.policy import may_look_after
from saduak.people.models import Kind, Organisation
from saduak.rounds.moments import closing_text
from saduak.surveys import commands, forms, policy, queries
from saduak.surveys.models import Response, Survey
from saduak.surveys.views.finding import home_of, survey_of
from saduak.surveys.workflow import SILENT

PER_PAGE = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every survey the person may know of."""
    page = Paginator(queries.surveys(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_open": policy.may_open_some(request.actor)}
    return render(request, "surveys/index.html", context)


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One survey: what it asks and of whom, what the own offices have answered, and the way to what came of it."""
    survey = survey_of(request, code)
    offices = Paginator(queries.own_offices(survey, request.actor), PER_PAGE).get_page(request.GET.get("page"))
    given = {one.organisation_id: one for one in Response.objects.filter(survey=survey, organisation__in=list(offices))}
    home = home_of(request, survey)
    form = queries.form(survey)
    context = {
        "survey": survey,
        "form": form,
        "kinds": ", ".join(str(Kind(one).label) for one in survey.for_kinds),
        "offices": offices,
        "rows": [(one, given[one.pk].status if one.pk in given else SILENT, given.get(one.pk)) for one in offices],
        "home": home,
        "whole": queries.total(survey, home) if not survey.for_anybody else None,
        "moves": list(survey.moves.all()),
        "may_tree": policy.may_see_tree(request.actor, home),
        "may_results": policy.may_see_results(request.actor, survey, home),
        "may_move": policy.may_move_close(request.actor, survey),
        "may_end": policy.may_end(request.actor, survey),
        "keeps": policy.keeps(request.actor, survey),
        "is_open": policy.is_open(survey),
        "may_read_pack": may_look_after(request.actor),
    }
    if survey.for_anybody:
        context |= {
            "svg": qr_svg(queries.address(survey)),
            "address": queries.address(survey),
            "printed": queries.printed(survey),
            "given": survey.public_answers.count(),
        }
    return render(request, "surveys/detail.html", context)


@require_safe
def qr_as_svg(request: HttpRequest, code: str) -> HttpResponse:
    """The code of a survey for anybody as SVG, to be placed in a document."""
    survey = _for_anybody(request, code)
    return _file(qr_svg(queries.address(survey)).encode(), "image/svg+xml", f"qr-{survey.link}.svg")


@require_safe
def qr_as_png(request: HttpRequest, code: str) -> HttpResponse:
    """The code as PNG, 12 pixels a module."""
    survey = _for_anybody(request, code)
    return _file(qr_png(queries.address(survey), scale=12), "image/png", f"qr-{survey.link}.png")


def _for_anybody(request: HttpRequest, code: str) -> Survey:
    survey = survey_of(request, code)
    if not survey.for_anybody:
        raise Http404
    return survey


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
def open_survey(request: HttpRequest) -> HttpResponse:
    policy.may_open_some(request.actor).require()
    if policy.may_open_survey(request.actor):
        top = Organisation.objects.filter(pk=request.actor.organisation_id).first()
        form: forms.OpenForm | forms.CentreForm = forms.OpenForm(
            request.POST or None, top=top, pack=request.GET.get("pack", ""), round=request.GET.get("round", "")
        )
    else:
        form = forms.CentreForm(request.POST or None, centres=queries.own_centres(request.actor))
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.open_survey(by=request.actor, **form.command_data())
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("The survey is set up. Offices see it from the moment it opens."))
            return redirect("surveys:detail", made.code)
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "surveys/open.html", {"form": form, "refusal": refusal}, status=status)


@require_http_methods(["GET", "POST"])
def move_close(request: HttpRequest, code: str) -> HttpResponse:
    survey = survey_of(request, code)
    policy.may_move_close(request.actor, survey).require()
    form, refusal = forms.CloseForm(request.POST or None, survey=survey), None
    if request.method == "POST" and form.is_valid():
        try:
            moved = commands.move_close(code, by=request.actor, **form.cleaned_data)
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("The survey closes on %(at)s.") % {"at": closing_text(moved.closes_at)})
            return redirect("surveys:detail", code)
    status = refusal.status if refusal else 422 if form.errors else 200
    context = {"survey": survey, "form": form, "refusal": refusal, "begun": _begun(survey)}
    return render(request, "surveys/close.html", context, status=status)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    survey = survey_of(request, code)
    policy.may_end(request.actor, survey).require()
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.end(code, by=request.actor, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            if refusal.field not in form.fields:
                raise
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The survey has ended. Its results are shown."))
            return redirect("surveys:detail", code)
    context = {
        "question": _("End the survey “%(survey)s”?") % {"survey": survey.title},
        "consequences": [
            _("Nothing can be answered any more, and it cannot be opened again."),
            _("Offices that have begun and not handed in are told; what they wrote stays readable to them and does not count."),
            _("Results are shown to the bodies above, of groups of %(least)s answers and more.") % {"least": survey.least_group},
        ],
        "confirm_label": _("End the survey"),
        "cancel_url": reverse("surveys:detail", args=[code]),
        "tone": "danger",
        "form": form,
        "begun": _begun(survey),
    }  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


def _begun(survey: Survey) -> int:
    return Response.objects.filter(survey=survey, state="DRAFT").count()
