"""Lines and columns of a cleaned text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE = re.compile(r"\S+(?:[ ]{1,2}\S+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cleaned text; offsets into it."""

    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        """The line without blanks around it."""
        return self.text.strip()

    @property
    def blank(self) -> bool:
        """Is there nothing on it but blanks, rules and dots?"""
        return not self.text.strip(" -_=.*|:")

    def pieces(self) -> list[tuple[int, int, str]]:
        """The runs of text between gaps of three blanks or more: start, end, text."""
        return [(self.start + m.start(), self.start + m.end(), m[0]) for m in _PIECE.finditer(self.text)]


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of text[start:end], without their line breaks."""
    return list(_lines(text, start, len(text) if end is None else end))


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    while start <= end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Line(start, stop, text[start:stop])
        start = stop + 1
