"""The files of a reading in another order, before they are read or after.

Before, the pages are put together in the order in which the files stand then. After, the letters are told anew in the pages in their
new order; what was done by hand to a letter that stays whole goes along to its new place, and what cannot is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.cuts import KEPT, carry
from saduak.circulars.commands.reading_files import letters_in
from saduak.circulars.commands.readings import subject
from saduak.circulars.models import Reading, ReadingFile
from saduak.circulars.queries.visibility import lock_reading
from saduak.circulars.queries.visibility import readings as visible
from saduak.journal import commands as journal
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.actor import Actor
from saduak.saraban.sources import Document, together
from saduak.saraban.sources.document import Doubt, Page

ELSE = _("Somebody has put the files into another order meanwhile. Open the reading again.")


@dataclass(frozen=True)
class Stretch:
    """The text of a file in the text of the bundle, and how far it moves."""

    start: int
    end: int
    by: int


@dataclass(frozen=True)
class Ordered:
    """lost: the numbers (from 1, as they were) of letters of which what was done by hand could not be kept; uncut: were letters
    split or joined by hand, which is undone?"""

    reading: Reading
    lost: list[int]
    uncut: bool


def order_files(code: str, order: Sequence[int], *, by: Actor) -> Ordered:
    """Put the files into an order: `order` names each by the place at which it stands now (from 1).

    No transaction may be open: letters are told anew before anything is held. Raises Reading.DoesNotExist; NotPossible for a
    reading that is settled, or whose files were ordered or letters cut meanwhile; NotComplete for an order that does not name each
    file once, or in which no letter is found.
    """
    reading = visible(by).get(code=code)
    policy.may_order_files(by, reading).require()
    files = list(reading.files.order_by("order"))
    if sorted(order) != [one.order for one in files]:
        raise NotComplete(_("Give each file a place of its own."), field="order")
    if list(order) == [one.order for one in files]:
        return Ordered(reading, [], False)
    wanted = [files[place - 1] for place in order]
    if reading.state != "READ":
        return _order(code, wanted, by)
    document = together([_document(reading, one) for one in wanted if one.state == "READ"])
    found, why = letters_in(document)
    if found is None:
        raise NotComplete(why[0] if why else "", field="order")
    return _order(code, wanted, by, document.text, found.to_json(), known=(reading.cuts, reading.turn))


@transaction.atomic
def _order(
    code: str, wanted: list[ReadingFile], by: Actor, text: str = "", result: dict[str, Any] | None = None,
    known: tuple[int, int] | None = None,
) -> Ordered:  # fmt: skip
    reading = lock_reading(code, actor=by)
    policy.may_order_files(by, reading).require()
    stands = {one.pk: one.order for one in reading.files.defer("parts")}
    if stands != {one.pk: one.order for one in wanted} or (known and known != (reading.cuts, reading.turn)):
        raise NotPossible(ELSE)
    if (result is None) != (reading.state != "READ"):
        raise NotPossible(ELSE)  # it was read meanwhile
    lost: list[int] = []
    uncut = reading.recut is not None
    if result is not None:
        lost = _put_anew(reading, wanted, text, result)
    else:
        reading.turn += 1  # whoever reads it now begins anew behind the last page
        reading.save(update_fields=["turn"])
    for step in (1000, 0):  # no two of them may have one place at any moment
        for place, file in enumerate(wanted, 1):
            ReadingFile.objects.filter(pk=file.pk).update(order=step + place, first_page=file.first_page)
    details = {"files": [one.name for one in wanted], "lost": lost, "uncut": uncut}
    journal.record("reading.reordered", subject(reading), by=by, details=details)
    return Ordered(reading, lost, uncut)


def _put_anew(reading: Reading, wanted: list[ReadingFile], text: str, result: dict[str, Any]) -> list[int]:
    stretches, first = _stretches(reading, wanted), 1
    for file in wanted:
        if file.state == "READ":
            file.first_page, first = first, first + file.pages

    def to(span: Sequence[int]) -> tuple[int, int] | None:
        """Where a stretch of the text stands now; None if its parts no longer follow each other."""
        moves = {one.by for one in stretches if one.start < span[1] and span[0] < one.end}
        return (span[0] + (by := moves.pop()), span[1] + by) if len(moves) == 1 else None

    by_hand = {int(place) for name in KEPT for place, one in getattr(reading, name).items() if one}
    before, findings = reading.letters, reading.findings
    reading.text, reading.result, reading.recut = text, result, None
    carried = carry(reading, before, findings, to)
    reading.cuts += 1
    reading.save(update_fields=["text", "result", "recut", "cuts", "seen", *KEPT])
    return sorted(place + 1 for place in by_hand - carried)


def _stretches(reading: Reading, wanted: list[ReadingFile]) -> list[Stretch]:
    found, offset = [], 0
    for file in wanted:
        if file.state == "READ":
            start, end = _place(reading, file)
            found.append(Stretch(start, end, offset - start))
            offset += end - start + 2
    return found


def _place(reading: Reading, file: ReadingFile) -> tuple[int, int]:
    pages = _pages(reading, file)
    return pages[0]["start"], pages[-1]["end"]


def _pages(reading: Reading, file: ReadingFile) -> list[dict[str, Any]]:
    first = (file.first_page or 1) - 1
    pages: list[dict[str, Any]] = reading.result["pages"][first : first + file.pages]
    return pages


def _document(reading: Reading, file: ReadingFile) -> Document:
    """What was read in a file, from the text of the bundle."""
    start, end = _place(reading, file)
    pages, doubts = [], []
    for number, page in enumerate(_pages(reading, file), 1):
        begin = page["start"] - start
        pages.append(Page(number, begin, page["end"] - start, page["way"], page["confidence"]))
        unsure = file.parts.get(str(number), {}).get("doubts", ())
        doubts += [Doubt(begin + at, begin + until, sure) for at, until, sure in unsure]
    return Document(reading.text[start:end], tuple(pages), "files", tuple(doubts))
