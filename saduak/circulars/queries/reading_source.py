"""What the review screen shows of the source: the pages of one letter, with the places of its fields and findings."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saduak.circulars.marking import Place, marked
from saduak.circulars.models import Reading
from saduak.circulars.queries import reading_pages
from saduak.circulars.queries.readings import SURE, ReadField, ReadFinding, mark_id


@dataclass(frozen=True)
class SourcePage:
    """A page of the letter: number in the bundle (None: a text without pages), its part of the text, how it was read.

    file, of_file: the file in which it stands and its number there; picture: it can be shown as it looks.
    """

    number: int | None
    start: int
    html: SafeString
    recognised: bool = False
    unsure: bool = False
    unread: bool = False
    file: str = ""
    of_file: int = 0
    picture: bool = False


def pages(reading: Reading, place: int, fields: list[ReadField], findings: list[ReadFinding]) -> list[SourcePage]:
    """The pages on which the letter at a place stands, each with its part of the letter."""
    start, end = reading.letters[place]["span"]
    places = _places(place, fields, findings)
    given, files = reading_pages.given(reading), reading_pages.in_files(reading)
    seen: set[str] = set()
    drawn = {number for number, one in files.items() if one.picture}
    if len(given) < 2 and not drawn and not any(one["way"] != "text" for one in given):
        return [SourcePage(None, start, marked(reading.text, places, start=start, end=end, seen=seen))]
    shown = []
    for one in given:
        first, last = max(start, one["start"]), min(end, one["end"])
        number = one["number"]
        # A page without text is shown beside the letter in which it stands: a picture says what was not read.
        if first < last or (one["start"] == one["end"] and start <= one["start"] <= end and number in drawn):
            recognised, where = one["way"] == "ocr", files.get(number)
            shown.append(
                SourcePage(
                    number,
                    first,
                    marked(reading.text, places, start=first, end=max(first, last), seen=seen),
                    recognised,
                    unsure=recognised and one["confidence"] < SURE,
                    unread=one["way"] == "unread",
                    file=where.file.name if where else "",
                    of_file=where.number if where else 0,
                    picture=number in drawn,
                )
            )
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
