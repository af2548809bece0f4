"""What a schema cannot see in a standard: ids used twice, names that lead nowhere, sums and bands that do
not fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from saduak.packs import lineage, question_checks
from saduak.packs.mistakes import Mistake, quoted
from saduak.packs.yaml_source import Node


def check(node: Node, *, whole: bool = True) -> list[Mistake]:
    """Every mistake of sense in the standard at ``node``, which already follows its schema. ``whole``: nothing was left out
    of it, so that sums can be told.
    """
    return [
        *_ids(node),
        *_names(node),
        *_replaces(node),
        *_numbers(node),
        *(_sums(node) if whole else ()),
        *_levels(node),
        *_scoring(node),
        *_questions(node),
        *sources(node),
    ]


def sources(node: Node) -> Iterator[Mistake]:
    """Every source named in a provenance, anywhere in a pack, must be listed under ``sources``."""
    listed = node.get("sources")
    known = set(listed.value) if listed is not None else set()
    yield from _sources_below(node, known)


def _sources_below(node: Node, known: set[str]) -> Iterator[Mistake]:
    if isinstance(node.value, list):
        for one in node.value:
            yield from _sources_below(one, known)
    elif isinstance(node.value, dict):
        source, kind = node.get("source"), node.get("kind")
        if source is not None and kind is not None and source.value not in known:
            name = quoted(source.value)
            yield node.mistake(
                f"ไม่มีแหล่งที่มา “{name}” ใน sources", f"the source “{name}” is not listed in sources", "source"
            )
        for one in node.value.values():
            yield from _sources_below(one, known)


def _value(node: Node, key: str, otherwise: Any = None) -> Any:
    found = node.get(key)
    return otherwise if found is None else found.value


def _list(node: Node, key: str) -> list[Node]:
    found = node.get(key)
    return found.items() if found is not None else []


def _decimal(node: Node, key: str, otherwise: int = 0) -> Decimal:
    return Decimal(str(_value(node, key, otherwise)))


def _sub_items(criterion: Node) -> list[Node]:
    scoring = criterion.get("scoring")
    return _list(scoring, "sub_items") if scoring is not None else []


def _ids(node: Node) -> Iterator[Mistake]:
    """Criteria, sub-items and questions share one space of ids, because all take answers; other lists have one each."""
    marked = [
        one
        for criterion in _list(node, "criteria")
        for one in (criterion, *_sub_items(criterion), *_list(criterion, "questions"))
    ]
    yield from repeated(marked)
    for key in ("parts", "sides", "levels", "rubrics"):
        yield from repeated(_list(node, key))
    for criterion in _list(node, "criteria"):
        yield from repeated(_list(criterion, "evidence"))
    retired = set((_value(node, "retired_ids") and [one.value for one in _list(node, "retired_ids")]) or [])
    for one in marked:
        if _value(one, "id") in retired:
            th, en = "รหัสนี้เลิกใช้แล้ว ห้ามนำกลับมาใช้", "this id is retired and must not be used again"
            yield one.mistake(f"“{_value(one, 'id')}”: {th}", f"“{_value(one, 'id')}”: {en}", "id")


def _questions(node: Node) -> Iterator[Mistake]:
    for criterion in _list(node, "criteria"):
        yield from question_checks.check(_list(criterion, "questions"))
        yield from question_checks.purposes(_list(criterion, "questions"), known=False)


def _replaces(node: Node) -> Iterator[Mistake]:
    """Whoever follows ``replaces`` must come to an end."""
    marked = [
        one
        for criterion in _list(node, "criteria")
        for one in (criterion, *_sub_items(criterion), *_list(criterion, "questions"))
    ]
    owners = {_value(one, "id"): one for one in marked}
    for name, way in lineage.loops(node.plain()):
        yield owners[name].mistake(f"“replaces” วนกลับ: {way}", f"“replaces” leads back to itself: {way}", "replaces")


def repeated(entries: list[Node]) -> Iterator[Mistake]:
    """A mistake for every entry whose id an earlier one has."""
    first: dict[str, str] = {}
    for one in entries:
        name = _value(one, "id")
        file, line = one.at(["id"])
        if name in first:
            yield one.mistake(
                f"รหัส “{name}” ซ้ำกับ {first[name]}", f"the id “{name}” is already used at {first[name]}", "id"
            )
        first.setdefault(name, f"{file}:{line}")


def _names(node: Node) -> Iterator[Mistake]:
    """Parts, sides and rubrics that criteria name must exist."""
    for key, owner in (("part", "parts"), ("side", "sides"), ("rubric", "rubrics")):
        known = [_value(one, "id") for one in _list(node, owner)]
        for criterion in _list(node, "criteria"):
            named = _value(criterion, key)
            if named is not None and named not in known:
                shown, options = quoted(named), ", ".join(known) or "–"
                th, en = f"ไม่มี {key} “{shown}” (มี: {options})", f"there is no {key} “{shown}” (known: {options})"
                yield criterion.mistake(th, en, key)


def _numbers(node: Node) -> Iterator[Mistake]:
    """Within one numbering each number stands once; a number of a side begins with the side's number."""
    rows = {_value(part, "id"): _value(part, "numbering", _value(part, "id")) for part in _list(node, "parts")}
    side_numbers = {_value(side, "id"): _value(side, "number") for side in _list(node, "sides")}
    first: dict[tuple[str, str], str] = {}
    for one in _list(node, "criteria"):
        number, row = _value(one, "number"), rows.get(_value(one, "part"), "")
        file, line = one.at(["number"])
        if (row, number) in first:
            there = first[row, number]
            yield one.mistake(
                f"เลขข้อ {number} ซ้ำกับ {there}", f"the number {number} is already used at {there}", "number"
            )
        first.setdefault((row, number), f"{file}:{line}")
        side = side_numbers.get(_value(one, "side"))
        if side is not None and number.split(".")[0] != side:
            th = f"ข้อ {number} อยู่ในด้านที่ {side} จึงต้องขึ้นต้นด้วย {side}."
            yield one.mistake(th, f"number {number} belongs to side {side} and must begin with {side}.", "number")


