"""Cases: lists, one case, declaring interests, and the officer's word on them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.applications.models import Evidence
from saduak.assessment import commands, policy
from saduak.assessment.forms import CaseFilters, DeclareForm, MoveForm, PinForm
from saduak.assessment.models import Case, Sheet
from saduak.assessment.queries import cases as queries
from saduak.assessment.queries import marks, meetings, results, teams
from saduak.assessment.views.screening import served
from saduak.assessment.views.shown import page_of, round_of, round_tabs
from saduak.people.roles import Role

FEW = 8  # cases that need no filter to be found


def case_of(request: HttpRequest, number: str) -> Case:
    """404 for whoever may not know of it, in the same words as for a case that does not exist."""
    try:
        return queries.by_number(number, actor=request.actor)
    except Case.DoesNotExist:
        raise Http404 from None


def _insiders(request: HttpRequest) -> None:
    if not request.actor.has(Role.ASSESSOR, Role.COMMITTEE):
        policy.may_see_overview(request.actor).require()


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The officer's list of all cases, or the assessor's own."""
    _insiders(request)
    actor = request.actor
    form = CaseFilters(request.GET)
    overview = bool(policy.may_see_overview(actor))
    round = round_of(request) if overview or request.GET.get("round") else None
    found = queries.filtered(
        queries.declared(actor),
        round=round,
        state=form.asked("state"),
        province=form.asked("province"),
        text=form.asked("q"),
    )
    page = page_of(request, queries.full(found))
    offices = queries.offices(page)
    sheets = dict(
        Sheet.objects.filter(user_id=actor.user_id, case__in=[one.pk for one in page]).values_list("case_id", "state")
    )
    context = {
        "round": round,
        "rounds": round_tabs(round, reverse("assessment:cases")) if overview else [],
        "overview": overview,
        "form": form,
        "filtering": overview or bool(request.GET) or page.paginator.count > FEW,
        "page": page,
        "rows": [
            {"case": one, "office": offices.get(one.application.centre.path), "sheet": sheets.get(one.pk, "")}
            for one in page
        ],
        "undeclared": 0 if overview else queries.undeclared(actor).count(),
    }
    return render(request, "assessment/cases.html", context)


