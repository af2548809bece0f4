"""Everything of an application for reading: one shape for what stands in a draft and for what was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.applications import profile, question_rows, questionnaire
from saduak.applications.ageing import Marks
from saduak.applications.handed_in import Change
from saduak.packs import question_fields
from saduak.packs.asking import Form
from saduak.packs.criteria import Criterion
from saduak.packs.question_fields import Piece
from saduak.packs.scoring import shown
from saduak.packs.standard import Standard


@dataclass
class Read:
    """One criterion as it was answered. marks: (number and title of a sub-item or "", what was answered, maximum)."""

    item: str
    number: str
    title: str
    text: str
    drafted: bool
    marks: list[tuple[str, str, str]]
    justification: str
    evidence: list[Mapping[str, Any]]
    no: bool = False
    details: list[tuple[str, SafeString, bool]] = field(default_factory=list)  # see `details`
    changed: list[dict[str, Any]] = field(default_factory=list)
    remark: Any = None


@dataclass
class ReadSection:
    id: str
    title: str
    rows: list[Read]


def sections(
    standard: Standard, form: Form | None, content: Mapping[str, Any], changes: list[Change] = (), remarks: Mapping[str, Any] | None = None,
    marks: Mapping[str, Marks] | None = None,
) -> list[ReadSection]:  # fmt: skip
    """All criteria with what was answered, section by section; marks: what must be said beside evidence today, by its id."""
    answers, pieces = content["answers"], content["evidence"]
    by_item: dict[str, list[Mapping[str, Any]]] = {}
    for piece in pieces:
        piece = {**piece, "marks": (marks or {}).get(piece["id"])}
        for item in piece["items"]:
            by_item.setdefault(item, []).append(piece)
    made = []
    province = content["centre"]["province_code"]
    base = reverse("applications:evidence", args=[content["number"]])
    for one in questionnaire.sections(standard):
        rows = [_read(criterion, answers, by_item.get(criterion.id, [])) for criterion in one.criteria]
        for row, criterion in zip(rows, one.criteria, strict=True):
            row.details = details(criterion, answers, by_item, province, base) if criterion.questions else []
        for row, criterion in zip(rows, one.criteria, strict=True):
            keys = questionnaire.keys_of(criterion)
            row.changed = [said(change, standard, form) for change in changes if change.item in keys]
            row.remark = next((remark for key, remark in (remarks or {}).items() if key in keys), None)
        made.append(ReadSection(one.id, one.title, rows))
    return made


def _read(criterion: Criterion, answers: Mapping[str, Any], pieces: list[Mapping[str, Any]]) -> Read:
    language = get_language()
    marks = []
    subs = {sub.id: sub for sub in criterion.sub_items}
    for key, scoring in criterion.marked():
        value = answers.get(key, {}).get("value")
        title = f"{subs[key].number} {subs[key].title.say(language)}" if key in subs else ""
        maximum = "" if scoring.type == "yes_no" else shown(scoring.maximum)
        marks.append((title, said_value(value), maximum))
    return Read(
        item=criterion.id,
        number=criterion.number,
        title=criterion.title.say(language),
        text=criterion.text.say(language),
        drafted=criterion.drafted,
        marks=marks,
        justification=answers.get(criterion.id, {}).get("justification", ""),
        evidence=pieces,
        no=any(answers.get(key, {}).get("value") is False for key, _scoring in criterion.marked()),
    )


def details(
    criterion: Criterion,
    answers: Mapping[str, Any],
    pieces: Mapping[str, list[Mapping[str, Any]]],
    province: str,
    base: str = "",
) -> list[tuple[str, SafeString, bool]]:
    """The questions of a criterion that were asked: title, answer as HTML ("" for none), must it be answered? pieces: evidence by
    item; base: address below which files are handed out, "" to show their titles only.
    """
    language = get_language()
    values = {key: one.get("value") for key, one in answers.items()}
    found = []
    for question in questionnaire.asked(criterion, values):
        files = [_file(one, base) for one in pieces.get(question.id, ())]
        answer = question_fields.answered(question, values.get(question.id), province=province, pieces=files)
        found.append((question.title.say(language), answer, question.required))
    return found


def _file(piece: Mapping[str, Any], base: str) -> Piece:
    return Piece(piece["title"], piece["link"] or (f"{base}{piece['id']}/file/" if base else ""), bool(piece["link"]))


def said_value(value: Any) -> str:
    """An answer in words; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes, met") if value else _("No, not yet")
    return str(value)


def profile_rows(form: Form | None, content: Mapping[str, Any], url: str = "", base: str = "") -> list[dict[str, Any]]:
    """The centre's profile as rows of a summary list, as far as it is asked; url: where to change it; base: address below which
    files are handed out, "" to show their titles only.
    """
    language = get_language()
    given = profile.values(form, content["profile"])
    province = content["centre"]["province_code"]
    rows = []
    for one in profile.asked(form, given):
        item = profile.item_of(one)
        pieces = [_file(piece, base) for piece in content["evidence"] if item in piece["items"]]
        answer = question_fields.answered(one, given.get(one.id), province=province, pieces=pieces)
        row: dict[str, Any] = {
            "label": one.title.say(language),
            "value": answer or "–",
            "missing": one.required and not answer,
        }
        if url:
            row |= {"action_url": f"{url}#{item}", "action_label": _("Change")}
        rows.append(row)
    return rows


def said(change: Change, standard: Standard, form: Form | None) -> dict[str, Any]:
    """One change in words: what, before, after."""
    if change.part == "evidence":
        before, after = (one["title"] if one else "" for one in (change.before, change.after))
        what = (
            _("Evidence added") if not before else _("Evidence removed") if not after else _("Evidence described anew")
        )
        return {"item": change.item, "what": what, "before": before, "after": after}
    if change.part == "justification":
        return {"item": change.item, "what": _("Reasons"), "before": change.before, "after": change.after}
    place = questionnaire.places(standard).get(change.item)
    question = place.question if place is not None else profile.questions(form).get(change.item)
    if question is not None:
        before, after = (question_rows.words(question, one) for one in (change.before, change.after))
        return {"item": change.item, "what": question.title.say(get_language()), "before": before, "after": after}
    what = place.sub_item.title.say(get_language()) if place and place.sub_item else _("Answer")
    return {"item": change.item, "what": what, "before": said_value(change.before), "after": said_value(change.after)}
