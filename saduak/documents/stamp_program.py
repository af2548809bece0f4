"""Puts a stamp that is drawn already on the first page of a PDF: a program of its own, started by `stamping` for each copy.

It knows nothing of the database or the network; both PDFs come on standard input, the copy leaves on standard output. What
makes it slow or large makes it end: the kernel holds its memory, its processor time and what it writes.
"""

import io
import json
import logging
import re
import sys
import warnings
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter, apply_configuration
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

from saduak.kernel import confined

OUTPUT_BYTES = 128 * 1024 * 1024  # files are taken in up to a fraction of this
NO_PDF = 3
"""How the program ends for what is no PDF, or has no page; whatever else is not 0 means that it was too much."""
TOO_MUCH = 4
EDGE = 0.6 / 2.54 * 72  # from the edges of the page, in points
WIDEST = 0.42  # of the page's width: on a small page the stamp is drawn smaller
_TAGGED = re.compile(rb"/\w+\s*<<[^<>]*/MCID[^<>]*>>\s*BDC")


def main() -> int:
    """The order is JSON in the first argument: {"stamp": bytes of the stamp, which comes first, "seconds"}."""
    order = json.loads(sys.argv[1])
    confined.limit(seconds=int(order["seconds"]), output_bytes=OUTPUT_BYTES)
    logging.disable(logging.CRITICAL)  # pypdf comments on every oddity
    warnings.simplefilter("ignore")
    drawing = PdfReader(io.BytesIO(sys.stdin.buffer.read(int(order["stamp"])))).pages[0]
    try:
        with apply_configuration(**confined.PDF_UNPACKED):
            made = put(sys.stdin.buffer.read(), drawing)
    except (LimitReachedError, MemoryError) as error:
        print(f"{type(error).__name__}: {error}"[:200], file=sys.stderr)
        return TOO_MUCH
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError) as error:
        print(f"{type(error).__name__}: {error}"[:200], file=sys.stderr)
        return NO_PDF
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


def put(pdf: bytes, drawing: PageObject) -> bytes:
    """A copy of the PDF with the drawing in the upper right corner of its first page."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf), strict=False))
    writer.root_object.pop("/Metadata", None)
    _put(writer, writer.pages[0], drawing)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


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


if __name__ == "__main__":
    sys.exit(main())
