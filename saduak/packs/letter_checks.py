"""What a schema cannot see in the text of a letter: placeholders that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from saduak.packs.mistakes import Mistake, quoted
from saduak.packs.placeholders import NAMES, wrong_places
from saduak.packs.standard_checks import sources
from saduak.packs.yaml_source import Node

_FILLED = ("subject", "addressees", "references", "enclosures", "paragraphs", "actions", "closing", "farewell")


def check(node: Node) -> list[Mistake]:
    """Every mistake of sense in the letter at ``node``, which already follows its schema."""
    found = list(sources(node))
    for key in _FILLED:
        part = node.get(key)
        if part is not None:
            found += _places(part)
    return found


def _places(node: Node) -> Iterator[Mistake]:
    if isinstance(node.value, dict):
        for one in node.value.values():
            yield from _places(one)
    elif isinstance(node.value, list):
        for one in node.value:
            yield from _places(one)
    elif isinstance(node.value, str):
        for name in wrong_places(node.value):
            known = ", ".join(NAMES)
            th, en = f"ไม่มีตัวแทนข้อความ “{quoted(name)}”", f"there is no placeholder “{quoted(name)}”"
            yield node.mistake(f"{th} ใช้ได้: {known}", f"{en}; known are: {known}")
