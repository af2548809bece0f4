"""A standard as plain values: parts, sides, criteria, levels. No database, no Django.

Built from the resolved content of a pack (``loader``) or of a published one; amounts are exact decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from saduak.packs.criteria import Criterion, Scoring, amount, bands_of, criterion_of, text_of
from saduak.packs.text import Text


@dataclass(frozen=True, slots=True)
class Level:
    """A half-open band of totals: ``lower`` counts, ``below`` does not; the highest band has no ``below``."""

    code: str
    title: Text
    lower: Decimal
    below: Decimal | None
    colour: str = ""
    text: Text | None = None

    def holds(self, total: Decimal) -> bool:
        return self.lower <= total and (self.below is None or total < self.below)


@dataclass(frozen=True, slots=True)
class Side:
    """A view across the parts, such as place or personnel."""

    id: str
    number: str
    title: Text
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the standard. ``points`` is its maximum before ``weight``; a gate is not scored."""

    id: str
    number: str
    title: Text
    gate: bool
    points: Decimal
    weight: Decimal = Decimal(1)
    text: Text | None = None

    @property
    def maximum(self) -> Decimal:
        """What the part can add to the total."""
        return self.points * self.weight


@dataclass(frozen=True)
class Standard:
    """A whole standard, in the order in which it is read."""

    pack_id: str
    version: int
    title: Text
    summary: Text
    notice: Text | None
    owner: Text | None
    total: Decimal
    fractions: str
    parts: tuple[Part, ...]
    sides: tuple[Side, ...]
    levels: tuple[Level, ...]
    below_levels: Text
    criteria: tuple[Criterion, ...]
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fractions_note: Text | None = None

    @cached_property
    def _criteria(self) -> dict[str, Criterion]:
        return {one.id: one for one in self.criteria}

    @cached_property
    def marks_wanted(self) -> dict[str, Scoring]:
        """Every id that takes a mark (criteria, or the sub-items of those that have them), in order."""
        return {key: scoring for one in self.criteria for key, scoring in one.marked()}

    def criterion(self, criterion_id: str) -> Criterion:
        """Raises KeyError for an unknown id."""
        return self._criteria[criterion_id]

    def part(self, part_id: str) -> Part:
        """Raises KeyError for an unknown id."""
        return {one.id: one for one in self.parts}[part_id]

    def side(self, side_id: str) -> Side:
        """Raises KeyError for an unknown id."""
        return {one.id: one for one in self.sides}[side_id]

    def level(self, code: str) -> Level:
        """Raises KeyError for an unknown code."""
        return {one.code: one for one in self.levels}[code]

    def level_of(self, total: Decimal) -> Level | None:
        """The level whose band holds ``total``, None under the lowest."""
        return next((level for level in self.levels if level.holds(total)), None)

    def criteria_of(self, part_id: str) -> tuple[Criterion, ...]:
        return tuple(one for one in self.criteria if one.part_id == part_id)

    @cached_property
    def gate(self) -> tuple[Criterion, ...]:
        """The criteria that must all be met before anything is scored."""
        gates = {part.id for part in self.parts if part.gate}
        return tuple(one for one in self.criteria if one.part_id in gates)


def from_resolved(content: Mapping[str, Any]) -> Standard:
    """The standard in the resolved content of a pack of kind ``standard``, which the loader has checked."""
    rubrics = {one["id"]: bands_of(one["bands"]) for one in content.get("rubrics", ())}
    order = {part["id"]: place for place, part in enumerate(content["parts"])}
    criteria = sorted(content["criteria"], key=lambda one: (order[one["part"]], number_key(one["number"])))
    months = content.get("evidence_age_months")
    return Standard(
        pack_id=content["id"],
        version=content["version"],
        title=Text.from_json(content["title"]),
        summary=Text.from_json(content["summary"]),
        notice=text_of(content, "notice"),
        owner=text_of(content, "owner"),
        total=amount(content["total"]),
        fractions=content["fractions"],
        parts=tuple(_part(one) for one in content["parts"]),
        sides=tuple(
            Side(one["id"], one["number"], Text.from_json(one["title"]), text_of(one, "text"))
            for one in content.get("sides", ())
        ),
        levels=tuple(_level(one) for one in content["levels"]),
        below_levels=text_of(content, "below_levels") or Text("ไม่ผ่านเกณฑ์", "Below the lowest level"),
        criteria=tuple(criterion_of(one, rubrics, months) for one in criteria),
        sources=content.get("sources", {}),
        fractions_note=text_of(content, "fractions_note"),
    )


def number_key(number: str) -> tuple[tuple[int, str], ...]:
    """Sorts 2.9 before 2.12, and words after numbers."""
    return tuple((int(step), "") if step.isdigit() else (10**9, step) for step in number.split("."))


def _part(value: Mapping[str, Any]) -> Part:
    return Part(
        value["id"],
        value["number"],
        Text.from_json(value["title"]),
        value["gate"],
        amount(value["points"]),
        amount(value.get("weight", 1)),
        text_of(value, "text"),
    )


def _level(value: Mapping[str, Any]) -> Level:
    below = amount(value["below"]) if "below" in value else None
    lower, colour = amount(value["from"]), value.get("colour", "")
    return Level(value["id"], Text.from_json(value["title"]), lower, below, colour, text_of(value, "text"))
