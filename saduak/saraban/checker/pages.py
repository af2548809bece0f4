"""Pages that could not be read, or only by OCR."""

from collections.abc import Iterator

from saduak.saraban.model import Finding, Quote, Span
from saduak.saraban.sources.document import Document

_UNSURE = 0.8
"""Mean confidence of a page's words below which a person should read it against the picture."""


def check(document: Document) -> Iterator[Finding]:
    """Findings on pages."""
    unread = [page.number for page in document.pages if page.way == "unread"]
    if unread:
        numbers = ", ".join(map(str, unread))
        yield Finding(
            "page-unread",
            "error",
            f"หน้า {numbers} เป็นภาพสแกน ยังไม่ได้อ่าน เพราะเครื่องนี้ไม่ได้ติดตั้งโปรแกรมอ่านภาพ โปรดอ่านหน้านั้นเองแล้ววางข้อความเพิ่ม",
            f"Page {numbers} is a scan and was not read, because no program that reads pictures is installed here. "
            "Please read it yourself and paste its text.",
            (),
        )
    for page in document.pages:
        if page.way == "ocr" and page.confidence < _UNSURE:
            place = Span(page.start, min(page.end, page.start + 80))
            yield Finding(
                "page-unsure",
                "warning",
                f"หน้า {page.number} อ่านจากภาพสแกนได้ไม่ชัด (ความมั่นใจ {page.confidence:.0%}) โปรดตรวจเลขที่ วันที่ และตัวเลขกับต้นฉบับ",
                f"Page {page.number} is a scan that could not be read well (confidence {page.confidence:.0%}). "
                "Please check numbers and dates against the original.",
                (),
                (Quote(None, document.text[place.start : place.end], place),),
            )
