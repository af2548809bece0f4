"""Pictures of pages: PNG, JPEG and TIFF (which may hold many). Sizes are looked at before anything is decoded."""

import io
from collections.abc import Collection, Iterator

from PIL import Image, UnidentifiedImageError

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import ocr
from saduak.saraban.sources.document import Found
from saduak.saraban.sources.limits import Limits

FORMATS = ("PNG", "JPEG", "TIFF")
_ODD = (UnidentifiedImageError, OSError, ValueError, EOFError, SyntaxError, TypeError, KeyError, AttributeError)


def pages(content: bytes, limits: Limits, until: float, known: Collection[int] = ()) -> Iterator[Found]:
    """Text and way of each picture. Raises Unreadable."""
    Image.MAX_IMAGE_PIXELS = None  # the size is checked here, with a sentence
    try:
        opened = Image.open(io.BytesIO(content), formats=FORMATS)
        count = int(getattr(opened, "n_frames", 1))
    except _ODD as error:
        raise _damaged() from error
    reader = ocr.Reader(limits, until, scans=count, of=count)
    for number in range(count):
        if number + 1 not in known:
            yield Found(number + 1, count, reader.read(_frame(opened, number, limits)))


def _frame(opened: Image.Image, number: int, limits: Limits) -> Image.Image:
    try:
        opened.seek(number)
        width, height = opened.size
        if width * height > limits.pixels:
            raise Unreadable(
                f"ภาพหน้า {number + 1} มีขนาด {width} × {height} จุด ใหญ่เกินไป โปรดสแกนด้วยความละเอียด 200–300 dpi",
                f"The picture of page {number + 1} has {width} × {height} dots, which is too large. Please scan at 200 to 300 dpi.",
                code="too-large",
            )
        return ocr.prepared(opened.copy())
    except _ODD as error:
        if isinstance(error, Unreadable):
            raise
        raise _damaged() from error


def _damaged() -> Unreadable:
    return Unreadable(
        "ภาพเสียหายหรือไม่สมบูรณ์ อ่านไม่ได้ โปรดสแกนใหม่",
        "The picture is damaged or incomplete. Please scan it again.",
        code="damaged",
    )
