"""What is handed in: plain data, written down in one canonical way, so that its hash can be computed again by anybody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saduak.applications import profile, questionnaire
from saduak.packs.asking import Form
from saduak.packs.standard import Standard

if TYPE_CHECKING:
    from saduak.applications.models import Answer, Application, Evidence
    from saduak.packs.models import PublishedPack


def content_of(
    application: Application,
    standard: Standard,
    form: Form | None,
    answers: Mapping[str, Answer],
    evidence: Iterable[Evidence],
    *,
    office_th: str = "",
) -> dict[str, Any]:
    """The application as it stands: text, integers, booleans and lists only, no float, so that JSON is exact.

    form: that of the profile, None where the round asks for none. Answers to questions that are not asked (any more) stay in the
    draft. office_th: the office the centre belongs to, as it is called when the application is handed in. Evidence in which malware
    was found is left out: nobody could open it.
    """
    centre, pack, profile_pack = application.centre, application.round.standard_pack, application.round.profile_pack
    given = profile.drafted(form, answers)
    values = {item: one.value for item, one in answers.items()}
    items = [item for criterion in standard.criteria for item in questionnaire.counted(criterion, values)]
    named = {"form": _pack(profile_pack)} if profile_pack is not None else {}
    return {
        "number": application.number,
        "round": application.round.code,
        "standard": _pack(pack),
        **named,
        "centre": {
            "code": centre.code,
            "name_th": centre.name_th,
            "name_en": centre.name_en,
            "address_th": centre.address_th,
            "office_th": office_th,
            "province_code": centre.province_code,
            "district_code": centre.district_code,
        },
        "profile": {one.id: given[one.id] for one in profile.asked(form, given) if one.id in given},
        "answers": {
            item: {"value": answers[item].value, "justification": answers[item].justification}
            for item in items
            if item in answers
        },
        "evidence": [_piece(one) for one in evidence if one.usable],
    }


def _pack(pack: PublishedPack) -> dict[str, Any]:
    return {"pack_id": pack.pack_id, "version": pack.version, "sha256": pack.sha256}


def _piece(one: Evidence) -> dict[str, Any]:
    stored = one.stored
    return {
        "id": one.public_id,
        "title": one.title,
        "shows": one.shows,
        "items": sorted(one.items),
        "name": stored.name if stored else "",
        "kind": stored.kind if stored else questionnaire.LINK,
        "sha256": stored.sha256 if stored else "",
        "size": stored.size if stored else 0,
        "content_type": stored.content_type if stored else "",
        "link": one.link,
        "holds_from": one.holds_from.isoformat() if one.holds_from else "",
        "holds_to": one.holds_to.isoformat() if one.holds_to else "",
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces: the bytes that are hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def sha256_of(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True)
class Change:
    """One thing that differs between two submissions. part: value, justification or evidence."""

    item: str
    part: str
    before: Any
    after: Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any], form: Form | None) -> list[Change]:
    """What differs between the contents of two submissions, item by item; form: that of the profile."""
    found = []
    was, now = (profile.values(form, one["profile"]) for one in (before, after))
    for item, question in profile.questions(form).items():
        old, new = was.get(question.id), now.get(question.id)
        if old != new:
            found.append(Change(item, "value", old, new))
    empty = {"value": None, "justification": ""}
    for item in dict.fromkeys([*before["answers"], *after["answers"]]):
        old, new = before["answers"].get(item, empty), after["answers"].get(item, empty)
        found += [
            Change(item, part, old[part], new[part]) for part in ("value", "justification") if old[part] != new[part]
        ]
    return found + _evidence_changes(before["evidence"], after["evidence"])


def _evidence_changes(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[Change]:
    old, new = ({one["id"]: one for one in pieces} for pieces in (before, after))
    found = []
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) == new.get(key):
            continue
        for item in sorted({*old.get(key, {}).get("items", ()), *new.get(key, {}).get("items", ())}) or [""]:
            found.append(Change(item, "evidence", old.get(key), new.get(key)))
    return found
