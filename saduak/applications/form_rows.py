"""The rows of the form as a template shows them. What does not change is rendered once per standard and language, so that
a page of 50 items costs little more than a table of 50 rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from saduak.applications import profile, question_rows, questionnaire
from saduak.applications.form_parts import Given, part_of, said_copied, said_error, said_remark, said_rivals
from saduak.applications.progress import kinds_by_criterion
from saduak.applications.questionnaire import Section
from saduak.applications.weaving import filled, frame
from saduak.packs.asking import Form
from saduak.packs.criteria import Criterion
from saduak.packs.question_types import Question
from saduak.packs.scoring import shown
from saduak.packs.text import Text

MOST_RADIOS = 7
MOST_CHIPS = 4
MOST_KEPT = 20


def rows(sha256: str, sections: Iterable[Section], given: Given) -> list[tuple[Section, list[SafeString]]]:
    """The criteria of the sections as HTML, one text each."""
    language = get_language() or "th"
    titles: dict[str, list[str]] = {}
    for piece in given.evidence:
        title = escape(piece.title)
        if not piece.usable:
            title += f' <strong class="unusable">{escape(gettext("Unusable: malware was found"))}</strong>'
        for item in piece.items:
            titles.setdefault(item, []).append(title)
    kinds = kinds_by_criterion(given.evidence)
    made = []
    for section in sections:
        gate = section.part.gate
        inner = [
            _row(sha256, one, language, gate, given, titles.get(one.id, []), kinds.get(one.id, ()))
            for one in section.criteria
        ]
        made.append((section, inner))
    return made


def _row(
    sha256: str,
    criterion: Criterion,
    language: str,
    gate: bool,
    given: Given,
    titles: list[str],
    kinds: Iterable[str],
) -> SafeString:
    key = _Key(criterion)
    controls = []
    for item, _scoring in criterion.marked():
        part = part_of(item, "value", given.answers.get(item), given.errors, given.typed)
        if part.rivals:
            controls.append(said_rivals(gettext("Answer"), part))
            continue
        if part.error:
            controls.append(said_error(part.error))
        value = "" if part.value is None else str(part.value)
        # Nonsense that was typed is shown again, but not kept for the next reader.
        make = _cached if len(value) <= MOST_KEPT and not part.error else _cached.__wrapped__
        controls.append(make(sha256, "_control.html", language, key, (item, value))[0])
    lacking = questionnaire.wanting(criterion, kinds)
    missing = tuple((wanted.id, count) for wanted, count in lacking)
    remark = given.remarks.get(criterion.id)
    return filled(
        _cached(sha256, "_row.html", language, key, (gate,)),
        (said_remark(remark) if remark else "")
        + said_copied(criterion.id, questionnaire.keys_of(criterion), given.answers),
        "".join(controls),
        question_rows.of(criterion, given) if criterion.questions else "",
        _reasons(sha256, criterion, language, gate, given),
        _cached(sha256, "_wanted.html", language, key, missing)[0] if criterion.evidence else "",
        _chips(titles),
        f"{given.add_url}?item={criterion.id}&amp;next={given.here}%23{criterion.id}",
    )


def _reasons(sha256: str, criterion: Criterion, language: str, gate: bool, given: Given) -> str:
    part = part_of(criterion.id, "justification", given.answers.get(criterion.id), given.errors, given.typed)
    if part.rivals:
        return said_rivals(gettext("Reasons"), part)
    wrong = " field-wrong" if part.error else ""
    pieces = _cached(sha256, "_reasons.html", language, _Key(criterion), (gate,))
    return filled(pieces, wrong, said_error(part.error), escape(part.value))


def _chips(titles: list[str]) -> str:
    """The evidence that is linked; the titles are escaped already."""
    named = "".join([f"<li>{one}</li>" for one in titles[:MOST_CHIPS]])
    more = f"<li>+{len(titles) - MOST_CHIPS}</li>" if len(titles) > MOST_CHIPS else ""
    return f'<ul class="pieces">{named}{more}</ul>' if titles else ""


@dataclass(frozen=True)
class Sheet:
    """A group of questions of the profile."""

    title: str
    text: Text | None
    drafted: bool
    rows: list[SafeString]


def profile_sheets(form: Form, given: Given) -> list[Sheet]:
    """The questions of the profile as HTML, by group."""
    language = get_language() or "th"
    return [
        Sheet(
            group.title.say(language),
            group.text,
            group.provenance.drafted,
            [_profile_row(one, form, given) for one in group.questions],
        )
        for group in form.groups
    ]


def _profile_row(question: Question, form: Form, given: Given) -> SafeString:
    item = profile.item_of(question)
    remark = given.remarks.get(item)
    parts = [
        format_html('<div class="item-field" id="{}-field" data-question-box>', item),
        said_remark(remark) if remark else "",
        said_copied(item, (item,), given.answers),
        question_rows.row(item, question, form.questions, given, prefix=profile.PREFIX),
        "</div>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 - all escaped


class _Key:
    """Lets a criterion (which holds a mapping) be a key of the cache by its id; the standard's hash stands beside it."""

    def __init__(self, criterion: Criterion) -> None:
        self.criterion = criterion

    def __hash__(self) -> int:
        return hash(self.criterion.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.criterion.id == self.criterion.id


@lru_cache(maxsize=8192)
def _cached(sha256: str, template: str, language: str, key: _Key, more: tuple[Any, ...]) -> tuple[SafeString, ...]:
    """A template of a criterion, rendered once per standard, language and `more`; cut at its slots."""
    criterion = key.criterion
    context: dict[str, Any] = {"criterion": criterion, "title": criterion.title.say(language)}
    if template == "_row.html":
        context |= {"gate": more[0], "intro": _intro(criterion, language)}
    elif template == "_reasons.html":
        context["gate"] = more[0]
    elif template == "_wanted.html":
        lacking = dict(more)
        context["wanted"] = [
            (one, one.title.say(language), one.id not in lacking, lacking.get(one.id)) for one in criterion.evidence
        ]
        context["months"] = criterion.evidence_age_months
    else:
        context |= _control(criterion, more[0], more[1], language)
    return frame(f"applications/{template}", context)


def _intro(criterion: Criterion, language: str) -> str:
    context = {
        "criterion": criterion,
        "title": criterion.title.say(language),
        "guidance": criterion.guidance.say(language),
        "points": shown(criterion.points),
        "rubric": [(shown(band.score), band.text.say(language)) for band in criterion.rubric],
    }
    return render_to_string("applications/_intro.html", context)


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
