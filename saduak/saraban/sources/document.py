"""The text of a file and the pages it came from."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

Way = Literal["text", "ocr", "empty", "unread"]
"""How a page was read: it held its text; by OCR; nothing stands on it; it is a picture and no OCR is installed."""


class Doubt(NamedTuple):
    """A stretch of the text that OCR was not sure of; confidence from 0 to 1."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 1: its stretch of the text, and how it was read."""

    number: int
    start: int
    end: int
    way: Way = "text"
    confidence: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        place = {"number": self.number, "start": self.start, "end": self.end}
        return place | {"way": self.way, "confidence": self.confidence}


class Found(NamedTuple):
    """A page as the reader of its format found it: its number, how many the file has, text, way and doubts."""

    number: int
    of: int
    part: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its pages. `doubts` are in the order of the text."""

    text: str
    pages: tuple[Page, ...]
    kind: str = "text"
    doubts: tuple[Doubt, ...] = field(default=(), repr=False)

    def page_of(self, offset: int) -> int:
        """The page (from 1) on which the character at `offset` stands."""
        page = self._page_at(offset)
        return page.number if page else 1

    def way_at(self, offset: int) -> Way:
        """How the page was read on which the character at `offset` stands."""
        page = self._page_at(offset)
        return page.way if page else "text"

    def _page_at(self, offset: int) -> Page | None:
        place = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[max(0, place)] if self.pages else None

    def confidence(self, start: int, end: int) -> float:
        """How sure the text at [start:end] is: that of its least sure word; 1 where no OCR was needed."""
        first = max(0, bisect_right(self.doubts, (start, start, 0.0)) - 1)
        found = 1.0
        for doubt in self.doubts[first:]:
            if doubt.start >= end:
                break
            if doubt.end > start:
                found = min(found, doubt.confidence)
        return found


def of_text(text: str) -> Document:
    """A pasted or plain text; form feeds divide its pages."""
    pages, start = [], 0
    for number, part in enumerate(text.split("\f"), 1):
        pages.append(Page(number, start, start + len(part)))
        start += len(part) + 1
    return Document(text, tuple(pages))


def of_pages(kind: str, parts: list[dict[str, Any]]) -> Document:
    """A document of pages as the readers of formats give them: text, way, doubts (offsets in the page)."""
    texts: list[str] = []
    pages: list[Page] = []
    doubts: list[Doubt] = []
    offset = 0
    for number, part in enumerate(parts, 1):
        text = str(part["text"]).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        here = [Doubt(offset + start, offset + end, sure) for start, end, sure in part.get("doubts", ())]
        letters = sum(doubt.end - doubt.start for doubt in here)
        mean = sum((doubt.end - doubt.start) * doubt.confidence for doubt in here) / letters if letters else 1.0
        pages.append(Page(number, offset, offset + len(text), part["way"], round(mean, 3)))
        texts.append(text)
        doubts += here
        offset += len(text) + 2
    return Document("\n\n".join(texts), tuple(pages), kind, tuple(doubts))


def together(documents: Sequence[Document]) -> Document:
    """One document of several, in their order; pages are counted on through all of them."""
    text, pages, doubts = [], list[Page](), list[Doubt]()
    offset = 0
    for one in documents:
        pages += [
            replace(page, number=len(pages) + nth, start=page.start + offset, end=page.end + offset)
            for nth, page in enumerate(one.pages, 1)
        ]
        doubts += [Doubt(doubt.start + offset, doubt.end + offset, doubt.confidence) for doubt in one.doubts]
        text.append(one.text)
        offset += len(one.text) + 2
    kinds = {one.kind for one in documents}
    return Document("\n\n".join(text), tuple(pages), kinds.pop() if len(kinds) == 1 else "files", tuple(doubts))
