"""The calendar of a round drawn: its windows as bars on one scale of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.rounds.models import Round, Window, WindowMove
from saduak.rounds.moments import ending_text, opening_text
from saduak.rounds.queries.windows import moves, windows
from saduak.thai.dates import MONTHS_EN, MONTHS_SHORT


@dataclass(frozen=True)
class Bar:
    """One row of the calendar picture; left and width in hundredths of the picture."""

    window: Window
    label: Any
    left: float
    width: float
    state: str  # "before", "open" or "after"
    moved: WindowMove | None = None  # its last move

    @property
    def span(self) -> tuple[str, str]:
        """First and last day; with the hour where it is not that of midnight."""
        return opening_text(self.window.opens_at, "short"), ending_text(self.window.closes_at, "short")


@dataclass(frozen=True)
class Picture:
    """The calendar drawn: bars, month ticks [(place, label th, label en)], and where now is (None: outside)."""

    bars: list[Bar]
    months: list[tuple[float, str, str]]
    now: float | None


def timeline(round: Round, at: datetime | None = None) -> Picture:
    """The round's windows as bars on one scale of time."""
    moment = at or clock.now()
    shown = windows(round)
    if not shown:
        return Picture([], [], None)
    begin = min(one.opens_at for one in shown).astimezone(BANGKOK).replace(day=1, hour=0, minute=0, second=0)
    end = max(one.closes_at for one in shown)
    whole = (end - begin).total_seconds()

    def place(when: datetime) -> float:
        return _hundredths((when - begin).total_seconds() * 100 / whole)

    bars = [
        Bar(
            one,
            one.get_kind_display(),
            place(one.opens_at),
            max(place(one.closes_at) - place(one.opens_at), 0.8),
            _phase(one, moment),
            next(iter(moves(round, one.kind)), None),
        )
        for one in shown
    ]
    return Picture(bars, list(_months(begin, end, place)), place(moment) if begin <= moment < end else None)


def _hundredths(value: float) -> float:
    """Two decimals are finer than any screen."""
    return int(value * 100 + 0.5) / 100


def _phase(one: Window, moment: datetime) -> str:
    if moment < one.opens_at:
        return "before"
    return "open" if moment < one.closes_at else "after"


def _months(begin: datetime, end: datetime, place: Any) -> Iterable[tuple[float, str, str]]:
    tick = begin
    while tick < end:
        yield place(tick), MONTHS_SHORT[tick.month - 1], MONTHS_EN[tick.month - 1][:3]
        tick = tick.replace(year=tick.year + tick.month // 12, month=tick.month % 12 + 1)
