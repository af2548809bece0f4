"""Every text of a pack with where it stands and where it comes from, and what makes its translation doubtful. Pure.

Both languages are compulsory, so nothing is ever missing outright; what happens instead is that a text is copied from one
language into the other, left half done, or changed on one side only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saduak.packs.criteria import Provenance, origin_of
from saduak.packs.placeholders import names_in
from saduak.packs.text import Text
from saduak.thai.digits import to_arabic

#: What can be doubtful, worst first.
DOUBTS: dict[str, Text] = {
    "same": Text("ข้อความสองภาษาเหมือนกัน", "the same text in both languages"),
    "no_thai": Text("ช่องภาษาไทยไม่มีอักษรไทย", "no Thai letters in the Thai text"),
    "thai_in_english": Text("มีอักษรไทยในข้อความภาษาอังกฤษ", "Thai letters in the English text"),
    "places": Text("ตัวแทนข้อความในวงเล็บปีกกาไม่ตรงกัน", "the places to be filled in differ"),
    "numbers": Text("ตัวเลขสองภาษาไม่ตรงกัน", "the numbers differ"),
    "lines": Text("จำนวนย่อหน้าหรือรายการไม่เท่ากัน", "paragraphs or points differ in number"),
    "length": Text("ความยาวต่างกันมาก อาจแปลไม่ครบ", "very different in length; perhaps part of it is missing"),
}
_THAI = re.compile(r"[\u0e01-\u0e4e]")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_LINES = re.compile(r"^\s*\S", re.MULTILINE)
_SHORT = 80  # characters; short texts may differ much in length
_TIMES = 4
#: Years are written in two eras, and small numbers are often words.
_SMALL = 12
_YEARS = range(1900, 2800)


@dataclass(frozen=True, slots=True)
class Said:
    """One text: ``where`` is its path in the pack, ``key`` the field it belongs to, ``named`` the entry it stands in."""

    where: str
    key: str
    named: Text | None
    text: Text
    origin: Provenance
    doubts: tuple[str, ...]


def texts(content: Mapping[str, Any]) -> list[Said]:
    """Every text of a resolved content, in the order of the pack; provenance notes and titles of sources are left out."""
    return list(_walk(content, (), None, content["provenance"], "", content["kind"] == "letter"))


def _walk(
    value: Any, path: tuple[str, ...], named: Text | None, owner: Mapping[str, Any], field: str, filled: bool
) -> Iterator[Said]:
    if isinstance(value, list):
        for at, one in enumerate(value, 1):
            name = one["id"] if isinstance(one, dict) and "id" in one else str(at)
            yield from _walk(one, (*path, name), named, owner, field, filled)
    elif isinstance(value, dict) and set(value) == {"th", "en"}:
        text = Text.from_json(value)
        origin = origin_of(owner.get("fields", {}).get(field, owner))
        key = next((one for one in reversed(path) if not one.isdigit()), "")
        yield Said(" › ".join(path), key, named, text, origin, tuple(doubts(text, filled=filled)))
    elif isinstance(value, dict):
        if path and "provenance" in value:
            owner, field = value["provenance"], ""
        if path and isinstance(value.get("title"), dict) and ("number" in value or "type" in value):
            number, title = value.get("number", ""), value["title"]
            named = Text(f"{number} {title['th']}".strip(), f"{number} {title['en']}".strip())
        for key, one in value.items():
            if key not in ("provenance", "sources"):
                yield from _walk(one, (*path, key), named, owner, field or key, filled)


def doubts(text: Text, *, filled: bool = False) -> Iterator[str]:
    """What is doubtful about a translation; ``filled`` for texts with places such as {round_year}."""
    th, en = text.th, text.en
    if filled and set(names_in(th)) != set(names_in(en)):
        yield "places"
    if not _LETTER.search(re.sub(r"\{[a-z_]+\}", "", th + en) if filled else th + en):
        return
    if th == en:
        yield "same"
        return
    if not _THAI.search(th):
        yield "no_thai"
    if _THAI.search(en):
        yield "thai_in_english"
    if _numbers(th) != _numbers(en):
        yield "numbers"
    if len(_LINES.findall(th)) != len(_LINES.findall(en)):
        yield "lines"
    short, long = sorted((len(th), len(en)))
    if long > _SHORT and long > _TIMES * short:
        yield "length"


def _numbers(text: str) -> set[str]:
    found = {one.replace(",", "") for one in _NUMBER.findall(to_arabic(text))}
    return {one for one in found if not (one.isdigit() and (int(one) <= _SMALL or int(one) in _YEARS))}
