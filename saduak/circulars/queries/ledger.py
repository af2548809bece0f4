"""The ledger of a cascade: where the letter is, who holds it, how long each hop took, what can no longer be met.

Everything is added up in the database, so that a page about 8,000 hops asks as often as one about ten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Count, F, FilteredRelation, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from saduak.circulars.models import Circular, CircularAction, Delivery
from saduak.circulars.queries.visibility import deliveries
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.thai.working_days import working_days_between


def hops(root: Circular, actor: Actor) -> QuerySet[Delivery]:
    """The hops of the cascade that the actor may see, with when each was passed on (`forwarded_at`)."""
    passed = Circular.objects.filter(parent=OuterRef("pk")).exclude(state="DRAFT").order_by("issued_at")
    return (
        deliveries(actor).filter(root_id=root.root_pk).annotate(forwarded_at=Subquery(passed.values("issued_at")[:1]))
    )


@dataclass(frozen=True)
class Row:
    """Counts of one level or one branch. `days`: median working days from sending to passing on (or None)."""

    key: str
    label: str
    addressed: int
    received: int
    acknowledged: int
    forwarded: int
    days: float | None = None
    late: int = 0

    @property
    def silent(self) -> int:
        """Hops of which nothing is known: not even received."""
        return self.addressed - self.received


def _counts() -> dict[str, Any]:
    return {
        "addressed": Count("pk"),
        "received": Count("pk", filter=~Q(state="SENT")),
        "acknowledged": Count("pk", filter=Q(state="ACKNOWLEDGED")),
        "forwarded": Count("pk", filter=Q(forwarded_at__isnull=False)),
    }


def by_level(root: Circular, actor: Actor) -> list[Row]:
    """One row for each kind of office, from the top down."""
    rows = (
        hops(root, actor)
        .order_by()
        .values("organisation__kind")
        .annotate(level=Min("organisation__depth"), **_counts())
    )
    days = _median_days(root, actor)
    return [
        _row(
            row,
            row["organisation__kind"],
            str(Kind(row["organisation__kind"]).label),
            days.get(row["organisation__kind"]),
        )
        for row in sorted(rows, key=lambda row: (row["level"], row["organisation__kind"]))
    ]


def by_province(root: Circular, actor: Actor) -> list[Row]:
    """One row for each province that a hop lies in, by its Thai name; hops at no province are left out."""
    rows = hops(root, actor).exclude(organisation__province_code="").order_by()
    counted = rows.values("organisation__province_code").annotate(**_counts())
    late = dict(
        _late(rows).values_list("organisation__province_code").annotate(many=Count("pk", distinct=True)).order_by()
    )
    provinces = Organisation.objects.filter(kind=Kind.PROVINCE)
    names = {one.province_code: one for one in provinces.only("province_code", "name_th", "name_en")}
    found = []
    for row in counted:
        code = row["organisation__province_code"]
        label = names[code].name if code in names else code
        found.append(_row(row, code, label, None, late.get(code, 0)))
    return sorted(found, key=lambda row: row.label)


def _row(row: dict[str, Any], key: str, label: str, days: float | None, late: int = 0) -> Row:
    return Row(
        key, label, row["addressed"], row["received"], row["acknowledged"], row["forwarded"], days=days, late=late
    )


def _median_days(root: Circular, actor: Actor) -> dict[str, float]:
    """Median working days per kind, of hops that have passed the letter on."""
    spans = (
        hops(root, actor)
        .filter(forwarded_at__isnull=False)
        .annotate(sent_on=TruncDate("sent_at", tzinfo=BANGKOK), passed_on=TruncDate("forwarded_at", tzinfo=BANGKOK))
        .order_by()
        .values_list("organisation__kind", "sent_on", "passed_on")
        .annotate(many=Count("pk"))
    )
    held: dict[str, list[int]] = {}
    for kind, sent, passed, many in spans:
        held.setdefault(kind, []).extend([max(working_days_between(sent, passed), 0)] * many)
    return {kind: float(median(days)) for kind, days in held.items()}


def _late(found: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Hops at which some action's date had passed when the letter was received (or has passed, and it is not yet)."""
    now = clock.now()
    at_receipt = Q(circular__actions__due_at__lte=F("received_at"))
    still_out = Q(received_at__isnull=True, circular__actions__due_at__lte=now)
    return found.filter(at_receipt | still_out)


