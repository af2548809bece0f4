"""The end of a desk check: the result that is held, returning for correction, and taking a held result back."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.applications import questionnaire
from saduak.assessment import commands, policy
from saduak.assessment.forms import ResultForm, ReturnForm
from saduak.assessment.queries import screening as queries
from saduak.assessment.views.screening import application_of, frame
from saduak.kernel import clock
from saduak.kernel.refusals import Refusal
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.rounds.moments import day_text, last_day

CORRECTION_DAYS = 10  # working days that a unit is given where the officer does not choose otherwise; drafted by us
KEPT = (409, 422)  # refused on the page itself, where what was written stands; others get a page of their own


@require_safe
def result(request: HttpRequest, number: str) -> HttpResponse:
    """The end of a desk check: everything that is open or not met, and what to do with it."""
    policy.may_see_overview(request.actor).require()
    suggested = correction_day(application_of(request, number).round)
    return _result(request, number, ResultForm(), ReturnForm(initial={"due_on": suggested}), None)


def correction_day(round: Round) -> date:
    """The last day to suggest for a correction: some working days from now, and before the screening closes."""
    days, today = rounds.office_days(round), clock.today()
    wished = days.add(today, CORRECTION_DAYS)
    window = rounds.window(round, "SCREENING")
    if window is None:
        return wished
    last = days.add(last_day(window.closes_at) + timedelta(days=1), -1)
    return max(today, min(wished, last))


def _result(
    request: HttpRequest, number: str, form: ResultForm, back: ReturnForm, refusal: Refusal | None
) -> HttpResponse:
    checklist = queries.checklist(application_of(request, number))
    sections = {
        criterion.id: section.id
        for section in questionnaire.sections(checklist.standard)
        for criterion in section.criteria
    }
    base = reverse("assessment:screening_sheet", args=[number])
    links = {f"#item-{key}": f"{base}{section}/#item-{key}" for key, section in sections.items()}
    context = {
        **frame(request, checklist),
        "form": form,
        "back": back,
        "refusal": refusal,
        "links": links,
        "open": [{"line": one, "url": links[f"#item-{one.given.criterion.id}"]} for one in checklist.open_lines],
        "flawed": [{"line": one, "url": links[f"#item-{one.given.criterion.id}"]} for one in checklist.flawed],
    }
    return render(request, "assessment/screening_result.html", context, status=refusal.status if refusal else 200)


@require_POST
def finish(request: HttpRequest, number: str) -> HttpResponse:
    policy.may_screen(request.actor).require()
    form = ResultForm(request.POST)
    if not form.is_valid():
        return _result(request, number, form, ReturnForm(), None)
    try:
        commands.finish(number, form.cleaned_data["result"], by=request.actor, note=form.cleaned_data["note"])
    except Refusal as refusal:
        if refusal.status not in KEPT:
            raise
        return _result(request, number, form, ReturnForm(), refusal)
    messages.success(request, _("The result is recorded and held until readiness is released."))
    return redirect("assessment:screening")


@require_POST
def return_for_correction(request: HttpRequest, number: str) -> HttpResponse:
    policy.may_screen(request.actor).require()
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _result(request, number, ResultForm(), form, None)
    try:
        commands.return_for_correction(number, form.cleaned_data["due_on"], by=request.actor)
    except Refusal as refusal:
        if refusal.status not in KEPT:
            raise
        return _result(request, number, ResultForm(), form, refusal)
    messages.success(request, _("The application has gone back to the unit for correction."))
    closed = rounds.closed_on(rounds.office_days(application_of(request, number).round), form.cleaned_data["due_on"])
    if closed is not None:
        text = _(
            "The last day falls on %(name)s, when offices are closed. The working days around it: %(before)s and %(after)s."
        )
        said = {"name": closed.name, "before": day_text(closed.before), "after": day_text(closed.after)}
        messages.warning(request, text % said)
    return redirect("assessment:screening")


@require_POST
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    commands.reopen(number, by=request.actor)
    messages.success(request, _("The held result was taken back. You can screen again."))
    return redirect("assessment:screening_sheet", number)
