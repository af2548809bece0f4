"""How old evidence may be: a rule of the standard (`evidence_age_months`, of a criterion or of the whole), kept as dates.

Pure. What is old is said beside the piece; it does not stop handing in: whether it still proves something is for people to judge.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.standard import Standard

OLD = _("Older than the standard allows (%(months)s months)")


@dataclass(frozen=True)
class Marks:
    """What must be said beside a piece of evidence. old: months allowed by the strictest criterion it is too old for, else 0;
    ended: it no longer holds.
    """

    unusable: bool = False
    old: int = 0
    ended: bool = False

    @property
    def any(self) -> bool:
        return self.unusable or self.ended or bool(self.old)

    @property
    def old_words(self) -> str:
        return str(OLD % {"months": self.old}) if self.old else ""


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where there is none.

    >>> months_before(date(2022, 3, 31), 1)
    datetime.date(2022, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def allowed(standard: Standard, criterion_id: str) -> int:
    """How many months back evidence for a criterion may date; 0 when the standard says nothing."""
    try:
        return standard.criterion(criterion_id).evidence_age_months or 0
    except KeyError:  # a piece may name a criterion that a later version of the standard has dropped
        return 0


def too_old(standard: Standard, items: Iterable[str], dated: date, holds_to: date | None, on: date) -> int:
    """The months of the strictest rule that a piece of that date breaks on a day; 0 when it breaks none.

    What says until when it holds, and does, is not old: an agreement for three years is as good in its third.
    """
    if holds_to is not None and holds_to >= on:
        return 0
    broken = [months for item in items if (months := allowed(standard, item)) and dated < months_before(on, months)]
    return min(broken, default=0)


def marks(standard: Standard, piece: Any, on: date, today: date, day_of: Any) -> Marks:
    """The marks of a piece of evidence: its age on the day `on`, the rest as of `today`; `day_of` turns a moment into a day.

    It dates from the day it says; without one, from the day its file was first handed to us.
    """
    dated = piece.holds_from or day_of(piece.stored.created_at if piece.stored else piece.added_at)
    return Marks(
        unusable=not piece.usable,
        old=too_old(standard, piece.items, dated, piece.holds_to, on),
        ended=piece.holds_to is not None and piece.holds_to < today,
    )
