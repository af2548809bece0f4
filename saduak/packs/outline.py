"""A standard in the order in which people read it: parts, within them sides, within them criteria."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from saduak.packs.criteria import ZERO, Band, Criterion, Provenance, Scoring
from saduak.packs.standard import Part, Side, Standard
from saduak.packs.text import Text


@dataclass(frozen=True, slots=True)
class SideGroup:
    """The criteria of one side within a part; ``side`` is None where the part has no sides."""

    side: Side | None
    criteria: tuple[Criterion, ...]

    @property
    def points(self) -> Decimal:
        return sum((one.points for one in self.criteria), ZERO)


@dataclass(frozen=True, slots=True)
class PartOutline:
    """A part with its criteria, grouped by side."""

    part: Part
    groups: tuple[SideGroup, ...]

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(one for group in self.groups for one in group.criteria)

    @property
    def drafted(self) -> int:
        """How many of its criteria have a drafted text."""
        return sum(one.drafted for one in self.criteria)


def outline(standard: Standard) -> list[PartOutline]:
    """All parts of the standard with their criteria by side, in reading order."""
    places = {side.id: place for place, side in enumerate(standard.sides)}
    parts = []
    for part in standard.parts:
        criteria = sorted(standard.criteria_of(part.id), key=lambda one: places.get(one.side_id or "", -1))
        groups = tuple(
            SideGroup(standard.side(side_id) if side_id else None, tuple(members))
            for side_id, members in groupby(criteria, key=lambda one: one.side_id)
        )
        parts.append(PartOutline(part, groups))
    return parts


def origins(criterion: Criterion) -> list[tuple[Provenance, list[str]]]:
    """Where the texts of a criterion come from: each provenance with the fields that have it.

    The one of everything else comes first, with no fields.
    """
    found: dict[Provenance, list[str]] = {criterion.provenance: []}
    for name, provenance in criterion.field_provenance.items():
        found.setdefault(provenance, []).append(name)
    return list(found.items())


#: More possible scores than these are written as a number, not chosen from a list.
CHOICES_AT_MOST = 13


def choices(scoring: Scoring, rubric: tuple[Band, ...]) -> list[tuple[Decimal, Text | None]]:
    """The scores that can be given and what each stands for, from the lowest; empty when there are too many to list.

    Where a rubric explains some scores of a scale of steps, those are given.
    """
    if scoring.bands or rubric:
        return [(band.score, band.text) for band in scoring.bands or rubric]
    step = scoring.maximum if scoring.type == "yes_no" else scoring.step
    many = int(scoring.maximum / step) + 1 if step else 0
    return [(step * n, None) for n in range(many)] if many <= CHOICES_AT_MOST else []
