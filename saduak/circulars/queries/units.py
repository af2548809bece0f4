"""Units and actions: who has done what a cascade asks of them, for the bodies above. The same few queries at any size."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.applications import queries as applications
from saduak.circulars.models import Circular, CircularAction, ReminderLine, Reply
from saduak.circulars.queries.actions import STATES
from saduak.circulars.queries.visibility import ALL, deliveries
from saduak.kernel import clock
from saduak.kernel.workflow import State
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Membership, Organisation
from saduak.people.roles import Role
from saduak.rounds.models import ActionKind
from saduak.surveys import queries as surveys

REACHABLE = (Role.COORDINATOR, Role.HEAD, Role.REGISTRAR)


@dataclass
class Unit:
    """An office that has the letter. states: action code → code of its state, only for what is asked of it."""

    pk: int
    path: str
    kind: str
    province: str
    code: str  # of the delivery
    received: bool
    states: dict[str, str] = field(default_factory=dict)

    @property
    def worst(self) -> str:
        return next((one for one in ("LATE", "OPEN", "SOON", "DONE") if one in self.states.values()), "")


@dataclass(frozen=True)
class Matrix:
    """The units of a cascade as a reader sees them, with the actions that make its columns."""

    root: Circular
    actions: list[CircularAction]
    units: list[Unit]
    at: datetime

    def counts(self) -> list[tuple[CircularAction, Counter[str]]]:
        """For each action how many units stand in each state, and under "asked" all of them."""
        shown = []
        for action in self.actions:
            states = [unit.states[action.code] for unit in self.units if action.code in unit.states]
            shown.append((action, Counter(states) + Counter(asked=len(states))))
        return shown

    def silent(self, code: str) -> list[Unit]:
        """Units that are asked, could do it by now, and have not."""
        return [unit for unit in self.units if unit.states.get(code) in ("OPEN", "LATE")]


def matrix(root: Circular, actor: Actor, at: datetime | None = None, *, below: bool = False) -> Matrix:
    """Every office of the cascade that the actor may see and what it has done by a moment. Four queries, and one more where
    an action names a survey.

    below: without the actor's own office. A letter that came by two ways counts once.
    """
    moment = at or clock.now()
    actions = list(CircularAction.objects.filter(circular_id=root.root_pk))
    found = (
        deliveries(actor).filter(root_id=root.root_pk, sent_at__lte=moment).order_by("organisation__path", "sent_at")
    )
    if below and not actor.has(*ALL):
        found = found.exclude(organisation__path=actor.path)
    found = found.exclude(returned_at__lte=moment)  # it went back: nothing is asked of them
    replies = set(Reply.objects.filter(root_id=root.root_pk, at__lte=moment).values_list("organisation_id", "code"))
    applied = applications.applied_above(root.round, moment) if root.round else set()
    answered = surveys.answered({one.survey_id for one in actions if one.survey_id}, moment)
    units: dict[int, Unit] = {}
    rows = found.values_list(
        "organisation_id", "organisation__path", "kind", "province_code", "code", "received_at", "acknowledged_at"
    )
    for pk, path, kind, province, code, received, acknowledged in rows.iterator(chunk_size=2000):
        unit = units.setdefault(pk, Unit(pk, path, kind, province, code, False))
        unit.received |= received is not None and received <= moment
        noted = acknowledged is not None and acknowledged <= moment
        for action in actions:
            if kind in action.for_kinds and unit.states.get(action.code) != "DONE":
                replied = (action.survey_id, pk) in answered if action.survey_id else (pk, action.code) in replies
                done = _done(action, noted, path in applied, replied)
                unit.states[action.code] = _state(action, done, moment)
    return Matrix(root, actions, list(units.values()), moment)


def _done(action: CircularAction, noted: bool, applied: bool, replied: bool) -> bool:
    if action.kind == ActionKind.APPLY:
        return applied
    return noted if action.kind == ActionKind.TAKE_NOTE else replied


def _state(action: CircularAction, done: bool, moment: datetime) -> str:
    if done:
        return "DONE"
    if action.due_at and moment >= action.due_at:
        return "LATE"
    return "SOON" if action.opens_at and moment < action.opens_at else "OPEN"


def named(units: list[Unit]) -> dict[int, Organisation]:
    """The organisations of a page of units, by primary key."""
    return {one.pk: one for one in Organisation.objects.filter(pk__in=[unit.pk for unit in units])}


def cells(found: Matrix, unit: Unit) -> list[State | None]:
    """The states of a unit in the order of the actions; None where an action is not asked of it."""
    return [STATES[unit.states[one.code]] if one.code in unit.states else None for one in found.actions]


def table(found: Matrix) -> Iterator[list[Any]]:
    """The matrix as rows of a table, header first, names read in portions."""
    yield ["organisation_code", "organisation", "kind", "province_code", "received",
           *(f"{one.number}. {one.title}" for one in found.actions)]  # fmt: skip
    for cut in range(0, len(found.units), 500):
        part = found.units[cut : cut + 500]
        names = named(part)
        for unit in part:
            states = [str(state.label) if state else "–" for state in cells(found, unit)]
            office = names[unit.pk]
            received = str(_("yes") if unit.received else _("no"))
            yield [office.code, office.name_th, unit.kind, unit.province, received, *states]


@dataclass(frozen=True)
class Audience:
    """Whom a reminder would reach, and who is left out and why."""

    units: list[Unit]
    people: int
    today: int  # reminded today already
    done: int
    not_yet: int  # the action has not begun
    nobody: list[Unit]  # nobody holds a post there


def audience(found: Matrix, code: str, day: date) -> Audience:
    """The silent units of an action that can be reminded on a day. Two queries."""
    silent = found.silent(code)
    reminded = set(
        ReminderLine.objects.filter(root_id=found.root.root_pk, action_code=code, day=day).values_list(
            "organisation_id", flat=True
        )
    )
    posts = reachable(found.root)
    states = Counter(unit.states[code] for unit in found.units if code in unit.states)
    open_ones = [unit for unit in silent if unit.pk not in reminded]
    reached = [unit for unit in open_ones if unit.pk in posts]
    everybody = {user for unit in reached for user in recipients(posts[unit.pk], received=unit.received)}
    nobody = [unit for unit in open_ones if unit.pk not in posts]
    return Audience(
        reached, len(everybody), len(silent) - len(open_ones), states["DONE"], states["SOON"], nobody
    )  # fmt: skip


def reachable(root: Circular, organisation_ids: list[int] | None = None) -> dict[int, list[tuple[str, int]]]:
    """office → [(role, user)] of those who can act for it today, in the offices of a cascade or some of them."""
    posts = Membership.objects.filter(people.current(), role__in=REACHABLE)
    if organisation_ids is None:
        offices = Circular.objects.filter(pk=root.root_pk).values("cascade__organisation_id")
        posts = posts.filter(organisation_id__in=offices)
    else:
        posts = posts.filter(organisation_id__in=organisation_ids)
    held: dict[int, list[tuple[str, int]]] = {}
    for office, role, user in posts.order_by("pk").values_list("organisation_id", "role", "user_id"):
        held.setdefault(office, []).append((role, user))
    return held


def recipients(posts: list[tuple[str, int]], *, received: bool) -> list[int]:
    """Who at an office is told: those who answer for it; the registrar where nobody does, or has yet to receive."""
    answer = [user for role, user in posts if role != Role.REGISTRAR]
    register = [user for role, user in posts if role == Role.REGISTRAR]
    return (answer if received else answer + register) or register
