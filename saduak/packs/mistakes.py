"""What is wrong in a pack: file, line and reason, in Thai and English.

A mistake is meant for the person who wrote the YAML, so it names the place to go to and says what is wrong
there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from saduak.kernel.refusals import Item, NotComplete

#: More than this many at once helps nobody and would let a hostile file fill the screen.
SHOWN_AT_MOST = 50
_QUOTED_AT_MOST = 60
# Translated by the catalogue of this app: phrases.py marks it.
HAS_MISTAKES = "The pack has %(count)s mistake(s) and was not published."


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake. ``file`` is relative to the folder of packs, ``line`` counts from 1."""

    file: str
    line: int
    th: str
    en: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.th} / {self.en}"


class PackMistakes(NotComplete):
    """A pack cannot be read or must not be published (422). Carries every mistake found, sorted by place."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes: tuple[Mistake, ...] = tuple(sorted(set(mistakes)))[:SHOWN_AT_MOST]
        items = [Item(f"{one.th} / {one.en}", f"{one.file}:{one.line}") for one in self.mistakes]
        super().__init__(HAS_MISTAKES, params={"count": len(self.mistakes)}, items=items)

    def __str__(self) -> str:
        return "\n".join(str(one) for one in self.mistakes)


def quoted(value: object) -> str:
    """``value`` as shown in a sentence: shortened, one line, nothing that could move a terminal's cursor."""
    shown = "".join(sign if sign.isprintable() else "·" for sign in str(value))
    return shown if len(shown) <= _QUOTED_AT_MOST else shown[: _QUOTED_AT_MOST - 1] + "…"
