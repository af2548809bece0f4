"""A standard as a form: sections of at most 15 criteria, the items in them, and which values an item takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.applications.profile import BY_ITEM, BadValue
from saduak.packs import questions
from saduak.packs.criteria import Criterion, EvidenceWanted, Scoring, SubItem
from saduak.packs.scoring import shown
from saduak.packs.standard import Part, Side, Standard
from saduak.packs.text import Text

MOST_ON_A_PAGE = 15
PROFILE = "profile"
# A photograph may come inside a PDF, a signed paper as a scan, a page of the web as a picture of it.
LINK = "LINK"
_NO_TITLE = Text("", "")
_ANY = frozenset({"IMAGE", "PDF", "DOCUMENT", "SPREADSHEET", "TEXT", LINK})
ACCEPTED = {"photo": frozenset({"IMAGE", "PDF"}), "pdf": _ANY, "document": _ANY, "spreadsheet": _ANY, "link": _ANY}


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    id: str
    part: Part
    side: Side | None
    page: int  # 0 when the section fits one page, else 1, 2 …
    criteria: tuple[Criterion, ...]

    @property
    def title(self) -> str:
        words = [self.part.title.say(get_language())]
        if self.side is not None:
            words.append(self.side.title.say(get_language()))
        if self.page:
            words.append(str(_("page %(page)s") % {"page": self.page}))
        return " · ".join(words)


@dataclass(frozen=True)
class Place:
    """Where an item stands: its criterion, its sub-item, and how it is marked (None: only words belong there)."""

    criterion: Criterion
    sub_item: SubItem | None
    scoring: Scoring | None


_cut: dict[int, tuple[Standard, tuple[Section, ...]]] = {}


def sections(standard: Standard) -> tuple[Section, ...]:
    """Part after part; a part that is too long for a page is cut by side, and a side that is too long by count."""
    known = _cut.get(id(standard))
    if known is None:  # the standard is kept with them, so that its id is not given to another
        known = _cut[id(standard)] = (standard, _sections(standard))
    return known[1]


def _sections(standard: Standard) -> tuple[Section, ...]:
    made: list[Section] = []
    for part in standard.parts:
        criteria = standard.criteria_of(part.id)
        if not criteria:
            continue
        if len(criteria) <= MOST_ON_A_PAGE or not standard.sides:
            made += _pages(part, None, criteria)
            continue
        for side in (*standard.sides, None):
            made += _pages(part, side, tuple(one for one in criteria if one.side_id == (side.id if side else None)))
    return tuple(made)


def _pages(part: Part, side: Side | None, criteria: tuple[Criterion, ...]) -> list[Section]:
    base = f"{part.id}-{side.id}" if side else part.id
    if len(criteria) <= MOST_ON_A_PAGE:
        return [Section(base, part, side, 0, criteria)] if criteria else []
    cuts = range(0, len(criteria), MOST_ON_A_PAGE)
    return [
        Section(f"{base}-{page}", part, side, page, criteria[cut : cut + MOST_ON_A_PAGE])
        for page, cut in enumerate(cuts, 1)
    ]


def places(standard: Standard) -> dict[str, Place]:
    """Every item that takes an answer, in order: criteria and their sub-items."""
    made: dict[str, Place] = {}
    for criterion in standard.criteria:
        made[criterion.id] = Place(criterion, None, criterion.scoring)
        for sub_item in criterion.sub_items:
            made[sub_item.id] = Place(criterion, sub_item, sub_item.scoring)
    return made


def section_of(standard: Standard, item: str) -> str:
    """The id of the section where an item is answered."""
    if item in BY_ITEM:
        return PROFILE
    for section in sections(standard):
        for criterion in section.criteria:
            if item == criterion.id or any(item == sub.id for sub in criterion.sub_items):
                return section.id
    raise KeyError(item)


def parse(item: str, scoring: Scoring | None, raw: Any) -> bool | str | None:
    """The value to keep: True/False for yes or no, an exact decimal as text for a score, None for no answer.

    Raises BadValue, saying which values can be given.
    """
    if scoring is None:
        if raw in (None, ""):
            return None
        raise BadValue(_("This item is answered in its parts."))
    answer = questions.parse(questions.mark_question(item, scoring, _NO_TITLE, required=False), raw)
    if not answer.ok:
        raise BadValue(answer.refusal)
    return shown(answer.value + 0) if isinstance(answer.value, Decimal) else answer.value


def scores(scoring: Scoring) -> list[str]:
    """Every score that can be given, as text, from the lowest."""
    if scoring.type == "bands":
        return [shown(band.score) for band in sorted(scoring.bands, key=lambda band: band.score)]
    if scoring.type == "yes_no":
        return ["0", shown(scoring.maximum)]
    return [shown(scoring.step * n) for n in range(int(scoring.maximum / scoring.step) + 1)]


def mark(value: Any) -> bool | Decimal | None:
    """A stored value as `packs.scoring.compute` takes it."""
    return value if value is None or isinstance(value, bool) else Decimal(value)


def claims(criterion: Criterion, values: Mapping[str, Any]) -> bool:
    """Does the unit claim anything for it? "No" and 0 need neither reason nor evidence."""
    return any(mark(values.get(key)) for key, _scoring in criterion.marked())


def wanting(criterion: Criterion, kinds: Iterable[str]) -> list[tuple[EvidenceWanted, int]]:
    """The evidence that is still wanted with how many pieces are there, given the kinds of what is linked to it."""
    given = list(kinds)
    lacking = []
    for wanted in criterion.evidence:
        fitting = sum(1 for kind in given if kind in ACCEPTED[wanted.kind])
        if fitting < wanted.minimum:
            lacking.append((wanted, fitting))
    return lacking
