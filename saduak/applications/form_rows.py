"""The rows of the form as a template shows them. What does not change is rendered once per standard and language, so that
a page of 50 items costs little more than a table of 50 rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from saduak.applications import profile, question_rows, questionnaire
from saduak.applications.form_parts import Given, part_of, said_copied, said_error, said_remark, said_rivals
from saduak.applications.progress import kinds_by_criterion
from saduak.applications.questionnaire import Section
from saduak.applications.weaving import filled, frame
from saduak.packs import question_fields
from saduak.packs.criteria import Criterion
from saduak.packs.scoring import shown

MOST_RADIOS = 7
MOST_CHIPS = 4
MOST_KEPT = 20
_AXES = ("latitude", "longitude")


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


def profile_rows(given: Given) -> list[tuple[Any, list[SafeString]]]:
    """The fields of the profile as HTML, by group."""
    language = get_language() or "th"
    made: list[tuple[Any, list[SafeString]]] = []
    for group, title in profile.GROUPS:
        fields = [one for one in profile.FIELDS if one.group == group]
        rows = {one.type if one.type in _AXES else one.key: _field(one, language, given) for one in fields}
        if all(axis in rows for axis in _AXES):  # both numbers stand together, with the picture that shows where it is
            rows = {
                key: _place_of([rows[axis] for axis in _AXES], given) if key == _AXES[0] else row
                for key, row in rows.items()
                if key != _AXES[1]
            }
        made.append((title, list(rows.values())))
    return made


def _place_of(fields: list[SafeString], given: Given) -> SafeString:
    degrees = [
        part_of(one.item, "value", given.answers.get(one.item), given.errors, given.typed).value
        for axis in _AXES
        for one in profile.FIELDS
        if one.type == axis
    ]
    picture = question_fields.picture(*degrees, given.province)
    return render_to_string(
        "applications/_profile_place.html", {"fields": fields, "map": picture, "base": "profile.place"}
    )


def _field(one: profile.Field, language: str, given: Given) -> SafeString:
    part = part_of(one.item, "value", given.answers.get(one.item), given.errors, given.typed)
    remark = given.remarks.get(one.item)
    copied = said_copied(one.item, (one.item,), given.answers)
    head = [filled(_place(), one.item), said_remark(remark) if remark else "", copied]
    if part.rivals:
        part.shown = profile.shown(one, part.value)
        for rival in part.rivals:
            rival.content = profile.shown(one, rival.raw)
        return mark_safe("".join([*head, said_rivals(str(one.label), part), "</div>"]))  # noqa: S308 - all escaped
    wrong = " field-wrong" if part.error else ""
    if one.type == "some_of":
        chosen = part.value or ()
        values = [" checked" if code in chosen else "" for code, _label in one.options]
    else:
        values = ["" if part.value is None else escape(part.value)]
    body = filled(_profile_frame(one, language), wrong, said_error(part.error), *values)
    return mark_safe("".join([*head, body, "</div>"]))  # noqa: S308 - all escaped


@lru_cache(maxsize=256)
def _profile_frame(one: profile.Field, language: str) -> tuple[SafeString, ...]:
    return frame("applications/_profile_field.html", {"field": one, "language": language})


@lru_cache(maxsize=1)
def _place() -> tuple[SafeString, ...]:
    return SafeString('<div class="item-field" id="'), SafeString('">')


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
