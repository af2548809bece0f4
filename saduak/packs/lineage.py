"""What became of the criteria of a standard, or of the questions of a form or survey, in the version that follows it: kept,
put in the place of others, or dropped.

Pure: takes resolved contents. An id stands for the same criterion or question for ever; what takes over from others names
them under ``replaces``. One may replace one or several, and several may replace the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saduak.packs.mistakes import Mistake, quoted
from saduak.packs.text import Text

#: id of a criterion or sub-item of the old standard → the ids in the new one that ask the same; none: it was dropped.
Moves = Mapping[str, tuple[str, ...]]

#: What can become of a criterion, in the order in which approvers read.
FATES: dict[str, Text] = {
    "dropped": Text("ตัดออก ไม่มีเกณฑ์ใหม่รองรับ", "Dropped, with nothing in its place"),
    "split": Text("แยกเป็นหลายข้อ", "Split into several"),
    "merged": Text("รวมหลายข้อเป็นข้อเดียว", "Several merged into one"),
    "renamed": Text("แทนด้วยข้อใหม่", "Replaced by another"),
    "added": Text("เพิ่มใหม่", "New"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """What became of some criteria: ``before`` and ``after`` hold (id, name). Empty ``after``: dropped; empty
    ``before``: new.
    """

    fate: str
    before: tuple[tuple[str, Text], ...]
    after: tuple[tuple[str, Text], ...]


def entries(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Everything in the content that takes answers: criteria, each followed by its sub-items and its questions; of a form or
    survey its questions.
    """
    for one in _wholes(content):
        yield one
        yield from _parts(one)


def _wholes(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from content.get("criteria", ())
    for group in content.get("groups", ()):
        yield from group["questions"]


def _parts(whole: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*whole.get("scoring", {}).get("sub_items", ()), *whole.get("questions", ())]


def ids(content: Mapping[str, Any]) -> list[str]:
    """The ids of everything that takes answers, in order."""
    return [one["id"] for one in entries(content)]


def step(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Where everything of ``before`` that takes answers is found in ``after``, the version that follows it."""
    takers: dict[str, list[str]] = {}
    for one in entries(after):
        for old in dict.fromkeys([one["id"], *one.get("replaces", ()), *one.get("formerly", ())]):
            takers.setdefault(old, []).append(one["id"])
    return {old: tuple(takers.get(old, ())) for old in ids(before)}


def composed(first: Moves, then: Moves) -> dict[str, tuple[str, ...]]:
    """Two steps as one."""
    return {
        old: tuple(dict.fromkeys(new for middle in on for new in then.get(middle, ()))) for old, on in first.items()
    }


def moves(before: Mapping[str, Any], after: Mapping[str, Any], moved: Moves) -> list[Move]:
    """What approvers want to know of ``moved``: everything but what stayed where it was, worst loss first."""
    old, new = ({one["id"]: _name(one) for one in entries(content)} for content in (before, after))
    found: list[Move] = []
    told: set[str] = set()
    takes: dict[str, list[str]] = {}
    for name, on in moved.items():
        for one in on:
            takes.setdefault(one, []).append(name)
    for name, on in moved.items():
        if on == (name,) and takes[name] == [name]:
            continue
        if len(on) == 1:
            if on[0] in told:
                continue
            told.add(on[0])
            group = takes[on[0]]
            fate = "merged" if len(group) > 1 else "renamed"
        else:
            group, fate = [name], "split" if on else "dropped"
        found.append(Move(fate, tuple((one, old[one]) for one in group), tuple((one, new[one]) for one in on)))
    found += [Move("added", (), ((name, title),)) for name, title in new.items() if name not in takes]
    order = list(FATES)
    return sorted(found, key=lambda one: order.index(one.fate))


def _name(entry: Mapping[str, Any]) -> Text:
    number, title = entry.get("number", ""), entry["title"]
    return Text(f"{number} {title['th']}".strip(), f"{number} {title['en']}".strip())


def unfit(
    content: Mapping[str, Any], before: Mapping[str, Any], earlier: Iterable[str], places: Mapping[str, tuple[str, int]]
) -> Iterator[Mistake]:
    """What is wrong in how ``content`` follows ``before``, the newest version before it.

    ``earlier`` are all ids that any version before had; ``places`` says where an id, and "" for the whole, is written.
    """
    known = set(earlier) | set(ids(before))
    replaced = {old for one in entries(content) for old in one.get("formerly", ())}
    for one in entries(content):
        for old in one.get("replaces", ()):
            replaced.add(old)
            if old not in known:
                file, line = places[one["id"]]
                th = f"“replaces” ระบุ “{quoted(old)}” ซึ่งไม่เคยมีในรุ่นก่อน"
                yield Mistake(file, line, th, f"“replaces” names “{quoted(old)}”, which no earlier version has")
    settled = replaced | set(ids(content)) | set(content.get("retired_ids", ()))
    file, line = places[""]
    kept = set(ids(content))
    for whole in _wholes(before):
        gone = [whole] if whole["id"] not in settled else []
        if not gone and whole["id"] in kept:  # the parts of what is gone go with it
            gone = [one for one in _parts(whole) if one["id"] not in settled]
        for one in gone:
            name = one["id"]
            th = f"“{name}” หายไปจากรุ่นก่อน ให้ระบุที่ replaces ของข้อใหม่ หรือใส่ใน retired_ids หากเลิกใช้"
            en = f"“{name}” is gone: name it under replaces of what takes its place, or under retired_ids if it is dropped"
            yield Mistake(file, line, th, en)


def loops(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(id, the way round) of every criterion that, followed along ``replaces``, leads back to itself."""
    here = set(ids(content))
    back = {one["id"]: [old for old in one.get("replaces", ()) if old in here] for one in entries(content)}
    found: list[tuple[str, str]] = []
    told: set[str] = set()
    done: set[str] = set()
    for start in back:
        if start in done:
            continue
        way: list[str] = [start]
        pending = [iter(back[start])]
        while pending:  # depth first, without recursion: a hostile pack must not exhaust the stack
            name = next(pending[-1], None)
            if name is None:
                pending.pop()
                done.add(way.pop())
            elif name in way:
                circle = [*way[way.index(name) :], name]
                if not told & set(circle):
                    found.append((name, " → ".join(circle)))
                told |= set(circle)
            elif name not in done:
                way.append(name)
                pending.append(iter(back[name]))
    return found
