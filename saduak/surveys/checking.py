"""Is an answer complete? Pure: which questions are asked given the answers, and what is missing or no longer fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from saduak.kernel.refusals import Item
from saduak.packs import question_fields, questions
from saduak.packs.asking import Form, Group
from saduak.packs.question_types import Question


@dataclass
class Checked:
    """asked: ids of the questions that are asked; missing: what stands in the way of handing in, each with its page and
    question (`group#id`); done: group → how many of its questions have an answer, of how many that are asked."""

    asked: set[str] = field(default_factory=set)
    missing: list[Item] = field(default_factory=list)
    done: dict[str, tuple[int, int]] = field(default_factory=dict)


def clean(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    """The stored values as clean ones; what no longer fits its question is left out."""
    found = {}
    for one in form.questions:
        try:
            found[one.id] = questions.from_json(question_fields.drafted(one), values.get(one.id))
        except ValueError:
            continue
    return found


def asked_in(form: Form, group: Group, values: Mapping[str, Any]) -> list[Question]:
    """The questions of a page: those that are asked, and those that an answer on the same page may make asked."""
    here = {one.id for one in group.questions}
    standing = {one.id for one in questions.applicable(form.questions, clean(form, values))}
    return [
        one
        for one in group.questions
        if one.id in standing or (one.applies_when is not None and one.applies_when.question in here)
    ]


def check(form: Form, values: Mapping[str, Any]) -> Checked:
    """Look through an answer as it would be handed in."""
    found = Checked(asked={one.id for one in questions.applicable(form.questions, clean(form, values))})
    for group in form.groups:
        here = [one for one in group.questions if one.id in found.asked]
        given = 0
        for one in here:
            answer = questions.parse(one, values.get(one.id))
            if not answer.ok:
                label = f"{one.title.say(get_language())}: {answer.refusal}"
                found.missing.append(Item(label, f"{group.id}#a-{one.id}"))
            given += answer.ok and answer.value is not None
        found.done[group.id] = (given, len(here))
    return found