def _sums(node: Node) -> Iterator[Mistake]:
    total = Decimal(0)
    for place, part in enumerate(_list(node, "parts")):
        name = _value(part, "id")
        mine = [one for one in _list(node, "criteria") if _value(one, "part") == name]
        points = sum((_decimal(one, "points") for one in mine), Decimal(0))
        if len(mine) != _value(part, "items"):
            th, en = f"ส่วน “{name}” มี {len(mine)} ข้อ", f"part “{name}” has {len(mine)} criteria"
            wanted = _value(part, "items")
            yield node.mistake(f"{th} แต่ระบุไว้ {wanted}", f"{en}, but says {wanted}", "parts", place, "items")
        if points != _decimal(part, "points"):
            th, en = f"ส่วน “{name}” รวมได้ {points} คะแนน", f"part “{name}” comes to {points} points"
            wanted = _value(part, "points")
            yield node.mistake(f"{th} แต่ระบุไว้ {wanted}", f"{en}, but says {wanted}", "parts", place, "points")
        if _value(part, "gate") and points:
            yield node.mistake("ส่วนบังคับไม่มีคะแนน", "a gate has no points", "parts", place, "points")
        total += points * _decimal(part, "weight", 1)
    if total != _decimal(node, "total"):
        wanted = _value(node, "total")
        th, en = (
            f"ทุกส่วนรวมได้ {total} คะแนน แต่ระบุไว้ {wanted}",
            f"the parts come to {total} points, but total says {wanted}",
        )
        yield node.mistake(th, en, "total")


def _levels(node: Node) -> Iterator[Mistake]:
    levels = _list(node, "levels")
    for place, level in enumerate(levels):
        lower, last = _decimal(level, "from"), place == len(levels) - 1
        if lower > _decimal(node, "total"):
            yield level.mistake("เริ่มสูงกว่าคะแนนเต็ม", "begins above the highest total", "from")
        if last and level.get("below") is not None:
            yield level.mistake("ระดับสูงสุดไม่มี below", "the highest level has no below", "below")
        if not last:
            following = _decimal(levels[place + 1], "from")
            below = level.get("below")
            if below is None or Decimal(str(below.value)) != following or following <= lower:
                th = f"ช่วงคะแนนต้องต่อกันและเพิ่มขึ้น: below ต้องเท่ากับ from ของระดับถัดไป ({following})"
                en = f"bands must rise without a gap: below must be the next level's from ({following})"
                yield level.mistake(th, en, "below")


def _scoring(node: Node) -> Iterator[Mistake]:
    gates = {_value(part, "id") for part in _list(node, "parts") if _value(part, "gate")}
    for criterion in _list(node, "criteria"):
        scoring = criterion.value["scoring"]
        kind, points = _value(scoring, "type"), _decimal(criterion, "points")
        if _value(criterion, "part") in gates:
            if kind != "yes_no":
                yield criterion.mistake("ข้อบังคับต้องเป็น yes_no", "an item of a gate must be yes_no", "scoring", "type")
            continue
        if points <= 0:
            yield criterion.mistake("ข้อที่ให้คะแนนต้องมากกว่า 0", "a scored criterion needs points", "points")
        if kind == "sub_items":
            subs = _sub_items(criterion)
            inner = sum((_decimal(one, "points") for one in subs), Decimal(0))
            if inner != points:
                th, en = (
                    f"ข้อย่อยรวมได้ {inner} คะแนน แต่ข้อนี้ {points}",
                    f"its sub-items come to {inner} points, not {points}",
                )
                yield criterion.mistake(th, en, "points")
            for one in subs:
                yield from _mark(one, one.value["scoring"], _decimal(one, "points"))
        else:
            yield from _mark(criterion, scoring, points)


def _mark(owner: Node, scoring: Node, points: Decimal) -> Iterator[Mistake]:
    kind = _value(scoring, "type")
    if kind == "score" and points % _decimal(scoring, "step") != 0:
        step = _value(scoring, "step")
        th, en = f"คะแนนเต็ม {points} แบ่งเป็นขั้นละ {step} ไม่ลงตัว", f"{points} points do not divide into steps of {step}"
        yield owner.mistake(th, en, "scoring", "step")
    if kind == "bands":
        scores = [_decimal(one, "score") for one in _list(scoring, "bands")]
        if scores != sorted(set(scores)) or scores[0] != 0 or scores[-1] != points:
            th = f"คะแนนต้องเรียงจาก 0 ถึง {points} โดยไม่ซ้ำ"
            yield owner.mistake(th, f"scores must rise from 0 to {points} without repeating", "scoring", "bands")
