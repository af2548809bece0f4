"""The calendar of a round drawn to scale: windows as bars, today's line, week-ends and holidays, what was moved.

Only geometry: lengths are those of the picture's own box, which a template turns into SVG. Two widths are drawn, because
letters must keep their size on a telephone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.rounds.models import Round, Window, WindowMove
from saduak.rounds.moments import ending_text, opening_text
from saduak.rounds.queries.days import office_days
from saduak.rounds.queries.windows import milestones, moves, windows
from saduak.thai.dates import MONTHS_EN, MONTHS_SHORT
from saduak.thai.office_days import OfficeDays

WIDE, NARROW = 720, 330
_HEAD, _ROW, _FOOT, _SIDE = 40, 46, 34, 6
_BAR = (20, 14)  # from the top of its row, and its height
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Box:
    """A piece of the picture that lies on the scale of time; kind: "weekend", "holiday", "milestone"."""

    x: float
    width: float
    kind: str = ""


@dataclass(frozen=True)
class Bar:
    """One window. ghost: where it lay before it was moved; anchor: "start" or "end" of its label, which stands at text_x."""

    window: Window
    state: str  # "before", "open" or "after"
    x: float
    width: float
    y: float
    anchor: str
    text_x: float
    ghost: Box | None = None
    moved: WindowMove | None = None

    @property
    def label(self) -> str:
        return str(self.window.get_kind_display())

    @property
    def span(self) -> tuple[str, str]:
        """First and last day; with the hour where it is not that of midnight."""
        return opening_text(self.window.opens_at, "short"), ending_text(self.window.closes_at, "short")

    @property
    def text_y(self) -> float:
        return self.y + 13

    @property
    def bar_y(self) -> float:
        return self.y + _BAR[0]


@dataclass(frozen=True)
class Month:
    """A tick of the scale; said: its name is written (a narrow picture has no room for each)."""

    x: float
    th: str
    en: str
    said: bool


@dataclass(frozen=True)
class Picture:
    """now: where today's line lies, None outside of the picture."""

    width: int
    height: int
    bars: list[Bar]
    months: list[Month]
    closed: list[Box]
    milestones: list[Box]
    now: float | None

    @property
    def narrow(self) -> bool:
        return self.width < WIDE

    @property
    def foot(self) -> int:
        """Where the row of milestones lies."""
        return self.height - 18

    @property
    def now_anchor(self) -> str:
        return "end" if self.now is not None and self.now > self.width / 2 else "start"


class _Scale:
    """Turns moments into places."""

    def __init__(self, begin: datetime, end: datetime, width: int) -> None:
        self.begin, self.end, self.width = begin, end, width
        self._unit = (width - 2 * _SIDE) / (end - begin).total_seconds()

    def at(self, moment: datetime) -> float:
        return self._round(_SIDE + (moment - self.begin).total_seconds() * self._unit)

    def box(self, opens: datetime, closes: datetime, kind: str = "", least: float = 0) -> Box:
        x = self.at(opens)
        return Box(x, self._round(max(self.at(closes) - x, least)), kind)

    def _round(self, value: float) -> float:
        """Tenths are finer than any screen."""
        return int(value * 10 + 0.5) / 10


def timeline(round: Round, at: datetime | None = None, *, width: int = WIDE) -> Picture | None:
    """The calendar of a round in a box of this width; None for a round without windows."""
    moment, shown = at or clock.now(), windows(round)
    if not shown:
        return None
    before = {one.kind: (one.opened_before, one.closed_before) for one in moves(round)}  # the first move comes last
    spans = [(one.opens_at, one.closes_at) for one in shown] + list(before.values())
    days = [_midnight(date.fromisoformat(one["on"])) for one in milestones(round)]
    begin = min([one[0] for one in spans] + days).astimezone(BANGKOK)
    end = max([one[1] for one in spans] + [day + _DAY for day in days])
    scale = _Scale(begin.replace(day=1, hour=0, minute=0, second=0, microsecond=0), end, width)
    return Picture(
        width=width,
        height=_HEAD + _ROW * len(shown) + (_FOOT if days else 8),
        bars=[_bar(one, row, scale, moment, before.get(one.kind), round) for row, one in enumerate(shown)],
        months=list(_months(scale)),
        closed=list(_closed(scale, office_days(round))),
        milestones=[scale.box(day, day + _DAY, "milestone") for day in days],
        now=scale.at(moment) if scale.begin <= moment < scale.end else None,
    )


def _bar(
    window: Window, row: int, scale: _Scale, moment: datetime, before: tuple[datetime, datetime] | None, round: Round
) -> Bar:
    place = scale.box(window.opens_at, window.closes_at, least=3)
    moved = next(iter(moves(round, window.kind)), None)
    late = place.x > scale.width * 0.45
    return Bar(
        window=window,
        state=_phase(window, moment),
        x=place.x,
        width=place.width,
        y=_HEAD + row * _ROW,
        anchor="end" if late else "start",
        text_x=place.x + place.width if late else place.x,
        ghost=scale.box(*before) if before else None,
        moved=moved,
    )


def _phase(one: Window, moment: datetime) -> str:
    if moment < one.opens_at:
        return "before"
    return "open" if moment < one.closes_at else "after"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)


def _months(scale: _Scale) -> Iterator[Month]:
    tick, number = scale.begin, 0
    every = 2 if scale.width < WIDE else 1
    while tick < scale.end:
        x = scale.at(tick)
        said = number % every == 0 and x < scale.width - 24
        yield Month(x, MONTHS_SHORT[tick.month - 1], MONTHS_EN[tick.month - 1][:3], said)
        tick, number = tick.replace(year=tick.year + tick.month // 12, month=tick.month % 12 + 1), number + 1


def _closed(scale: _Scale, days: OfficeDays) -> Iterator[Box]:
    """Week-ends as one band each, holidays each by itself."""
    day, last = scale.begin.date(), (scale.end - timedelta(microseconds=1)).astimezone(BANGKOK).date()
    while day <= last:
        if days.is_holiday(day):
            yield scale.box(_midnight(day), _midnight(day + _DAY), "holiday")
        elif not days.is_working_day(day):
            until = day
            while until < last and not days.is_working_day(until + _DAY) and not days.is_holiday(until + _DAY):
                until += _DAY
            yield scale.box(_midnight(day), _midnight(until + _DAY), "weekend")
            day = until
        day += _DAY
