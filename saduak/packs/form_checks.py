"""What a schema cannot see in a form or a survey: ids used twice, conditions on later questions, an anonymous survey that
asks who answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from saduak.packs import lineage, question_checks
from saduak.packs.mistakes import Mistake
from saduak.packs.standard_checks import repeated, sources
from saduak.packs.yaml_source import Node


def check(node: Node) -> list[Mistake]:
    """Every mistake of sense in the form or survey at ``node``, which already follows its schema."""
    groups = node.value["groups"].items()
    asked = [one for group in groups for one in group.value["questions"].items()]
    # Questions of all groups are one list: a condition may name any earlier one, and answers are kept by id alone.
    found = [*sources(node), *repeated(groups), *repeated(asked), *question_checks.check(asked)]
    found += question_checks.purposes(asked, known=node.value["kind"].value == "form")
    return [
        *found,
        *_retired(node, asked),
        *_replaces(node, asked),
        *_formerly(asked),
        *_nameless(node, asked),
        *_means(node),
    ]


def _retired(node: Node, asked: list[Node]) -> Iterator[Mistake]:
    listed = node.get("retired_ids")
    retired = {one.value for one in listed.items()} if listed is not None else set()
    for one in asked:
        name = one.value["id"].value
        if name in retired:
            th, en = "รหัสนี้เลิกใช้แล้ว ห้ามนำกลับมาใช้", "this id is retired and must not be used again"
            yield one.mistake(f"“{name}”: {th}", f"“{name}”: {en}", "id")


def _replaces(node: Node, asked: list[Node]) -> Iterator[Mistake]:
    """Whoever follows ``replaces`` must come to an end."""
    owners = {one.value["id"].value: one for one in asked}
    for name, way in lineage.loops(node.plain()):
        yield owners[name].mistake(f"“replaces” วนกลับ: {way}", f"“replaces” leads back to itself: {way}", "replaces")


def _formerly(asked: list[Node]) -> Iterator[Mistake]:
    """An answer moves to one question only, and not away from one that is still asked."""
    names = {one.value["id"].value for one in asked}
    taken: dict[str, str] = {}
    for one in asked:
        former = one.get("formerly")
        for cell in former.items() if former is not None else ():
            name, mine = cell.value, one.value["id"].value
            if name in names:
                th, en = f"“{name}” ยังถามอยู่ในแบบนี้", f"“{name}” is still asked here"
                yield one.mistake(th, en, "formerly")
            elif name in taken:
                th, en = (
                    f"คำตอบของ “{name}” ย้ายไปที่ “{taken[name]}” แล้ว",
                    f"the answer of “{name}” moves to “{taken[name]}” already",
                )
                yield one.mistake(th, en, "formerly")
            taken.setdefault(name, mine)


def _nameless(node: Node, asked: list[Node]) -> Iterator[Mistake]:
    """Who answers without a name must not be asked for one."""
    if node.get("answered_by") is None or node.value["answered_by"].value != "anybody":
        return
    for one in asked:
        kind, shape = one.value["type"].value, one.get("format")
        if kind in ("file", "place") or (shape is not None and shape.value in ("email", "phone")):
            th = "แบบสำรวจที่ไม่ระบุชื่อ ห้ามถามสิ่งที่บอกตัวผู้ตอบ (ไฟล์ ที่ตั้ง อีเมล โทรศัพท์)"
            en = "a survey without names must not ask what tells who answers (file, place, e-mail, telephone)"
            yield one.mistake(th, en, "type")


def _means(node: Node) -> Iterator[Mistake]:
    listed = node.get("means")
    if listed is None:
        return
    ends = [Decimal(str(one.value["from"].value)) for one in listed.items()]
    if ends != sorted(set(ends)):
        yield node.mistake("ช่วงค่าเฉลี่ยต้องเรียงจากน้อยไปมากโดยไม่ซ้ำ", "bands of means must rise without repeating", "means")
