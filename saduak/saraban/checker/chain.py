"""The letters of a file as a chain: which one cites which, with what difference."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from saduak.saraban import numbering
from saduak.saraban.model import Citation, Letter, Quote, Span
from saduak.thai.dates import format_date
from saduak.thai.text import fold


@dataclass(frozen=True, slots=True)
class Link:
    """Letter `above` (counting from 0) cites letter `below`; number or date may differ from what that letter bears."""

    above: int
    below: int
    citation: Citation
    number_differs: bool = False
    date_differs: bool = False


@dataclass(slots=True)
class Bundle:
    """The letters of one file, with the text they were read from."""

    letters: Sequence[Letter]
    text: str
    links: list[Link] = field(init=False)
    _lines: list[tuple[int, str]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        by_number: dict[str, list[int]] = {}
        by_date: dict[str, list[int]] = {}
        for index, letter in enumerate(self.letters):
            if letter.number:
                by_number.setdefault(numbering.bare(letter.number.value), []).append(index)
            if letter.date:
                by_date.setdefault(letter.date.value, []).append(index)
        self.links = [
            link
            for index, letter in enumerate(self.letters)
            for citation in [*letter.references, *letter.cited_documents]
            if (link := self._link(index, citation, by_number, by_date))
        ]

    def _link(
        self, above: int, citation: Citation, by_number: dict[str, list[int]], by_date: dict[str, list[int]]
    ) -> Link | None:
        if not citation.number:  # "สำเนาประกาศ … ลงวันที่ …"
            others = [below for below in by_date.get(citation.date or "", []) if below != above]
            return Link(above, others[0], citation) if len(others) == 1 else None
        for below in by_number.get(numbering.bare(citation.number), []):
            own = self.letters[below].date
            if below != above:
                differs = bool(own and citation.date and own.value != citation.date)
                return Link(above, below, citation, date_differs=differs)
        for below in by_date.get(citation.date or "", []):
            number = self.letters[below].number
            if below != above and number and _nearly(number.value, citation.number):
                return Link(above, below, citation, number_differs=True)
        return None

    def above(self, index: int) -> set[int]:
        """The letters that cite letter `index`, directly or through others."""
        found: set[int] = set()
        frontier = {index}
        while frontier:
            frontier = {link.above for link in self.links if link.below in frontier} - found - {index}
            found |= frontier
        return found

    def has_line(self, beginning: str, after: int) -> bool:
        """Does a line of the text behind offset `after` begin so? Both folded and without blanks."""
        if not self._lines:
            offset = 0
            for line in self.text.split("\n"):
                if bare := fold(line[:120]).replace(" ", ""):
                    self._lines.append((offset, bare))
                offset += len(line) + 1
        first = bisect_left(self._lines, (after, ""))
        return any(line.startswith(beginning) for _, line in self._lines[first:])

    def quote(self, index: int | None, span: Span) -> Quote:
        """A place in letter `index` (from 0), for a finding."""
        return Quote(None if index is None else index + 1, self.text[span.start : span.end], span)


def _nearly(one: str, other: str) -> bool:
    """Is it the same office, with a running number that may have been misread?"""
    first, second = numbering.parse(one), numbering.parse(other)
    if first is None or second is None or first.prefix != second.prefix or first.circular != second.circular:
        return False
    if not first.running or not second.running:
        return True
    return _distance(first.running, second.running) <= 2


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        last, row[0] = row[0], number
        for place, sign in enumerate(other, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (letter != sign))
    return row[-1]


def day(iso: str) -> dt.date | None:
    """The date of an ISO day; None for a month."""
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return None


def thai(date: dt.date) -> str:
    """A date as the findings write it in Thai."""
    return format_date(date, "long")


def english(date: dt.date) -> str:
    """A date as the findings write it in English."""
    return format_date(date, "long", language="en")
