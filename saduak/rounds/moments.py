"""Moments of the calendar in words. A window that closes at midnight is said to close at 24.00 of its last day, because
that is how people read a deadline.
"""

from datetime import date, datetime, timedelta

from django.utils.functional import lazy
from django.utils.translation import get_language

from saduak.kernel.clock import BANGKOK
from saduak.thai.dates import Language, Style, format_date, format_datetime


def last_day(closes_at: datetime) -> date:
    """The last day (Bangkok) of which some part lies before `closes_at`."""
    return (closes_at - timedelta(microseconds=1)).astimezone(BANGKOK).date()


def opening_text(moment: datetime, style: Style = "long") -> str:
    """Moment at which something begins, in the reader's language and Bangkok time."""
    local = moment.astimezone(BANGKOK)
    if (local.hour, local.minute) == (0, 0):
        return format_date(local.date(), style, language=_language())
    return format_datetime(moment, style, language=_language())


def ending_text(moment: datetime, style: Style = "long") -> str:
    """The last day that counts; with the hour where it ends before midnight."""
    local = moment.astimezone(BANGKOK)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return format_date(last_day(moment), style, language=_language())
    return format_datetime(moment, style, language=_language())


def closing_text(moment: datetime, style: Style = "long") -> str:
    """Moment at which something is over: "28 February 2022, 24:00" for midnight of 1 March."""
    local = moment.astimezone(BANGKOK)
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        return format_datetime(moment, style, language=_language())
    day = format_date(last_day(moment), style, language=_language())
    if _language() == "en":
        return f"{day}, 24:00"
    return f"{day} 24.00 น." if style == "short" else f"{day} เวลา 24.00 น."


def _language() -> Language:
    return "en" if get_language() == "en" else "th"


# For reasons of a verdict: the language is that of whoever reads it in the end.
lazy_opening = lazy(opening_text, str)
lazy_closing = lazy(closing_text, str)


def day_text(day: date) -> str:
    """A day in the reader's language."""
    return format_date(day, language=_language())


lazy_day = lazy(day_text, str)
