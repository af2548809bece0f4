"""Holds a pack against its JSON Schema, and says in Thai and English what does not fit, with the line of it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from saduak.packs.mistakes import SHOWN_AT_MOST, Mistake, quoted
from saduak.packs.yaml_source import Node

FOLDER = Path(__file__).resolve().parents[2] / "packs" / "schema"
#: Kinds of pack, each with a schema of that name.
KINDS = ("standard", "round", "letter", "form", "survey")

_TYPES = {
    "object": ("ชุดของคีย์และค่า", "a set of keys and values"),
    "array": ("รายการ (ขึ้นต้นด้วย -)", "a list (lines that begin with -)"),
    "string": ("ข้อความ", "a text"),
    "integer": ("จำนวนเต็ม", "a whole number"),
    "number": ("ตัวเลข", "a number"),
    "boolean": (" true หรือ false", "true or false"),
}
_PATTERNS = {
    r"\S": ("ต้องไม่เว้นว่าง", "must not be blank"),
    r"^\S[^\n]*$": ("ต้องเป็นข้อความบรรทัดเดียวและไม่เว้นว่าง", "must be one line and not blank"),
    r"^[a-z][a-z0-9]*([-_.][a-z0-9]+)*$": (
        "ต้องเป็นรหัส คือ อักษรอังกฤษตัวเล็ก ตัวเลข และขีด เช่น item-1",
        "must be an id: small Latin letters, digits and hyphens, such as item-1",
    ),
    r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*){1,3}$": (
        "ต้องเป็นรหัสของชุดข้อมูล เช่น gecc/standards/2568",
        "must be the id of a pack, such as gecc/standards/2568",
    ),
    r"^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$": ("ต้องเป็นเลขข้อ เช่น 2.12", "must be a number of an item, such as 2.12"),
    r"^[A-Z][A-Z0-9-]*$": (
        "ต้องเป็นรหัสของแหล่งที่มา คือ อักษรอังกฤษตัวพิมพ์ใหญ่และตัวเลข เช่น KTLTC",
        "must be the key of a source: capital letters and digits, such as KTLTC",
    ),
    r"^[A-Z][A-Z0-9_]*$": ("ต้องเป็นอักษรอังกฤษตัวพิมพ์ใหญ่", "must be written in capital letters, such as CENTRE"),
    r"^https?://\S+$": ("ต้องเป็นที่อยู่เว็บที่ขึ้นต้นด้วย https://", "must be a web address that begins with https://"),
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": ("ต้องเป็นวันที่แบบ 2022-01-31", "must be a day such as 2022-01-31"),
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$": (
        "ต้องเป็นวันและเวลาแบบ 2022-03-01T00:00",
        "must be a day and time such as 2022-03-01T00:00",
    ),
}


@lru_cache(maxsize=8)
def _validator(kind: str) -> Draft202012Validator:
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
    resources = [(name, Resource.from_contents(one)) for name, one in schemas.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(schemas[f"{kind}.json"], registry=registry)


def check(node: Node, kind: str) -> list[Mistake]:
    """Every place where the pack at ``node`` departs from the schema of its ``kind``."""
    found: list[Mistake] = []
    for mistake in _mistakes(node, _validator(kind).iter_errors(node.plain())):
        found.append(mistake)
        if len(found) >= SHOWN_AT_MOST:
            break
    return found


def faulty(node: Node, kind: str, key: str) -> set[int] | None:
    """The places of the entries of the list ``key`` that depart from the schema; None when anything else does."""
    places = set()
    for error in _validator(kind).iter_errors(node.plain()):
        path = list(error.absolute_path)
        if len(path) < 2 or path[0] != key or not isinstance(path[1], int):
            return None
        places.add(path[1])
    return places


def _mistakes(node: Node, errors: Iterable[ValidationError]) -> Iterator[Mistake]:
    for error in errors:
        # "if … then", "allOf" and the like are only brackets around what is really wrong.
        if error.context:
            yield from _mistakes(node, error.context)
        else:
            yield from _said(node, error)


def _said(node: Node, error: ValidationError) -> Iterator[Mistake]:
    path = list(error.absolute_path)
    if error.validator == "additionalProperties":
        yield from _unknown_keys(node, path, error)
        return
    where_th, where_en = _named(path)
    th, en = _reason(error)
    yield node.mistake(f"{where_th}{th}", f"{where_en}{en}", *path)


def _unknown_keys(node: Node, path: list[str | int], error: ValidationError) -> Iterator[Mistake]:
    known = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key in known:
            continue
        near = difflib.get_close_matches(key, known, n=1)
        hint_th = f" หมายถึง “{near[0]}” หรือไม่" if near else f" ใช้ได้: {', '.join(known)}"
        hint_en = f"; did you mean “{near[0]}”?" if near else f"; known are: {', '.join(known)}"
        shown = quoted(key)
        yield node.mistake(f"ไม่รู้จักคีย์ “{shown}”{hint_th}", f"unknown key “{shown}”{hint_en}", *path, key)


def _named(path: list[str | int]) -> tuple[str, str]:
    name = next((step for step in reversed(path) if isinstance(step, str)), None)
    return (f"“{quoted(name)}” ", f"“{quoted(name)}” ") if name else ("", "")


def _reason(error: ValidationError) -> tuple[str, str]:
    rule, wanted, given = error.validator, error.validator_value, error.instance
    match rule:
        case "required":
            missing = [key for key in wanted if key not in given]
            shown = ", ".join(f"“{key}”" for key in missing)
            return f"ขาดคีย์ {shown}", f"lacks the key {shown}"
        case "type":
            th, en = _TYPES.get(str(wanted), (str(wanted), str(wanted)))
            return f"ต้องเป็น{th} แต่พบ {quoted(given)}", f"must be {en}, but is {quoted(given)}"
        case "enum":
            shown = ", ".join(map(str, wanted))
            return (
                f"ต้องเป็นหนึ่งใน {shown} แต่พบ {quoted(given)}",
                f"must be one of {shown}, but is {quoted(given)}",
            )
        case "const":
            return f"ต้องเป็น {wanted} แต่พบ {quoted(given)}", f"must be {wanted}, but is {quoted(given)}"
        case "pattern":
            fallback = (f"ต้องเขียนตามรูปแบบ {wanted}", f"must be written as {wanted}")
            th, en = _PATTERNS.get(str(wanted), fallback)
            return f"{th} แต่พบ {quoted(given)}", f"{en}, but is {quoted(given)}"
        case "minimum" | "exclusiveMinimum":
            return f"น้อยเกินไป ({quoted(given)})", f"is too small ({quoted(given)})"
        case "maximum":
            return (
                f"ต้องไม่เกิน {wanted} แต่พบ {quoted(given)}",
                f"must be at most {wanted}, but is {quoted(given)}",
            )
        case "maxLength":
            return f"ยาวเกิน {wanted} ตัวอักษร", f"is longer than {wanted} characters"
        case "minItems":
            return f"ต้องมีอย่างน้อย {wanted} รายการ", f"needs at least {wanted} entries"
        case "maxItems":
            return f"มีได้ไม่เกิน {wanted} รายการ", f"may have at most {wanted} entries"
        case "uniqueItems":
            return "มีรายการซ้ำกัน", "lists the same thing twice"
        case "not":
            return "มีคีย์ที่ใช้พร้อมกันไม่ได้", "has keys that exclude each other"
        case _:
            return f"ไม่ถูกต้องตามกฎ {rule}", f"does not follow the rule {rule}"
