"""What the review screen shows of the source: the pages of one letter, with the places of its fields and findings."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saduak.circulars.marking import Place, marked
from saduak.circulars.models import Reading
from saduak.circulars.queries.readings import SURE, ReadField, ReadFinding, mark_id


@dataclass(frozen=True)
class SourcePage:
    """A page of the letter: number in its file (None: a text without pages), its part of the text, how it was read."""

    number: int | None
    start: int
    html: SafeString
    recognised: bool
    unsure: bool


def pages(reading: Reading, place: int, fields: list[ReadField], findings: list[ReadFinding]) -> list[SourcePage]:
    """The pages on which the letter at a place stands, each with its part of the letter."""
    start, end = reading.letters[place]["span"]
    places = _places(place, fields, findings)
    given: list[dict[str, Any]] = reading.result.get("pages") or []
    seen: set[str] = set()
    if len(given) < 2 and not any(one["way"] != "text" for one in given):
        html = marked(reading.text, places, start=start, end=end, seen=seen)
        return [SourcePage(None, start, html, recognised=False, unsure=False)]
    shown = []
    for one in given:
        first, last = max(start, one["start"]), min(end, one["end"])
        if first < last:
            html = marked(reading.text, places, start=first, end=last, seen=seen)
            recognised = one["way"] == "ocr"
            shown.append(SourcePage(one["number"], first, html, recognised, recognised and one["confidence"] < SURE))
    return shown


def _places(place: int, fields: list[ReadField], findings: list[ReadFinding]) -> list[Place]:
    found = [
        Place(start, end, mark_id(place, one.name, nth), f"id_{place}-{one.name}", str(one.label))
        for one in fields
        for nth, (start, end) in enumerate(one.spans)
    ]
    found += [
        Place(quote.start, quote.end, quote.mark, f"finding-{one.place}", _("Finding"))
        for one in findings
        for quote in one.quotes
    ]
    return found


def lines(reading: Reading, place: int) -> list[tuple[int, str]]:
    """(offset, text) of every line of a letter but its first: where a second letter may begin."""
    start, end = reading.letters[place]["span"]
    found, at = [], start
    for line in reading.text[start:end].split("\n"):
        if line.strip():
            found.append((at + len(line) - len(line.lstrip()), " ".join(line.split())))
        at += len(line) + 1
    return found[1:]
