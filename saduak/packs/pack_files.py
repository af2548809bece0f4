"""Where packs lie: ids and paths, and the files that make up one pack.

A pack is a file ``<id>.yaml``, or a folder ``<id>/`` with ``standard.yaml`` and one file per criterion in
``criteria/``. Its id is its path below the folder of packs. Nothing outside that folder is ever read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from saduak.packs import yaml_source
from saduak.packs.mistakes import Mistake, PackMistakes, quoted
from saduak.packs.yaml_source import Node

FILES_AT_MOST = 600
_ID = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*){1,3}")


def pack_ids(root: Path) -> list[str]:
    """The ids of all packs below ``root``, sorted. A folder with ``standard.yaml`` is one pack."""
    found = set()
    for path in root.rglob("*.yaml"):
        inside = path.relative_to(root)
        folder = next((one for one in inside.parents if (root / one / "standard.yaml").exists()), None)
        found.add((folder if folder is not None else inside.with_suffix("")).as_posix())
    return sorted(found)


def id_of(root: Path, given: str) -> str:
    """The id meant by ``given``: an id, or the path of a pack's file or folder; otherwise ``given`` itself."""
    path = Path(given)
    if _ID.fullmatch(given.rstrip("/")) and not path.exists():
        return given.rstrip("/")
    try:
        inside = path.resolve().relative_to(root.resolve())
    except ValueError:
        return given
    if inside.name == "standard.yaml":
        return inside.parent.as_posix()
    if "criteria" in inside.parts:
        return Path(*inside.parts[: inside.parts.index("criteria")]).as_posix()
    return inside.with_suffix("").as_posix()


def read_pack(root: Path, pack_id: Any, named_at: Mistake | None) -> tuple[Node, list[str]]:
    """The node of the pack as it is written, and its files. ``named_at`` is the place that asks for it.

    Raises PackMistakes when there is no such pack, its files cannot be read, or its id is not its path.
    """
    if not isinstance(pack_id, str) or not _ID.fullmatch(pack_id) or pack_id.startswith("schema/"):
        name = quoted(pack_id)
        raise refused(named_at, name, f"“{name}” ไม่ใช่รหัสของชุดข้อมูล", f"“{name}” is not the id of a pack")
    single, folder = root / f"{pack_id}.yaml", root / pack_id / "standard.yaml"
    if single.exists() and folder.exists():
        th, en = "มีทั้งไฟล์และโฟลเดอร์ที่ชื่อนี้", "there are both a file and a folder of this name"
        raise refused(named_at, f"{pack_id}.yaml", th, en)
    if single.exists():
        node, files = _file(root, single), [_shown(root, single)]
    elif folder.exists():
        node, files = _folder(root, folder)
    else:
        th, en = f"ไม่พบชุดข้อมูล “{pack_id}”", f"there is no pack “{pack_id}”"
        raise refused(named_at, f"{pack_id}.yaml", th, en)
    found = node.get("id")
    if found is None or found.value != pack_id:
        th, en = f"“id” ต้องเป็น “{pack_id}” ตามที่อยู่ของไฟล์", f"“id” must be “{pack_id}”, as the file lies there"
        raise PackMistakes([node.mistake(th, en, "id")])
    return node, files


def refused(place: Mistake | None, file: str, th: str, en: str) -> PackMistakes:
    """The refusal with one mistake at ``place``; without a place, at the beginning of ``file``."""
    return PackMistakes([Mistake(place.file, place.line, th, en) if place else Mistake(file, 1, th, en)])


def _folder(root: Path, main: Path) -> tuple[Node, list[str]]:
    node = _file(root, main)
    if not isinstance(node.value, dict):
        return node, []
    paths = sorted((main.parent / "criteria").glob("*.yaml"))
    if len(paths) > FILES_AT_MOST:
        th, en = f"มีไฟล์เกิน {FILES_AT_MOST} ไฟล์", f"there are more than {FILES_AT_MOST} files"
        raise PackMistakes([node.mistake(th, en)])
    if "criteria" in node.value:
        th, en = "ให้แยกเกณฑ์เป็นไฟล์ในโฟลเดอร์ criteria", "criteria belong into files of their own, in the folder criteria"
        raise PackMistakes([node.mistake(th, en, "criteria")])
    criteria: list[Node] = []
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            one = _file(root, path)
        except PackMistakes as refusal:  # the other files are read as well, so that all is told at once
            mistakes += refusal.mistakes
            continue
        name = one.get("id")
        if name is not None and name.value != path.stem:
            given = quoted(name.value)
            th, en = f"ชื่อไฟล์กับรหัส “{given}” ไม่ตรงกัน", f"the file is not named after its id “{given}”"
            mistakes.append(one.mistake(th, en, "id"))
        criteria.append(one)
    if mistakes:
        raise PackMistakes(mistakes)
    node.value["criteria"] = Node(criteria, node.file, node.line)
    node.keys["criteria"] = node.line
    return node, [_shown(root, path) for path in [main, *paths]]


def _file(root: Path, path: Path) -> Node:
    shown = _shown(root, path)
    if not path.resolve().is_relative_to(root.resolve()):
        th, en = "ไฟล์ชี้ออกนอกโฟลเดอร์ของชุดข้อมูล", "the file leads out of the folder of packs"
        raise PackMistakes([Mistake(shown, 1, th, en)])
    return yaml_source.read(path, shown_as=shown)


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
