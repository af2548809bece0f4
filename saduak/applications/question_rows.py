"""The questions of a criterion as the form shows them: figures, lists, places, beside the mark."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.applications.form_parts import Given, part_of, said_rivals
from saduak.packs import question_fields, questions
from saduak.packs.criteria import Criterion
from saduak.packs.question_fields import Piece, Setting
from saduak.packs.question_types import Question


def of(criterion: Criterion, given: Given) -> SafeString:
    """All questions of the criterion, one after the other."""
    return mark_safe("".join(_row(criterion, one, given) for one in criterion.questions))  # noqa: S308 - all escaped


def _row(criterion: Criterion, question: Question, given: Given) -> SafeString:
    part = part_of(question.id, "value", given.answers.get(question.id), given.errors, given.typed)
    if part.rivals:
        part.shown = words(question, part.value)
        for rival in part.rivals:
            rival.content = words(question, rival.raw)
        return said_rivals(question.title.say(get_language()), part)
    setting = Setting(
        name=f"v:{question.id}",
        id=question.id,
        of=f"{criterion.number} {criterion.title.say(get_language())}",
        province=given.province,
        pieces=[Piece(one.title) for one in given.evidence if question.id in one.items],
        add_url=f"{given.add_url}?item={question.id}&next={given.here}%23{question.id}",
        condition=condition_of(criterion, question),
    )
    stands = given.answers.get(question.id)
    value = stands.value if stands else None
    return question_fields.control(question, setting, value, typed=part.value if part.error else None, error=part.error)


def words(question: Question, value: Any) -> str:
    """A stored value in words, however old; the value itself where it no longer fits the question."""
    try:
        return questions.display(question, questions.from_json(question_fields.drafted(question), value))
    except ValueError:
        return str(value)


def condition_of(criterion: Criterion, question: Question) -> str:
    """When the question has to be answered, in words; "" for always."""
    when = question.applies_when
    asked = next((one for one in criterion.questions if when is not None and one.id == when.question), None)
    if when is None or asked is None:
        return ""
    names = {"yes": _("Yes"), "no": _("No")} if asked.type == "yes_no" else {}
    language = get_language()
    for code in when.codes:
        option = asked.option(code)
        if option is not None:
            names[code] = option.label.say(language)
    return _("To be answered when “%(question)s” is answered with: %(answers)s") % {
        "question": asked.title.say(language),
        "answers": ", ".join(names[code] for code in when.codes if code in names),
    }
