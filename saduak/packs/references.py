"""Which packs a pack names, read from its resolved content. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reference:
    """One pack named by another: ``key`` is the key it stands under, ``use`` what it is for there: the level of a letter, the
    use of a form; empty where the key says it all.
    """

    key: str
    use: str
    pack_id: str
    version: int


def references(content: Mapping[str, Any]) -> list[Reference]:
    """Every pack that the content names, in the order in which approvers read."""
    return list(_walk(content))


def _walk(content: Mapping[str, Any]) -> Iterator[Reference]:
    for key in ("follows", "standard"):
        if key in content:
            yield _one(key, "", content[key])
    for key in ("forms", "letters"):
        for use, one in content.get(key, {}).items():
            yield _one(key, use, one)
    for key in ("surveys", "renews"):
        for one in content.get(key, ()):
            yield _one(key, "", one)


def _one(key: str, use: str, found: Mapping[str, Any]) -> Reference:
    return Reference(key, use, found["pack"], found["version"])
