"""Hop by hop: one line for each office that was sent the letter."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, Exists, F, Min, OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

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
from saduak.statements import Among, Many, Slot, Statement


def hops(
    root: Circular, actor: Actor, at: datetime | None = None, *, letter: Circular | None = None
) -> QuerySet[Delivery]:
    """The hops of the cascade that the actor may see, of all its letters or of one, and that were sent by a moment (all
    of them when none is given). Whether each was passed on by then (`passed_on`) can be filtered by."""
    passed = letters_down(at or clock.now()).filter(parent=OuterRef("pk"))
    # Each by what an index has by itself, so that counting thousands of hops reads none of them.
    found = deliveries(actor).filter(circular=letter) if letter else deliveries(actor).filter(root_id=root.root_pk)
    found = found if at is None else found.filter(sent_at__lte=at)
    return found.alias(passed_on=Exists(passed))


def with_passing(found: QuerySet[Delivery], at: datetime | None = None) -> QuerySet[Delivery]:
    """Hops, each with when it was first passed on (`forwarded_at`), None where it was not by the moment."""
    passed = letters_down(at or clock.now()).filter(parent=OuterRef("pk")).order_by().values("parent")
    return found.annotate(forwarded_at=Subquery(passed.annotate(first=Min("issued_at")).values("first")))


def letters_down(moment: datetime | Slot) -> QuerySet[Circular]:
    """Letters that had passed something on by a moment, or by what stands for one."""
    return Circular.objects.filter(parent__isnull=False, issued_at__lte=moment).exclude(state="DRAFT")


class Named(NamedTuple):
    """The two names of an office."""

    name_th: str
    name_en: str

    @property
    def name(self) -> str:
        """In the reader's language; Thai where no English one is known."""
        return (self.name_en or self.name_th) if get_language() == "en" else self.name_th


class Child(NamedTuple):
    """The letter by which an office passed another one on; below: offices to which it was sent."""

    code: str
    number: str
    issued_at: datetime
    issued_by: str
    below: int


@dataclass(frozen=True, slots=True)
class Hop:
    """One line of the ledger as it stood at a moment.

    days: working days from sending to passing on, or until the moment while it is held here; below: offices to which it
    was passed on, of `expected` that lie directly below; waiting: offices below it, at any depth, while it was
    passed on to none; late: numbers of the actions whose date had passed on receipt; child: the first letter that passed it on.
    """

    pk: int
    code: str
    organisation_code: str
    office: Named
    sender: Named
    number: str  # of the letter that was sent to it
    sent_at: datetime
    state: State
    received_at: datetime | None
    received_number: int | None
    received_year: int | None
    received_by: str
    forwarded_at: datetime | None
    below: int
    expected: int
    waiting: int
    days: int
    held: bool
    late: list[int]
    child: Child | None
    assigned_to: str

    @property
    def received(self) -> bool:
        return self.received_at is not None


# What a line needs of a hop: read in one narrow query, because letters and offices are wide, and a letter to the
# country carries its list of addressees.
NEEDED = (
    "pk", "code", "organisation_id", "organisation__code", "organisation__name_th", "organisation__name_en",
    "circular_id", "circular__number", "circular__sender__name_th", "circular__sender__name_en",
    "circular__parent_id", "below", "state", "sent_at", "received_at", "received_number", "received_year", "received_by",
    "acknowledged_at", "returned_at",
)  # fmt: skip


class Kept(NamedTuple):
    """A hop as it is kept: the columns of NEEDED."""

    pk: int
    code: str
    organisation_id: int
    organisation_code: str
    name_th: str
    name_en: str
    circular_id: int
    number: str
    sender_th: str
    sender_en: str
    parent_id: int | None  # the hop by which it came to the sender
    below: int
    state: str
    sent_at: datetime
    received_at: datetime | None
    received_number: int | None
    received_year: int | None
    received_by: str
    acknowledged_at: datetime | None
    returned_at: datetime | None


Due = list[tuple[int, datetime]]  # number and date of each action of a letter that has a date


def lines(shown: Collection[Kept], at: datetime | None = None) -> list[Hop]:
    """Ledger lines of a page of hops, with what is below each. At most four queries, whatever the number of lines."""
    moment = at or clock.now()
    if not shown:
        return []
    keys = [one.pk for one in shown]
    children: dict[int | None, Child] = {}
    below: Counter[int | None] = Counter()
    for parent, *rest in CHILDREN.rows(keys=keys, moment=moment):
        children[parent] = Child(*rest[:-1], rest[-1] or 0)
        below[parent] += children[parent].below
    persons: dict[int, str] = dict(PERSONS.rows(keys=keys, moment=moment))
    due: dict[int, Due] = {}
    for pk, number, due_at in DUE.rows(keys=sorted({one.circular_id for one in shown})):
        due.setdefault(pk, []).append((number, due_at))
    expected = below_of([one.organisation_id for one in shown if one.pk in children])
    return [
        _line(
            one, moment, below[one.pk], expected.get(one.organisation_id, 0), due.get(one.circular_id, []),
            children.get(one.pk), persons.get(one.pk, ""),
        )
        for one in shown
    ]  # fmt: skip


