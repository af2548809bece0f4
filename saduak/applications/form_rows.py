"""The rows of the form as a template shows them. What does not change is rendered once per standard and language, so that
a page of 50 items costs little more than a table of 50 rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from saduak.applications import profile, questionnaire
from saduak.applications.models import Remark
from saduak.applications.progress import Answered, Piece, kinds_by_criterion
from saduak.applications.questionnaire import Section
from saduak.applications.weaving import filled, frame
from saduak.packs.criteria import Criterion
from saduak.packs.scoring import shown

MOST_RADIOS = 7
MOST_CHIPS = 4
MOST_KEPT = 20


@dataclass
class Rival:
    """What somebody else wrote at the same time; `choice` is what the button sends to choose it."""

    content: str
    by: str
    at: str
    choice: str
    raw: Any = None


@dataclass
class Part:
    """One thing to answer: name of its input, what stands in it, and what is wrong with it."""

    name: str
    value: Any
    error: Any = ""
    rivals: list[Rival] = field(default_factory=list)
    stands: str = ""  # the choice that keeps what stands
    stands_by: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Given:
    """All that a page of the form shows besides the standard. typed: what could not be kept, shown again beside its
    error ("<item>.<part>"); add_url: where evidence is added, here: the page itself, both addresses of ours
    that need no quoting.
    """

    answers: Mapping[str, Answered]
    evidence: Iterable[Piece]
    add_url: str
    here: str
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    errors: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


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
        part = _part(item, "value", given.answers.get(item), given.errors, given.typed)
        if part.rivals:
            controls.append(_rivals(gettext("Answer"), part))
            continue
        if part.error:
            controls.append(_error(part.error))
        value = "" if part.value is None else str(part.value)
        # Nonsense that was typed is shown again, but not kept for the next reader.
        make = _cached if len(value) <= MOST_KEPT and not part.error else _cached.__wrapped__
        controls.append(make(sha256, "_control.html", language, key, (item, value))[0])
    lacking = questionnaire.wanting(criterion, kinds)
    missing = tuple((wanted.id, count) for wanted, count in lacking)
    remark = given.remarks.get(criterion.id)
    return filled(
        _cached(sha256, "_row.html", language, key, (gate,)),
        (_remark(remark) if remark else "") + _copied_from(criterion.id, keys_of(criterion), given.answers),
        "".join(controls),
        _reasons(sha256, criterion, language, gate, given),
        _cached(sha256, "_wanted.html", language, key, missing)[0] if criterion.evidence else "",
        _chips(titles),
        f"{given.add_url}?item={criterion.id}&amp;next={given.here}%23{criterion.id}",
    )


def _reasons(sha256: str, criterion: Criterion, language: str, gate: bool, given: Given) -> str:
    part = _part(criterion.id, "justification", given.answers.get(criterion.id), given.errors, given.typed)
    if part.rivals:
        return _rivals(gettext("Reasons"), part)
    wrong = " field-wrong" if part.error else ""
    pieces = _cached(sha256, "_reasons.html", language, _Key(criterion), (gate,))
    return filled(pieces, wrong, _error(part.error), escape(part.value))


def _chips(titles: list[str]) -> str:
    """The evidence that is linked; the titles are escaped already."""
    named = "".join([f"<li>{one}</li>" for one in titles[:MOST_CHIPS]])
    more = f"<li>+{len(titles) - MOST_CHIPS}</li>" if len(titles) > MOST_CHIPS else ""
    return f'<ul class="pieces">{named}{more}</ul>' if titles else ""


def _error(sentence: Any) -> str:
    return f'<p class="field-error">{escape(sentence)}</p>' if sentence else '<p class="field-error" hidden></p>'


def _rivals(label: str, part: Part) -> str:
    return render_to_string("applications/_rivals.html", {"label": label, "part": part})


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _part(
    item: str,
    part: str,
    answer: Answered | None,
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
            Rival(_said(one["content"]), one["by"], one["at"], f"{item}|{part}|{place}", one["content"])
            for place, one in enumerate(mine)
        ]
        made.stands, made.shown = f"{item}|{part}|", _said(stands)
        made.stands_by = mine[0]["beside"] if mine else ""
    return made


def profile_rows(given: Given) -> list[tuple[Any, list[SafeString]]]:
    """The fields of the profile as HTML, by group."""
    language = get_language() or "th"
    return [
        (title, [_field(one, language, given) for one in profile.FIELDS if one.group == group])
        for group, title in profile.GROUPS
    ]


def _field(one: profile.Field, language: str, given: Given) -> SafeString:
    part = _part(one.item, "value", given.answers.get(one.item), given.errors, given.typed)
    remark = given.remarks.get(one.item)
    copied = _copied_from(one.item, (one.item,), given.answers)
    head = [filled(_place(), one.item), _remark(remark) if remark else "", copied]
    if part.rivals:
        part.shown = profile.shown(one, part.value)
        for rival in part.rivals:
            rival.content = profile.shown(one, rival.raw)
        return mark_safe("".join([*head, _rivals(str(one.label), part), "</div>"]))  # noqa: S308 - all escaped
    wrong = " field-wrong" if part.error else ""
    if one.type == "some_of":
        chosen = part.value or ()
        values = [" checked" if code in chosen else "" for code, _label in one.options]
    else:
        values = ["" if part.value is None else escape(part.value)]
    body = filled(_profile_frame(one, language), wrong, _error(part.error), *values)
    return mark_safe("".join([*head, body, "</div>"]))  # noqa: S308 - all escaped


@lru_cache(maxsize=256)
def _profile_frame(one: profile.Field, language: str) -> tuple[SafeString, ...]:
    return frame("applications/_profile_field.html", {"field": one, "language": language})


@lru_cache(maxsize=1)
def _place() -> tuple[SafeString, ...]:
    return SafeString('<div class="item-field" id="'), SafeString('">')


def _remark(remark: Remark) -> SafeString:
    return render_to_string("applications/_remark.html", {"remark": remark})


def keys_of(criterion: Criterion) -> tuple[str, ...]:
    """The items of a criterion: itself and its sub-items."""
    return (criterion.id, *(sub.id for sub in criterion.sub_items))


def _copied_from(item: str, keys: Iterable[str], answers: Mapping[str, Answered]) -> str:
    """Says that the answer is a copy nobody has looked at yet, with the button that says it still holds."""
    years = [year for key in keys if (answer := answers.get(key)) is not None and (year := answer.copied_from)]
    if not years:
        return ""
    return render_to_string("applications/_copied.html", {"item": item, "year": max(years)})


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
        "text": criterion.text.say(language),
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
