"""Working days where the official calendar is not the last word: a programme knows of days on which offices close that the
calendar does not have yet (the cabinet adds some at short notice), or on which they open although it says otherwise.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from saduak.thai import working_days
from saduak.thai.dates import WEEKDAYS, WEEKDAYS_EN

_ONE_DAY = dt.timedelta(days=1)
Language = Literal["th", "en"]


@dataclass(frozen=True)
class OfficeDays:
    """closed: day → its name in "th" and "en"; opened: days on which offices work all the same."""

    closed: Mapping[dt.date, Mapping[str, str]] = field(default_factory=dict)
    opened: frozenset[dt.date] = frozenset()

    def is_working_day(self, day: dt.date) -> bool:
        """Are offices open?"""
        if day in self.closed:
            return False
        return day in self.opened or working_days.is_working_day(day)

    def name(self, day: dt.date, language: Language = "th") -> str | None:
        """Why offices are closed: the holiday, or the day of the week-end; None on a working day."""
        if self.is_working_day(day):
            return None
        if day in self.closed:
            return self.closed[day][language]
        holiday = working_days.holiday_name(day, language)
        return holiday or (f"วัน{WEEKDAYS[day.weekday()]}" if language == "th" else WEEKDAYS_EN[day.weekday()])

    def is_holiday(self, day: dt.date) -> bool:
        """Closed for another reason than the week-end?"""
        if day in self.opened and day not in self.closed:
            return False
        return day in self.closed or working_days.holiday_name(day) is not None

    def add(self, day: dt.date, n: int) -> dt.date:
        """The working day that is n working days after (n < 0: before) `day`; n = 0: `day` itself or the next that works."""
        step = -_ONE_DAY if n < 0 else _ONE_DAY
        if n == 0:
            while not self.is_working_day(day):
                day += step
            return day
        left = abs(n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def between(self, start: dt.date, end: dt.date) -> int:
        """How many working days lie after `start`, up to and including `end`; negative when `end` is before `start`."""
        if end < start:
            return -self.between(end, start)
        found = working_days.working_days_between(start, end)
        for day in {*self.closed, *self.opened}:
            if start < day <= end:
                found += self.is_working_day(day) - working_days.is_working_day(day)
        return found
