"""Registers as paper and as workbook, in the columns of the Regulation on Correspondence, in Thai."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from saduak.circulars.models import Direction, RegisterEntry
from saduak.circulars.queries import registers
from saduak.circulars.queries.registers import Book
from saduak.documents.typesetting import typeset
from saduak.files import tables
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.thai.dates import format_date
from saduak.thai.digits import to_thai

TITLES = {Direction.INCOMING: "ทะเบียนหนังสือรับ", Direction.OUTGOING: "ทะเบียนหนังสือส่ง"}
# The columns of forms 13 and 14 of the regulation; then the day of entry, for which those have a line of its own.
COLUMNS = ("เลขทะเบียน", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
ENTERED = "วันที่ลงทะเบียน"
# Column of the paper → of the line, and its name.
_KEYS = {"number": ("letter_number", "ที่"), "dated": ("letter_on", "ลงวันที่"), "from": ("from_name", "จาก"),
         "to": ("to_name", "ถึง"), "subject": ("subject", "เรื่อง")}  # fmt: skip
_WIDTHS = (11, 22, 14, 30, 30, 50, 32, 28, 20)


def as_pdf(book: Book, year: int, entries: Iterable[RegisterEntry], *, narrowed: str = "") -> bytes:
    """Lines of a year's register as PDF, with Thai digits; cancelled ones struck through. narrowed: by what, in Thai."""
    entries = list(entries)
    done = registers.done(entries)
    data: dict[str, Any] = {
        "title": TITLES[Direction(book.direction)],
        "organisation": book.owner,
        "year": to_thai(f"พ.ศ. {year}{f' ({narrowed})' if narrowed else ''}"),
        "rows": [
            {
                "registered": to_thai(str(one.number)),
                "received": to_thai(_day(one)),
                "number": to_thai(one.letter_number),
                "dated": to_thai(format_date(one.letter_on, "short")) if one.letter_on else "",
                "from": one.from_name,
                "to": one.to_name,
                "subject": one.subject,
                "action": to_thai(" · ".join(done[one.pk])),
                "remark": to_thai(registers.remarks(one)),
                "cancelled": one.cancelled_at is not None,
                "struck": {key: [to_thai(old) for old in olds] for key, olds in _struck(one).items()},
            }
            for one in entries
        ],
        "printed_at": to_thai(f"พิมพ์เมื่อ {format_date(clock.today())}"),
        "demonstration": settings.DEMO,
    }
    return typeset("register", data)


def as_workbook(book: Book, year: int, entries: Iterable[RegisterEntry], *, narrowed: str = "") -> bytes:
    """The same as XLSX: the eight columns of the regulation and the moment of entry; digits as programs sort them."""
    entries = list(entries)
    done = registers.done(entries)
    rows: list[list[Any]] = [[*COLUMNS, ENTERED]]
    rows += [
        [
            one.number,
            one.letter_number,
            format_date(one.letter_on, "short") if one.letter_on else "",
            one.from_name,
            one.to_name,
            one.subject,
            " · ".join(done[one.pk]),
            " ".join(part for part in (registers.remarks(one), _as_it_stood(one)) if part),
            f"{_day(one)} {one.at.astimezone(BANGKOK):%H.%M} น.",
        ]
        for one in entries
    ]
    title = f"{TITLES[Direction(book.direction)]} พ.ศ. {year} {book.owner}{f' ({narrowed})' if narrowed else ''}"
    struck = {place for place, one in enumerate(entries, 1) if one.cancelled_at is not None}
    return tables.workbook(rows, above=[title], widths=_WIDTHS, struck=struck)


def _day(entry: RegisterEntry) -> str:
    return format_date(entry.at.astimezone(BANGKOK).date(), "short")


def _struck(entry: RegisterEntry) -> dict[str, list[str]]:
    """Column of the paper → what stood there before it was corrected."""
    return {
        key: [one if isinstance(one, str) else format_date(one, "short") for one in entry.struck[name]]
        for key, (name, _label) in _KEYS.items()
        if name in entry.struck
    }


def _as_it_stood(entry: RegisterEntry) -> str:
    """The same in words, for cells in which nothing can be struck through in part."""
    olds = _struck(entry)
    return " ".join(f"({_KEYS[key][1]}เดิม: {' / '.join(old)})" for key, old in olds.items())
