"""The types of questions: what each accepts, and the sentence with which it refuses.

A type is a function from a question and what was given to a clean value; it raises Refused with a sentence
that says what to do. Texts are Thai or Arabic in their digits alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.question_types import choices, figures, places, tables, words
from saduak.packs.question_types.asking import (
    FORMATS,
    NAMES,
    OF_CELLS,
    Condition,
    Filled,
    Option,
    Place,
    Question,
    Refused,
    filled,
    nothing,
)
from saduak.packs.question_types.choices import FILES_AT_MOST
from saduak.packs.question_types.resolved import from_resolved
from saduak.packs.question_types.tables import ROWS_AT_MOST
from saduak.packs.question_types.words import LONG_TEXT_AT_MOST, TEXT_AT_MOST, said_day

TYPES: dict[str, Callable[[Question, Any], Any]] = {
    "yes_no": figures.yes_no,
    "score": figures.score,
    "text": words.text,
    "long_text": words.long_text,
    "number": figures.number,
    "date": words.day,
    "one_of": choices.one_of,
    "some_of": choices.some_of,
    "file": choices.files,
    "table": tables.table,
    "place": places.place,
}
LABELS: dict[str, Any] = {
    "yes_no": _("yes or no"),
    "score": _("score"),
    "text": _("short text"),
    "long_text": _("long text"),
    "number": _("number"),
    "date": _("date"),
    "one_of": _("one answer"),
    "some_of": _("several answers"),
    "file": _("files"),
    "table": _("table"),
    "place": _("place on the map"),
}
if set(TYPES) != NAMES or set(LABELS) != NAMES:
    raise RuntimeError("A type of question needs a name in asking.NAMES, a function and a label.")

__all__ = [
    "FILES_AT_MOST",
    "FORMATS",
    "LABELS",
    "LONG_TEXT_AT_MOST",
    "NAMES",
    "OF_CELLS",
    "ROWS_AT_MOST",
    "TEXT_AT_MOST",
    "TYPES",
    "Condition",
    "Filled",
    "Option",
    "Place",
    "Question",
    "Refused",
    "filled",
    "from_resolved",
    "nothing",
    "said_day",
]
