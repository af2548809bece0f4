"""Letters that begin at the top of a page own it, whatever specks a scanner left above their head.

A fold, a punch hole or the edge of the sheet before becomes a dot, a bar, a lone letter; between two letters it would count
as the last line of the one before, and with it the page.
"""

import re
from dataclasses import replace

from saduak.saraban.reader.clean import Source
from saduak.saraban.reader.layout import lines_of
from saduak.saraban.reader.split import Block
from saduak.saraban.sources.document import Document

_LETTER = re.compile("[ก-ฮะ-ฺเ-ๆA-Za-z]")
_MARKED = re.compile(r"(?:ลับ(?:มาก|ที่สุด)?|สำเนา(?:คู่ฉบับ)?)")  # what is stamped at the top of a letter's first page
_MOST_LETTERS = 2  # of a line that is no word
_MOST_LINES = 6


def from_page_tops(blocks: list[Block], source: Source, document: Document) -> list[Block]:
    """The same letters; each that begins at the top of a page begins with that page."""
    tops = [source.place(page.start) for page in document.pages]
    moved = list(blocks)
    for nth, block in enumerate(blocks[1:], 1):
        top = max((place for place in tops if place <= block.start), default=block.start)
        if moved[nth - 1].head < top < block.start and _specks(source.text[top : block.start]):
            moved[nth - 1] = replace(moved[nth - 1], end=top)
            moved[nth] = replace(block, start=top)
    return moved


def _specks(text: str) -> bool:
    """Is there nothing that anybody wrote: no word, at most a number or a mark of secrecy?"""
    written = [line.bare for line in lines_of(text) if not line.blank]
    return len(written) <= _MOST_LINES and all(
        _MARKED.fullmatch(bare) or len(_LETTER.findall(bare)) <= _MOST_LETTERS for bare in written
    )
