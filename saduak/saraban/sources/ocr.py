"""Scans through Tesseract, in Thai and English, where it is installed.

Tesseract finds words and how sure it is of each. They are put into lines and columns by where they stand; the faults that it makes with Thai are
mended where no sound text can be hurt (the rest is `reader.clean`'s work).
"""

import re
import shutil
import tempfile
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytesseract
from PIL import Image, ImageOps

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources.columns import Cluster, join
from saduak.saraban.sources.limits import Limits

LANGUAGES = "tha+eng"
_CONFIG = "--psm 4 -c preserve_interword_spaces=1 -c tessedit_create_txt=1 -c tessedit_create_tsv=1"
_NARROWEST, _BEST, _WIDEST = 1500, 1654, 1800
"""Dots across a page. Tried here: Thai is read best at 200 dots an inch (A4: 1654), worse both below and above."""


@cache
def installed() -> bool:
    """Is Tesseract here, with Thai?"""
    if shutil.which("tesseract") is None:
        return False
    try:
        return "tha" in pytesseract.get_languages()
    except (pytesseract.TesseractError, OSError, ValueError):
        return False


class Reader:
    """Reads the scanned pages of one file; refuses before it begins what it could not finish."""

    def __init__(self, limits: Limits, until: float, *, scans: int, of: int) -> None:
        self.until = until
        self.seconds = limits.seconds
        self.installed = installed()
        self.done = 0
        if not scans:
            return
        if not self.installed and scans == of:
            raise Unreadable(
                "ไฟล์เป็นภาพสแกน และเครื่องนี้ยังไม่ได้ติดตั้งโปรแกรมอ่านภาพ (Tesseract ภาษาไทย) โปรดวางข้อความของหนังสือแทน หรือแจ้งผู้ดูแลระบบ",
                "The file is a scan, and the program that reads pictures (Tesseract with Thai) is not installed here. "
                "Please paste the text of the letters, or tell the operator.",
                code="no-ocr",
            )
        if self.installed and scans > limits.scanned_pages:
            raise Unreadable(
                f"ไฟล์มีหน้าที่เป็นภาพสแกน {scans} หน้า อ่านได้ครั้งละไม่เกิน {limits.scanned_pages} หน้า โปรดแบ่งเป็นไฟล์ย่อย",
                f"The file has {scans} scanned pages; at most {limits.scanned_pages} are read at once. Please split it.",
                code="too-many-pages",
            )

    def read(self, picture: Image.Image) -> dict[str, Any]:
        """One page. Raises Unreadable when the time is over."""
        left = self.until - time.monotonic()
        try:
            if left <= 1:
                raise RuntimeError
            shown, table = _read(picture, left)
        except pytesseract.TesseractError as error:
            raise Unreadable(
                "โปรแกรมอ่านภาพอ่านหน้านี้ไม่สำเร็จ โปรดสแกนใหม่ด้วยความละเอียด 300 dpi",
                "The scan could not be read; please scan it again at 300 dpi.",
                code="damaged",
            ) from error
        except RuntimeError as error:  # how pytesseract says that the time is over
            raise Unreadable(
                f"อ่านภาพสแกนได้ {self.done} หน้าแล้วหมดเวลา ({int(self.seconds)} วินาที) โปรดแบ่งเป็นไฟล์ย่อย",
                f"The time ({int(self.seconds)} seconds) was over after {self.done} scanned pages. Please split the file.",
                code="too-slow",
            ) from error
        self.done += 1
        return page_of(rows_of(table), shown)


def prepared(picture: Image.Image) -> Image.Image:
    """Grey, upright, of a size that Tesseract reads well, the shades spread."""
    picture = ImageOps.exif_transpose(picture) or picture
    if picture.mode not in ("L", "1"):
        if picture.mode in ("RGBA", "LA", "P"):
            picture = picture.convert("RGBA")
            ground = Image.new("RGBA", picture.size, "white")
            ground.alpha_composite(picture)
            picture = ground
        picture = picture.convert("L")
    picture = picture.convert("L")
    narrow = min(picture.size)
    if not _NARROWEST <= narrow <= _WIDEST:
        factor = min(4.0, _BEST / max(narrow, 1))
        size = max(1, round(picture.width * factor)), max(1, round(picture.height * factor))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return ImageOps.autocontrast(picture, cutoff=1)


