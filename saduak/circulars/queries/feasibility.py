"""Can the dates of a letter be met? Who still has to pass it on, how long that takes, and what remains to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from saduak.circulars.models import Circular, CircularAction
from saduak.circulars.queries.pace import ASSUMED_DAYS, UNKNOWN, Pace, usual
from saduak.kernel import clock
from saduak.people import queries as people
from saduak.people.models import Kind, Organisation
from saduak.rounds.models import ActionKind
from saduak.rounds.moments import last_day
from saduak.thai.working_days import add_working_days, is_working_day, working_days_between

ENOUGH = ASSUMED_DAYS  # working days that an office should have for doing what is asked


@dataclass(frozen=True)
class Level:
    """One level that has to pass the letter on: kind, working days it takes, and from how many past hops we know."""

    kind: str
    label: str
    days: float
    observed: int


@dataclass(frozen=True)
class Place:
    """Offices of one kind at one depth that the letter reaches by the same number of hops or fewer.

    many: how many; needed: working days until the last of them has it; asked: the action is theirs; level: how long they
    take to pass it on, None where nobody below waits for it; left: working days they have when it arrives.
    """

    kind: str
    label: str
    many: int
    needed: float
    asked: bool
    level: Level | None
    left: int

    @property
    def tone(self) -> str:
        return _tone(self.left)


@dataclass(frozen=True)
class Feasibility:
    """One action with a date. places: from the top down, all that have to act or to pass the letter on; levels: those that
    stand on the slowest way to somebody who has to act; needed: the working days which that way takes; available: working
    days from the letter to the date.

    earliest: the first date that would leave everybody ENOUGH days; latest: the last day on which the letter could leave
    for the date as it stands; both None where the date is good. bound: why the date cannot be moved: "above" (it comes
    from the letter that is passed on), "round" (it is the end of the round's window), or "".
    """

    code: str
    number: int
    title: str
    due: date
    places: list[Place]
    levels: list[Level]
    available: int
    needed: float
    earliest: date | None
    latest: date | None
    bound: str

    @property
    def left(self) -> int:
        """Working days that remain to those who get the letter last."""
        return _left(self.available, self.needed)

    @property
    def short(self) -> int:
        """By how many working days it would come too late."""
        return max(-self.left, 0)

    @property
    def tone(self) -> str:
        return _tone(self.left)


@dataclass
class _Group:
    """Offices of one kind at one depth: how many are reached, by which slowest chain of kinds, with what below."""

    many: int = 0
    needed: float = 0.0
    chain: tuple[str, ...] = ()
    below: set[tuple[int, str]] = field(default_factory=set)
    has_centres: bool = False


def feasibility(circular: Circular, addressee_ids: Iterable[int], on: date | None = None) -> list[Feasibility]:
    """For each action with a date: whether those who have to act can meet it, level by level. Three queries.

    Days are working days after `on` (today) up to and including the due day. Every office gets the letter from the
    nearest addressee at or above it, and each office in between holds it for as long as its kind usually does.
    """
    dated = [(one, last_day(one.due_at)) for one in circular.actions.all() if one.due_at is not None]
    if not dated:
        return []
    start = on or clock.today()
    pace = usual(clock.now())
    groups = _groups(circular.sender, set(addressee_ids), pace)
    if not groups:
        return []
    return [_of(action, due, groups, pace, start, _bound(circular, action)) for action, due in dated]


def _groups(sender: Organisation, addressees: set[int], pace: Mapping[str, Pace]) -> dict[tuple[int, str], _Group]:
    """What the letter reaches, by depth and kind, in order of the tree from the top down."""
    groups: dict[tuple[int, str], _Group] = {}
    line: list[tuple[str, int, str, tuple[str, ...] | None]] = []  # (path, depth, kind, chain) of the offices above
    rows = people.subtree(sender.path).exclude(pk=sender.pk).values_list("pk", "path", "depth", "kind")
    for pk, path, depth, kind in rows.iterator(chunk_size=2000):
        while line and not path.startswith(line[-1][0]):
            line.pop()
        if kind == Kind.CENTRE and pk not in addressees:
            if line and line[-1][3] is not None:  # letters end at offices: a centre learns of them from its own
                groups[line[-1][1], line[-1][2]].has_centres = True
            continue
        above = line[-1] if line else None
        chain: tuple[str, ...] | None = None
        if pk in addressees:
            chain = ()
        elif above is not None and above[3] is not None:
            chain = (*above[3], above[2])
            groups[above[1], above[2]].below.add((depth, kind))
        line.append((path, depth, kind, chain))
        if chain is None:
            continue
        group = groups.setdefault((depth, kind), _Group())
        group.many += 1
        needed = sum(pace.get(one, UNKNOWN).days for one in chain)
        if needed >= group.needed:
            group.needed, group.chain = needed, chain
    return dict(sorted(groups.items()))


def _of(
    action: CircularAction,
    due: date,
    groups: Mapping[tuple[int, str], _Group],
    pace: Mapping[str, Pace],
    start: date,
    bound: str,
) -> Feasibility:
    asked = {
        key
        for key, group in groups.items()
        if key[1] in action.for_kinds or (Kind.CENTRE in action.for_kinds and group.has_centres)
    }
    wanted = {key for key in groups if key in asked or _leads_to(key, groups, asked)}
    slowest = max((groups[key] for key in asked), key=lambda group: group.needed, default=_Group())
    available = working_days_between(start, due)
    places = [
        Place(
            kind=kind,
            label=str(Kind(kind).label),
            many=group.many,
            needed=group.needed,
            asked=(depth, kind) in asked,
            level=_level(kind, pace) if _leads_to((depth, kind), groups, asked) else None,
            left=_left(available, group.needed),
        )
        for (depth, kind), group in groups.items()
        if (depth, kind) in wanted
    ]
    good = _left(available, slowest.needed) >= ENOUGH
    wait = ceil(slowest.needed) + ENOUGH
    return Feasibility(
        code=action.code,
        number=action.number,
        title=action.title,
        due=due,
        places=places,
        levels=[_level(kind, pace) for kind in slowest.chain],
        available=available,
        needed=slowest.needed,
        earliest=None if good else add_working_days(start, wait),
        latest=None if good else _before(due, wait),
        bound=bound,
    )


def _leads_to(key: tuple[int, str], groups: Mapping[tuple[int, str], _Group], asked: set[tuple[int, str]]) -> bool:
    """Does somebody below wait for this level to pass the letter on?"""
    return any(one in asked or _leads_to(one, groups, asked) for one in groups[key].below)


def _bound(circular: Circular, action: CircularAction) -> str:
    if circular.parent_id is not None:
        return "above"
    return "round" if circular.round_id is not None and action.kind == ActionKind.APPLY else ""


def _level(kind: str, pace: Mapping[str, Pace]) -> Level:
    known = pace.get(kind, UNKNOWN)
    return Level(kind, str(Kind(kind).label), known.days, known.observed)


def _before(due: date, days: int) -> date:
    """The last working day after which so many working days remain up to and including the due day."""
    day = due
    while working_days_between(day, due) < days or not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _left(available: int, needed: float) -> int:
    return int(available - needed) if available >= needed else -ceil(needed - available)


def _tone(left: int) -> str:
    if left < 1:
        return "bad"
    return "waiting" if left < ENOUGH else "good"
