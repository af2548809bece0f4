"""What changed between two packs, for those who must approve: each change with its place, before and after.

Pure: takes resolved contents (``loader`` or ``PublishedPack.content``) of any kind. Entries with ids are matched by
their id, so that an order that changed is no change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saduak.packs.text import Text

#: What a change touches, in the order in which approvers read: ids first, because old answers hang on them.
AREAS: dict[str, Text] = {
    "ids": Text("เพิ่มหรือตัดรายการ", "Entries added or removed"),
    "points": Text("คะแนน", "Points"),
    "levels": Text("ระดับ", "Levels"),
    "evidence": Text("หลักฐาน", "Evidence"),
    "dates": Text("วันเวลา", "Dates"),
    "texts": Text("ข้อความ", "Texts"),
    "origins": Text("ที่มาของข้อความ", "Where texts come from"),
    "other": Text("อื่น ๆ", "Other"),
}
_POINTS = frozenset({"points", "step", "score", "weight", "total", "items", "fractions", "scoring", "bands", "rubric"})
_DATES = frozenset({"opens", "closes", "due", "on", "days"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``before`` is None for what was added, ``after`` for what was removed. ``named`` says the entry it
    belongs to, such as "2.12 Monitoring plan"; None outside of any entry.
    """

    area: str
    where: str
    named: Text | None
    before: str | None
    after: str | None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every change from one content to the other, by area, then in the order of the pack."""
    order = list(AREAS)
    return sorted(_maps(before, after, (), None), key=lambda one: order.index(one.area))


def _values(before: Any, after: Any, path: tuple[str, ...], named: Text | None) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _maps(before, after, path, named)
    elif _with_ids(before) and _with_ids(after):
        yield from _lists(before, after, path, named)
    elif isinstance(before, list) and isinstance(after, list):
        for place in range(max(len(before), len(after))):
            old, new = (one[place] if place < len(one) else None for one in (before, after))
            yield from _values(old, new, (*path, str(place + 1)), named)
    else:
        yield Change(_area(path), " › ".join(path), named, _shown(before), _shown(after))


def _maps(
    before: Mapping[str, Any], after: Mapping[str, Any], path: tuple[str, ...], named: Text | None
) -> Iterator[Change]:
    for key in [*after, *(one for one in before if one not in after)]:
        yield from _values(before.get(key), after.get(key), (*path, key), named)


def _lists(
    before: list[dict[str, Any]], after: list[dict[str, Any]], path: tuple[str, ...], named: Text | None
) -> Iterator[Change]:
    old, new = ({one["id"]: one for one in entries} for entries in (before, after))
    for name in [*new, *(one for one in old if one not in new)]:
        entry = new.get(name) or old[name]
        mine, here = _name(entry) or named, (*path, name)
        if name in old and name in new:
            yield from _values(old[name], new[name], here, mine)
        else:
            area = "evidence" if "evidence" in path else "levels" if path[:1] == ("levels",) else "ids"
            gone, came = ("+" if name in one else None for one in (old, new))
            yield Change(area, " › ".join(here), mine, gone and name, came and name)


def _with_ids(value: Any) -> bool:
    """A list of entries with ids; the empty list goes with any."""
    return isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value)


def _name(entry: Mapping[str, Any]) -> Text | None:
    title, number = entry.get("title"), entry.get("number", "")
    if not isinstance(title, dict):
        return None
    return Text(f"{number} {title['th']}".strip(), f"{number} {title['en']}".strip())


def _area(path: tuple[str, ...]) -> str:
    if "provenance" in path or path[:1] == ("sources",):
        return "origins"
    if path[:1] == ("levels",) and path[-1] not in ("th", "en"):
        return "levels"
    if "evidence" in path or "evidence_age_months" in path:
        return "evidence"
    if path[-1] in ("th", "en"):
        return "texts"
    if _DATES & set(path):
        return "dates"
    return "points" if _POINTS & set(path) else "other"


def _shown(value: Any) -> str | None:
    """A value as people read it: yes and no for truths, both tongues of a text, ids for entries."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return " / ".join(f"{key}: {_shown(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(str(_shown(one)) for one in value)
    return str(value)
