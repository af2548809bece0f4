"""Teams of a round, their members, and which team takes which application."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Application
from saduak.assessment import policy
from saduak.assessment.commands.marks import close_marking
from saduak.assessment.commands.marks import subject as case_subject
from saduak.assessment.commands.screening import text_of
from saduak.assessment.interests import interests
from saduak.assessment.models import Case, Sheet, Team, TeamFunction, TeamMember
from saduak.assessment.policy import FEWEST_SHEETS, MARKING
from saduak.assessment.queries import cases, teams
from saduak.assessment.workflow import CASE
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.people.actor import Actor
from saduak.people.models import User
from saduak.rounds import queries as rounds


def subject(team: Team) -> journal.Subject:
    return journal.Subject("team", team.code, f"คณะที่ {team.number}")


@transaction.atomic
def form_team(round_code: str, *, by: Actor, provinces: Sequence[str] = ()) -> Team:
    """Make the round's next team (คณะที่ n). provinces: its region by code; none means the whole country."""
    policy.may_manage_teams(by).require()
    round = rounds.lock(round_code)
    number = (Team.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0) + 1
    team = Team.objects.create(
        code=public_code("T"), round=round, number=number, provinces=_region(provinces), created_at=clock.now()
    )
    journal.record("team.formed", subject(team), by=by, details={"round": round.code, "provinces": team.provinces})
    return team


@transaction.atomic
def set_region(code: str, provinces: Sequence[str], *, by: Actor) -> Team:
    """Change the region of a team; cases that it has already stay with it. Raises NotAllowed, NotComplete."""
    policy.may_manage_teams(by).require()
    team = teams.lock(code)
    was, team.provinces = team.provinces, _region(provinces)
    team.save(update_fields=["provinces"])
    journal.record("team.region_set", subject(team), by=by, details={"was": was, "provinces": team.provinces})
    return team


def _region(codes: Sequence[str]) -> list[str]:
    known = teams.provinces()
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise NotComplete(_("There is no province “%(code)s”."), params={"code": unknown[0][:20]}, field="provinces")
    return sorted(set(codes))


@transaction.atomic
def add_member(code: str, user_ref: str, function: str, *, by: Actor) -> TeamMember:
    """Put an assessor into a team. Raises NotComplete (function), NotPossible (no assessor, twice, a second chair)."""
    policy.may_manage_teams(by).require()
    team = teams.lock(code)
    if function not in TeamFunction.values:
        raise NotComplete(_("Choose a function in the team."), field="function")
    user = next((one for one in teams.possible_members(team) if one.ref == user_ref), None)
    if user is None:
        raise NotPossible(_("Only assessors who are not in the team yet can be added."), field="user")
    if function == TeamFunction.CHAIR and team.members.filter(function=TeamFunction.CHAIR).exists():
        raise NotPossible(_("The team has a chair already."), field="function")
    member = TeamMember.objects.create(team=team, user=user, function=function)
    details = {"person": user.ref, "name": user.name_th, "function": function}
    journal.record("team.member_added", subject(team), by=by, details=details)
    return member


@transaction.atomic
def remove_member(code: str, user_ref: str, *, by: Actor, reason: str) -> None:
    """Take somebody out of a team. Sheets that were handed in stay and count; open ones no longer do."""
    policy.may_manage_teams(by).require()
    team = teams.lock(code)
    words = text_of(reason)
    if not words:
        raise NotComplete(_("Give a reason."), field="reason")
    member = next((one for one in team.members.select_related("user") if one.user.ref == user_ref), None)
    if member is None:
        raise TeamMember.DoesNotExist
    details = {"person": member.user.ref, "name": member.user.name_th, "function": member.function, "reason": words}
    member.delete()
    journal.record("team.member_removed", subject(team), by=by, details=details)
    open_cases = Case.objects.select_for_update().filter(team=team, state="ASSIGNED").values_list("pk", flat=True)
    for case in cases.full(Case.objects.filter(pk__in=list(open_cases))):
        close_marking(case, by=by)


