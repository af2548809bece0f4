"""A standard as a form: sections of at most 15 criteria, the items in them, and which values an item takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.applications.kept_text import BadValue
from saduak.packs import question_fields, questions
from saduak.packs.asking import Form
from saduak.packs.criteria import Criterion, EvidenceWanted, Scoring, SubItem
from saduak.packs.question_types import Question
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
    """Where an item stands: its criterion, its sub-item, and how it is marked (None: only words belong there), or the
    question that is asked beside the mark.
    """

    criterion: Criterion
    sub_item: SubItem | None
    scoring: Scoring | None
    question: Question | None = None


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
        for question in criterion.questions:
            made[question.id] = Place(criterion, None, None, question)
    return made


def section_of(standard: Standard, item: str) -> str:
    """The id of the section where an item is answered."""
    if item.startswith(f"{PROFILE}."):
        return PROFILE
    for section in sections(standard):
        for criterion in section.criteria:
            if item in keys_of(criterion):
                return section.id
    raise KeyError(item)


def keys_of(criterion: Criterion) -> tuple[str, ...]:
    """The items of a criterion: itself, its sub-items and its questions."""
    return (
        criterion.id,
        *(sub.id for sub in criterion.sub_items),
        *(question.id for question in criterion.questions),
    )


def holders(standard: Standard, form: Form | None) -> list[str]:
    """Everything evidence can be linked to, in order: criteria, and questions that ask for files."""
    asking = [f"{PROFILE}.{one.id}" for one in form.questions if one.type == "file"] if form is not None else []
    return asking + [
        item
        for item, place in places(standard).items()
        if item == place.criterion.id or (place.question is not None and place.question.type == "file")
    ]


def asked(criterion: Criterion, values: Mapping[str, Any]) -> list[Question]:
    """The questions of a criterion that have to be answered, given the stored values of its items."""
    if not criterion.questions or not claims(criterion, values):
        return []
    clean = {one.id: answer_of(one, values.get(one.id)) for one in criterion.questions}
    return questions.applicable(criterion.questions, clean)


def counted(criterion: Criterion, values: Mapping[str, Any]) -> list[str]:
    """The items of a criterion that count: itself, its sub-items, and of its questions those that are asked. What was answered
    to another one before stays in the draft, but is neither missing nor handed in.
    """
    unasked = {one.id for one in criterion.questions} - {one.id for one in asked(criterion, values)}
    return [item for item in keys_of(criterion) if item not in unasked]


def answer_of(question: Question, value: Any) -> Any:
    """A stored value as a clean one; None when it no longer fits the question."""
    return questions.parse(question_fields.drafted(question), value).value


def parse_question(question: Question, raw: Any) -> Any:
    """The value of a question to keep while it is drafted: what is compulsory is asked for only at the end.

    Raises BadValue, saying what to write instead.
    """
    if question.type == "file":
        raise BadValue(_("Files are given as evidence."))
    answer = questions.parse(question_fields.drafted(question), raw)
    if not answer.ok:
        raise BadValue(answer.refusal)
    return questions.to_json(answer.value)


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


def wanting_of(question: Question, kinds: Iterable[str]) -> int:
    """How many files a question still waits for, given the kinds of what is linked to it."""
    fitting = frozenset().union(*(ACCEPTED[one] for one in question.accepts)) if question.accepts else _ANY
    least = max(int(question.minimum or 0), 1 if question.required else 0)
    return max(least - sum(1 for kind in kinds if kind in fitting), 0)


def wanting(criterion: Criterion, kinds: Iterable[str]) -> list[tuple[EvidenceWanted, int]]:
    """The evidence that is still wanted with how many pieces are there, given the kinds of what is linked to it."""
    given = list(kinds)
    lacking = []
    for wanted in criterion.evidence:
        fitting = sum(1 for kind in given if kind in ACCEPTED[wanted.kind])
        if fitting < wanted.minimum:
            lacking.append((wanted, fitting))
    return lacking
