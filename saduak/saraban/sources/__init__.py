"""One door for whatever a letter comes as: text in any of its encodings, .docx, PDF with or without text, pictures.

`open_source(content)` answers a `Document`: the text, and where each page of it begins. What comes from outside is opened in a
process of its own with bounded memory and time (`isolation`), because parsers of such files are written in C and can
be made to crash or to eat a machine.
"""

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import plain
from saduak.saraban.sources.document import Document, Doubt, Page
from saduak.saraban.sources.isolation import extract
from saduak.saraban.sources.kinds import kind_of
from saduak.saraban.sources.limits import LIMITS, Limits

__all__ = ["LIMITS", "Document", "Doubt", "Limits", "Page", "Unreadable", "open_source"]


def open_source(content: bytes, *, limits: Limits = LIMITS) -> Document:
    """The text of a file, with its pages. The kind is told by the content, never by the name.

    Raises Unreadable with one sentence in Thai and one in English that says what to do.
    """
    if len(content) > limits.file_bytes:
        raise Unreadable(
            f"ไฟล์ใหญ่เกิน {limits.file_bytes >> 20} MB โปรดสแกนเป็นขาวดำ หรือแบ่งเป็นไฟล์ย่อย",
            f"The file is larger than {limits.file_bytes >> 20} MB. Scan it in black and white, or split it.",
            code="too-large",
        )
    kind = kind_of(content)
    document = plain.document(content) if kind == "text" else extract(kind, content, limits)
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