def _read(picture: Image.Image, seconds: float) -> tuple[str, str]:
    """Tesseract's text and table of words. Raises TesseractError; RuntimeError when the time is over."""
    with tempfile.TemporaryDirectory() as folder:
        given, answer = Path(folder) / "page.png", Path(folder) / "page"
        picture.save(given, compress_level=1)
        pytesseract.pytesseract.run_tesseract(
            str(given), str(answer), extension="tsv", lang=LANGUAGES, config=_CONFIG, timeout=seconds
        )
        return tuple(answer.with_suffix(kind).read_text("utf-8", "replace") for kind in (".txt", ".tsv"))  # type: ignore[return-value]


class Row(NamedTuple):
    """A word of Tesseract's table: where it stands in dots, in which line, and how sure it is (0 to 1)."""

    line: tuple[int, ...]
    left: int
    top: int
    width: int
    height: int
    sure: float
    text: str


def rows_of(table: str) -> list[Row]:
    """The words of the table, without its blank cells."""
    rows = []
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[11].strip():
            _, page, block, paragraph, line, _, left, top, width, height = map(int, cells[:10])
            rows.append(
                Row((page, block, paragraph, line), left, top, width, height, float(cells[10]) / 100, cells[11].strip())
            )
    return rows


def page_of(rows: list[Row], shown: str) -> dict[str, Any]:
    """Text and doubts of a page, from Tesseract's table of words and its text, which alone knows where blanks are.

    In Thai the table's words are runs of letters of any length; those without a blank between them are put together.
    """
    if not rows:
        return {"text": "", "way": "empty"}
    size = sorted(row.height for row in rows)[len(rows) // 2] * 1.15
    feet: dict[tuple[int, ...], list[int]] = {}
    for row in rows:
        feet.setdefault(row.line, []).append(row.top + row.height)
    clusters: list[Cluster] = []
    sure: list[float] = []
    place, last = 0, None
    for row in rows:
        begin = place
        while begin < len(shown) and shown[begin].isspace():
            begin += 1
        apart = begin > place or row.line != last
        place = begin + len(row.text) if shown.startswith(row.text, begin) else place
        if row.height > 8 * size:
            continue  # a picture or a rule, taken for a letter
        if clusters and not apart:
            clusters[-1].text += row.text
            clusters[-1].right = max(clusters[-1].right, row.left + row.width)
            sure[-1] = min(sure[-1], row.sure)
        else:
            below = sorted(feet[row.line])
            base = -float(below[len(below) // 2])
            clusters.append(Cluster(row.text, row.left, row.left + row.width, base, size, apart=True))
            sure.append(row.sure)
        last = row.line
    return _with_doubts(clusters, sure)


def _with_doubts(clusters: list[Cluster], sure: list[float]) -> dict[str, Any]:
    """Join the words; characters of the private planes around each lead back to its confidence."""
    marked = [
        replace(word, text=f"\ue000{word.text}\ue001{chr(0xF0000 + number)}") for number, word in enumerate(clusters)
    ]
    return _tidied(join(marked, narrowest=-100.0), sure)


def _tidied(marked: str, sure: list[float]) -> dict[str, Any]:
    out: list[str] = []
    doubts: list[tuple[int, int, float]] = []
    length = 0
    for piece in re.split("(\ue000[^\ue001]*\ue001.)", marked, flags=re.DOTALL):
        if piece.startswith("\ue000"):
            word, value = mended(piece[1:-2]), sure[ord(piece[-1]) - 0xF0000]
            doubts.append((length, length + len(word), round(value, 3)))
            out.append(word)
            length += len(word)
        else:
            out.append(piece)
            length += len(piece)
    return {"text": "".join(out), "way": "ocr", "doubts": doubts}


def mended(word: str) -> str:
    """A word without the faults of OCR that no Thai text can contain."""
    word = re.sub("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+", r"\1", word)  # a sign twice
    word = re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", word)
    word = word.replace("\u0e40\u0e40", "\u0e41")
    # Thai digits beside Arabic look-alikes inside one number.
    word = re.sub("(?<=[๐-๙])[oO](?=[๐-๙])", "๐", word)
    return word
