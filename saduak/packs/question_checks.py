"""What a schema cannot see in a list of questions: limits that a type has no use for, ids used twice, conditions that never hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from saduak.packs.mistakes import Mistake, quoted
from saduak.packs.question_types import OF_CELLS
from saduak.packs.yaml_source import Node

#: purpose → the types of question that can serve it.
_SERVES = {
    "address": ("text", "long_text"),
    "place": ("place",),
    "hours": ("text", "long_text"),
    "phone": ("text",),
    "email": ("text",),
}
#: type → the keys it takes besides id, type, title, hint, required and applies_when, and those it cannot be without.
_LIMITS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "yes_no": (frozenset(), frozenset()),
    "one_of": (frozenset({"options"}), frozenset({"options"})),
    "some_of": (frozenset({"options", "minimum", "maximum"}), frozenset({"options"})),
    "number": (frozenset({"unit", "minimum", "maximum", "step"}), frozenset()),
    "date": (frozenset({"earliest", "latest"}), frozenset()),
    "text": (frozenset({"length", "format"}), frozenset()),
    "long_text": (frozenset({"length"}), frozenset()),
    "file": (frozenset({"accepts", "minimum", "maximum"}), frozenset()),
    "table": (frozenset({"columns", "minimum", "maximum"}), frozenset({"columns"})),
    "place": (frozenset({"within"}), frozenset()),
}
_ALWAYS = frozenset({"id", "type", "title", "hint", "required", "applies_when", "formerly", "replaces", "purpose"})


def check(questions: list[Node]) -> Iterator[Mistake]:
    """Every mistake of sense in a list of questions that follows its schema. Ids are checked by whoever knows all of them."""
    earlier: dict[str, Node] = {}
    for one in questions:
        yield from _limits(one)
        yield from _span(one)
        yield from _options(one)
        yield from _columns(one)
        yield from _condition(one, earlier)
        earlier[str(_plain(one, "id"))] = one


def purposes(questions: list[Node], *, known: bool) -> Iterator[Mistake]:
    """A purpose is served by one question of a fitting type, and only where the software asks for it (``known``)."""
    taken: set[str] = set()
    for one in questions:
        purpose, kind = _plain(one, "purpose"), _plain(one, "type")
        if purpose is None:
            continue
        if not known:
            yield one.mistake(
                "purpose ใช้ได้เฉพาะในแบบ (form)", "a purpose belongs to questions of forms only", "purpose"
            )
        elif kind not in _SERVES[purpose]:
            fitting = ", ".join(_SERVES[purpose])
            th, en = (
                f"purpose “{purpose}” ใช้กับคำถามชนิด {fitting}",
                f"the purpose “{purpose}” wants a question of type {fitting}",
            )
            yield one.mistake(th, en, "purpose")
        elif purpose in taken:
            yield one.mistake(f"purpose “{purpose}” ซ้ำ", f"the purpose “{purpose}” is served already", "purpose")
        taken.add(purpose)


def _plain(node: Node, key: str) -> Any:
    found = node.get(key)
    return None if found is None else found.plain()


def _limits(node: Node) -> Iterator[Mistake]:
    kind = _plain(node, "type")
    takes, needs = _LIMITS[kind]
    for key in node.value:
        if key not in takes | _ALWAYS:
            yield node.mistake(
                f"คำถามชนิด {kind} ใช้ “{key}” ไม่ได้", f"a question of type {kind} has no use for “{key}”", key
            )
    former = _plain(node, "formerly")
    if former is not None and len(former) != (2 if kind == "place" else 1):
        th = "formerly ของ place ระบุสองรหัส (ละติจูด ลองจิจูด) ของชนิดอื่นหนึ่งรหัส"
        en = "formerly names two ids for a place (latitude, longitude) and one for any other"
        yield node.mistake(th, en, "formerly")
    for key in sorted(needs):
        if node.get(key) is None:
            yield node.mistake(f"คำถามชนิด {kind} ต้องมี “{key}”", f"a question of type {kind} needs “{key}”", "type")


def _span(node: Node) -> Iterator[Mistake]:
    low, high = _plain(node, "minimum"), _plain(node, "maximum")
    if low is not None and high is not None and Decimal(str(low)) > Decimal(str(high)):
        yield node.mistake("minimum มากกว่า maximum", "minimum is more than maximum", "minimum")
    days = []
    for key in ("earliest", "latest"):
        given = _plain(node, key)
        try:
            days.append(date.fromisoformat(given) if given else None)
        except ValueError:
            yield node.mistake(f"ไม่มีวันที่ “{quoted(given)}”", f"there is no such day: “{quoted(given)}”", key)
            return
    if days[0] and days[1] and days[0] > days[1]:
        yield node.mistake("earliest อยู่หลัง latest", "earliest is after latest", "earliest")


def _options(node: Node) -> Iterator[Mistake]:
    options = node.get("options")
    seen: set[str] = set()
    for one in options.items() if options is not None else ():
        name = str(_plain(one, "id"))
        if name in seen:
            yield one.mistake(f"รหัส “{name}” ซ้ำ", f"the id “{name}” is used twice", "id")
        seen.add(name)


def _columns(node: Node) -> Iterator[Mistake]:
    columns = node.get("columns")
    seen: set[str] = set()
    for one in columns.items() if columns is not None else ():
        name, kind = str(_plain(one, "id")), _plain(one, "type")
        if name in seen:
            yield one.mistake(f"รหัส “{name}” ซ้ำ", f"the id “{name}” is used twice", "id")
        seen.add(name)
        if kind not in OF_CELLS:
            known = ", ".join(sorted(OF_CELLS))
            yield one.mistake(f"คอลัมน์ใช้ได้เฉพาะชนิด {known}", f"a column may be of type {known}", "type")
        for key in ("purpose", "replaces", "formerly"):
            if one.get(key) is not None:
                yield one.mistake(f"คอลัมน์ใช้ “{key}” ไม่ได้", f"a column has no use for “{key}”", key)
        if one.get("applies_when") is not None:
            yield one.mistake("คอลัมน์มีเงื่อนไขไม่ได้", "a column has no condition", "applies_when")
        yield from check([one]) if kind in OF_CELLS and one.get("applies_when") is None else ()


def _condition(node: Node, earlier: dict[str, Node]) -> Iterator[Mistake]:
    when = node.get("applies_when")
    if when is None:
        return
    asked = earlier.get(str(_plain(when, "question")))
    if asked is None or _plain(asked, "type") not in ("yes_no", "one_of", "some_of"):
        known = ", ".join(
            name for name, one in earlier.items() if _plain(one, "type") in ("yes_no", "one_of", "some_of")
        )
        th, en = (
            "ต้องเป็นคำถามแบบเลือกตอบที่อยู่ก่อนหน้า",
            "must name an earlier question of this list with answers to choose from",
        )
        yield when.mistake(f"{th} (มี: {known or '–'})", f"{en} (known: {known or '–'})", "question")
        return
    options = asked.get("options")
    codes = ["yes", "no"] if options is None else [str(_plain(one, "id")) for one in options.items()]
    for place, one in enumerate(_plain(when, "one_of")):
        if one not in codes:
            th, en = f"ไม่มีคำตอบ “{quoted(one)}”", f"there is no answer “{quoted(one)}”"
            yield when.mistake(f"{th} (มี: {', '.join(codes)})", f"{en} (known: {', '.join(codes)})", "one_of", place)
