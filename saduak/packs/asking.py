"""A form or survey as plain values: groups of questions, and for a survey who answers it and what its means stand for.
No database, no Django.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saduak.packs.criteria import Provenance, amount, origin_of, text_of
from saduak.packs.question_types import Question, from_resolved
from saduak.packs.text import Text

LEAST_GROUP = 5  # answers; results of fewer are not shown, because they would tell who answered what


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand on one page."""

    id: str
    title: Text
    text: Text | None
    questions: tuple[Question, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Form:
    """A form, or a survey when ``answered_by`` is not empty (``organisation`` or ``anybody``). ``means``: (lower end, name)
    from the lowest up.
    """

    pack_id: str
    version: int
    title: Text
    summary: Text | None
    groups: tuple[Group, ...]
    provenance: Provenance
    answered_by: str = ""
    least_group: int = LEAST_GROUP
    means: tuple[tuple[Decimal, Text], ...] = ()
    thanks: Text | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(one for group in self.groups for one in group.questions)

    def question(self, question_id: str) -> Question:
        """Raises KeyError for an unknown id."""
        return {one.id: one for one in self.questions}[question_id]

    def serving(self, purpose: str) -> Question | None:
        """The question whose answer serves the purpose (``address``, ``place``, ``hours``, ``phone``, ``email``)."""
        return next((one for one in self.questions if one.purpose == purpose), None)

    def mean_said(self, mean: Decimal) -> Text | None:
        """What a mean stands for; None under the lowest band, or where the survey has none."""
        return next((text for lower, text in reversed(self.means) if mean >= lower), None)


def form_of(content: Mapping[str, Any]) -> Form:
    """The form in the resolved content of a pack of kind ``form`` or ``survey``, which the loader has checked."""
    whole = content["provenance"]
    return Form(
        pack_id=content["id"],
        version=content["version"],
        title=Text.from_json(content["title"]),
        summary=text_of(content, "summary"),
        groups=tuple(
            Group(
                one["id"],
                Text.from_json(one["title"]),
                text_of(one, "text"),
                tuple(map(from_resolved, one["questions"])),
                origin_of(one.get("provenance", whole)),
            )
            for one in content["groups"]
        ),
        provenance=origin_of(whole),
        answered_by=content.get("answered_by", ""),
        least_group=content.get("least_group", LEAST_GROUP),
        means=tuple((amount(one["from"]), Text.from_json(one["text"])) for one in content.get("means", ())),
        thanks=text_of(content, "thanks"),
    )
