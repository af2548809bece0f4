"""Loads a pack from a folder of YAML: reads it, lays it over its base, checks it, follows its references.

Pure: no database, no Django. ``load`` gives the content as it would be published, with its SHA-256; every
mistake names file and line.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from saduak.packs import form_checks, letter_checks, merging, round_checks, schema, standard_checks
from saduak.packs.mistakes import Mistake, PackMistakes, quoted
from saduak.packs.pack_files import id_of, pack_ids, read_pack, refused
from saduak.packs.yaml_source import Node

_CHECKS = {
    "standard": standard_checks.check,
    "round": round_checks.check,
    "letter": letter_checks.check,
    "form": form_checks.check,
    "survey": form_checks.check,
}
_SETTLED = {"round": round_checks.settle}


@dataclass(frozen=True, slots=True)
class ResolvedPack:
    """A pack as it would be published.

    ``references`` are the ids of the packs it names, ``files`` those it was read from, ``version_at`` the
    file and line of its version, ``places`` those of what takes answers, by id.
    """

    pack_id: str
    kind: str
    version: int
    content: dict[str, Any]
    sha256: str
    references: tuple[str, ...]
    files: tuple[str, ...]
    version_at: tuple[str, int]
    places: dict[str, tuple[str, int]] = field(default_factory=dict)


def load(root: Path, pack_id: str) -> ResolvedPack:
    """The pack ``pack_id`` of the folder ``root``. What it refers to is checked as well. Raises
    PackMistakes.
    """
    return load_with_references(root, pack_id)[-1]


def load_with_references(root: Path, pack_id: str) -> list[ResolvedPack]:
    """The pack and everything it refers to; what is referred to comes first. Raises PackMistakes."""
    return list(_loaded(root, pack_id, _stamp(root)))


@lru_cache(maxsize=8)
def _loaded(root: Path, pack_id: str, _stamp: tuple[Any, ...]) -> tuple[ResolvedPack, ...]:
    """Kept for as long as no file of the folder changes: reading and checking a standard takes a third of a second."""
    loading = _Loading(root)
    loading.follow(pack_id, (), None)
    return tuple(loading.done.values())


def _stamp(root: Path) -> tuple[Any, ...]:
    """Changes whenever a file of the folder does."""
    stats = [(str(path), path.stat()) for path in sorted(root.rglob("*.yaml")) if path.exists()]
    return tuple((path, stat.st_mtime_ns, stat.st_size, stat.st_ino) for path, stat in stats)


def load_all(root: Path) -> list[ResolvedPack]:
    """Every pack of the folder; what is referred to comes first. Raises PackMistakes with the mistakes of
    all.
    """
    loading = _Loading(root)
    mistakes: list[Mistake] = []
    for pack_id in pack_ids(root):
        try:
            loading.follow(pack_id, (), None)
        except PackMistakes as refusal:
            mistakes += refusal.mistakes
    if mistakes:
        raise PackMistakes(mistakes)
    return list(loading.done.values())


def canonical(content: dict[str, Any]) -> str:
    """``content`` as the one JSON text whose SHA-256 names it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def checked(node: Node, kind: str) -> list[Mistake]:
    """Every mistake of form and sense in the pack at ``node``.

    Sense can only be looked for where the form is right: where nothing but some criteria of a standard are ill-formed, the
    others are looked at without them, though then nothing can be said about sums.
    """
    mistakes = schema.check(node, kind)
    if not mistakes:
        return _CHECKS[kind](node)
    wrong = schema.faulty(node, kind, "criteria") if kind == "standard" else None
    if wrong:
        criteria = node.value["criteria"]
        kept = [one for place, one in enumerate(criteria.items()) if place not in wrong]
        rest = Node(
            {**node.value, "criteria": Node(kept, criteria.file, criteria.line)}, node.file, node.line, node.keys
        )
        mistakes += standard_checks.check(rest, whole=False)
    return mistakes


def resolved(node: Node, kind: str, *, references: tuple[str, ...] = (), files: tuple[str, ...] = ()) -> ResolvedPack:
    """The pack at ``node``, which has been checked, as it would be published."""
    content = _json(node.plain())
    content.pop("extends", None)
    if kind in _SETTLED:
        _SETTLED[kind](content)
    version_at, sha256 = node.at(["version"]), digest(content)
    return ResolvedPack(
        content["id"], kind, content["version"], content, sha256, references, files, version_at, _places(node)
    )


