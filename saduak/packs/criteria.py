"""One criterion of a standard as plain values: what is asked, which evidence, how it is marked. No database,
no Django.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saduak.packs.question_types import Question, from_resolved
from saduak.packs.text import Text

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a text comes from: ``public-summary``, ``letter`` or ``drafted`` (by us, not official)."""

    kind: str
    source: str = ""
    note: Text | None = None

    @property
    def drafted(self) -> bool:
        return self.kind == "drafted"


@dataclass(frozen=True, slots=True)
class Band:
    """A score and what it stands for."""

    score: Decimal
    text: Text


@dataclass(frozen=True, slots=True)
class Scoring:
    """How one mark is given: ``yes_no`` (all or none), ``score`` (0 to maximum in steps), ``bands`` (a
    listed score).
    """

    type: str
    maximum: Decimal
    step: Decimal = ZERO
    bands: tuple[Band, ...] = ()

    def allows(self, value: Decimal) -> bool:
        """Whether ``value`` is a score that can be given."""
        if not value.is_finite() or not ZERO <= value <= self.maximum:
            return False
        if self.type == "bands":
            return any(band.score == value for band in self.bands)
        if self.type == "yes_no":
            return value in (ZERO, self.maximum)
        return value % self.step == 0


@dataclass(frozen=True, slots=True)
class EvidenceWanted:
    """A piece of evidence asked for; ``minimum`` 0 makes it optional."""

    id: str
    kind: str
    minimum: int
    title: Text


@dataclass(frozen=True, slots=True)
class SubItem:
    """A part of a criterion that is marked by itself."""

    id: str
    number: str
    title: Text
    points: Decimal
    scoring: Scoring
    provenance: Provenance
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion. With ``sub_items`` it has no mark of its own: ``scoring`` is then None. ``questions`` are asked beside
    the mark and add nothing to it.
    """

    id: str
    number: str
    part_id: str
    side_id: str | None
    title: Text
    text: Text
    guidance: Text
    evidence: tuple[EvidenceWanted, ...]
    points: Decimal
    scoring: Scoring | None
    sub_items: tuple[SubItem, ...]
    rubric: tuple[Band, ...]
    provenance: Provenance
    field_provenance: Mapping[str, Provenance]
    evidence_age_months: int | None = None  # evidence that dates further back is flagged
    questions: tuple[Question, ...] = ()

    def origin(self, name: str) -> Provenance:
        """The provenance of one of its texts: ``title``, ``text``, ``guidance``, ``evidence``, ``points``,
        ``scoring``, ``questions``.
        """
        return self.field_provenance.get(name, self.provenance)

    @property
    def drafted(self) -> bool:
        """Whether the text of what is asked was written by us."""
        return self.origin("text").drafted

    @property
    def questions_drafted(self) -> bool:
        """Whether it asks questions that were written by us."""
        return bool(self.questions) and self.origin("questions").drafted

    def marked(self) -> tuple[tuple[str, Scoring], ...]:
        """The ids that take a mark, with how it is given."""
        if self.scoring is not None:
            return ((self.id, self.scoring),)
        return tuple((sub.id, sub.scoring) for sub in self.sub_items)


def amount(value: Any) -> Decimal:
    return Decimal(str(value))


def text_of(content: Mapping[str, Any], key: str) -> Text | None:
    return Text.from_json(content[key]) if key in content else None


def origin_of(value: Mapping[str, Any]) -> Provenance:
    return Provenance(value["kind"], value.get("source", ""), text_of(value, "note"))


def bands_of(values: list[Mapping[str, Any]]) -> tuple[Band, ...]:
    return tuple(Band(amount(one["score"]), Text.from_json(one["text"])) for one in values)


def scoring_of(value: Mapping[str, Any], points: Decimal) -> Scoring | None:
    if value["type"] == "sub_items":
        return None
    return Scoring(value["type"], points, amount(value.get("step", 0)), bands_of(value.get("bands", [])))


def sub_item_of(value: Mapping[str, Any]) -> SubItem:
    points = amount(value["points"])
    scoring = scoring_of(value["scoring"], points)
    if scoring is None:
        raise ValueError(f"{value['id']}: a sub-item has no sub-items")
    title, text = Text.from_json(value["title"]), text_of(value, "text")
    return SubItem(value["id"], value["number"], title, points, scoring, origin_of(value["provenance"]), text)


def criterion_of(
    value: Mapping[str, Any], rubrics: Mapping[str, tuple[Band, ...]], evidence_age_months: int | None = None
) -> Criterion:
    points = amount(value["points"])
    fields = value["provenance"].get("fields", {})
    return Criterion(
        id=value["id"],
        number=value["number"],
        part_id=value["part"],
        side_id=value.get("side"),
        title=Text.from_json(value["title"]),
        text=Text.from_json(value["text"]),
        guidance=Text.from_json(value["guidance"]),
        evidence=tuple(
            EvidenceWanted(one["id"], one["kind"], one["minimum"], Text.from_json(one["title"]))
            for one in value["evidence"]
        ),
        points=points,
        scoring=scoring_of(value["scoring"], points),
        sub_items=tuple(sub_item_of(one) for one in value["scoring"].get("sub_items", ())),
        rubric=rubrics.get(value.get("rubric", ""), ()),
        provenance=origin_of(value["provenance"]),
        field_provenance={name: origin_of(one) for name, one in fields.items()},
        evidence_age_months=value.get("evidence_age_months", evidence_age_months),
        questions=tuple(map(from_resolved, value.get("questions", ()))),
    )
