"""One door for whatever a letter comes as: text in any of its encodings, .docx, PDF with or without text, pictures.

`open_source(content)` answers a `Document`: the text, and where each page of it begins. What comes from outside is opened in a
process of its own with bounded memory and time (`isolation`), because parsers of such files are written in C and can
be made to crash or to eat a machine.
"""

from collections.abc import Collection, Generator, Sequence
from typing import Any

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import plain
from saduak.saraban.sources.document import Document, Doubt, Found, Page, of_pages, together
from saduak.saraban.sources.isolation import extract, stream
from saduak.saraban.sources.kinds import kind_of
from saduak.saraban.sources.limits import IN_BACKGROUND, LIMITS, Limits

__all__ = [
    "IN_BACKGROUND",
    "LIMITS",
    "Document",
    "Doubt",
    "Found",
    "Limits",
    "Page",
    "Unreadable",
    "assembled",
    "open_source",
    "read_on",
    "together",
]


def open_source(content: bytes, *, limits: Limits = LIMITS) -> Document:
    """The text of a file, with its pages. The kind is told by the content, never by the name.

    Raises Unreadable with one sentence in Thai and one in English that says what to do.
    """
    _check_size(content, limits)
    kind = kind_of(content)
    return _sound(plain.document(content) if kind == "text" else extract(kind, content, limits), limits)


def read_on(content: bytes, *, known: Collection[int] = (), limits: Limits = IN_BACKGROUND) -> Generator[Found]:
    """The pages of a file one by one as they are read, those in `known` left out: what was read before an interruption.

    They do not come in their order; `assembled` makes a document of their parts. Raises Unreadable.
    """
    _check_size(content, limits)
    kind = kind_of(content)
    if kind != "text":
        yield from stream(kind, content, limits, known)
        return
    parts = plain.decode(content).split("\f")
    for number, text in enumerate(parts, 1):
        if number not in known:
            yield Found(number, len(parts), {"text": text, "way": "text" if text.strip() else "empty"})


def assembled(parts: Sequence[dict[str, Any]], *, limits: Limits = IN_BACKGROUND) -> Document:
    """The document of all parts of a file, in the order of its pages. Raises Unreadable where no text stands in them."""
    return _sound(of_pages("pages", list(parts)), limits)


def _check_size(content: bytes, limits: Limits) -> None:
    if len(content) > limits.file_bytes:
        raise Unreadable(
            f"ไฟล์ใหญ่เกิน {limits.file_bytes >> 20} MB โปรดสแกนเป็นขาวดำ หรือแบ่งเป็นไฟล์ย่อย",
            f"The file is larger than {limits.file_bytes >> 20} MB. Scan it in black and white, or split it.",
            code="too-large",
        )


def _sound(document: Document, limits: Limits) -> Document:
    if len(document.text) > limits.text_characters:
        raise Unreadable(
            "ข้อความยาวเกินไป อ่านได้ครั้งละไม่เกิน 2 ล้านตัวอักษร โปรดแบ่งเป็นไฟล์ย่อย",
            "The text is too long: at most 2 million characters are read at once. Please split the file.",
            code="too-long",
        )
    if not document.text.strip():
        raise Unreadable(
            "ไม่พบข้อความในไฟล์ หน้าทุกหน้าว่างเปล่า", "No text was found in the file; every page is empty.", code="empty"
        )
    return document
