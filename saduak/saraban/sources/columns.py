"""The text of a PDF page as it looks: lines from top to bottom, columns kept apart by blanks.

The order in which a PDF draws its letters is nobody's promise, and a letterhead stands beside the number. So letters are put
into lines by where they stand, and gaps become blanks in proportion.
"""

import ctypes
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as raw

_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e33\u0e4d]")
_ABOVE_BELOW = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_SPACE_EM, _COLUMN_EM, _BLANK_EM = 0.18, 1.1, 0.45
"""In heights of a line: from which gap a blank, from which a column; the width of one blank."""
_MOST_LETTERS = 60_000


@dataclass(slots=True)
class Cluster:
    """A letter with the signs above and below it."""

    text: str
    left: float
    right: float
    base: float
    size: float
    apart: bool = False
    """Does the source itself put a blank before it?"""


def text_of(page: Any) -> str:
    """The text of a pypdfium2 page."""
    return join(_clusters(page))


def _clusters(page: Any) -> list[Cluster]:
    textpage = page.get_textpage()
    count = min(raw.FPDFText_CountChars(textpage), _MOST_LETTERS)
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    found: list[Cluster] = []
    gap = False
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0, 10, 13, 0xFFFE, 0xAD) or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            gap = gap or code in (10, 13)
            continue
        letter = chr(code)
        if letter.isspace():
            gap = True
            continue
        if found and not gap and _ABOVE_BELOW.match(letter):
            if not found[-1].text.endswith(letter):  # a bold face drawn twice
                found[-1].text += letter
            raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
            found[-1].right = max(found[-1].right, box.right)
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
        raw.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y))
        size = max(abs(box.top - box.bottom), 4.0)
        last = found[-1] if found else None
        twice = last and last.text == letter and abs(last.left - box.left) < size * 0.1 and abs(last.base - y.value) < 1
        if not twice:
            found.append(Cluster(letter, box.left, max(box.right, box.left), y.value, size, gap))
        gap = False
    return found


def join(clusters: list[Cluster], *, narrowest: float = 0.04) -> str:
    """Clusters put into lines. `narrowest`, in heights of a line, is the gap before what stands `apart` to be a blank."""
    if not clusters:
        return ""
    lines: list[list[Cluster]] = []
    for cluster in sorted(clusters, key=lambda one: -one.base):
        line = lines[-1] if lines else None
        if line and abs(line[0].base - cluster.base) < 0.35 * max(line[0].size, cluster.size):
            line.append(cluster)
        else:
            lines.append([cluster])
    edge = min(cluster.left for cluster in clusters)
    size = sorted(cluster.size for cluster in clusters)[len(clusters) // 2]
    pitches = sorted(above[0].base - below[0].base for above, below in pairwise(lines))
    blank = max(1.7 * size, 1.5 * pitches[len(pitches) // 2]) if pitches else 0.0
    texts: list[str] = []
    last: float | None = None
    for line in lines:
        if last is not None and last - line[0].base > blank:
            texts.append("")
        texts.append(_line(sorted(line, key=lambda one: one.left), edge, size, narrowest * size))
        last = line[0].base
    return "\n".join(texts)


def _line(line: list[Cluster], edge: float, size: float, narrow: float) -> str:
    pieces, right = [], edge
    for number, cluster in enumerate(line):
        gap = cluster.left - right
        if number == 0 or gap > _COLUMN_EM * size:
            blanks = round(gap / (_BLANK_EM * size))
            pieces.append(" " * (min(blanks, 120) if number == 0 else max(3, min(blanks, 120))))
        elif gap > (narrow if cluster.apart else _SPACE_EM * size):
            pieces.append(" ")
        pieces.append(cluster.text)
        right = max(cluster.right, right if number else cluster.right)
    return "".join(pieces)
