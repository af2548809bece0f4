"""How many working days an application lay with whom: the clock of screening, which stands still for the secretariat while
the unit corrects. Pure: from the moments at which it went to and fro.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from saduak.thai.working_days import working_days_between

SECRETARIAT, UNIT = "secretariat", "unit"


@dataclass(frozen=True)
class Turnaround:
    """Working days since it was first handed in. holder: with whom the clock runs now, None when it has stopped."""

    secretariat: int
    unit: int
    holder: str | None

    @property
    def with_unit(self) -> bool:
        """Does the clock of the secretariat stand still, because the unit corrects?"""
        return self.holder == UNIT


def of(handed_in: Iterable[date], returned: Iterable[date], ended: date | None, today: date) -> Turnaround | None:
    """The clock, from the days on which it was handed in and returned, in any order; None before it was handed in.

    ended: the day on which screening was over for it (readiness told, or withdrawn). The day on which it goes from one to
    the other is counted with whom it lay that morning, the day it was first handed in with nobody; so the two add up to
    the working days between the first and the last day.
    """
    # On one and the same day it can be handed in, returned and handed in again: then handing in comes first, in turn.
    given, back = sorted(handed_in), sorted(returned)
    if not given:
        return None
    until = ended or today
    days = {SECRETARIAT: 0, UNIT: 0}
    for n, start in enumerate(given):
        sent = back[n] if n < len(back) else until
        days[SECRETARIAT] += max(0, working_days_between(start, sent))
        if n < len(back):
            again = given[n + 1] if n + 1 < len(given) else until
            days[UNIT] += max(0, working_days_between(sent, again))
    holder = UNIT if len(back) >= len(given) else SECRETARIAT
    return Turnaround(days[SECRETARIAT], days[UNIT], None if ended else holder)
