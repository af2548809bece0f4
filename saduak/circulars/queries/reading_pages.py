"""The pages of a bundle: in which file each stands, which of them can be shown as pictures, and on which one a place stands."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from saduak.circulars.models import Reading, ReadingFile


@dataclass(frozen=True)
class FilePage:
    """A page of the bundle: the file, the number it has there (from 1), and whether it can be drawn."""

    file: ReadingFile
    number: int
    picture: bool


def given(reading: Reading) -> list[dict[str, Any]]:
    """{number, start, end, way, confidence} of every page, as the reader found them; empty for a pasted text."""
    found: list[dict[str, Any]] = reading.result.get("pages") or []
    return found


def in_files(reading: Reading) -> dict[int, FilePage]:
    """Number in the bundle → where that page stands; empty for a pasted text. One query."""
    found: dict[int, FilePage] = {}
    for file in reading.files.filter(state="READ").select_related("stored").defer("parts").order_by("order"):
        for nth in range(file.pages):
            drawn = file.stored is not None and file.stored.drawable and nth < file.stored.pages
            found[(file.first_page or 1) + nth] = FilePage(file, nth + 1, drawn)
    return found


def page_of(reading: Reading, offset: int) -> int | None:
    """The page on which the character at `offset` stands; None for a text that has no pages, or one only."""
    pages = given(reading)
    if len(pages) < 2:
        return None
    place = bisect_right(pages, offset, key=lambda page: page["start"]) - 1
    number: int = pages[max(0, place)]["number"]
    return number
