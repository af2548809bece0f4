"""PDFs: refused when they are locked or run something; text with its columns; pictures of pages through OCR."""

import io
import time
from collections.abc import Collection, Iterator
from typing import Any

import pypdfium2
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import columns, ocr
from saduak.saraban.sources.document import Found
from saduak.saraban.sources.limits import Limits

# Actions that run something or send something away (ISO 32000-2, table 201).
_HARMFUL = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/RichMediaExecute"}
_MOST_OBJECTS, _DEEPEST = 150_000, 60
_RENDER_DPI, _POINTS = 200, 72
_ODD = (
    PyPdfError,
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    AssertionError,
)
_DAMAGED = (
    "PDF เสียหายหรือไม่สมบูรณ์ อ่านไม่ได้ โปรดบันทึกหรือสแกนใหม่",
    "The PDF is damaged and cannot be read. Please save or scan it again.",
)


def pages(content: bytes, limits: Limits, until: float, known: Collection[int] = ()) -> Iterator[Found]:
    """Text and way of each page: first those that hold their text, then the scans. Raises Unreadable."""
    _check(content, limits, until)
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(*_DAMAGED, code="damaged") from error
    if count > limits.pages:
        raise Unreadable(
            f"PDF มี {count} หน้า อ่านได้ครั้งละไม่เกิน {limits.pages} หน้า โปรดแบ่งเป็นไฟล์ย่อย",
            f"The PDF has {count} pages; at most {limits.pages} are read at once. Please split it.",
            code="too-many-pages",
        )
    found = [_page(document, number) for number in range(count)]
    scans = [number for number, page in enumerate(found) if page["way"] == "unread"]
    reader = ocr.Reader(limits, until, scans=len(scans), of=count)
    for number, page in enumerate(found, 1):
        if number not in known and (page["way"] != "unread" or not reader.installed):
            yield Found(number, count, page)
    for number in scans if reader.installed else ():
        if number + 1 not in known:
            yield Found(number + 1, count, reader.read(ocr.prepared(_picture(document, number, limits))))


def _page(document: pypdfium2.PdfDocument, number: int) -> dict[str, Any]:
    try:
        page = document[number]
        text = columns.text_of(page)
        if _is_text(text):
            return {"text": text, "way": "text"}
        drawn = any(True for _ in page.get_objects(max_depth=3))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(*_DAMAGED, code="damaged") from error
    return {"text": "", "way": "unread" if drawn else "empty"}


def _is_text(text: str) -> bool:
    """Is it more than a stray page number over a scan, and are its letters letters?"""
    letters = "".join(text.split())
    odd = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf6ff" or letter < " " for letter in letters)
    return len(letters) >= 12 and odd * 4 < len(letters)


def _picture(document: pypdfium2.PdfDocument, number: int, limits: Limits) -> Image.Image:
    page = document[number]
    width, height = page.get_size()
    scale = _RENDER_DPI / _POINTS
    pixels = width * height * scale * scale
    if pixels > limits.pixels:
        scale *= (limits.pixels / pixels) ** 0.5
    try:
        picture: Image.Image = page.render(scale=max(scale, 0.02), grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, RuntimeError, ValueError) as error:
        raise Unreadable(*_DAMAGED, code="damaged") from error
    return picture


def _check(content: bytes, limits: Limits, until: float) -> None:
    """Refuse what is locked, damaged or active. Every object is looked at once; streams are not decoded."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Unreadable(
                "PDF มีรหัสผ่านหรือจำกัดสิทธิ์ โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน เช่น พิมพ์เป็น PDF",
                "The PDF is locked with a password or restrictions. Please save it without, for example by printing it to PDF.",
                code="locked",
            )
        for found in _objects(reader, until):
            _look(found, _DEEPEST)
    except _ODD as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(*_DAMAGED, code="damaged") from error


def _objects(reader: PdfReader, until: float) -> Iterator[Any]:
    ids = [(number, generation) for generation, entries in reader.xref.items() for number in entries]
    ids += [(number, 0) for number, _ in sorted(reader.xref_objStm.items(), key=lambda entry: entry[1])]
    for count, (number, generation) in enumerate(ids):
        if count > _MOST_OBJECTS or time.monotonic() > until:
            raise Unreadable(
                "PDF ซับซ้อนเกินกว่าจะตรวจสอบได้ โปรดพิมพ์เป็น PDF แล้วส่งอีกครั้ง",
                "The PDF is too complex to be checked. Please print it to PDF and try again.",
                code="too-complex",
            )
        if count % 50 == 0:
            reader.resolved_objects.clear()  # it would keep the whole file once more
        yield reader.get_object(IndirectObject(number, generation, reader))


def _look(found: Any, deeper: int) -> None:
    if isinstance(found, DictionaryObject):
        active = found.get("/S") in _HARMFUL or any(key in found for key in ("/JS", "/JavaScript", "/XFA"))
        if active or deeper == 0:
            raise Unreadable(
                "PDF มีสคริปต์หรือคำสั่งเปิดโปรแกรม จึงไม่รับด้วยเหตุผลด้านความปลอดภัย โปรดพิมพ์เป็น PDF แล้วส่งไฟล์นั้น",
                "The PDF contains scripts or starts programs, which is not taken for safety. Please print it to PDF and give that.",
                code="active",
            )
    if isinstance(found, (DictionaryObject, ArrayObject)):
        for value in found.values() if isinstance(found, DictionaryObject) else list.__iter__(found):
            if isinstance(value, (DictionaryObject, ArrayObject)):
                _look(value, deeper - 1)
