"""Questions as data. Code knows types of questions (``question_types``), never questions.

``parse`` turns what was typed, chosen or sent into a clean value, or refuses it with a sentence that says
what to do. Screens, the API and imports all call it, for answers of applicants as for marks of assessors.
Clean values, by type: bool (yes_no), Decimal (score, number), str (text, long_text, one_of), date (date),
list of str (some_of, file), Place (place). ``to_json`` and ``from_json`` carry them through the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.criteria import Scoring
from saduak.packs.question_types import LABELS, TYPES, Option, Place, Question, Refused, nothing
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
        return Answer(TYPES[question.type](question, raw))
    except Refused as refusal:
        return Answer(refusal=refusal.args[0])


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


def from_resolved(content: Mapping[str, Any]) -> Question:
    """The question in the resolved content of a form or survey."""
    low, high, step = (Decimal(str(content[key])) if key in content else None for key in ("minimum", "maximum", "step"))
    return Question(
        id=content["id"],
        type=content["type"],
        title=Text.from_json(content["title"]),
        required=content.get("required", True),
        unit=Text.from_json(content["unit"]) if "unit" in content else None,
        options=tuple(Option(one["id"], Text.from_json(one["title"])) for one in content.get("options", ())),
        length=content.get("length"),
        hint=Text.from_json(content["hint"]) if "hint" in content else None,
        minimum=low,
        maximum=high,
        step=step,
    )


def to_json(value: Any) -> Any:
    """A clean value as JSON holds it; decimals as text, so that they stay exact."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Place):
        return {"latitude": str(value.latitude), "longitude": str(value.longitude)}
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def from_json(question: Question, value: Any) -> Any:
    """The clean value that ``to_json`` wrote. Raises ValueError when it no longer answers the question."""
    if value is None:
        return None
    answer = parse(question, value)
    if not answer.ok:
        raise ValueError(f"{question.id}: {answer.refusal}")
    return answer.value


__all__ = [
    "LABELS",
    "TYPES",
    "Answer",
    "Option",
    "Place",
    "Question",
    "as_mark",
    "from_json",
    "from_resolved",
    "mark_question",
    "parse",
    "to_json",
]
