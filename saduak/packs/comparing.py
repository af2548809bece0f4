"""Two published packs as people compare them: changes by area and entry, words marked; where each criterion went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from saduak.packs import lineage, queries
from saduak.packs.differences import AREAS, Change, differences
from saduak.packs.models import Kind, PublishedPack
from saduak.packs.text import Text
from saduak.thai.wording import Run, marked

#: Kinds whose parts take answers, which are carried over from one version to the next.
TRACED = (Kind.STANDARD, Kind.FORM, Kind.SURVEY)
#: More changes than these are no version of the same thing; the rest is counted.
SHOWN_AT_MOST = 600


@dataclass(frozen=True, slots=True)
class Pair:
    """One change: ``where`` is its path, ``key`` the field; no runs at all on the side where it is not. ``whole``: an
    entry was added or removed.
    """

    where: str
    key: str
    language: str
    before: list[Run]
    after: list[Run]
    whole: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """The changes of one entry of the pack within an area."""

    named: Text | None
    pairs: list[Pair]


@dataclass
class Comparison:
    """areas: (title, number of changes, entries); moves: where criteria went; left: how many changes are not shown."""

    areas: list[tuple[Text, int, list[Entry]]]
    moves: list[tuple[Text, lineage.Move]] = field(default_factory=list)
    many: int = 0
    left: int = 0
    of_criteria: bool = True


def compare(before: PublishedPack, after: PublishedPack) -> Comparison:
    """What differs from one published pack to another of its kind."""
    moved = queries.mapping(before, after) if after.kind in TRACED else None
    return compare_contents(before.content, after.content, moved)


def compare_contents(
    before: Mapping[str, Any], after: Mapping[str, Any], moved: lineage.Moves | None = None
) -> Comparison:
    """The same of two contents; ``moved`` says where criteria went, None where there are none."""
    found = differences(before, after)
    shown = found[:SHOWN_AT_MOST]
    areas = []
    for area, changes in groupby(shown, key=lambda one: one.area):
        mine = list(changes)
        entries = [
            Entry(named, [_pair(one) for one in ones]) for named, ones in groupby(mine, key=lambda one: one.named)
        ]
        areas.append((AREAS[area], len(mine), entries))
    moves: list[tuple[Text, lineage.Move]] = []
    if moved is not None:
        moves = [(lineage.FATES[one.fate], one) for one in lineage.moves(before, after, moved)]
    return Comparison(areas, moves, len(found), len(found) - len(shown), "criteria" in after)


def _pair(change: Change) -> Pair:
    path = change.where.split(" › ")
    language = path[-1] if path[-1] in ("th", "en") else ""
    steps = path[:-1] if language else path
    key = next((one for one in reversed(steps) if not one.isdigit()), "")
    old, new = marked(change.before or "", change.after or "")
    whole = (change.before is None or change.after is None) and key == (change.before or change.after)
    return Pair(change.where, key, language, old, new, whole)
