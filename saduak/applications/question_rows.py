"""The questions of a criterion as the form shows them: figures, lists, places, beside the mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from saduak.applications.form_parts import Given, part_of, said_rivals
from saduak.packs import question_fields, questions
from saduak.packs.criteria import Criterion
from saduak.packs.question_fields import Piece, Setting
from saduak.packs.question_types import Question


def of(criterion: Criterion, given: Given) -> SafeString:
    """All questions of the criterion, one after the other."""
    beside = f"{criterion.number} {criterion.title.say(get_language())}"
    rows = [row(one.id, one, criterion.questions, given, of=beside) for one in criterion.questions]
    return mark_safe("".join(rows))  # noqa: S308 - all escaped


def row(
    item: str, question: Question, others: Sequence[Question], given: Given, *, of: str = "", prefix: str = ""
) -> SafeString:
    """One question as the form shows it: its control, or the versions to choose between. others: the questions it stands among;
    of: what it belongs to, for readers of the screen; prefix: what stands before the ids of the others in their items.
    """
    part = part_of(item, "value", given.answers.get(item), given.errors, given.typed)
    if part.rivals:
        part.shown = words(question, part.value)
        for rival in part.rivals:
            rival.content = words(question, rival.raw)
        return said_rivals(question.title.say(get_language()), part)
    when = question.applies_when
    setting = Setting(
        name=f"v:{item}",
        id=item,
        of=of,
        province=given.province,
        pieces=[Piece(one.title) for one in given.evidence if item in one.items],
        add_url=f"{given.add_url}?item={item}&next={given.here}%23{item}",
        condition=question_fields.condition_of(others, question),
        when=(f"v:{prefix}{when.question}", when.codes) if when is not None else None,
    )
    stands = given.answers.get(item)
    value = stands.value if stands else None
    return question_fields.control(question, setting, value, typed=part.value if part.error else None, error=part.error)


def words(question: Question, value: Any) -> str:
    """A stored value in words, however old; the value itself where it no longer fits the question."""
    try:
        return questions.display(question, questions.from_json(question_fields.drafted(question), value))
    except ValueError:
        return str(value)