@dataclass(frozen=True)
class Lost:
    """An action whose date had passed at `hops` of `asked` offices before they had the letter."""

    code: str
    title: str
    due_at: datetime
    hops: int
    asked: int


def lost(root: Circular, actor: Actor) -> list[Lost]:
    """What can no longer be met, and at how many of the offices that were asked."""
    # One named join, so that the condition and the count speak of the same action.
    dated = FilteredRelation("circular__actions", condition=Q(circular__actions__due_at__isnull=False))
    too_late = Q(dated__due_at__lte=F("received_at")) | Q(received_at__isnull=True, dated__due_at__lte=clock.now())
    counted = (
        hops(root, actor)
        .order_by()
        .annotate(dated=dated)
        .filter(dated__due_at__isnull=False)
        .values("dated__code")
        .annotate(asked=Count("pk"), missed=Count("pk", filter=too_late))
        .filter(missed__gt=0)
        .values_list("dated__code", "asked", "missed")
    )
    titles = {one.code: one for one in CircularAction.objects.filter(circular_id=root.root_pk)}
    return [
        Lost(code, titles[code].title, due_at, missed, asked)
        for code, asked, missed in sorted(counted)
        if code in titles and (due_at := titles[code].due_at) is not None
    ]


@dataclass(frozen=True)
class Hop:
    """One line of the ledger: `days` are working days from sending to passing on, or until now while it is held here;
    `late`: numbers of the actions whose date had passed on receipt."""

    delivery: Delivery
    forwarded_at: datetime | None
    below: int
    days: int
    held: bool
    late: list[int]
    child: str  # code of the letter by which it was passed on


def lines(found: QuerySet[Delivery]) -> list[Hop]:
    """Ledger lines of a page of hops, with what is below each. Three queries whatever the number of lines."""
    passed = Circular.objects.filter(parent=OuterRef("pk")).exclude(state="DRAFT").order_by("issued_at")
    shown = list(
        found.select_related("organisation", "circular__sender").annotate(child=Subquery(passed.values("code")[:1]))
    )
    below: dict[int, int] = dict(
        Circular.objects.filter(parent_id__in=[one.pk for one in shown])
        .exclude(state="DRAFT")
        .order_by()
        .values_list("parent_id")
        .annotate(many=Count("deliveries"))
    )
    due: dict[int, list[tuple[int, datetime]]] = {}
    for pk, number, due_at in CircularAction.objects.filter(
        circular_id__in={one.circular_id for one in shown}, due_at__isnull=False
    ).values_list("circular_id", "number", "due_at"):
        due.setdefault(pk, []).append((number, due_at))
    return [_line(one, below.get(one.pk, 0), due.get(one.circular_id, [])) for one in shown]


def _line(delivery: Any, below: int, due: list[tuple[int, datetime]]) -> Hop:
    now = clock.now()
    forwarded_at = delivery.forwarded_at
    arrived = delivery.received_at or now
    held = forwarded_at is None and delivery.state != "ACKNOWLEDGED"
    until = forwarded_at or (now if held else delivery.acknowledged_at)
    days = max(working_days_between(_day(delivery.sent_at), _day(until)), 0)
    late = [number for number, due_at in due if due_at <= arrived]
    return Hop(delivery, forwarded_at, below, days, held, late, delivery.child or "")


def _day(moment: datetime) -> date:
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


def export(root: Circular, actor: Actor) -> Iterator[list[Any]]:
    """All hops as rows of a table, header first, read in portions."""
    yield ["organisation_code", "organisation", "kind", "province_code", "from", "letter_number", "sent_at", "state",
           "received_number", "received_at", "acknowledged_at", "forwarded_at"]  # fmt: skip
    found = hops(root, actor).order_by("organisation__path", "sent_at").values_list(
        "organisation__code", "organisation__name_th", "organisation__kind", "organisation__province_code",
        "circular__sender__name_th", "circular__number", "sent_at", "state",
        "received_number", "received_at", "acknowledged_at", "forwarded_at",
    )  # fmt: skip
    for row in found.iterator(chunk_size=1000):
        yield [one.astimezone(BANGKOK).strftime("%Y-%m-%d %H:%M") if isinstance(one, datetime) else one for one in row]


def exists_draft(delivery: Delivery) -> bool:
    return Circular.objects.filter(parent=delivery, state="DRAFT").exists()


__all__ = ["Hop", "Lost", "Row", "by_level", "by_province", "export", "hops", "lines", "lost", "ways_up"]
