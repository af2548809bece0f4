"""Days on which offices work, as a round knows them: the official holidays with those its pack adds and takes out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from saduak.rounds.models import Round
from saduak.rounds.moments import last_day
from saduak.thai.office_days import Language, OfficeDays


def office_days(round: Round) -> OfficeDays:
    """The working calendar of a round."""
    special = special_days(round)
    return OfficeDays(
        closed={date.fromisoformat(one["on"]): one["title"] for one in special if one["offices"] == "closed"},
        opened=frozenset(date.fromisoformat(one["on"]) for one in special if one["offices"] == "open"),
    )


def special_days(round: Round) -> list[dict[str, Any]]:
    """What the pack says of days beside the official holidays: {id, on: ISO day, offices: "closed" or "open", title}."""
    return sorted(round.round_pack.content.get("holidays", []), key=lambda one: one["on"])


@dataclass(frozen=True)
class Closed:
    """A day on which offices are closed: why, and the working days around it."""

    day: date
    name: str
    before: date
    after: date


def closed_on(days: OfficeDays, when: date) -> Closed | None:
    """Why nobody works on the last day before a deadline (an aware moment), or on a day itself; None when people do."""
    day = last_day(when) if isinstance(when, datetime) else when
    language: Language = "en" if get_language() == "en" else "th"
    name = days.name(day, language)
    return Closed(day, name, days.add(day, -1), days.add(day, 1)) if name else None
