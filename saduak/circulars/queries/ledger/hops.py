"""Hop by hop: one line for each office that was sent the letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from saduak.circulars.models import Assignment, Circular, CircularAction, Delivery
from saduak.circulars.queries.pace import days_between
from saduak.circulars.queries.visibility import deliveries
from saduak.circulars.workflow import DELIVERY, GONE_BACK
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.kernel.workflow import State
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation


def hops(root: Circular, actor: Actor, at: datetime | None = None) -> QuerySet[Delivery]:
    """The hops of the cascade that the actor may see and that were sent by a moment (now when none is given), each with
    when it was first passed on (`forwarded_at`, None where it was not)."""
    moment = at or clock.now()
    passed = letters_down(moment).filter(parent=OuterRef("pk")).order_by("issued_at")
    found = deliveries(actor).filter(root_id=root.root_pk, sent_at__lte=moment)
    return found.annotate(forwarded_at=Subquery(passed.values("issued_at")[:1]))


def letters_down(moment: datetime) -> QuerySet[Circular]:
    """Letters that had passed something on by a moment."""
    return Circular.objects.filter(parent__isnull=False, issued_at__lte=moment).exclude(state="DRAFT")


OFFICE = ("code", "name_th", "name_en", "path", "depth")  # of an organisation, what a line shows


@dataclass(frozen=True)
class Hop:
    """One line of the ledger as it stood at a moment.

    days: working days from sending to passing on, or until the moment while it is held here; below: offices to which it
    was passed on, of `expected` that lie directly below; late: numbers of the actions whose date had passed on receipt.
    """

    delivery: Delivery
    state: State
    received_at: datetime | None
    forwarded_at: datetime | None
    below: int
    expected: int
    days: int
    held: bool
    late: list[int]
    child: Circular | None  # the letter by which it was passed on
    assigned_to: str

    @property
    def received(self) -> bool:
        return self.received_at is not None


def lines(found: QuerySet[Delivery], at: datetime | None = None) -> list[Hop]:
    """Ledger lines of a page of hops, with what is below each. Eight queries whatever the number of lines."""
    moment = at or clock.now()
    # Letters and offices are wide, and a letter to the country carries its list of addressees: each is read once, lean.
    shown = list(found)
    keys = [one.pk for one in shown]
    offices = Organisation.objects.only(*OFFICE).in_bulk({one.organisation_id for one in shown})
    letters = Circular.objects.select_related("sender").only("code", "number", *(f"sender__{name}" for name in OFFICE))
    by_key = letters.in_bulk({one.circular_id for one in shown})
    for one in shown:
        one.organisation, one.circular = offices[one.organisation_id], by_key[one.circular_id]
    children: dict[int, Circular] = {}
    passed = letters_down(moment).filter(parent_id__in=keys)
    for letter in passed.only("code", "number", "issued_at", "issued_by", "parent_id").order_by("-issued_at"):
        children[letter.parent_id or 0] = letter
    below: dict[int, int] = dict(
        Delivery.objects.filter(circular__parent_id__in=keys, sent_at__lte=moment)
        .order_by()
        .values_list("circular__parent_id")
        .annotate(many=Count("pk"))
    )
    given = Assignment.objects.filter(delivery_id__in=keys, at__lte=moment).order_by("at")
    persons: dict[int, str] = dict(given.values_list("delivery_id", "person_name"))
    due: dict[int, list[tuple[int, datetime]]] = {}
    for pk, number, due_at in CircularAction.objects.filter(
        circular_id__in={one.circular_id for one in shown}, due_at__isnull=False
    ).values_list("circular_id", "number", "due_at"):
        due.setdefault(pk, []).append((number, due_at))
    expected = below_of([one.organisation for one in shown])
    return [
        _line(
            one,
            moment,
            below.get(one.pk, 0),
            expected.get(one.organisation_id, 0),
            due.get(one.circular_id, []),
            children.get(one.pk),
            persons.get(one.pk, ""),
        )
        for one in shown
    ]


def below_of(offices: Iterable[Organisation]) -> dict[int, int]:
    """How many open offices lie directly below each, centres left out. One query."""
    keys = [one.pk for one in offices]
    child = people.organisations().filter(
        path__gt=OuterRef("path"), path__lt=people.end_of("path"), depth=OuterRef("depth") + 1
    )
    many = child.exclude(kind=Kind.CENTRE).order_by().values("depth").annotate(many=Count("pk"))
    rows = Organisation.objects.filter(pk__in=keys).order_by().annotate(many=Subquery(many.values("many")))
    return {pk: number or 0 for pk, number in rows.values_list("pk", "many")}


def _line(
    delivery: Any,
    moment: datetime,
    below: int,
    expected: int,
    due: list[tuple[int, datetime]],
    child: Circular | None,
    person: str,
) -> Hop:
    state = state_at(delivery, moment)
    gone = state.code in GONE_BACK
    received = delivery.received_at if delivery.received_at and delivery.received_at <= moment else None
    forwarded_at = delivery.forwarded_at
    held = not gone and forwarded_at is None and (state.code != "ACKNOWLEDGED" or expected > 0)
    until = forwarded_at or (moment if held else delivery.returned_at if gone else delivery.acknowledged_at)
    days = days_between(day_of(delivery.sent_at), day_of(until))
    late = sorted(number for number, due_at in due if due_at <= (received or moment) and not gone)
    return Hop(delivery, state, received, forwarded_at, below, expected, days, held, late, child, person)


def state_at(delivery: Delivery, moment: datetime) -> State:
    """The state in which a delivery stood at a moment, from its times."""
    if delivery.returned_at and delivery.returned_at <= moment:
        return DELIVERY.states["CLOSED" if delivery.state == "CLOSED" else "RETURNED"]
    if delivery.acknowledged_at and delivery.acknowledged_at <= moment:
        return DELIVERY.states["ACKNOWLEDGED"]
    if delivery.received_at and delivery.received_at <= moment:
        return DELIVERY.states["ON_PAPER" if delivery.state == "ON_PAPER" else "RECEIVED"]
    return DELIVERY.states[DELIVERY.initial]


def day_of(moment: datetime) -> date:
    return moment.astimezone(BANGKOK).date()


def ways_up(delivery: Delivery) -> list[Delivery]:
    """The hops by which the letter came to this office, from the first one down, without this one."""
    above: list[Delivery] = []
    circular = delivery.circular
    while circular.parent_id is not None:
        found = Delivery.objects.select_related("organisation", "circular__sender").get(pk=circular.parent_id)
        above.append(found)
        circular = found.circular
    return above[::-1]
