"""Reads one YAML file into nodes that remember their line.

Only the plain part of YAML is accepted: maps, lists and scalars. Refused, each with its line: aliases and
anchors (a small file must not grow into a large one), tags (a file must not name a Python object), a key
given twice, several documents, deep nesting, large files, and invisible signs that make a text read otherwise
than it is written. The document is built from the parser's events, so a hostile file is left at the first
event that is not allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from saduak.packs.mistakes import Mistake, PackMistakes, quoted

BYTES_AT_MOST = 256 * 1024
DEPTH_AT_MOST = 14
NODES_AT_MOST = 20_000

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,12}\.[0-9]{1,9}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
# Bidirectional controls, zero-width signs and C0/C1 controls: they hide what a reviewer would have to see.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A value with the file and line it stands on. ``keys`` holds the line of each key of a map."""

    value: Any
    file: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without places: dict, list, str, int, Decimal, bool or None."""
        if isinstance(self.value, dict):
            return {key: one.plain() for key, one in self.value.items()}
        if isinstance(self.value, list):
            return [one.plain() for one in self.value]
        return self.value

    def get(self, key: str) -> Node | None:
        """The value under ``key`` if this is a map that has it."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> list[Node]:
        """The entries if this is a list, else none."""
        return self.value if isinstance(self.value, list) else []

    def at(self, path: list[str | int] | tuple[str | int, ...]) -> tuple[str, int]:
        """File and line of the value at ``path``, or of the nearest thing around it."""
        here, line = self, self.line
        for step in path:
            if isinstance(here.value, dict) and step in here.value:
                line = here.keys.get(str(step), here.value[step].line)
                here = here.value[step]
            elif isinstance(here.value, list) and isinstance(step, int) and step < len(here.value):
                here = here.value[step]
                line = here.line
            else:
                break
        return here.file, line

    def mistake(self, th: str, en: str, *path: str | int) -> Mistake:
        """A mistake at ``path`` below this node."""
        file, line = self.at(path)
        return Mistake(file, line, th, en)


def read(path: Path, *, shown_as: str) -> Node:
    """The node at the root of the YAML file ``path``; places are named after ``shown_as``.

    Raises PackMistakes with the first thing that is not allowed.
    """
    text = _text(path, shown_as)
    try:
        return _Builder(shown_as).build(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refused(shown_as, line, "อ่านเป็น YAML ไม่ได้", "this is not readable YAML", error.problem) from error
    except yaml.YAMLError as error:
        raise _refused(shown_as, 1, "อ่านเป็น YAML ไม่ได้", "this is not readable YAML", error) from error


def _text(path: Path, shown_as: str) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(BYTES_AT_MOST + 1)
    except OSError as error:
        raise _refused(shown_as, 1, "เปิดไฟล์ไม่ได้", "the file cannot be opened", error.strerror) from error
    if len(raw) > BYTES_AT_MOST:
        limit = BYTES_AT_MOST // 1024
        raise _refused(shown_as, 1, f"ไฟล์ใหญ่เกิน {limit} KiB", f"the file is larger than {limit} KiB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refused(shown_as, line, "ข้อความไม่ใช่ UTF-8", "the text is not UTF-8") from error
    hidden = _INVISIBLE.search(text)
    if hidden:
        line = text.count("\n", 0, hidden.start()) + 1
        code = f"U+{ord(hidden.group()):04X}"
        raise _refused(shown_as, line, "มีอักขระที่มองไม่เห็น", "there is an invisible character", code)
    return text


def _refused(file: str, line: int, th: str, en: str, detail: object = None) -> PackMistakes:
    tail = f" ({quoted(detail)})" if detail else ""
    return PackMistakes([Mistake(file, line, th + tail, en + tail)])


class _Builder:
    """Builds nodes from the parser's events, one at a time."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self.open: list[tuple[Node, list[str]]] = []  # collections not yet closed, each with its pending key
        self.root: Node | None = None
        self.documents = 0

    def build(self, text: str) -> Node:
        for event in yaml.parse(text, Loader=_PARSER):
            self._take(event)
        if self.root is None:
            raise _refused(self.file, 1, "ไฟล์ว่างเปล่า", "the file is empty")
        return self.root

    def _take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _refused(self.file, line, "ไฟล์หนึ่งมีได้เพียงเอกสารเดียว", "a file holds one document only")
        elif isinstance(event, yaml.AliasEvent):
            raise _refused(self.file, line, "ห้ามใช้ alias (*)", "aliases (*) are not allowed", event.anchor)
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_extras(event, line)
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, line)
            else:
                self._start({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()

    def _refuse_extras(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            raise _refused(self.file, line, "ห้ามใช้ anchor (&)", "anchors (&) are not allowed", event.anchor)
        if event.tag is not None:
            raise _refused(self.file, line, "ห้ามใช้ tag (!)", "tags (!) are not allowed", event.tag)
        self.count += 1
        if self.count > NODES_AT_MOST:
            raise _refused(self.file, line, "ไฟล์มีรายการมากเกินไป", "the file has too many entries", NODES_AT_MOST)

    def _scalar(self, event: Any, line: int) -> None:
        if self.open and isinstance(self.open[-1][0].value, dict) and not self.open[-1][1]:
            owner, pending = self.open[-1]
            if event.value in owner.value:
                first, key = owner.keys[event.value], quoted(event.value)
                raise _refused(
                    self.file,
                    line,
                    f"คีย์ “{key}” ซ้ำกับบรรทัด {first}",
                    f"the key “{key}” is already given on line {first}",
                )
            owner.keys[event.value] = line
            pending.append(event.value)
            return
        self._place(Node(_resolved(event), self.file, line))

    def _start(self, value: dict[str, Node] | list[Node], line: int) -> None:
        if self.open and isinstance(self.open[-1][0].value, dict) and not self.open[-1][1]:
            raise _refused(self.file, line, "คีย์ต้องเป็นคำเดียว", "a key must be a plain word")
        if len(self.open) >= DEPTH_AT_MOST:
            raise _refused(self.file, line, "ซ้อนลึกเกินไป", "nested too deeply", DEPTH_AT_MOST)
        node = Node(value, self.file, line)
        self._place(node)
        self.open.append((node, []))

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        owner, pending = self.open[-1]
        if isinstance(owner.value, dict):
            owner.value[pending.pop()] = node
        else:
            owner.value.append(node)


def _resolved(event: Any) -> str | int | Decimal | bool | None:
    """YAML 1.2's core types only: ``no`` is a word, ``13:00`` a text, a date a text, and 0.5 exactly a half."""
    text: str = event.value
    if not event.implicit[0]:  # quoted, or a block
        return text.rstrip("\n")
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
