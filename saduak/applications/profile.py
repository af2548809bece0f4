"""What a centre tells about itself: the form that its round names, each answer kept under `profile.<id of the question>`.

No code knows a question of it. Where the software itself needs one (an address to fill in), the form says so by `purpose`. A round
whose pack names no form asks for no profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from saduak.applications import questionnaire
from saduak.packs import question_fields
from saduak.packs import questions as packs
from saduak.packs.asking import Form
from saduak.packs.posted import AXES
from saduak.packs.question_types import Question

PREFIX = f"{questionnaire.PROFILE}."


def item_of(question: Question) -> str:
    """The item under which the answer is kept."""
    return PREFIX + question.id


def questions(form: Form | None) -> dict[str, Question]:
    """item → question, in the order of the form; nothing where no profile is asked."""
    return {item_of(one): one for one in form.questions} if form is not None else {}


def values(form: Form | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """id of a question → its stored value, in the order of the form, out of values kept by id.

    What was kept under other ids is found along `formerly`, and what was written down in another way (a number that is no
    text) is put as it is written today; what no longer answers its question stays as it is.
    """
    found = {}
    for question in form.questions if form is not None else ():
        if question.id in given:
            found[question.id] = _as_written_today(question, given[question.id])
        elif (former := _former(question, given)) is not None:
            found[question.id] = _as_written_today(question, former)
    return found


def drafted(form: Form | None, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same out of the answers of a draft (item → something with a `value`)."""
    given = {item.removeprefix(PREFIX): one.value for item, one in answers.items() if item.startswith(PREFIX)}
    return values(form, given)


def asked(form: Form | None, found: Mapping[str, Any]) -> list[Question]:
    """The questions that have to be answered, given the stored values by id."""
    if form is None:
        return []
    clean = {one.id: questionnaire.answer_of(one, found.get(one.id)) for one in form.questions}
    return packs.applicable(form.questions, clean)


def _former(question: Question, given: Mapping[str, Any]) -> Any:
    parts = [given.get(one) for one in question.formerly]
    if not parts or any(one in (None, "") for one in parts):
        return None
    return dict(zip(AXES, parts, strict=True)) if question.type == "place" else parts[0]


def _as_written_today(question: Question, value: Any) -> Any:
    answer = packs.parse(question_fields.drafted(question), value)
    return packs.to_json(answer.value) if answer.ok else value
