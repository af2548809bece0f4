"""What differs between two texts, word by word. Thai is written without spaces: the smallest piece that is marked is a
cluster of a consonant with its vowels and marks, so that no mark ever stands alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(
    r"[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]*"  # a Thai consonant with what is written round it
    r"|[0-9\u0e50-\u0e59]+(?:[.,:/-][0-9\u0e50-\u0e59]+)*"  # a number, an hour or a day
    r"|[^\W\d_\u0e00-\u0e7f]+"  # a word of another script
    r"|\s+|.",
    re.DOTALL,
)
_WORDS = re.compile(r"\s+|\S+")
# Comparing costs about the product of the two counts: beyond this texts are compared by the words between their spaces,
# and beyond it again as wholes. A justification of usual length stays far below.
_MOST = 600_000
# Equal pieces between two changes that are shorter than this say nothing to a reader; they are taken into the change.
_ISLAND = 3


@dataclass(frozen=True)
class Run:
    """A stretch of text, the same in both texts or not."""

    text: str
    changed: bool


def pieces(text: str) -> list[str]:
    """The text cut into the smallest pieces that are marked; joined they are the text again."""
    return _PIECES.findall(text)


def marked(before: str, after: str) -> tuple[list[Run], list[Run]]:
    """Both texts as runs, changed and unchanged in turn; joined they are the texts."""
    for cut in (_PIECES, _WORDS):
        old, new = cut.findall(before), cut.findall(after)
        start, end = _same_ends(old, new)
        inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
        if len(inner_old) * len(inner_new) <= _MOST:
            blocks = _changed(inner_old, inner_new)
            head, tail = "".join(old[:start]), "".join(old[len(old) - end :])
            return (
                _runs(head, inner_old, [block[:2] for block in blocks], tail),
                _runs(head, inner_new, [block[2:] for block in blocks], tail),
            )
    return _runs("", [before], [(0, 1)], ""), _runs("", [after], [(0, 1)], "")


def _same_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many pieces both begin with, and how many of the rest both end with."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    return start, end


def _changed(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """What is changed, as (from, to) in the old and in the new; small islands between two changes are taken in."""
    found: list[tuple[int, int, int, int]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and i1 - found[-1][1] < _ISLAND and not any(one.isspace() for one in old[found[-1][1] : i1]):
            found[-1] = (found[-1][0], i2, found[-1][2], j2)
        else:
            found.append((i1, i2, j1, j2))
    return found


def _runs(head: str, middle: list[str], changed: list[tuple[int, int]], tail: str) -> list[Run]:
    made, at = [Run(head, False)], 0
    for begin, end in changed:
        made += [Run("".join(middle[at:begin]), False), Run("".join(middle[begin:end]), True)]
        at = end
    made.append(Run("".join(middle[at:]) + tail, False))
    joined: list[Run] = []
    for one in made:
        if one.text and joined and joined[-1].changed == one.changed:
            joined[-1] = Run(joined[-1].text + one.text, one.changed)
        elif one.text:
            joined.append(one)
    return joined
