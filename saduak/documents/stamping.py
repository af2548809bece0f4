"""The receiving stamp on the first page of a letter: a copy with the stamp in its upper right corner, the original untouched.

Works for our own PDFs and for those of others: what stands on the page is neither decoded nor changed, the stamp is drawn
after it, upright as the page is shown.
"""

import io
import logging
import re
import warnings
from collections.abc import Mapping
from typing import Any

from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

from saduak.documents.typesetting import typeset

__all__ = ["NotStampable", "of_picture", "stamped"]

EDGE = 0.6 / 2.54 * 72  # from the edges of the page, in points
WIDEST = 0.42  # of the page's width: on a small page the stamp is drawn smaller
A4 = (595.276, 841.89)
DOTS_PER_INCH = 150
_TAGGED = re.compile(rb"/\w+\s*<<[^<>]*/MCID[^<>]*>>\s*BDC")


class NotStampable(Exception):
    """The PDF cannot be opened, or has no page."""


def stamped(pdf: bytes, stamp: Mapping[str, str]) -> bytes:
    """A copy of the PDF with a stamp on its first page.

    stamp: office, number, day, time and, where there is one, division; Thai digits are the caller's. The copy no longer
    says that it is PDF/A, for nobody has looked whether it still is. Raises NotStampable.
    """
    drawing = PdfReader(io.BytesIO(typeset("stamp", stamp))).pages[0]
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it comments on every oddity
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf), strict=False))
            writer.root_object.pop("/Metadata", None)
            _put(writer, writer.pages[0], drawing)
            out = io.BytesIO()
            writer.write(out)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError) as error:
        raise NotStampable(str(error)) from error
    return out.getvalue()


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


def _put(writer: PdfWriter, page: PageObject, drawing: PageObject) -> None:
    width, height = float(drawing.mediabox.width), float(drawing.mediabox.height)
    form = StreamObject()
    content = drawing.get_contents()
    # Beside the page's own structure the stamp is an ornament: its tags would point nowhere.
    form.set_data(_TAGGED.sub(b"/Artifact BMC", content.get_data() if content is not None else b""))
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(side) for side in (0, 0, width, height)),
            NameObject("/Resources"): drawing["/Resources"].clone(writer),
        }
    )
    name = NameObject("/SaduakStamp")
    resources = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    pictures = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    pictures[name] = writer._add_object(form.flate_encode())
    resources[NameObject("/XObject")] = pictures
    page[NameObject("/Resources")] = resources
    numbers = " ".join(f"{one:.4f}" for one in _matrix(page, width, height))
    after = f"Q q {numbers} cm {name} Do Q".encode()
    page[NameObject("/Contents")] = ArrayObject([_stream(writer, b"q "), *_contents(page), _stream(writer, after)])


def _matrix(page: PageObject, width: float, height: float) -> tuple[float, ...]:
    """Where the stamp goes: the upper right corner of what is shown of the page, upright however the page is turned."""
    box, turn = page.cropbox, page.rotation % 360
    left, right = sorted((float(box.left), float(box.right)))
    bottom, top = sorted((float(box.bottom), float(box.top)))
    shown = (right - left, top - bottom) if turn in (0, 180) else (top - bottom, right - left)
    scale = min(1.0, WIDEST * shown[0] / width, WIDEST * shown[1] / height)
    edge = min(EDGE, shown[0] * 0.03)
    across, up = shown[0] - edge - scale * width, shown[1] - edge - scale * height
    return {
        0: (scale, 0, 0, scale, left + across, bottom + up),
        90: (0, scale, -scale, 0, right - up, bottom + across),
        180: (-scale, 0, 0, -scale, right - across, top - up),
        270: (0, -scale, scale, 0, left + up, top - across),
    }[turn]


def _contents(page: PageObject) -> list[Any]:
    found = page.get("/Contents")
    if found is None:
        return []
    real = found.get_object()
    return list(real) if isinstance(real, ArrayObject) else [page.raw_get("/Contents")]


def _stream(writer: PdfWriter, data: bytes) -> Any:
    stream = StreamObject()
    stream.set_data(data)
    return writer._add_object(stream)
