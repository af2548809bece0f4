"""Where a cascade stands on the map: the offices above the provinces one by one, the provinces each as a whole, and one
province office by office. What is shown of 8,800 offices is added up by kind and province, in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef

from saduak.certificates import provinces
from saduak.circulars.models import Circular, CircularAction
from saduak.circulars.queries import reach
from saduak.circulars.queries.ledger.cells import Cell, tally
from saduak.circulars.queries.ledger.hops import hops, letters_down
from saduak.circulars.queries.ledger.prospects import Arrival, certain_since
from saduak.circulars.queries.ledger.standing import TERRITORIAL, Level, Standing
from saduak.circulars.queries.visibility import ALL
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.queries import organisations, path_end
from saduak.web import language

MOST_ABOVE = 400  # offices above the provinces that are shown one by one


class Stand(StrEnum):
    """How an office or an area stands, the worst first."""

    NEVER = "never"  # does not have it, and cannot meet the date any more
    LATE = "late"  # had it when the date had passed; of an area: some of its offices did, or cannot meet it any more
    WITHOUT = "without"
    RETURNED = "returned"
    SENT = "sent"
    RECEIVED = "received"
    PASSED = "passed"
    DONE = "done"  # acknowledged, and passed on where there is somebody to pass it on to


@dataclass(frozen=True)
class Place:
    """An office, or an area. key: code of the province or of the hop ("" for an office that has none); kind: of an
    office, "" for an area; too_late: offices in it that had the letter too late or cannot meet the date any more, of
    those asked; asked: how many are."""

    key: str
    label: str
    kind: str
    stand: Stand
    expected: int = 1
    addressed: int = 0
    received: int = 0
    forwarded: int = 0
    too_late: int = 0
    asked: int = 0

    @property
    def without(self) -> int:
        return max(self.expected - self.addressed, 0)


@dataclass(frozen=True)
class Tier:
    """A level above the provinces: its offices that have the letter, and how many more are to have it."""

    level: Level
    places: list[Place]
    more: int  # have it, but are too many to be shown
    without: int
    without_stand: Stand


@dataclass
class Branch:
    """An office and the offices right below it."""

    place: Place
    below: list[Place] = field(default_factory=list)


def country(
    root: Circular, actor: Actor, found: Standing, at: datetime | None, action: CircularAction | None
) -> tuple[list[Tier], list[Place]]:
    """The levels above the provinces, and the provinces. Five queries."""
    cells = tally(root, actor, at, found.actions, ["kind", "province_code"])
    whole = actor.has(*ALL) or root.sender.path.startswith(actor.path)
    rows = reach.rows_of(root) if whole else reach.within(actor.path, provinces=True)
    expected: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for kind, _depth, province, many in rows:
        if kind in TERRITORIAL and province:
            expected[province][kind] += many
    for kind, province in cells:
        if kind in TERRITORIAL and province:
            expected[province].setdefault(kind, 0)
    areas = [_area(code, kinds, cells, found, action) for code, kinds in expected.items()]
    return _tiers(root, actor, found, at, action), sorted(areas, key=lambda one: one.label)


def _area(
    code: str,
    kinds: dict[str, int],
    cells: dict[tuple[str, ...], Cell],
    found: Standing,
    action: CircularAction | None,
) -> Place:
    """A province as a whole."""
    mine = {kind: cells.get((kind, code), Cell()) for kind in kinds}
    arrivals = [
        Arrival(level.depth, mine[level.kind].first)
        for level in found.levels
        if level.kind in mine and mine[level.kind].first
    ]
    wanted = _asked(action, kinds)
    too_late = asked = 0
    for level in found.levels:
        if action is None or action.due_at is None or level.kind not in wanted:
            continue
        cell = mine[level.kind]
        have = cell.addressed - cell.returned
        asked += max(kinds[level.kind] - cell.returned, have)
        if action.due_at <= found.at:
            too_late += max(have - cell.in_time.get(action.due_at, 0), 0)
        without = max(kinds[level.kind] - cell.addressed, 0)
        if without and _lost(action.due_at, level, arrivals, found):
            too_late += without
    sums = {name: sum(getattr(cell, name) for cell in mine.values()) for name in ("addressed", "received", "forwarded")}
    whole = sum(max(many, mine[kind].addressed) for kind, many in kinds.items())
    if too_late:
        stand = Stand.NEVER if too_late >= asked else Stand.LATE
    elif not sums["addressed"]:
        stand = Stand.WITHOUT
    elif whole <= sum(cell.acknowledged for cell in mine.values()):
        stand = Stand.DONE
    elif sums["forwarded"]:
        stand = Stand.PASSED
    else:
        stand = Stand.RECEIVED if sums["received"] else Stand.SENT
    label = provinces.name(code, language.current()) or code
    return Place(code, label, "", stand, expected=whole, **sums, too_late=too_late, asked=asked)


def _asked(action: CircularAction | None, kinds: Iterable[str]) -> set[str]:
    """The kinds of which an action asks something; all where it asks nothing of these."""
    return set(kinds) & set(action.for_kinds) or set(kinds) if action else set()


def _lost(due: datetime, level: Level, arrivals: Iterable[Arrival], found: Standing) -> bool:
    """Is it certain that an office of a level without the letter misses the date? arrivals: of its own branch."""
    above = {found.root.sender.depth: found.root.issued_at or found.at}
    for one in found.levels:
        first = found.cells.get(one.kind, Cell()).first
        if one.kind not in TERRITORIAL and first is not None and one.depth < level.depth:
            above[one.depth] = min(first, above.get(one.depth, first))
    above |= {one.depth: one.at for one in arrivals if one.depth < level.depth}
    way = [Arrival(depth, at) for depth, at in sorted(above.items(), reverse=True)]
    since, _from_start = certain_since(due, level, way, found.levels)
    return since <= found.at


# Of a hop, what its place on the map follows from.
HOP = (
    "code", "organisation_id", "kind", "organisation__name_th", "organisation__name_en", "below", "received_at",
    "acknowledged_at", "returned_at", "passed",
)  # fmt: skip


def _stand(hop: tuple[datetime | None, ...], below: int, passed: bool, at: datetime, due: datetime | None) -> Stand:
    """How an office that was sent the letter stands. hop: when it received, acknowledged and sent it back; due: date of
    what is asked of it."""
    received, acknowledged, returned = (moment if moment and moment <= at else None for moment in hop)
    if returned:
        return Stand.RETURNED
    if due is not None and due <= (received or at):
        return Stand.LATE
    if acknowledged and (passed or not below):
        return Stand.DONE
    if passed:
        return Stand.PASSED
    return Stand.RECEIVED if received else Stand.SENT


def _due(action: CircularAction | None, kind: str, kinds: Iterable[str]) -> datetime | None:
    return action.due_at if action and kind in _asked(action, kinds) else None


def _tiers(
    root: Circular, actor: Actor, found: Standing, at: datetime | None, action: CircularAction | None
) -> list[Tier]:
    levels = [one for one in found.levels if one.kind not in TERRITORIAL]
    kinds = [one.kind for one in levels]
    passed = Exists(letters_down(found.at).filter(parent=OuterRef("pk")))
    rows = hops(root, actor, at).filter(kind__in=kinds).annotate(passed=passed).order_by("organisation__path")
    shown: dict[str, list[Place]] = defaultdict(list)
    for code, _pk, kind, name_th, name_en, below, *times, gone in rows.values_list(*HOP)[:MOST_ABOVE]:
        due = action.due_at if action and kind in action.for_kinds else None
        stand = _stand(tuple(times), below, gone, found.at, due)
        shown[kind].append(Place(code, _named(name_th, name_en), kind, stand, addressed=1))
    tiers = []
    for level in levels:
        have = found.cells.get(level.kind, Cell()).addressed
        lost = action is not None and action.due_at is not None and level.kind in action.for_kinds
        lost = lost and _lost(action.due_at, level, [], found)  # type: ignore[union-attr,arg-type]
        tiers.append(
            Tier(
                level, shown[level.kind], have - len(shown[level.kind]), max(level.expected - have, 0),
                Stand.NEVER if lost else Stand.WITHOUT,
            )
        )  # fmt: skip
    return tiers


def province(
    root: Circular, actor: Actor, found: Standing, at: datetime | None, action: CircularAction | None, code: str
) -> list[Branch]:
    """The offices of a province: those at its top, with what lies right below each, in order of the tree. Two queries."""
    depths = {one.kind: one for one in found.levels if one.kind in TERRITORIAL}
    if not depths:
        return []
    passed = Exists(letters_down(found.at).filter(parent=OuterRef("pk")))
    sent = hops(root, actor, at).filter(kind__in=list(depths), province_code=code).annotate(passed=passed)
    have = {row[1]: row for row in sent.order_by("pk").values_list(*HOP, "sent_at")}
    offices = organisations().filter(province_code=code, kind__in=list(depths), path__startswith=root.sender.path)
    if not actor.has(*ALL) and not root.sender.path.startswith(actor.path):
        offices = offices.filter(path__gte=actor.path, path__lt=path_end(actor.path))
    branches: list[Branch] = []
    came: dict[str, tuple[int, datetime]] = {}  # path → depth and moment of the letter's coming
    top = ""
    for pk, path, depth, kind, name_th, name_en in offices.order_by("path").values_list(
        "pk", "path", "depth", "kind", "name_th", "name_en"
    ):
        row, label, due = have.get(pk), _named(name_th, name_en), _due(action, kind, depths)
        if row is not None:
            hop, _pk, _kind, _th, _en, below, *times, gone, sent_at = row
            came[path] = (depth, sent_at)
            place = Place(hop, label, kind, _stand(tuple(times), below, gone, found.at, due), addressed=1)
        else:
            way = [Arrival(*came[above]) for above in _above(path) if above in came]
            lost = due is not None and _lost(due, depths[kind], way, found)
            place = Place("", label, kind, Stand.NEVER if lost else Stand.WITHOUT)
        # A province by itself, then each of its districts with what lies below that.
        if top and path.startswith(top) and branches[-1].place.kind != Kind.PROVINCE:
            branches[-1].below.append(place)
        else:
            branches.append(Branch(place))
            top = path
    return branches


def _above(path: str) -> list[str]:
    """Paths of the bodies above, the nearest first."""
    step = Organisation.steplen
    return [path[:end] for end in range(len(path) - step, 0, -step)]


def _named(name_th: str, name_en: str) -> str:
    return (name_en or name_th) if language.current() == "en" else name_th
