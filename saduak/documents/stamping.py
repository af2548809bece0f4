"""The receiving stamp on the first page of a letter: a copy with the stamp in its upper right corner, the original untouched.

Works for our own PDFs and for those of others: what stands on the page is neither decoded nor changed, the stamp is drawn
after it, upright as the page is shown. The PDF of a stranger is opened by a process of its own within limits
(`stamp_program.py`); one that means harm can at worst end that process.
"""

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from saduak.documents import stamp_program
from saduak.documents.typesetting import typeset
from saduak.kernel import confined

__all__ = ["NotStampable", "TooComplex", "of_picture", "stamped"]

SECONDS = 10  # of processor time; a scan of 50 MB takes two
A4 = (595.276, 841.89)
DOTS_PER_INCH = 150


class NotStampable(Exception):
    """The PDF cannot be opened, or has no page."""


class TooComplex(NotStampable):
    """Putting the stamp on it took too long, or too much memory."""


def stamped(pdf: bytes, stamp: Mapping[str, str], *, seconds: int = SECONDS) -> bytes:
    """A copy of the PDF with a stamp on its first page.

    stamp: office, number, day, time and, where there is one, division; Thai digits are the caller's. The copy no longer
    says that it is PDF/A, for nobody has looked whether it still is. Raises NotStampable, TooComplex.
    """
    drawing = typeset("stamp", stamp)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(drawing)
        given.write(pdf)
        given.seek(0)
        order = {"stamp": len(drawing)}
        ended = confined.run(Path(stamp_program.__file__), order, seconds=seconds, given=given, made=made)
        if ended.code != 0:
            raise (NotStampable if ended.code == stamp_program.NO_PDF else TooComplex)(str(ended))
        made.seek(0)
        return made.read()


def of_picture(picture: bytes) -> bytes:
    """A scan that is a picture, as large as A4 allows, as a PDF of one page. Raises NotStampable for what is none."""
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG", "WEBP")) as found:
            sheet = Image.new("RGB", tuple(round(side / 72 * DOTS_PER_INCH) for side in A4), "white")  # type: ignore[arg-type]
            scan = found.convert("RGB")
            scale = min(sheet.width / scan.width, sheet.height / scan.height)
            scan = scan.resize((max(1, round(scan.width * scale)), max(1, round(scan.height * scale))))
            sheet.paste(scan, ((sheet.width - scan.width) // 2, 0))
            out = io.BytesIO()
            sheet.save(out, "PDF", resolution=DOTS_PER_INCH, quality=85)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotStampable(str(error)) from error