def assign(application_number: str, team_code: str, *, by: Actor, reason: str = "") -> Case:
    """Give a ready application to a team, or move it to another one while nobody has handed in a sheet."""
    return assign_many([(application_number, team_code)], by=by, reason=reason)[0]


@transaction.atomic
def assign_many(pairs: Iterable[tuple[str, str]], *, by: Actor, reason: str = "") -> list[Case]:
    """Give applications to teams: (application, team) by public number; all or none.

    Raises NotAllowed, NotPossible (not ready, already being judged, too few members without a conflict), NotComplete
    (moving a case needs a reason).
    """
    policy.may_assign(by).require()
    words = text_of(reason)
    assigned = [_assign(application, team, words, by) for application, team in pairs]
    _tell_teams(assigned)
    return assigned


def _assign(application_number: str, team_code: str, reason: str, by: Actor) -> Case:
    application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("centre", "round")
        .get(number=application_number)
    )
    team = teams.by_code(team_code)
    if application.state != "READY":
        raise NotPossible(
            _("%(number)s cannot be given to a team: it is “%(state)s”."),
            params={"number": application.number, "state": application.status.label},
        )
    if team.round_id != application.round_id:
        raise NotPossible(_("The team belongs to another round."))
    case = Case.objects.select_for_update(of=("self",)).filter(application=application).select_related("team").first()
    was = case.team if case else None
    if case is None:
        case = Case(number=public_code("K"), application=application)
    else:
        _may_move(case, team, reason)
    case.team, case.reason, case.assigned_at, case.assigned_by = team, reason, clock.now(), by.name
    case.save()
    _require_markers(case)
    details = {"team": team.code, "was": was.code if was else "", "reason": reason, "application": application.number}
    journal.record("case.assigned", case_subject(case), by=by, details=details)
    return case


def _may_move(case: Case, team: Team, reason: str) -> None:
    CASE.can(case.state, "assign").require()
    if case.team_id == team.pk:
        raise NotPossible(_("The team has this case already."))
    if Sheet.objects.filter(case=case, state="HANDED_IN").exists():
        raise NotPossible(_("A sheet of this case has been handed in already, so the case stays with its team."))
    if not reason:
        raise NotComplete(_("Give a reason why another team takes the case."), field="reason")


def _require_markers(case: Case) -> None:
    members = [one for one in case.team.members.select_related("user") if one.function in MARKING]
    known = interests([case], [one.user for one in members])
    free = [one for one in members if not known[case.pk, one.user_id].conflict]
    if len(free) < FEWEST_SHEETS:
        raise NotPossible(
            _("Team %(team)s has only %(free)s members who could mark %(centre)s without a conflict; %(needed)s are needed."),
            params={
                "team": case.team.number, "free": len(free), "needed": FEWEST_SHEETS,
                "centre": case.application.centre.name_th,
            },
        )  # fmt: skip


def _tell_teams(assigned: list[Case]) -> None:
    """One message a person, without a name of a case: it must stay true and harmless if a conflict shows later."""
    members = list(TeamMember.objects.filter(team__in={one.team_id for one in assigned}).select_related("user"))
    known = interests(assigned, [one.user for one in members])
    told: dict[int, tuple[User, int]] = {}
    for member in members:
        mine = sum(
            1 for case in assigned if case.team_id == member.team_id and not known[case.pk, member.user_id].conflict
        )
        if mine:
            told[member.user_id] = (member.user, mine + told.get(member.user_id, (member.user, 0))[1])
    for user, _count in told.values():
        outbox.notify(
            "case.assigned",
            to=[user],
            subject=_("New centres for your team: declare your interests"),
            body=_("Your team has been given new centres. Before anything of them is shown, declare your interests."),
            params={},
            about=("assignment", user.ref),
            url="/assessment/interests/",
        )
