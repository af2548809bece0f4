"""Reading rounds: their windows, actions and standard, whether a window is open, and the calendar drawn."""

from saduak.rounds.queries.concerned import concerned
from saduak.rounds.queries.days import closed_on, office_days, special_days
from saduak.rounds.queries.feeds import calendar_address, calendar_owner, entries, in_calendars
from saduak.rounds.queries.picture import timeline
from saduak.rounds.queries.windows import (
    actions,
    by_code,
    closes_at,
    current,
    is_open,
    late_entries,
    late_entry,
    lock,
    milestones,
    moves,
    profile_form,
    rounds,
    standard,
    stands_open,
    survey_of,
    surveys,
    waiting_for,
    window,
    windows,
)

__all__ = [
    "actions",
    "by_code",
    "calendar_address",
    "calendar_owner",
    "closed_on",
    "closes_at",
    "concerned",
    "current",
    "entries",
    "in_calendars",
    "is_open",
    "late_entries",
    "late_entry",
    "lock",
    "milestones",
    "moves",
    "office_days",
    "profile_form",
    "rounds",
    "special_days",
    "standard",
    "stands_open",
    "survey_of",
    "surveys",
    "timeline",
    "waiting_for",
    "window",
    "windows",
]
