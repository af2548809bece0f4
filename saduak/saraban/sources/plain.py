"""Plain text in the encodings that Thai offices use: UTF-8, UTF-16, TIS-620 and its Windows form cp874."""

import codecs

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources.document import Document, of_text

_NO_TEXT = Unreadable(
    "ไฟล์นี้ไม่ใช่ข้อความ โปรดใช้ไฟล์ข้อความ (.txt) รหัส UTF-8 หรือ TIS-620, Word (.docx), PDF หรือภาพสแกน (PNG JPEG TIFF)",
    "The file is not text; please give a text file (.txt) in UTF-8 or TIS-620, Word (.docx), a PDF, or a scan (PNG, JPEG, TIFF).",
    code="kind",
)


def document(content: bytes) -> Document:
    """The text of `content`. Raises Unreadable when it is no text."""
    return of_text(decode(content))


def decode(content: bytes) -> str:
    """The text of `content`, whichever of the encodings it has. Raises Unreadable when it has none of them."""
    text = _decoded(content)
    if text is None:
        raise Unreadable(_NO_TEXT.thai, _NO_TEXT.english, code=_NO_TEXT.code)
    return text


def _decoded(content: bytes) -> str | None:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(content, "utf-16")
    if b"\x00" in content:
        return _wide(content)
    text = _strict(content, "utf-8-sig")
    if text is not None:
        return text
    text = _strict(content, "cp874")
    if text is None:
        text = content.decode("cp874", "replace")
        if text.count("\ufffd") * 50 > len(text):
            return None
    thai = sum("\u0e01" <= letter <= "\u0e5b" for letter in text)
    odd = sum(letter < " " and letter not in "\t\r\n\f" for letter in text)
    return text if thai * 4 > len(text.strip()) and odd * 50 < len(text) else None


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte is 0x0e (Thai) or 0 (Latin)."""
    for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        half = content[place::2][:4000]
        if half and sum(byte in (0x0E, 0x00, 0x20) for byte in half) * 10 >= len(half) * 9:
            text = _strict(content[: len(content) // 2 * 2], encoding)
            if text and "\x00" not in text:
                return text
    return None