# Letters that passed some hops on by a moment, the first one last, with how many offices have them. Each is counted by
# itself: to join them all has PostgreSQL read every hop there is.
CHILDREN = Statement(
    lambda at: (
        letters_down(at["moment"])
        .filter(Among(F("parent_id"), at["keys"]))
        .order_by("-issued_at", "-pk")
        .values_list("parent_id", "code", "number", "issued_at", "issued_by")
        .annotate(
            many=Subquery(
                Delivery.objects.filter(circular=OuterRef("pk"), sent_at__lte=at["moment"])
                .order_by()
                .values("circular")
                .annotate(many=Count("*"))
                .values("many")
            )
        )
    ),
    keys=Many(),
    moment=DateTimeField(),
)
# To whom hops were given inside their offices by a moment, the latest last.
PERSONS = Statement(
    lambda at: (
        Assignment.objects.filter(Among(F("delivery_id"), at["keys"]), at__lte=at["moment"])
        .order_by("at")
        .values_list("delivery_id", "person_name")
    ),
    keys=Many(),
    moment=DateTimeField(),
)
DUE = Statement(
    lambda at: (
        CircularAction.objects.filter(Among(F("circular_id"), at["keys"]), due_at__isnull=False)
        .order_by("number")
        .values_list("circular_id", "number", "due_at")
    ),
    keys=Many(),
)


def below_of(organisation_ids: Collection[int]) -> dict[int, int]:
    """How many open offices lie directly below each, centres left out. One query, none for none."""
    if not organisation_ids:
        return {}
    return {pk: number or 0 for pk, number in BELOW.rows(keys=organisation_ids)}


def _below(at: Mapping[str, Slot]) -> QuerySet[Organisation, Any]:
    child = people.organisations().filter(
        path__gt=OuterRef("path"), path__lt=people.end_of("path"), depth=OuterRef("depth") + 1
    )
    many = child.exclude(kind=Kind.CENTRE).order_by().values("depth").annotate(many=Count("*")).values("many")
    found = Organisation.objects.filter(Among(F("pk"), at["keys"])).order_by()
    return found.values_list("pk").annotate(many=Subquery(many))


BELOW = Statement(_below, keys=Many())


def _line(one: Kept, moment: datetime, below: int, expected: int, due: Due, child: Child | None, person: str) -> Hop:
    state = _state(one.state, one.received_at, one.acknowledged_at, one.returned_at, moment)
    gone = state.code in GONE_BACK
    received = one.received_at if one.received_at and one.received_at <= moment else None
    forwarded_at = child.issued_at if child else None
    held = not gone and child is None and (state.code != "ACKNOWLEDGED" or one.below > 0)
    until = forwarded_at or (moment if held else one.returned_at if gone else one.acknowledged_at)
    late = [] if gone else [number for number, due_at in due if due_at <= (received or moment)]
    return Hop(
        one.pk, one.code, one.organisation_code, Named(one.name_th, one.name_en), Named(one.sender_th, one.sender_en),
        one.number, one.sent_at, state, received, one.received_number, one.received_year, one.received_by,
        forwarded_at, below, expected, 0 if below or gone else one.below,
        days_between(day_of(one.sent_at), day_of(until or moment)), held, late, child, person,
    )  # fmt: skip


def state_at(delivery: Delivery | Kept, moment: datetime) -> State:
    """The state in which a delivery stood at a moment, from its times."""
    return _state(delivery.state, delivery.received_at, delivery.acknowledged_at, delivery.returned_at, moment)


def _state(
    now: str, received: datetime | None, acknowledged: datetime | None, returned: datetime | None, moment: datetime
) -> State:
    if returned and returned <= moment:
        return DELIVERY.states["CLOSED" if now == "CLOSED" else "RETURNED"]
    if acknowledged and acknowledged <= moment:
        return DELIVERY.states["ACKNOWLEDGED"]
    if received and received <= moment:
        return DELIVERY.states["ON_PAPER" if now == "ON_PAPER" else "RECEIVED"]
    return DELIVERY.states[DELIVERY.initial]


def day_of(moment: datetime) -> date:
    return moment.astimezone(BANGKOK).date()


class Step(NamedTuple):
    """A hop on the way to another."""

    code: str
    office: Named


def way_to(hop: Kept) -> list[Step]:
    """The hops by which the letter came to an office, from the first one down, without the last. One query for each."""
    above: list[Step] = []
    parent = hop.parent_id
    wanted = ("code", "organisation__name_th", "organisation__name_en", "circular__parent_id")
    while parent is not None:
        code, name_th, name_en, parent = Delivery.objects.values_list(*wanted).get(pk=parent)
        above.append(Step(code, Named(name_th, name_en)))
    return above[::-1]


def ways_up(delivery: Delivery) -> list[Delivery]:
    """The hops by which the letter came to this office, from the first one down, without this one."""
    above: list[Delivery] = []
    circular = delivery.circular
    while circular.parent_id is not None:
        found = Delivery.objects.select_related("organisation", "circular__sender").get(pk=circular.parent_id)
        above.append(found)
        circular = found.circular
    return above[::-1]
