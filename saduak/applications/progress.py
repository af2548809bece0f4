"""How far an application is, and everything that is still missing: one rule for the bar, the check page and the refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import get_language, gettext, ngettext

from saduak.applications import profile, questionnaire
from saduak.packs import questions
from saduak.packs.asking import Form
from saduak.packs.criteria import Criterion
from saduak.packs.question_types import Question
from saduak.packs.standard import Standard


class Answered(Protocol):
    """What is read of an answer."""

    value: Any
    justification: str
    version: int
    rivals: list[dict[str, Any]]
    copied_from: int | None


class Piece(Protocol):
    """What is read of a piece of evidence."""

    title: str
    items: list[str]

    @property
    def kind(self) -> str: ...

    @property
    def usable(self) -> bool: ...


@dataclass(frozen=True)
class Missing:
    """One thing that handing in waits for. item: where it is answered; what: in the reader's language."""

    item: str
    section: str
    number: str
    title: str
    what: str

    @property
    def label(self) -> str:
        return f"{self.number} {self.title}: {self.what}".strip()


@dataclass(frozen=True)
class Done:
    """How many of a section's items are complete, and whether any is answered at all."""

    section: str
    done: int
    total: int
    begun: bool = False

    @property
    def complete(self) -> bool:
        return self.done >= self.total


@dataclass(frozen=True)
class Progress:
    """done and total count compulsory questions of the profile and criteria; gate_no: gate criteria answered with no."""

    sections: Mapping[str, Done]
    missing: tuple[Missing, ...]
    gate_no: tuple[Criterion, ...]

    @property
    def done(self) -> int:
        return sum(one.done for one in self.sections.values())

    @property
    def total(self) -> int:
        return sum(one.total for one in self.sections.values())

    @property
    def complete(self) -> bool:
        return not self.missing


def progress(
    standard: Standard, form: Form | None, answers: Mapping[str, Answered], evidence: Iterable[Piece]
) -> Progress:
    """What is complete and what is missing, in the order of the form. form: that of the profile, None where none is asked."""
    kinds = kinds_by_criterion(evidence)
    values = {key: answer.value for key, answer in answers.items()}
    counts: dict[str, Done] = {}
    missing: list[Missing] = []
    if form is not None:
        given = profile.drafted(form, answers)
        asked = profile.asked(form, given)
        missing += _profile_missing(asked, given, answers, kinds)
        blank = {one.item for one in missing}
        needed = [profile.item_of(one) for one in asked if one.required]
        done = sum(1 for item in needed if item not in blank)
        counts[questionnaire.PROFILE] = Done(questionnaire.PROFILE, done, len(needed), bool(given))
    gates = {one.id for one in standard.gate}
    gate_no = []
    for section in questionnaire.sections(standard):
        done = 0
        for criterion in section.criteria:
            lacking = list(_criterion_missing(criterion, section.id, answers, values, kinds))
            missing += lacking
            done += not lacking
            if criterion.id in gates and values.get(criterion.id) is False:
                gate_no.append(criterion)
        begun = any(key in answers for criterion in section.criteria for key, _scoring in criterion.marked())
        counts[section.id] = Done(section.id, done, len(section.criteria), begun)
    return Progress(counts, tuple(missing), tuple(gate_no))


def kinds_by_criterion(evidence: Iterable[Piece]) -> dict[str, list[str]]:
    """criterion id → kinds of the evidence linked to it (LINK for a link); what has malware in it does not count."""
    found: dict[str, list[str]] = {}
    for piece in evidence:
        if not piece.usable:
            continue
        kind = piece.kind
        for item in piece.items:
            found.setdefault(item, []).append(kind)
    return found


def _profile_missing(
    asked: Iterable[Question],
    given: Mapping[str, Any],
    answers: Mapping[str, Answered],
    kinds: Mapping[str, list[str]],
) -> list[Missing]:
    lacking = []
    for question in asked:
        item = profile.item_of(question)
        answer = answers.get(item)
        if answer is not None and answer.rivals:
            what = gettext("two versions were written at the same time; choose one")
        elif answer is not None and answer.copied_from:
            what = _copied(answer.copied_from)
        else:
            what = _question_missing(question, given.get(question.id), kinds.get(item, ()))
        if what:
            lacking.append(Missing(item, questionnaire.PROFILE, "", question.title.say(get_language()), what))
    return lacking


def _copied(year: int) -> str:
    return gettext("copied from %(year)s: look whether it still holds") % {"year": year}


def _criterion_missing(
    criterion: Criterion,
    section: str,
    answers: Mapping[str, Answered],
    values: Mapping[str, Any],
    by_item: Mapping[str, list[str]],
) -> Iterable[Missing]:
    language = get_language()
    kinds = by_item.get(criterion.id, ())

    def lack(item: str, number: str, title: str, what: str) -> Missing:
        return Missing(item, section, number, title, what)

    title = criterion.title.say(language)
    keys = questionnaire.counted(criterion, values)
    for key in keys:
        if key in answers and answers[key].rivals:
            what = gettext("two versions were written at the same time; choose one")
            yield lack(key, criterion.number, title, what)
    years = [answers[key].copied_from for key in keys if key in answers and answers[key].copied_from]
    if years:
        yield lack(criterion.id, criterion.number, title, _copied(max(year for year in years if year)))
    if criterion.sub_items:
        for sub in criterion.sub_items:
            if values.get(sub.id) is None:
                yield lack(sub.id, sub.number, sub.title.say(language), gettext("not answered"))
    elif values.get(criterion.id) is None:
        yield lack(criterion.id, criterion.number, title, gettext("not answered"))
    if not questionnaire.claims(criterion, values):
        return
    answer = answers.get(criterion.id)
    if not _yes_no(criterion) and (answer is None or not answer.justification.strip()):
        yield lack(criterion.id, criterion.number, title, gettext("say why you give yourself this score"))
    for question in questionnaire.asked(criterion, values):
        what = _question_missing(question, values.get(question.id), by_item.get(question.id, ()))
        if what:
            yield lack(question.id, criterion.number, question.title.say(language), what)
    for wanted, given in questionnaire.wanting(criterion, kinds):
        what = gettext("evidence “%(wanted)s”: %(given)s of %(minimum)s") % {
            "wanted": wanted.title.say(language),
            "given": given,
            "minimum": wanted.minimum,
        }
        yield lack(criterion.id, criterion.number, title, what)


def _question_missing(question: Question, value: Any, kinds: Iterable[str]) -> str:
    """What a question still waits for, in words; "" when it is answered."""
    if question.type == "file":
        lacking = questionnaire.wanting_of(question, kinds)
        return (
            ngettext("%(count)s file is missing", "%(count)s files are missing", lacking) % {"count": lacking}
            if lacking
            else ""
        )
    answer = questions.parse(question, value)
    if answer.ok:
        return ""
    return gettext("not answered") if value in (None, "", []) else str(answer.refusal)


def _yes_no(criterion: Criterion) -> bool:
    return criterion.scoring is not None and criterion.scoring.type == "yes_no"
