"""The rows of the form as a template shows them. What does not change is rendered once per standard and language, so that
a page of 50 items costs little more than a table of 50 rows.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from saduak.applications import profile, questionnaire
from saduak.applications.models import Answer, Evidence, Remark
from saduak.applications.questionnaire import Section
from saduak.packs.criteria import Criterion, Scoring
from saduak.packs.scoring import shown

MOST_RADIOS = 7


@dataclass
class Rival:
    """What somebody else wrote at the same time; `choice` is what the button sends to choose it."""

    content: str
    by: str
    at: str
    choice: str


@dataclass
class Part:
    """One thing to answer: name of its input, what stands in it, and what is wrong with it."""

    name: str
    value: Any
    control: SafeString | str = ""
    error: Any = ""
    rivals: list[Rival] = field(default_factory=list)
    stands: str = ""  # the choice that keeps what stands
    stands_by: str = ""
    shown: str = ""


@dataclass
class Row:
    """One criterion."""

    item: str
    intro: SafeString
    parts: list[Part]
    justification: Part
    gate: bool
    pieces: list[Evidence]
    wanted: SafeString
    remark: Remark | None = None


@dataclass
class FieldRow:
    """One field of the profile."""

    field: profile.Field
    part: Part
    chosen: tuple[str, ...] = ()
    remark: Remark | None = None


def rows(
    sha256: str,
    sections: Iterable[Section],
    answers: Mapping[str, Answer],
    evidence: Iterable[Evidence],
    remarks: Mapping[str, Remark] | None = None,
    errors: Mapping[str, Any] | None = None,
    typed: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[tuple[Section, list[Row]]]:
    """The rows of the sections. typed: what could not be kept, shown again beside its error ("<item>.<part>")."""
    language = get_language() or "th"
    pieces: dict[str, list[Evidence]] = {}
    for piece in evidence:
        for item in piece.items:
            pieces.setdefault(item, []).append(piece)
    made = []
    for section in sections:
        gate = section.part.gate
        inner = [
            _row(sha256, one, gate, language, answers, pieces.get(one.id, []), errors or {}, typed or {})
            for one in section.criteria
        ]
        for row in inner:
            row.remark = (remarks or {}).get(row.item)
        made.append((section, inner))
    return made


def _row(
    sha256: str,
    criterion: Criterion,
    gate: bool,
    language: str,
    answers: Mapping[str, Answer],
    pieces: list[Evidence],
    errors: Mapping[str, Any],
    typed: Mapping[str, Mapping[str, Any]],
) -> Row:
    parts = []
    for key, scoring in criterion.marked():
        answer = answers.get(key)
        part = _part(key, "value", answer, errors, typed)
        value = "" if part.value is None else str(part.value)
        part.control = _Static.control(sha256, criterion, key, scoring, value, language)
        part.shown = _said(part.value)
        parts.append(part)
    justification = _part(criterion.id, "justification", answers.get(criterion.id), errors, typed)
    lacking = questionnaire.wanting(
        criterion, (one.stored.kind if one.stored else questionnaire.LINK for one in pieces)
    )
    missing = tuple((wanted.id, given) for wanted, given in lacking)
    intro = _Static.intro(sha256, criterion, language)
    wanted = _Static.wanted(sha256, criterion, missing, language)
    return Row(criterion.id, intro, parts, justification, gate, pieces, wanted)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _part(
    item: str,
    part: str,
    answer: Answer | None,
    errors: Mapping[str, Any],
    typed: Mapping[str, Mapping[str, Any]],
) -> Part:
    stands = getattr(answer, part) if answer else None
    error = errors.get(f"{item}.{part}", "")
    value = typed.get(item, {}).get(part, stands) if error else stands
    made = Part(f"{part[0]}:{item}", value, error=error)
    if part == "justification":
        made.value = value or ""
    if answer is not None and answer.rivals:
        mine = [one for one in answer.rivals if one["part"] == part]
        made.rivals = [
            Rival(_said(one["content"]), one["by"], one["at"], f"{item}|{part}|{place}")
            for place, one in enumerate(mine)
        ]
        made.stands, made.stands_by, made.shown = f"{item}|{part}|", answer.updated_by_name, _said(stands)
    return made


def profile_rows(
    answers: Mapping[str, Answer],
    remarks: Mapping[str, Remark] | None = None,
    errors: Mapping[str, Any] | None = None,
    typed: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[tuple[Any, list[FieldRow]]]:
    """The fields of the profile, by group."""
    made = []
    for group, title in profile.GROUPS:
        inner = []
        for one in profile.FIELDS:
            if one.group == group:
                part = _part(one.item, "value", answers.get(one.item), errors or {}, typed or {})
                chosen = tuple(part.value or ()) if one.type == "some_of" else ()
                part.shown = profile.shown(one, part.value)
                inner.append(FieldRow(one, part, chosen, (remarks or {}).get(one.item)))
        made.append((title, inner))
    return made


class _Static:
    """Parts of the page that depend on the standard, the language and a value only; kept per process."""

    @staticmethod
    def intro(sha256: str, criterion: Criterion, language: str) -> SafeString:
        return _cached(sha256, "_intro.html", language, _Key(criterion), ())

    @staticmethod
    def wanted(sha256: str, criterion: Criterion, missing: tuple[tuple[str, int], ...], language: str) -> SafeString:
        if not criterion.evidence:
            return SafeString("")
        return _cached(sha256, "_wanted.html", language, _Key(criterion), missing)

    @staticmethod
    def control(
        sha256: str, criterion: Criterion, item: str, scoring: Scoring, value: str, language: str
    ) -> SafeString:
        if len(value) > 20:  # typed nonsense is not kept for later
            return _render("_control.html", language, criterion, (item, value))
        return _cached(sha256, "_control.html", language, _Key(criterion), (item, value))


class _Key:
    """Lets a criterion (which holds a mapping) be a key of the cache by its id; the standard's hash stands beside it."""

    def __init__(self, criterion: Criterion) -> None:
        self.criterion = criterion

    def __hash__(self) -> int:
        return hash(self.criterion.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.criterion.id == self.criterion.id


@lru_cache(maxsize=8192)
def _cached(sha256: str, template: str, language: str, key: _Key, more: tuple[Any, ...]) -> SafeString:
    return _render(template, language, key.criterion, more)


def _render(template: str, language: str, criterion: Criterion, more: tuple[Any, ...]) -> SafeString:
    context: dict[str, Any] = {"criterion": criterion, "title": criterion.title.say(language)}
    if template == "_intro.html":
        context |= {
            "text": criterion.text.say(language),
            "guidance": criterion.guidance.say(language),
            "points": shown(criterion.points),
            "rubric": [(shown(band.score), band.text.say(language)) for band in criterion.rubric],
        }
    elif template == "_wanted.html":
        lacking = dict(more)
        context["wanted"] = [
            (one, one.title.say(language), one.id not in lacking, lacking.get(one.id)) for one in criterion.evidence
        ]
    else:
        context |= _control(criterion, more[0], more[1], language)
    return mark_safe(render_to_string(f"applications/{template}", context).strip())  # noqa: S308 - our own template


def _control(criterion: Criterion, item: str, value: str, language: str) -> dict[str, Any]:
    scoring = dict(criterion.marked())[item]
    sub_item = next((one for one in criterion.sub_items if one.id == item), None)
    if scoring.type == "yes_no":
        options = [("yes", "", value == "True"), ("no", "", value == "False")]
    elif scoring.type == "bands":
        bands = sorted(scoring.bands, key=lambda band: band.score)
        options = [(shown(one.score), one.text.say(language), shown(one.score) == value) for one in bands]
    else:
        options = [(score, "", score == value) for score in questionnaire.scores(scoring)]
    kind = "yes_no" if scoring.type == "yes_no" else "bands" if scoring.type == "bands" else "scores"
    return {
        "item": item,
        "kind": "select" if kind == "scores" and len(options) > MOST_RADIOS else kind,
        "options": options,
        "maximum": shown(scoring.maximum),
        "sub_item": sub_item,
        "sub_title": sub_item.title.say(language) if sub_item else "",
    }


def page_state(answers: Mapping[str, Answer], items: Iterable[str]) -> str:
    """What the page knows of each item, for its hidden input."""
    return dumped(state_of(answers, items))


def state_of(answers: Mapping[str, Answer], items: Iterable[str]) -> dict[str, list[int]]:
    """item → [version, checksum of value, checksum of justification], so that a part that was not touched is told from
    one that was.
    """
    known = {}
    for item in items:
        answer = answers.get(item)
        if answer is None:
            known[item] = [0, _NOTHING, _NO_WORDS]
        else:
            known[item] = [answer.version, checksum(answer.value), checksum(answer.justification)]
    return known


def dumped(state: Mapping[str, list[int]]) -> str:
    return json.dumps(state, separators=(",", ":"))


def checksum(content: Any) -> int:
    """A short mark of what stands in a part; not a secret and no proof, only to see whether somebody touched it."""
    return zlib.crc32(json.dumps(content, ensure_ascii=False).encode())


_NOTHING, _NO_WORDS = checksum(None), checksum("")


def items_on(sections: Iterable[Section], *, with_profile: bool) -> list[str]:
    """Every item that stands on the page."""
    items = [one.item for one in profile.FIELDS] if with_profile else []
    for section in sections:
        for criterion in section.criteria:
            items.append(criterion.id)
            items += [sub.id for sub in criterion.sub_items]
    return items
