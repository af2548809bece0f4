"""How a cascade stands as a whole: by level, by province, by action. A handful of queries, whatever its size."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from saduak.circulars.models import Circular, CircularAction, Delivery
from saduak.circulars.queries import reach
from saduak.circulars.queries.ledger.cells import Cell, counted, dates_of, passed_on, tally
from saduak.circulars.queries.ledger.letters import actions_of
from saduak.circulars.queries.pace import FEWEST_OBSERVED, UNKNOWN, Pace, Passings, usual
from saduak.circulars.queries.visibility import ALL, deliveries
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation

# Offices that lie in a province; ministries and departments sit in the capital without being its own.
TERRITORIAL = (Kind.PROVINCE, Kind.DISTRICT, Kind.LOCAL_BODY)


@dataclass(frozen=True)
class Level:
    """A kind of office on the way down. depth: where most of them stand in the tree; expected: how many there are."""

    kind: str
    depth: int
    expected: int
    pace: Pace = UNKNOWN

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class Row:
    """Counts of one level or one province. `days`: median working days from sending to passing on here (or None);
    `expected`: how many there are to reach; `late`: offices at which some date had passed before they had the letter.
    """

    key: str
    label: str
    addressed: int
    received: int
    acknowledged: int
    forwarded: int
    days: float | None = None
    late: int = 0
    expected: int = 0
    pace: Pace = UNKNOWN
    holding: int = 0  # have it, have not passed it on, though offices lie below
    returned: int = 0  # sent back to the sender without a stamp

    @property
    def silent(self) -> int:
        """Hops of which nothing is known: neither received nor sent back."""
        return max(self.addressed - self.received - self.returned, 0)

    @property
    def without(self) -> int:
        """Offices that do not have the letter yet."""
        return max(self.expected - self.addressed, 0)

    @property
    def kept(self) -> int:
        """Received, and not passed on (or there is nobody to pass it on to)."""
        return max(self.received - self.forwarded, 0)

    @property
    def parts(self) -> list[tuple[str, str, str, int]]:
        """(code, start, width, many) of the parts of a bar that is 1000 wide, from those who passed it on to those
        who do not have it; empty parts are left out."""
        many = {"forwarded": self.forwarded, "received": self.kept, "silent": self.silent, "without": self.without}
        whole, start, shown = max(sum(many.values()), 1), 0.0, []
        for code, number in many.items():
            if number:
                # One office among thousands is still to be seen.
                width = max(1000 * number / whole, 4)
                shown.append((code, f"{min(start, 996):.1f}", f"{width:.1f}", number))
                start += width
        return shown


@dataclass(frozen=True)
class Standing:
    """A cascade at a moment, as one reader sees it."""

    root: Circular
    at: datetime
    actions: list[CircularAction]
    levels: list[Level]
    cells: dict[str, Cell]  # by kind
    days: dict[str, Pace]  # of this cascade

    @property
    def rows(self) -> list[Row]:
        """One row for each level, from the top down."""
        return [self._row(level) for level in self.levels]

    def _row(self, level: Level) -> Row:
        cell = self.cells.get(level.kind, Cell())
        own = self.days.get(level.kind)
        return Row(
            level.kind, level.label, cell.addressed, cell.received, cell.acknowledged, cell.forwarded,
            days=own.days if own else None, expected=max(level.expected, cell.addressed), pace=level.pace,
            holding=cell.holding, returned=cell.returned,
        )  # fmt: skip

    @property
    def totals(self) -> dict[str, int]:
        names = ("addressed", "received", "acknowledged", "forwarded", "silent", "expected", "without")
        rows = self.rows
        return {name: sum(getattr(row, name) for row in rows) for name in names}


def standing(root: Circular, actor: Actor, at: datetime | None = None) -> Standing:
    """Add the cascade up as it stood at a moment (now when none is given). Seven queries at most, mostly four."""
    moment = at or clock.now()
    actions = actions_of(root.root_pk)
    gone = passed_on(root, actor, at)
    cells = {}
    for (kind,), cell in counted(root, actor, at, dates_of(actions), ["kind"]).items():
        one = gone.get(kind, Passings())
        cells[kind] = cell.after(one.many, one.with_below, one.below)
    own = {kind: one.pace for kind, one in gone.items()}
    levels = _levels(root, actor, cells)
    pace = {kind: one for kind, one in own.items() if one.observed >= FEWEST_OBSERVED}
    if any(one.kind not in pace for one in levels):
        pace = usual(moment) | pace
    levels = [replace(one, pace=pace.get(one.kind, UNKNOWN)) for one in levels]
    return Standing(root, moment, actions, levels, cells, own)


def _levels(root: Circular, actor: Actor, cells: dict[str, Cell]) -> list[Level]:
    """The kinds that the letter is meant to reach, from the top down; for a reader below only their own part."""
    if actor.has(*ALL) or root.sender.path.startswith(actor.path):
        rows = reach.rows_of(root)
    else:
        rows = reach.within(actor.path)
    depths: dict[str, Counter[int]] = defaultdict(Counter)
    for kind, depth, _province, many in rows:
        depths[kind][depth] += many
    found = [Level(kind, at.most_common(1)[0][0], sum(at.values())) for kind, at in depths.items()]
    found += [Level(kind, 99, cell.addressed) for kind, cell in cells.items() if kind not in depths]
    return sorted(found, key=lambda one: (one.depth, reach.place(one.kind)))


def by_level(root: Circular, actor: Actor, at: datetime | None = None) -> list[Row]:
    """One row for each kind of office, from the top down."""
    return standing(root, actor, at).rows


def by_province(root: Circular, actor: Actor, at: datetime | None = None) -> list[Row]:
    """One row for each province in which an office has or is to have the letter, by its name; five queries."""
    moment = at or clock.now()
    actions = actions_of(root.root_pk)
    cells = tally(root, actor, at, actions, ["kind", "province_code"])
    late = dict(
        _late(deliveries(actor).filter(root_id=root.root_pk, sent_at__lte=moment, kind__in=TERRITORIAL), moment)
        .order_by()
        .values_list("province_code")
        .annotate(many=Count("pk", distinct=True))
    )
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for (kind, province), cell in cells.items():
        if kind in TERRITORIAL and province:
            sums[province].update(
                addressed=cell.addressed, received=cell.received, acknowledged=cell.acknowledged,
                forwarded=cell.forwarded, holding=cell.holding, returned=cell.returned,
            )  # fmt: skip
    rows = reach.rows_of(root) if actor.has(*ALL) else reach.within(actor.path, provinces=True)
    for kind, _depth, province, many in rows:
        if kind in TERRITORIAL and province:
            sums[province]["expected"] += many
    provinces = Organisation.objects.filter(kind=Kind.PROVINCE).only("province_code", "name_th", "name_en")
    names = {one.province_code: one.name for one in provinces}
    found = [_province(code, names.get(code, code), one, late.get(code, 0)) for code, one in sums.items()]
    return sorted(found, key=lambda row: row.label)


def _province(code: str, label: str, sums: Counter[str], late: int) -> Row:
    counts: dict[str, Any] = {name: sums[name] for name in ("addressed", "received", "acknowledged", "forwarded")}
    expected = max(sums["expected"], sums["addressed"])
    return Row(code, label, **counts, late=late, expected=expected, holding=sums["holding"], returned=sums["returned"])


def _late(found: QuerySet[Delivery], moment: datetime) -> QuerySet[Delivery]:
    """Hops at which some action's date had passed when the letter was received (or has passed, and it is not yet)."""
    return found.filter(Q(returned_at=None) | Q(returned_at__gt=moment)).filter(
        Q(received_at__lte=moment, circular__actions__due_at__lte=F("received_at"))
        | (Q(received_at=None) | Q(received_at__gt=moment)) & Q(circular__actions__due_at__lte=moment)
    )


@dataclass(frozen=True)
class Lost:
    """An action whose date had passed at `hops` of `asked` offices before they had the letter."""

    code: str
    title: str
    due_at: datetime
    hops: int
    asked: int


def lost(found: Standing) -> list[Lost]:
    """What had its date pass before the letter was received, and at how many of the offices that were sent it."""
    asked = sum(cell.addressed - cell.returned for cell in found.cells.values())
    shown = []
    for action in found.actions:
        if action.due_at is None or action.due_at > found.at:
            continue
        missed = asked - sum(cell.in_time.get(action.due_at, 0) for cell in found.cells.values())
        if missed:
            shown.append(Lost(action.code, action.title, action.due_at, missed, asked))
    return shown
