"""Meetings of the committee: who is called, what stands on the agenda for this reader, and what was decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet

from saduak.assessment.interests import Interest, interests
from saduak.assessment.models import AgendaItem, Case, Decision, Meeting, Seat
from saduak.assessment.queries import cases
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import User
from saduak.people.roles import Role
from saduak.rounds.models import Round


def visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Officers and auditors see all meetings, a committee member those to which they were called."""
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return Meeting.objects.all()
    if actor.has(Role.COMMITTEE):
        return Meeting.objects.filter(pk__in=Seat.objects.filter(user_id=actor.user_id).values("meeting_id"))
    return Meeting.objects.none()


def meetings(actor: Actor, round: Round | None = None) -> list[tuple[Meeting, int, int]]:
    """Meetings with the number of cases that this reader may know of, and how many of them are decided; three queries."""
    found = visible_to(actor).select_related("round")
    if round is not None:
        found = found.filter(round=round)
    rows = list(found[:50])
    known = AgendaItem.objects.filter(
        meeting__in=rows, case__in=cases.visible_to(actor).order_by().values("pk")
    ).order_by()
    done = Q(case__decisions__meeting_id=F("meeting_id"))
    tally = {
        row["meeting"]: (row["all"], row["decided"])
        for row in known.values("meeting").annotate(
            all=Count("pk", distinct=True), decided=Count("pk", filter=done, distinct=True)
        )
    }
    return [(one, *tally.get(one.pk, (0, 0))) for one in rows]


def by_code(code: str, *, actor: Actor) -> Meeting:
    """Raises Meeting.DoesNotExist."""
    return visible_to(actor).select_related("round__standard_pack").get(code=code)


def meetings_on(case: Case, actor: Actor) -> QuerySet[Meeting]:
    """The meetings with this case on the agenda that the actor may know of."""
    return visible_to(actor).filter(items__case=case)


def lock(code: str, *, actor: Actor) -> Meeting:
    found = Meeting.objects.select_for_update(of=("self",)).select_related("round__standard_pack")
    return found.get(code=code, pk__in=visible_to(actor).filter(code=code).order_by().values("pk"))


def seats(meeting: Meeting) -> list[Seat]:
    return list(meeting.seats.select_related("user"))


def committee() -> QuerySet[User]:
    return people.programme_people(Role.COMMITTEE)


def waiting_cases(round: Round) -> QuerySet[Case]:
    """Agreed, not decided, and on no agenda yet whose meeting has left it open."""
    return cases.full(Case.objects.filter(application__round=round, state="AGREED")).order_by("pk")


@dataclass(frozen=True)
class Entry:
    """A case on the agenda, as this reader may know of it."""

    case: Case
    interest: Interest
    decision: Decision | None

    @property
    def readable(self) -> bool:
        return self.interest.declared


def agenda(meeting: Meeting, actor: Actor) -> list[Entry]:
    """The cases on the agenda that the actor may know of. Nothing tells that there are others."""
    known = cases.full(cases.visible_to(actor).filter(agenda_items__meeting=meeting)).order_by("agenda_items__pk")
    rows = list(known.prefetch_related(Prefetch("decisions", Decision.objects.order_by("-sequence"))))
    user = User.objects.get(pk=actor.user_id)
    mine = interests(rows, [user])
    return [Entry(case, mine[case.pk, user.pk], next(iter(case.decisions.all()), None)) for case in rows]


@dataclass(frozen=True)
class Table:
    """Who may decide a case at a meeting. Names of those who stay out are for the record, not for the reader."""

    deciding: list[User]
    recused: list[User]
    able: int
    quorum_met: bool


def table(meeting: Meeting, case: Case) -> Table:
    """Members present who have no conflict. More than half of those without one must be there, and the meeting's quorum.

    Source: the meeting's quorum is set by the officer, never under half of the members who were called.
    """
    rows = seats(meeting)
    users = [seat.user for seat in rows]
    known = interests([case], users)
    present = [seat.user for seat in rows if seat.present]
    free = [user for user in users if not known[case.pk, user.pk].conflict]
    deciding = [user for user in present if user in free]
    recused = [user for user in users if user not in free]
    enough = len(present) >= meeting.quorum and len(deciding) * 2 > len(free)
    return Table(deciding, recused, len(free), enough and bool(deciding))


def latest_decision(case: Case) -> Decision | None:
    return case.decisions.order_by("-sequence").first()


def latest_decisions(found: Iterable[Case]) -> dict[int, Decision]:
    """The decision that counts, by key of the case; one query."""
    rows = Decision.objects.filter(case__in=list(found)).order_by("case_id", "sequence")
    return {one.case_id: one for one in rows}
