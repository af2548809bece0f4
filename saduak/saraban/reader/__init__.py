"""Reading official letters: text in, letters with the place of every field out.

`read` cleans the text (`clean`), finds line breaks that were lost (`breaks`), splits the bundle (`split`) and reads
each letter: stamps first (`stamps`), so that their numbers and days are no others', then the head (`head`, `parties`), the
signature (`signature`), the body (`body`) and what leads to people (`contacts`).
"""

import re
from dataclasses import replace

from saduak.saraban import checker
from saduak.saraban.model import Field, Letter, Reading
from saduak.saraban.reader import body, breaks, contacts, doubts, head, parties, signature, stamps, words
from saduak.saraban.reader.clean import Source
from saduak.saraban.reader.layout import lines_of
from saduak.saraban.reader.split import Block, split
from saduak.saraban.reader.stamps import Stamp
from saduak.saraban.reader.tops import from_page_tops
from saduak.saraban.reader.view import View
from saduak.saraban.sources.document import Document

_ORIGIN = re.compile(r"\n[ ]*ที่มา[ ]*:")
_PERSON = re.compile(rf"(?:ผู้ประสานงาน|ผู้ติดต่อ|ติดต่อประสานงาน(?:ที่)?)[ ]*:?[ ]*(?={words.TITLE})")


def read(given: str | Document) -> Reading:
    """The letters in a text, or in a document with pages, and what a careful clerk would notice. Never fails, whatever the text."""
    document = given if isinstance(given, Document) else None
    text = given if isinstance(given, str) else given.text
    source = Source(text)
    breaks.restore(source)
    blocks = split(source.text)
    if document is not None:
        blocks = from_page_tops(blocks, source, document)
    letters = [_letter(source, block) for block in blocks]
    if document is not None:
        doubts.lower(letters, document)
    findings = checker.check(letters, text=text, document=document)
    return Reading(text=text, letters=letters, findings=findings, source=document)


def _letter(source: Source, block: Block) -> Letter:
    origin = _ORIGIN.search(source.text, block.head, block.end)
    end = origin.start() if origin else block.end
    found = stamps.find(source, block.start, end)
    block = replace(block, end=end)
    view = View(source, block, stamps.mask(source.flat, found, block.start, end))
    head_end = _head_end(view)
    letter = Letter(
        span=source.span(block.start, block.start + len(source.text[block.start : end].rstrip())),
        kind=head.kind(view, head_end),
    )
    number_at = head.read_number(view, letter, head_end)
    date_at = head.read_date(view, letter, head_end, number_at[0] if number_at else None)
    head.read_agency(view, letter, head_end, [place for place in (number_at, date_at) if place])
    if letter.agency is None and letter.kind == "external" and number_at:
        found = _letterhead_above_stamp(source, letter, found, number_at[1])
    begin = parties.read_subject(view, letter)
    begin = parties.read_addressees(view, letter) or begin or block.certificate or block.head
    begin = parties.read_references(view, letter, begin)
    signed = signature.find(view, begin)
    if signed:
        letter.signatory = signed.signatory
    end_of_body = signed.start if signed else None
    if letter.kind == "stamped" and letter.date is None:
        date_at = head.read_foot(view, letter, begin)
    if date_at and date_at[0] > begin:
        end_of_body = min(date_at[0], end_of_body) if end_of_body else date_at[0]
    _read_body(view, letter, begin, end_of_body)
    outside = _attachment(view, signed.end) if signed and signed.signatory else None
    if outside is not None:
        letter.attached = _attached(view, outside, end)
        end = outside
    letter.receipts = [stamp.receipt for stamp in found if stamp.places[0][0] < end]
    _read_contacts(source, letter, block.start, end)
    return letter


def _letterhead_above_stamp(source: Source, letter: Letter, found: list[Stamp], number_end: int) -> list[Stamp]:
    """An office right under the letter's number, and a stamp under it that names none: it is the letter's, not the stamp's."""
    for place, stamp in enumerate(found):
        receipt, start = stamp.receipt, min(begin for begin, _ in stamp.places)
        if receipt.office and receipt.office_span and not source.text[number_end:start].strip():
            letter.agency = Field(receipt.office, receipt.office_span, 0.8)
            without = replace(stamp, receipt=replace(receipt, office=None, office_span=None))
            return [*found[:place], without, *found[place + 1 :]]
    return found


def _head_end(view: View) -> int:
    block = view.block
    if block.heading is not None:
        if block.subject is not None:
            return block.subject
        label = re.search(r"เรื่อง[ ]", view.cut(block.heading, block.end)[:400])
        return block.heading + (label.start() if label else 0)
    ends = [place for place in (block.subject, block.addressee, block.certificate) if place is not None]
    return min(ends) if ends else block.head


def _read_body(view: View, letter: Letter, begin: int, signed: int | None) -> None:
    end = body.end_of(view, begin, signed)
    letter.body = view.source.span(begin, end)
    letter.dates_in_body = body.read_dates(view, begin, end)
    letter.action_items = body.read_items(view, begin, end, letter.dates_in_body)
    letter.cited_documents += view.citations(begin, end)
    closing = body.read_closing(view, begin, end)
    if closing:
        letter.closing = view.field(*closing)


def _read_contacts(source: Source, letter: Letter, start: int, end: int) -> None:
    emails = contacts.find_emails(source, start, end)
    letter.emails = [field for field, _ in emails]
    letter.urls = contacts.find_urls(source, start, end, tuple(place for _, place in emails))
    letter.phones, letter.faxes = contacts.find_phones(source, start, end)
    person = _PERSON.search(source.text, start, end)
    if person:
        stop = re.compile(r"\n|[ ]{3}|โทร|[0-9๐-๙,(]").search(source.text, person.end(), end)
        value = source.text[person.end() : stop.start() if stop else end]
        letter.contact_person = contacts.as_field(source, person.end(), person.end() + len(value.rstrip()))


def _attached(view: View, begin: int, end: int) -> list[Field]:
    """The headings of what was added, from where it begins."""
    lines = [line for line in view.lines(begin, end) if words.ATTACHMENT.match(line.bare) and len(line.bare) < 100]
    return [field for line in lines if (field := view.field(line.start, line.end))]


def _attachment(view: View, begin: int) -> int | None:
    """Where a form or list that was added behind the signature begins; its links and numbers are not the letter's."""
    for line in lines_of(view.source.text, begin, view.block.end):
        if words.ATTACHMENT.match(line.bare) and not re.search(
            words.PHONE_LABEL + r"[^0-9\n]{0,20}[0-9]", view.source.flat[line.start : view.block.end]
        ):
            return line.start
    return None


def read_one(text: str) -> Letter | None:
    """`text` as one letter, whatever borders might be found in it: for a piece that a person has cut out. None for blanks."""
    source = Source(text)
    breaks.restore(source)
    blocks = split(source.text)
    return _letter(source, replace(blocks[0], end=len(source.text))) if blocks else None
