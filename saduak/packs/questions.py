"""Questions as data. Code knows types of questions (``question_types``), never questions.

``parse`` turns what was typed, chosen or sent into a clean value, or refuses it with a sentence that says
what to do. Screens, the API and imports all call it, for answers of applicants as for marks of assessors.
Clean values, by type: bool (yes_no), Decimal (score, number), str (text, long_text, one_of), date (date),
list of str (some_of, file), Place (place), list of maps of column to clean value (table). ``to_json`` and
``from_json`` carry them through the database, ``display`` says them to people, ``applicable`` tells which
questions are asked at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from saduak.packs.criteria import Scoring
from saduak.packs.question_types import (
    LABELS,
    TYPES,
    Condition,
    Option,
    Place,
    Question,
    Refused,
    from_resolved,
    nothing,
    said_day,
)
from saduak.packs.text import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """A clean value (None when nothing was given), or the refusal of what was given."""

    value: Any = None
    refusal: Any = None

    @property
    def ok(self) -> bool:
        return self.refusal is None


def parse(question: Question, raw: Any) -> Answer:
    """What ``raw`` means as an answer to ``question``.

    ``raw`` is what a form, JSON or a spreadsheet gives: text, number, bool, list, or a map of a place.
    Nothing at all is a clean None, refused only when the question is required.
    """
    if nothing(raw):
        return Answer(refusal=_("Answer this question.")) if question.required else Answer()
    try:
        value = TYPES[question.type](question, raw)
    except Refused as refusal:
        return Answer(refusal=refusal.args[0])
    if value in ("", []):  # only invisible signs, or only empty rows
        return Answer(refusal=_("Answer this question.")) if question.required else Answer()
    return Answer(value)


def applicable(asked: Iterable[Question], values: Mapping[str, Any]) -> list[Question]:
    """The questions that are asked, given clean ``values`` by id. What hangs on a question that is not asked is not
    asked either, whatever an old answer to it says.
    """
    found: list[Question] = []
    standing: dict[str, Any] = {}
    for one in asked:
        if one.applies_when is None or one.applies_when.holds(standing):
            found.append(one)
            standing[one.id] = values.get(one.id)
    return found


def mark_question(key: str, scoring: Scoring, title: Text, *, required: bool = True) -> Question:
    """The question that asks for the mark ``key`` of a standard (an entry of ``Standard.marks_wanted``)."""
    if scoring.type == "yes_no":
        return Question(key, "yes_no", title, required)
    scores = tuple(band.score for band in scoring.bands)
    step = None if scores else scoring.step
    return Question(key, "score", title, required, Decimal(0), scoring.maximum, step, scores)


def as_mark(value: Any, scoring: Scoring) -> Decimal | bool:
    """A clean answer to a ``mark_question`` as ``scoring.compute`` takes it. Raises ValueError for anything
    else.
    """
    if isinstance(value, bool) == (scoring.type == "yes_no") and isinstance(value, bool | Decimal):
        return value
    raise ValueError(f"{value!r} is no mark of type {scoring.type}")


def to_json(value: Any) -> Any:
    """A clean value as JSON holds it; decimals as text, so that they stay exact."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Place):
        return {"latitude": str(value.latitude), "longitude": str(value.longitude)}
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return [{key: to_json(cell) for key, cell in one.items()} if isinstance(one, dict) else one for one in value]
    return value.isoformat() if isinstance(value, date) else value


def from_json(question: Question, value: Any) -> Any:
    """The clean value that ``to_json`` wrote. Raises ValueError when it no longer answers the question."""
    if value is None:
        return None
    answer = parse(question, value)
    if not answer.ok:
        raise ValueError(f"{question.id}: {answer.refusal}")
    return answer.value


def display(question: Question, value: Any) -> str:
    """A clean value as people read it, in the reader's language; empty when there is none.

    Plain text, to be escaped by whoever shows it. A table has a line for each row; ``display_row`` gives its cells.
    """
    if value is None:
        return ""
    language = get_language()
    match question.type:
        case "yes_no":
            return _now("Yes") if value else _now("No")
        case "score" | "number":
            unit = question.unit.say(language) if question.unit is not None else ""
            return f"{_grouped(value)} {unit}".strip()
        case "date":
            return said_day(value)
        case "one_of" | "some_of":
            chosen = [question.option(code) for code in ([value] if isinstance(value, str) else value)]
            return ", ".join(one.label.say(language) for one in chosen if one is not None)
        case "file":
            return ngettext("%(count)s file", "%(count)s files", len(value)) % {"count": len(value)}
        case "place":
            return f"{value.latitude:f}, {value.longitude:f}"
        case "table":
            return "\n".join(" · ".join(cell for cell in display_row(question, row) if cell) for row in value)
        case _:
            return str(value)


def display_row(question: Question, row: Mapping[str, Any]) -> list[str]:
    """The cells of one row of a table in words, in the order of its columns."""
    return [display(column, row.get(column.id)) for column in question.columns]


def _grouped(value: Decimal) -> str:
    """1,200.5: thousands apart, no zeros at the end."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


__all__ = [
    "LABELS",
    "TYPES",
    "Answer",
    "Condition",
    "Option",
    "Place",
    "Question",
    "applicable",
    "as_mark",
    "display",
    "display_row",
    "from_json",
    "from_resolved",
    "mark_question",
    "parse",
    "to_json",
]