@require_safe
def interests(request: HttpRequest) -> HttpResponse:
    """What an assessor or committee member has to declare on: the name of the centre and of its office, nothing else."""
    _insiders(request)
    page = page_of(request, queries.full(queries.undeclared(request.actor)))
    offices = queries.offices(page)
    rows = [
        {
            "case": one,
            "office": offices.get(one.application.centre.path),
            "form": DeclareForm(prefix=one.number, auto_id=f"{one.number}_%s"),
        }
        for one in page
    ]
    return render(request, "assessment/interests.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, number: str) -> HttpResponse:
    """Declaring on one centre, or (later) that an interest came up."""
    case = case_of(request, number)
    standing = queries.standing(case, request.actor)
    policy.may_declare(request.actor, standing).require()
    prefix = number if f"{number}-kind" in request.POST else None
    form = DeclareForm(request.POST or None, prefix=prefix)
    if standing.declared:
        form.fields["kind"].choices = [one for one in form.fields["kind"].choices if one[0] != "NONE"]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        commands.declare(number, said["kind"], by=request.actor, text=said["text"])
        messages.success(request, _("Your declaration has been recorded."))
        waiting = queries.undeclared(request.actor).exists()
        if said["kind"] == "NONE" and not waiting:
            return redirect("assessment:case", number)
        return redirect("assessment:interests" if waiting else "assessment:index")
    office = queries.offices([case]).get(case.application.centre.path)
    context = {"case": case, "office": office, "form": form, "standing": standing}
    return render(request, "assessment/declare.html", context)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    case = case_of(request, number)
    actor = request.actor
    standing = queries.standing(case, actor)
    if policy.may_declare(actor, standing) and not standing.declared:
        return redirect("assessment:declare", number)
    policy.may_read(actor, standing).require()
    overview = bool(policy.may_see_overview(actor))
    own = marks.sheet_of(case, actor)
    decision = meetings.latest_decision(case) if overview or actor.has(Role.COMMITTEE) else None
    released = decision if decision else (meetings.latest_decision(case) if case.state == "RELEASED" else None)
    context: dict[str, Any] = {
        "case": case,
        "office": queries.offices([case]).get(case.application.centre.path),
        "standing": standing,
        "overview": overview,
        "sheet": own,
        "sheet_pages": marks.pages(case, own) if own else [],
        "team": queries.team_of(case) if overview else queries.free_team_of(case),
        "may_mark": policy.may_mark(actor, standing),
        "may_moderate": policy.may_moderate(actor, standing),
        "result": results.shown(case.computed, case.application.round),
        "decision": released,
        "levels": results.level_names(case.application.round),
        "steps": _steps(case),
        "seats": meetings.meetings_on(case, actor),
    }
    return render(request, "assessment/case.html", context)


def _steps(case: Case) -> list[dict[str, Any]]:
    rows = [
        {"at": case.assigned_at, "title": _("Given to the team"), "tone": "active"},
        {"at": case.marked_at, "title": _("All sheets are in"), "tone": "active"},
        {"at": case.agreed_at, "title": _("Marks agreed"), "tone": "active", "by": case.agreed_by},
        {"at": case.released_at, "title": _("Result released"), "tone": "good"},
    ]
    return [row for row in rows if row["at"]]


@require_safe
def evidence(request: HttpRequest, number: str, public_id: str) -> HttpResponse:
    """A piece of evidence as a download, or its small picture with ?small=1, for whoever may read the case."""
    try:
        piece = marks.evidence(number, public_id, actor=request.actor)
    except (Case.DoesNotExist, Evidence.DoesNotExist):
        raise Http404 from None
    return served(request, piece)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Give a case to another team, with the reason."""
    policy.may_assign(request.actor).require()
    case = case_of(request, number)
    proposal = teams.proposals([case.application], list(teams.teams(case.application.round)))[0]
    others = [one for one in proposal.choices if one.team.pk != case.team_id]
    choices = [
        (one.team.code, _("Team %(number)s: %(load)s cases, %(free)s of %(markers)s without a conflict")
         % {"number": one.team.number, "load": one.team.load, "free": one.free, "markers": one.markers})
        for one in others
    ]  # fmt: skip
    form = MoveForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        commands.assign(case.application.number, said["team"], by=request.actor, reason=said["reason"])
        messages.success(request, _("The case has gone to another team."))
        return redirect("assessment:case", number)
    context = {
        "question": _("Give case %(number)s to another team?") % {"number": number},
        "consequences": [_("Sheets that were begun stay with the former team and do not count.")],
        "confirm_label": _("Give to this team"),
        "cancel_url": reverse("assessment:case", args=[number]),
        "form": form,
    }
    return render(request, "web/confirm.html", context)


@require_safe
def case_interests(request: HttpRequest, number: str) -> HttpResponse:
    """For the officer: who has which interest in a case, and why."""
    policy.may_see_overview(request.actor).require()
    case = case_of(request, number)
    context = {
        "case": case,
        "team": queries.team_of(case),
        "committee": queries.committee_of(case),
        "may_pin": policy.may_pin(request.actor, None),
    }
    return render(request, "assessment/case_interests.html", context)


@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest, number: str, ref: str) -> HttpResponse:
    policy.may_pin(request.actor, request.actor.user_id if ref == request.actor.ref else None).require()
    case = case_of(request, number)
    user = next((one for one in queries.concerned(case) if one.ref == ref), None)
    if user is None:
        raise Http404
    pinned = case.pins.filter(user=user).first()
    initial = {"conflict": {None: "", True: "yes", False: "no"}[pinned.conflict if pinned else None]}
    form = PinForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if said["conflict"]:
            commands.pin_interest(number, ref, said["conflict"] == "yes", by=request.actor, reason=said["reason"])
        elif pinned:
            commands.unpin_interest(number, ref, by=request.actor)
        messages.success(request, _("The decision on this person’s interest has been recorded."))
        return redirect("assessment:case_interests", number)
    return render(request, "assessment/pin.html", {"case": case, "person": user, "form": form})