class _Loading:
    """One call of ``load``: each pack is read once, however many name it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.done: dict[str, ResolvedPack] = {}

    def follow(self, pack_id: str, trail: tuple[str, ...], named_at: Mistake | None) -> ResolvedPack:
        """Load ``pack_id`` and what it refers to. ``trail`` is the way here, ``named_at`` the place that
        names it.
        """
        if pack_id in trail:
            way = " → ".join([*trail[trail.index(pack_id) :], pack_id])
            raise refused(named_at, pack_id, f"อ้างอิงวนกลับ: {way}", f"refers back to itself: {way}")
        if pack_id in self.done:
            return self.done[pack_id]
        node, files = self._merged(pack_id, named_at)
        kind = _kind(node)
        mistakes = checked(node, kind)
        if mistakes:
            raise PackMistakes(mistakes)
        references = _references(node, kind)
        for wanted, version, wanted_kind, place in references:
            try:
                _fits(self.follow(wanted, (*trail, pack_id), place), version, wanted_kind, place)
            except PackMistakes as refusal:  # the others are read as well, so that all is told at once
                mistakes += refusal.mistakes
        if mistakes:
            raise PackMistakes(mistakes)
        pack = resolved(
            node, kind, references=tuple(dict.fromkeys(wanted for wanted, *_ in references)), files=tuple(files)
        )
        self.done[pack_id] = pack
        return pack

    def _merged(self, pack_id: str, named_at: Mistake | None) -> tuple[Node, list[str]]:
        node, files = read_pack(self.root, pack_id, named_at)
        extends = node.get("extends")
        if extends is None:
            return node, files
        place = node.mistake("", "", "extends")
        if extends.value == pack_id:
            raise refused(place, "", "ต่อยอดจากตัวเองไม่ได้", "cannot extend itself")
        base, base_files = read_pack(self.root, extends.value, place)
        if base.get("extends") is not None:
            name = quoted(extends.value)
            th = f"ต่อยอดได้เพียงชั้นเดียว แต่ “{name}” ต่อยอดจากชุดอื่นอยู่แล้ว"
            raise refused(place, "", th, f"extends goes one step only, but “{name}” extends another pack itself")
        return merging.merge(base, node), base_files + files


def _fits(found: ResolvedPack, version: int, kind: str, place: Mistake) -> None:
    if found.kind != kind:
        th, en = f"“{found.pack_id}” ไม่ใช่ชุดข้อมูลชนิด {kind}", f"“{found.pack_id}” is no pack of kind {kind}"
        raise refused(place, "", th, en)
    if found.version != version:
        th = f"ต้องการ “{found.pack_id}” รุ่น {version} แต่ที่มีอยู่คือรุ่น {found.version}"
        raise refused(
            place, "", th, f"wants version {version} of “{found.pack_id}”, but version {found.version} is there"
        )


def _kind(node: Node) -> str:
    found = node.get("kind")
    if found is None or found.value not in schema.KINDS:
        kinds = ", ".join(schema.KINDS)
        raise PackMistakes([node.mistake(f"“kind” ต้องเป็นหนึ่งใน {kinds}", f"“kind” must be one of {kinds}", "kind")])
    return str(found.value)


def _places(node: Node) -> dict[str, tuple[str, int]]:
    """Where each criterion, sub-item and question says what it replaces; empty for other kinds."""
    found: dict[str, tuple[str, int]] = {}
    for criterion in _items(node, "criteria"):
        for one in (criterion, *_items(criterion.value["scoring"], "sub_items"), *_items(criterion, "questions")):
            found[one.value["id"].value] = one.at(["replaces"])
    for group in _items(node, "groups"):
        for one in _items(group, "questions"):
            found[one.value["id"].value] = one.at(["replaces"])
    return found


def _items(node: Node, key: str) -> list[Node]:
    found = node.get(key)
    return found.items() if found is not None else []


def _references(node: Node, kind: str) -> list[tuple[str, int, str, Mistake]]:
    """(id, version, kind wanted, place) of every pack that a pack names."""
    named: list[tuple[Node | None, str, tuple[str | int, ...]]] = []
    if kind == "standard":
        named.append((node.get("follows"), "standard", ("follows",)))
    if kind == "round":
        named.append((node.get("standard"), "standard", ("standard",)))
    letters, renews = node.get("letters"), node.get("renews")
    forms, surveys = node.get("forms"), node.get("surveys")
    if forms is not None:
        named += [(one, "form", ("forms", use)) for use, one in forms.value.items()]
    if surveys is not None:
        named += [(one, "survey", ("surveys", place)) for place, one in enumerate(surveys.items())]
    if letters is not None:
        named += [(one, "letter", ("letters", level)) for level, one in letters.value.items()]
    if renews is not None:
        named += [(one, "round", ("renews", place)) for place, one in enumerate(renews.items())]
    found = []
    for reference, wanted, path in named:
        if reference is not None:
            given = reference.plain()
            found.append((given["pack"], given["version"], wanted, node.mistake("", "", *path, "pack")))
    return found


def _json(value: Any) -> Any:
    """``value`` as JSON holds it: decimals as text, so that no digit is lost on the way."""
    if isinstance(value, dict):
        return {key: _json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_json(one) for one in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


__all__ = ["ResolvedPack", "canonical", "digest", "id_of", "load", "load_all", "load_with_references", "pack_ids"]
