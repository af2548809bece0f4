"""Pages that could not be read, or only by OCR."""

import re
from collections.abc import Iterator

from saduak.saraban.model import Finding, Quote, Span
from saduak.saraban.sources.document import Document

_DIGIT = re.compile("[๐-๙]")
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
    digits = [
        page.number
        for page in document.pages
        if page.way == "ocr" and page.confidence >= _UNSURE and _DIGIT.search(document.text, page.start, page.end)
    ]
    if digits:
        numbers = ", ".join(map(str, digits))
        yield Finding(
            "page-thai-digits",
            "notice",
            f"หน้า {numbers} อ่านจากภาพสแกน เลขไทยอาจอ่านผิด (เช่น ๖ เป็น ๐ หรือ ๘ เป็น ๕) โปรดตรวจเลขที่ วันที่ และหมายเลขโทรศัพท์กับต้นฉบับ",
            f"Page {numbers} was read from a scan; Thai digits may be misread (6 as 0, 8 as 5). "
            "Please check numbers, dates and telephone numbers against the original.",
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
