"""Working days of Thai government offices: Monday to Friday, without public holidays and their days in lieu.

The calendar is that of the `holidays` package, categories public and government (the latter adds the Royal
Ploughing Day). Labour Day is taken out: it is a holiday of employees, and not in the list of official holidays
(Announcement of the Office of the Prime Minister on official holidays). Days the cabinet adds at short notice are
known from the next version of the package on.

Loading the package takes longer than reading a letter (it imports every country), so the years around ours stand in
`holidays.json`, written by `python -m saduak.thai.holiday_table` and compared with the package by a test; any other
year is asked of the package itself.
"""

import datetime as dt
import json
from functools import lru_cache
from pathlib import Path
from typing import Literal

from saduak.thai import holiday_table

_TABLE = Path(__file__).with_name("holidays.json")
_ONE_DAY = dt.timedelta(days=1)


def is_working_day(date: dt.date) -> bool:
    """Are government offices open on `date`?"""
    return date.weekday() < 5 and holiday_name(date) is None


def add_working_days(date: dt.date, n: int) -> dt.date:
    """The working day that is `n` working days after `date` (before it when `n` is negative).

    With n = 0 it is `date` itself if offices are open, else the next day they are.
    """
    step = -_ONE_DAY if n < 0 else _ONE_DAY
    if n == 0:
        while not is_working_day(date):
            date += step
        return date
    left = abs(n)
    while left:
        date += step
        left -= is_working_day(date)
    return date


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after `start`, up to and including `end`; negative when `end` is before `start`."""
    if end < start:
        return -working_days_between(end, start)
    days = (end - start).days
    weekdays = 5 * (days // 7) + sum(
        (start + dt.timedelta(days=extra)).weekday() < 5 for extra in range(days - days % 7 + 1, days + 1)
    )
    closed = sum(
        1
        for year in range(start.year, end.year + 1)
        for day in _holidays(year)
        if start < day <= end and day.weekday() < 5
    )
    return weekdays - closed


def holiday_name(date: dt.date, language: Literal["th", "en"] = "th") -> str | None:
    """The name of the official holiday on `date`, or None on any other day (ordinary week-ends included)."""
    names = _holidays(date.year).get(date)
    return names[language] if names else None


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[dt.date, dict[str, str]]:
    days = _table().get(str(year))
    if days is None:
        days = holiday_table.of_year(year)
    return {dt.date(year, int(day[:2]), int(day[3:])): {"th": th, "en": en} for day, (th, en) in days.items()}


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table
