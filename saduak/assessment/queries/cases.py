"""Cases: who sees which, and the standing of a person in one. Every list of cases starts from `visible_to`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from saduak.assessment.interests import Interest, conflicted, interests
from saduak.assessment.models import AgendaItem, Case, Declaration, Meeting, Seat, Sheet, TeamFunction, TeamMember
from saduak.assessment.policy import MARKING, MODERATING, Standing
from saduak.people.actor import Actor
from saduak.people.models import Organisation, User
from saduak.people.roles import Role
from saduak.rounds.models import Round
from saduak.thai.text import fold

BEFORE_COMMITTEE = ("ASSIGNED", "MARKED")


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases of which the actor may know at all.

    A conflict hides a case in every role but the auditor's; whoever has one gets the answers of somebody for whom the
    case does not exist. That a case is visible does not mean that it may be read: `policy.may_read` asks for a
    declaration first.
    """
    cases = Case.objects.order_by("pk")
    if actor.has(Role.AUDITOR):
        return cases
    if actor.has(Role.OFFICER):
        return cases.exclude(pk__in=Case.objects.filter(conflicted(actor)).values("pk"))
    if actor.has(Role.ASSESSOR):
        mine = cases.filter(team__in=TeamMember.objects.filter(user_id=actor.user_id).values("team_id"))
    elif actor.has(Role.COMMITTEE):
        called = AgendaItem.objects.filter(meeting__in=Seat.objects.filter(user_id=actor.user_id).values("meeting_id"))
        mine = cases.filter(pk__in=called.values("case_id")).exclude(state__in=BEFORE_COMMITTEE)
    else:
        return cases.none()
    return mine.exclude(pk__in=mine.filter(conflicted(actor)).values("pk"))


def full(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With everything a page says about a case."""
    return cases.select_related(
        "application__centre", "application__round__standard_pack", "application__round__profile_pack", "team"
    )


def by_number(number: str, *, actor: Actor) -> Case:
    """One case that the actor may know of. Raises Case.DoesNotExist."""
    return full(visible_to(actor)).get(number=number)


def lock(number: str, *, actor: Actor) -> Case:
    """The case, held until the transaction ends. Raises Case.DoesNotExist for whoever may not know of it."""
    return full(Case.objects.select_for_update(of=("self",))).get(
        number=number, pk__in=visible_to(actor).filter(number=number).values("pk")
    )


def undeclared(actor: Actor) -> QuerySet[Case]:
    """Visible cases on which the actor still has to declare their interests."""
    done = Declaration.objects.filter(user_id=actor.user_id).values("case_id")
    return visible_to(actor).exclude(pk__in=done).exclude(state="RELEASED")


def declared(actor: Actor) -> QuerySet[Case]:
    """Visible cases that the actor may read."""
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return visible_to(actor)
    return visible_to(actor).filter(pk__in=Declaration.objects.filter(user_id=actor.user_id).values("case_id"))


def offices(cases: Iterable[Case]) -> dict[str, Organisation]:
    """The offices that the cases' centres belong to, by path of the centre; one query."""
    return offices_of(case.application.centre for case in cases)


def offices_of(centres: Iterable[Organisation]) -> dict[str, Organisation]:
    paths = {centre.path: centre.path[: -Organisation.steplen] for centre in centres}
    found = {one.path: one for one in Organisation.objects.filter(path__in=set(paths.values()))}
    return {path: found[above] for path, above in paths.items() if above in found}


def filtered(
    cases: QuerySet[Case], *, round: Round | None, state: str = "", province: str = "", text: str = ""
) -> QuerySet[Case]:
    """The list's filters; none of them looks beyond what is visible."""
    if round is not None:
        cases = cases.filter(application__round=round)
    if state:
        cases = cases.filter(state=state)
    if province:
        cases = cases.filter(application__centre__province_code=province)
    for word in fold(text).split():
        cases = cases.filter(Q(application__centre__search__contains=word) | Q(number__icontains=word))
    return cases


def counts(cases: QuerySet[Case]) -> dict[str, int]:
    """How many of these cases stand in each state."""
    return dict(cases.order_by().values_list("state").annotate(count=Count("pk")))


@dataclass(frozen=True)
class Colleague:
    """A member of the team, with the interest in this case and the state of the sheet ("" without one)."""

    user: User
    function: str
    interest: Interest
    sheet_state: str

    @property
    def function_label(self) -> str:
        return str(TeamFunction(self.function).label)

    @property
    def marks(self) -> bool:
        return self.function in MARKING and not self.interest.conflict


def team_of(case: Case) -> list[Colleague]:
    """The team of a case, chair first, with interests: for the officer and for commands."""
    members = list(TeamMember.objects.filter(team=case.team_id).select_related("user"))
    order = list(TeamFunction.values)
    members.sort(key=lambda member: (order.index(member.function), member.pk))
    known = interests([case], [member.user for member in members])
    sheets = dict(Sheet.objects.filter(case=case).values_list("user_id", "state"))
    return [
        Colleague(one.user, one.function, known[case.pk, one.user_id], sheets.get(one.user_id, "")) for one in members
    ]


def concerned(case: Case) -> list[User]:
    """Everybody who could have a part in the case: its team, and the committee members called to a meeting on it."""
    team = TeamMember.objects.filter(team=case.team_id).values("user_id")
    called = Seat.objects.filter(meeting__items__case=case).values("user_id")
    return list(User.objects.filter(Q(pk__in=team) | Q(pk__in=called)).order_by("pk"))


def committee_of(case: Case) -> list[tuple[User, Interest]]:
    """The committee members called to a meeting on the case, with their interests: for the officer."""
    called = User.objects.filter(pk__in=Seat.objects.filter(meeting__items__case=case).values("user_id")).order_by("pk")
    users = list(called)
    known = interests([case], users)
    return [(one, known[case.pk, one.pk]) for one in users]


def free_team_of(case: Case) -> list[Colleague]:
    """The members who take part: nobody with a conflict, so that no page tells of one."""
    return [one for one in team_of(case) if not one.interest.conflict]


def standing(case: Case, actor: Actor, meeting: Meeting | None = None) -> Standing:
    """The actor's place in the case; with a meeting, the seat is the one at that meeting."""
    if actor.user_id is None:
        return Standing()
    team = team_of(case)
    mine = next((one for one in team if one.user.pk == actor.user_id), None)
    seats = Seat.objects.filter(user_id=actor.user_id, meeting__items__case=case)
    present = list((seats.filter(meeting=meeting) if meeting else seats).values_list("present", flat=True))
    if mine is None:
        user = User.objects.get(pk=actor.user_id)
        interest = interests([case], [user])[case.pk, user.pk]
        return Standing(
            has_seat=bool(present), present=True in present, conflict=interest.conflict, declared=interest.declared
        )
    free = [one for one in team if not one.interest.conflict]
    leaders = [one for one in free if one.function in MODERATING] or [one for one in free if one.function in MARKING]
    return Standing(
        function=mine.function,
        leads=mine in leaders,
        has_seat=bool(present),
        present=True in present,
        conflict=mine.interest.conflict,
        declared=mine.interest.declared,
        sheet_state=mine.sheet_state,
    )
