"""Meetings of the committee: calling one, its agenda, presence, and deciding a case."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.assessment import commands, policy
from saduak.assessment.forms import DecideForm, MeetingForm
from saduak.assessment.models import Case, Meeting
from saduak.assessment.queries import cases, moderation, results
from saduak.assessment.queries import meetings as queries
from saduak.assessment.views.cases import case_of
from saduak.assessment.views.shown import round_of, round_tabs
from saduak.assessment.workflow import CASE
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible, Refusal
from saduak.kernel.verdict import first_no
from saduak.people.roles import Role


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    if not actor.has(Role.COMMITTEE):
        policy.may_see_overview(actor).require()
    overview = bool(policy.may_see_overview(actor))
    round = round_of(request) if overview else None
    context = {
        "round": round,
        "rounds": round_tabs(round, reverse("assessment:meetings")) if overview else [],
        "meetings": queries.meetings(actor, round),
        "may_call": policy.may_call_meeting(actor),
        "overview": overview,
        "waiting": queries.waiting_cases(round).count() if overview and round else 0,
        "undeclared": 0 if overview else cases.undeclared(actor).count(),
    }
    return render(request, "assessment/meetings.html", context)


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    policy.may_call_meeting(request.actor).require()
    round = round_of(request)
    if round is None:
        raise Http404
    form = MeetingForm(request.POST or None, initial={"time": "09:30"})
    refusal = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = commands.call_meeting(
                round.code, form.held_at(), by=request.actor, place=said["place"], quorum=said["quorum"]
            )
            messages.success(request, _("The committee has been called. Put cases on the agenda now."))
            return redirect("assessment:meeting", made.code)
        except NotComplete as caught:
            refusal = caught
    context = {"round": round, "form": form, "refusal": refusal, "members": queries.committee()}
    return render(request, "assessment/meeting_call.html", context, status=refusal.status if refusal else 200)


def _meeting(request: HttpRequest, code: str) -> Meeting:
    try:
        return queries.by_code(code, actor=request.actor)
    except Meeting.DoesNotExist:
        raise Http404 from None


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    meeting = _meeting(request, code)
    actor = request.actor
    agenda = queries.agenda(meeting, actor)
    seats = queries.seats(meeting)
    on_it = {entry.case.pk for entry in agenda}
    addable = []
    if policy.may_call_meeting(actor):
        addable = [one for one in cases.full(cases.visible_to(actor).filter(application__round=meeting.round, state="AGREED"))[:200]
                   if one.pk not in on_it]  # fmt: skip
    offices = cases.offices([entry.case for entry in agenda] + addable)
    names = results.level_names(meeting.round)
    context = {
        "meeting": meeting,
        "agenda": [_row(entry, offices, names, actor) for entry in agenda],
        "seats": seats,
        "present": sum(1 for seat in seats if seat.present),
        "noted": any(seat.present is not None for seat in seats),
        "addable": [{"case": one, "office": offices.get(one.application.centre.path), "level": names.get(one.computed_level)} for one in addable],
        "may_call": policy.may_call_meeting(actor),
        "overview": bool(policy.may_see_overview(actor)),
        "begun": clock.today() >= meeting.held_at.astimezone(clock.BANGKOK).date(),
    }  # fmt: skip
    return render(request, "assessment/meeting.html", context)


def _row(entry: queries.Entry, offices: dict[str, Any], names: dict[str, str], actor: Any) -> dict[str, Any]:
    readable = entry.readable or bool(policy.may_see_overview(actor))
    return {
        "case": entry.case,
        "office": offices.get(entry.case.application.centre.path),
        "readable": readable,
        "computed": names.get(entry.case.computed_level, "") if readable else "",
        "decided": names.get(entry.decision.decided_level, "") if readable and entry.decision else "",
        "refused": bool(entry.decision and not entry.decision.decided_level),
    }


@require_POST
def agenda(request: HttpRequest, code: str) -> HttpResponse:
    commands.put_on_agenda(code, request.POST.getlist("case"), by=request.actor)
    messages.success(request, _("The agenda has been set."))
    return redirect("assessment:meeting", code)


@require_POST
def presence(request: HttpRequest, code: str) -> HttpResponse:
    commands.note_presence(code, request.POST.getlist("present"), by=request.actor)
    messages.success(request, _("Presence has been noted."))
    return redirect("assessment:meeting", code)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Everything the committee needs of a case on one page, and the decision."""
    meeting, case = _meeting(request, code), case_of(request, number)
    if not meeting.items.filter(case=case).exists():
        raise Http404
    standing = cases.standing(case, request.actor, meeting)
    if policy.may_declare(request.actor, standing) and not standing.declared:
        return redirect("assessment:declare", number)
    policy.may_read(request.actor, standing).require()
    names = results.level_names(meeting.round)
    form = DecideForm(request.POST or None, levels=_levels(case, names), initial=_initial(case))
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            commands.decide(code, number, said["level"], by=request.actor, reason=said["reason"], remedy=said["remedy"])
            messages.success(request, _("The decision is recorded. It is held until the results are released."))
            return redirect("assessment:meeting", code)
        except (NotComplete, NotPossible) as caught:  # the page stays as it was sent
            refusal = caught
    groups = moderation.comparison(case)
    context = {
        "meeting": meeting,
        "case": case,
        "office": cases.offices([case]).get(case.application.centre.path),
        "form": form,
        "refusal": refusal,
        "table": queries.table(meeting, case),
        "result": results.shown(case.computed, meeting.round),
        "groups": groups,
        "notable": [row for row in moderation.flat(groups) if row.needs_reason or row.value == "no"],
        "decisions": list(case.decisions.all()),
        "levels": names,
        "may_decide": first_no(
            policy.may_decide(request.actor, standing),
            CASE.can(case.state, "decide"),
            policy.in_time(meeting.round, "decide"),
        ),
    }
    return render(request, "assessment/decide.html", context, status=refusal.status if refusal else 200)


def _levels(case: Case, names: dict[str, str]) -> list[tuple[str, str]]:
    """Highest first, refusal last; only a refusal while an item of the gate is not met."""
    refusal = [("", _("Not certified"))]
    if case.computed.get("gate_passed") is not True:
        return refusal
    return [(code, name) for code, name in reversed(names.items()) if code] + refusal


def _initial(case: Case) -> dict[str, str]:
    last = queries.latest_decision(case)
    if last:
        return {"level": last.decided_level, "reason": last.reason, "remedy": last.remedy}
    return {"level": case.computed_level}
