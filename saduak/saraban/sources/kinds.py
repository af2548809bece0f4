"""What a file is, by its first bytes; and a helpful sentence for what is not read."""

from typing import Literal

from saduak.saraban.refusal import Unreadable

Kind = Literal["text", "pdf", "docx", "picture"]

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_ADVICE = (
    "รับไฟล์ข้อความ (.txt) Word (.docx) PDF และภาพสแกน (PNG JPEG TIFF)",
    "Text (.txt), Word (.docx), PDF and scans (PNG, JPEG, TIFF) are read.",
)
_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0",
        "ไฟล์ Word หรือ Excel รุ่นเก่า",
        "an old Word or Excel file",
        "บันทึกเป็น .docx หรือ PDF",
        "save it as .docx or PDF",
    ),
    (b"{\\rtf", "ไฟล์ RTF", "an RTF file", "บันทึกเป็น .docx หรือ PDF", "save it as .docx or PDF"),
    (b"GIF8", "ภาพ GIF", "a GIF picture", "บันทึกเป็น PNG หรือ PDF", "save it as PNG or PDF"),
    (b"Rar!", "ไฟล์บีบอัด", "an archive", "แตกไฟล์แล้วส่งทีละไฟล์", "unpack it and give its files one by one"),
    (b"7z\xbc\xaf", "ไฟล์บีบอัด", "an archive", "แตกไฟล์แล้วส่งทีละไฟล์", "unpack it and give its files one by one"),
    (b"\x1f\x8b", "ไฟล์บีบอัด", "an archive", "แตกไฟล์แล้วส่งทีละไฟล์", "unpack it and give its files one by one"),
)


def kind_of(content: bytes) -> Kind:
    """What is in `content`. Raises Unreadable for an empty file and for kinds that are not read."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("ไฟล์ว่างเปล่า ไม่มีข้อความให้อ่าน", "The file is empty; there is nothing to read.", code="empty")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(_PICTURES):
        return "picture"
    if content.startswith(b"PK\x03\x04"):
        if b"word/" in content:
            return "docx"
        raise _refused("ไฟล์บีบอัดหรือไฟล์สำนักงานชนิดอื่น", "an archive or another office file", *_OTHERS[3][3:])
    for start, thai, english, what_thai, what_english in _OTHERS:
        if content.startswith(start):
            raise _refused(thai, english, what_thai, what_english)
    return "text"


def _refused(thai: str, english: str, what_thai: str, what_english: str) -> Unreadable:
    return Unreadable(
        f"ไฟล์นี้เป็น{thai} ซึ่งระบบไม่อ่าน โปรด{what_thai} ({_ADVICE[0]})",
        f"This is {english}, which is not read; please {what_english}. {_ADVICE[1]}",
        code="kind",
    )
