"""What can still be met, and by whom: the dates of a letter against the levels that still have to pass it on.

A level can meet a date when it has the letter before it. An office that does not have it yet can, as long as whoever
holds it passes it on early enough for the levels in between to take their usual working days. The last day on which
that is so is the holder's; after it, it is certain that the date is missed, though nobody below knows it yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from saduak.circulars.models import CircularAction, Delivery
from saduak.circulars.queries.ledger.cells import Cell
from saduak.circulars.queries.ledger.hops import ways_up
from saduak.circulars.queries.ledger.standing import Level, Standing
from saduak.kernel.clock import BANGKOK
from saduak.rounds.moments import last_day
from saduak.thai.working_days import add_working_days


@dataclass(frozen=True)
class Passing:
    """A level that has to pass the letter on for those further down: the last day that is early enough, how many hold
    it, how many offices lie below those, and whether that day is over."""

    level: Level
    until: date
    holding: int
    below: int
    missed: bool


@dataclass(frozen=True)
class Prospect:
    """One action at one level, at a moment.

    asked: the action is addressed to this kind of office; in_time, late: offices that had the letter before its date,
    or after; without: those that do not have it; since: from when on none of those can meet the date any more (None
    while some can); from_start: that was so when the letter left; passing: whose turn it is to pass it on, and until when.
    """

    level: Level
    asked: bool
    in_time: int
    late: int
    without: int
    since: datetime | None
    from_start: bool
    passing: list[Passing]

    @property
    def nobody(self) -> bool:
        """No office of this level can meet the date any more."""
        return self.in_time == 0 and (self.since is not None or not self.without) and self.late + self.without > 0

    @property
    def too_late(self) -> int:
        """Offices that cannot meet the date."""
        return self.late + (self.without if self.since else 0)


@dataclass(frozen=True)
class Prospects:
    """An action with its date, level by level from the top down."""

    action: CircularAction
    due_at: datetime
    passed: bool  # the date is over
    levels: list[Prospect]

    @property
    def nobody_below(self) -> Level | None:
        """The level below which no office at all can meet the date any more; None while some level still can."""
        last = None
        for above, one in zip(self.levels, self.levels[1:], strict=False):
            rest = [level for level in self.levels if level.level.depth >= one.level.depth]
            if above.level.depth < one.level.depth and all(level.nobody for level in rest):
                last = above.level
                break
        return last

    @property
    def nobody(self) -> bool:
        """No office of any level can."""
        return bool(self.levels) and all(one.nobody for one in self.levels)

    @property
    def since(self) -> datetime | None:
        """From when on that was certain for the first level below `nobody_below`."""
        top = self.nobody_below
        if top is None:
            return None
        # Where all have it, and had it too late, the date itself decided.
        return next((one.since or self.due_at for one in self.levels if one.level.depth > top.depth), None)

    @property
    def tone(self) -> str:
        """ "" where the action is asked of no level that is shown, else how it stands with those that are asked."""
        if not any(one.asked for one in self.levels):
            return ""
        if any(one.nobody for one in self.levels if one.asked):
            return "bad"
        return "waiting" if any(one.too_late for one in self.levels if one.asked) else "good"


def prospects(found: Standing) -> list[Prospects]:
    """Every action with a date, level by level. No query: it follows from what was added up."""
    return [
        Prospects(action, action.due_at, action.due_at <= found.at, _levels(found, action, action.due_at))
        for action in found.actions
        if action.due_at is not None
    ]


def _levels(found: Standing, action: CircularAction, due: datetime) -> list[Prospect]:
    shown = []
    for level in found.levels:
        cell = found.cells.get(level.kind, Cell())
        in_time = cell.in_time.get(due, 0)
        # Whoever has been sent it and has not stamped it in can do so until the date.
        late = cell.addressed - in_time if due <= found.at else 0
        without = max(level.expected - cell.addressed, 0)
        arrivals = _arrivals(found, level)
        since, from_start = certain_since(due, level, arrivals, found.levels) if without else (None, False)
        if since is not None and since > found.at:
            since = None
        shown.append(
            Prospect(
                level, level.kind in action.for_kinds, in_time, late, without, since, from_start and since is not None,
                _passing(found, level, due) if without else [],
            )
        )  # fmt: skip
    return shown


@dataclass(frozen=True)
class Arrival:
    """Where a letter came on its way down, and when: a depth of the tree, and the moment it was sent there."""

    depth: int
    at: datetime


def _arrivals(found: Standing, level: Level) -> list[Arrival]:
    """The first arrival at each level above one, the deepest first; the sender's is the moment the letter left.

    The first one stands for its level: when even the fastest branch is too late, all are.
    """
    started = found.root.issued_at or found.at
    first: dict[int, datetime] = {found.root.sender.depth: started}
    for one in found.levels:
        arrived = found.cells.get(one.kind, Cell()).first
        if arrived is not None and one.depth < level.depth:
            first[one.depth] = min(arrived, first.get(one.depth, arrived))
    return [Arrival(depth, at) for depth, at in sorted(first.items(), reverse=True)]


def certain_since(
    due: datetime, level: Level, arrivals: Iterable[Arrival], levels: list[Level]
) -> tuple[datetime, bool]:
    """From when on it is certain that a level without the letter misses a date, and whether it was so from the start.

    arrivals: where the letter came on the way to that level, the deepest first. Each holder has a last day on which
    passing on is early enough. Where that day was over before the letter arrived, the date was lost further up.
    """
    ends, start = due, False
    for arrival in arrivals:
        ends = end_of_day(last_to_pass(due, arrival.depth, level, levels), due)
        if arrival.at < ends:
            return ends, False
        ends, start = arrival.at, True
    return ends, start


def last_to_pass(due: datetime, holder_depth: int, level: Level, levels: list[Level]) -> date:
    """The last day on which a holder may pass the letter on, so that the levels between it and `level` can take their
    usual working days and it arrives before the date."""
    between: dict[int, Level] = {}
    for one in levels:
        if holder_depth < one.depth < level.depth:
            known = between.get(one.depth)
            between[one.depth] = one if known is None or one.expected > known.expected else known
    days = ceil(sum(one.pace.days for one in between.values()))
    day = last_day(due)
    return add_working_days(day, -days) if days else day


def end_of_day(day: date, due: datetime) -> datetime:
    """The first moment that is too late: the end of the day, or the date itself where that comes first."""
    return min(datetime.combine(day + timedelta(days=1), time(), BANGKOK), due)


def _passing(found: Standing, level: Level, due: datetime) -> list[Passing]:
    """Levels above this one at which the letter is held, with the last day each has."""
    shown = []
    for one in found.levels:
        cell = found.cells.get(one.kind, Cell())
        if one.depth < level.depth and cell.holding:
            until = last_to_pass(due, one.depth, level, found.levels)
            missed = end_of_day(until, due) <= found.at
            shown.append(Passing(one, until, cell.holding, cell.below, missed))
    return shown


@dataclass(frozen=True)
class Below:
    """What holds for the offices below one hop: action, level, and from when on it is certain that the date is missed
    (None while it can be met), with the last day on which the holder may pass it on."""

    action: CircularAction
    level: Level
    asked: bool
    offices: int
    due_at: datetime
    until: date
    since: datetime | None
    from_start: bool


def of_hop(delivery: Delivery, at: datetime, levels: list[Level], counts: dict[str, int]) -> list[Below]:
    """What the offices below a hop that has not passed the letter on can still meet.

    levels: of the cascade (`Standing.levels`); counts: offices below this one by kind. Asks once for each hop above.
    """
    chain = [*ways_up(delivery), delivery]
    arrivals = [Arrival(one.organisation.depth, one.sent_at) for one in reversed(chain)]
    first = chain[0].circular
    arrivals.append(Arrival(first.sender.depth, first.issued_at or delivery.sent_at))
    shown = []
    for action in delivery.circular.actions.all():
        if action.due_at is None:
            continue
        for level in levels:
            if level.depth <= delivery.organisation.depth or not counts.get(level.kind):
                continue
            since, from_start = certain_since(action.due_at, level, arrivals, levels)
            until = last_to_pass(action.due_at, delivery.organisation.depth, level, levels)
            certain = since if since <= at else None
            asked = level.kind in action.for_kinds
            shown.append(
                Below(
                    action, level, asked, counts[level.kind], action.due_at, until, certain,
                    from_start and certain is not None,
                )
            )  # fmt: skip
    return shown
