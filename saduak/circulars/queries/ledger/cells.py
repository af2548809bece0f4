"""Counting hops: what was sent, received, sent back and passed on, by kind of office and province. The database adds up,
from one index; a count of thousands of hops reads none of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, DateTimeField, Field, Max, Min, Q, QuerySet, Sum

from saduak.circulars.models import Circular, CircularAction, Delivery
from saduak.circulars.queries.ledger.hops import letters_down
from saduak.circulars.queries.pace import Passings, passings
from saduak.circulars.queries.visibility import ALL, deliveries_within, span_of
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.people.queries import path_end
from saduak.statements import Slot, Statement

INSTANT = timedelta(microseconds=1)  # the least by which stored moments differ


@dataclass(frozen=True)
class Cell:
    """What was counted for one kind (and province): see Row; first: when the first of them was sent the letter;
    in_time: received before each of the moments asked for; below: offices below those that hold it."""

    addressed: int = 0
    received: int = 0
    acknowledged: int = 0
    forwarded: int = 0
    holding: int = 0
    below: int = 0
    returned: int = 0
    first: datetime | None = None
    in_time: dict[datetime, int] = field(default_factory=dict)

    def after(self, passed: int, with_below: int, below: int) -> "Cell":
        """The same when that many were passed on, of which some had offices below, so many of them."""
        holding, left = max(self.holding - with_below, 0), max(self.below - below, 0)
        return replace(self, forwarded=passed, holding=holding, below=left)


def passed_on(root: Circular, actor: Actor, at: datetime | None) -> dict[str, Passings]:
    """What of a cascade was passed on, per kind of office. One narrow query where nothing was passed on since it was
    last reckoned: letters that have left do not change, so their number and the latest moment stand for them all."""
    found = PASSED.row(root=root.root_pk) if at is None else PASSED_BY.row(root=root.root_pk, at=at)
    if found is None:
        return {}
    many, latest = found
    within = "" if actor.has(*ALL) else actor.path
    return _passings(root.code, root.root_pk, within, many, latest) if many else {}


def _letters_left(at: Mapping[str, Slot]) -> QuerySet[Circular, Any]:
    left = Circular.objects.filter(root_id=at["root"], parent__isnull=False)
    left = left.filter(issued_at__lte=at["at"]) if "at" in at else left
    return left.order_by().values("root_id").annotate(many=Count("issued_at"), latest=Max("issued_at")).values_list(
        "many", "latest"
    )  # fmt: skip


# How many letters of a cascade passed it on, and when the latest did; no row where none did.
PASSED = Statement(_letters_left, root=BigIntegerField())
PASSED_BY = Statement(_letters_left, root=BigIntegerField(), at=DateTimeField())


@lru_cache(maxsize=64)
def _passings(code: str, root_id: int, within: str, many: int, latest: datetime) -> dict[str, Passings]:
    """code: public code of the first letter, which no other database has; within: path to which to keep."""
    return passings(_within(letters_down(latest).filter(root_id=root_id), within))


def tally(
    root: Circular, actor: Actor, at: datetime | None, actions: list[CircularAction], by: list[str]
) -> dict[tuple[str, ...], Cell]:
    """Count the hops by some of `kind` and `province_code`, by a moment or up to now. Two queries over one index."""
    found = counted(root, actor, at, dates_of(actions), by)
    passed = _mine(letters_down(at or clock.now()).filter(root_id=root.root_pk), actor).order_by()
    passers = Delivery.objects.filter(pk__in=passed.values("parent_id")).order_by()
    rows = passers.values_list(*by).annotate(
        many=Count("pk"), with_below=Count("pk", filter=Q(below__gt=0)), under=Sum("below")
    )
    gone = {tuple(key): (many, with_below, under or 0) for *key, many, with_below, under in rows}
    return {key: cell.after(*gone.get(key, (0, 0, 0))) for key, cell in found.items()}


def dates_of(actions: list[CircularAction]) -> list[datetime]:
    return sorted({one.due_at for one in actions if one.due_at is not None})


def counted(
    root: Circular, actor: Actor, at: datetime | None, dates: list[datetime], by: list[str]
) -> dict[tuple[str, ...], Cell]:
    """Hops and what was done at them by a moment, or up to now; as if none had been passed on. One query, one index."""
    span = span_of(actor)
    if span is None:
        return {}
    # Whoever received it before a date that is over received it before the moment, too.
    latest = at + INSTANT if at else None
    values: dict[str, Any] = {"root": root.root_pk, **span} | ({"at": at} if at else {})
    days = {f"day_{place}": min(day, latest) if latest else day for place, day in enumerate(dates)}
    rows = _counts(tuple(by), frozenset(values), len(dates)).rows(**values, **days)
    cells = {}
    for row in rows:
        key, (addressed, received, acknowledged, returned, first, passers, under), rest = (
            row[: len(by)], row[len(by) : len(by) + 7], row[len(by) + 7 :],
        )  # fmt: skip
        cells[tuple(key)] = Cell(
            addressed, received, acknowledged, holding=passers, below=under or 0, returned=returned, first=first,
            in_time=dict(zip(dates, rest, strict=True)),
        )  # fmt: skip
    return cells


@cache
def _counts(by: tuple[str, ...], given: frozenset[str], dates: int) -> Statement:
    """What `counted` asks, for these values and so many dates. Counts what `delivery_ledger` carries, which a primary
    key is not on PostgreSQL: there the index alone answers."""
    days = [f"day_{place}" for place in range(dates)]

    def build(at: Mapping[str, Slot]) -> QuerySet[Delivery, Any]:
        found = deliveries_within(at["path"], at["end"]) if "path" in at else Delivery.objects.all()
        found = found.filter(root_id=at["root"]).order_by()
        if "at" in at:
            found = found.filter(sent_at__lte=at["at"])
            received, acknowledged = (
                Count("kind", filter=Q(**{f"{name}__lte": at["at"]})) for name in ("received_at", "acknowledged_at")
            )
            still = Q(received_at=None) | Q(received_at__gt=at["at"])
            returned = Count("kind", filter=Q(returned_at__lte=at["at"]) & still)
        else:
            # Whatever is recorded has happened: counting what is there costs half as much as comparing moments.
            received, acknowledged = Count("received_at"), Count("acknowledged_at")
            returned = Count("returned_at", filter=Q(received_at=None))
        return found.values_list(*by).annotate(
            addressed=Count("*"),
            received=received,
            acknowledged=acknowledged,
            returned=returned,
            first=Min("sent_at"),
            passers=Count("kind", filter=Q(below__gt=0)),
            under=Sum("below"),
            **{f"in_{day}": Count("kind", filter=Q(received_at__lt=at[day])) for day in days},
        )

    kinds: dict[str, Field[Any, Any]] = {"root": BigIntegerField(), "path": CharField(), "end": CharField()}
    slots = {name: kinds.get(name, DateTimeField()) for name in given} | {day: DateTimeField() for day in days}
    return Statement(build, **slots)


def _mine(letters: QuerySet[Circular], actor: Actor) -> QuerySet[Circular]:
    """Of letters that passed a delivery on, those of deliveries that the actor may see."""
    return _within(letters, "" if actor.has(*ALL) else actor.path)


def _within(letters: QuerySet[Circular], path: str) -> QuerySet[Circular]:
    if not path:
        return letters
    return letters.filter(
        parent__organisation__path__gte=path, parent__organisation__path__lt=path_end(path)
    )  # fmt: skip
