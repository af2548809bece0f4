"""Draws pages of files as pictures: a program of its own, started by `previews` for each picture.

It knows nothing of Django, the database or the network; it reads the file from standard input and writes pictures to standard output.
What makes it slow or large makes it end: the kernel holds its memory, its processor time and what it writes. PDFium is
built without JavaScript, forms are drawn as they are filled in, and nothing is opened or followed.
"""

import io
import json
import sys
from typing import IO, Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageOps

from saduak.kernel import confined

OUTPUT_BYTES = 64 * 1024 * 1024
POINTS_PER_INCH = 72
SHARPEST = 200 / POINTS_PER_INCH  # a small page is not blown up past 200 dots an inch
Box = tuple[float, float, float, float]


def main() -> None:
    """One order, as JSON in the first argument: {"do": "page" | "burn", "kind", "side", "seconds", …}."""
    order = json.loads(sys.argv[1])
    confined.limit(seconds=int(order["seconds"]), output_bytes=OUTPUT_BYTES)
    Image.MAX_IMAGE_PIXELS = 60_000_000
    source, target = sys.stdin.buffer, sys.stdout.buffer
    if order["do"] == "page":
        picture = page_of(source, order["kind"], int(order["page"]), int(order["side"]))
        picture.save(target, "WEBP", quality=80, method=2)
    else:
        boxes = {int(page): [tuple(box) for box in found] for page, found in order["boxes"].items()}
        burn(source, target, order["kind"], boxes, int(order["side"]))
    target.flush()


def page_of(source: IO[bytes], kind: str, number: int, side: int) -> Image.Image:
    """One page (from 1), upright, on white, its longer side at most `side` pixels, without metadata."""
    if kind == "IMAGE":
        return _picture(source, side, number)
    document = pdfium.PdfDocument(source)
    return _page(document, number - 1, side)


def burn(source: IO[bytes], target: IO[bytes], kind: str, boxes: dict[int, list[Box]], side: int) -> None:
    """Write a copy with black boxes (shares of width and height from the top left): a JPEG of a picture, a PDF of pictures of a PDF.

    Every page is drawn anew as dots, so no text, layer, comment or metadata of the original can come along.
    """
    if kind == "IMAGE":
        picture = _picture(source, side)
        _cover(picture, boxes.get(1, []))
        picture.save(target, "JPEG", quality=88)
        return
    document = pdfium.PdfDocument(source)
    copy = pdfium.PdfDocument.new()
    for number in range(1, len(document) + 1):
        width, height = document.get_page_size(number - 1)
        picture = _page(document, number - 1, side)
        _cover(picture, boxes.get(number, []))
        _add_page(copy, picture, width, height)
    copy.save(target)


def _add_page(copy: pdfium.PdfDocument, picture: Image.Image, width: float, height: float) -> None:
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=85)
    packed.seek(0)
    image = pdfium.PdfImage.new(copy)
    image.load_jpeg(packed, inline=True)
    image.set_matrix(pdfium.PdfMatrix().scale(width, height))
    page = copy.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()
    page.close()


def _cover(picture: Image.Image, boxes: list[Box]) -> None:
    pen = ImageDraw.Draw(picture)
    for left, top, width, height in boxes:
        # Outwards to whole pixels, and one more: a box that was drawn too narrow by rounding must not show an edge.
        pen.rectangle(
            (
                int(left * picture.width) - 1,
                int(top * picture.height) - 1,
                int((left + width) * picture.width) + 1,
                int((top + height) * picture.height) + 1,
            ),
            fill="black",
        )


def _page(document: Any, place: int, side: int) -> Image.Image:
    page = document[place]
    width, height = page.get_size()
    scale = min(side / max(width, height, 1), SHARPEST)
    if document.formenv is None and document.get_formtype():
        document.init_forms()
        page = document[place]
    bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=True, prefer_bgrx=False)
    drawn = bitmap.to_pil().convert("RGB")
    picture = drawn.copy()
    page.close()
    return picture


def _picture(source: IO[bytes], side: int, number: int = 1) -> Image.Image:
    with Image.open(source, formats=("JPEG", "PNG", "WEBP", "TIFF")) as found:
        found.seek(number - 1)  # of a TIFF with several pages
        found.draft("RGB", (side, side))
        found.thumbnail((side, side))
        upright = ImageOps.exif_transpose(found)
        return on_white(upright)


def on_white(picture: Image.Image) -> Image.Image:
    """The dots alone, on white where the picture is transparent; nothing that came with it stays."""
    plain = Image.new("RGB", picture.size, "white")
    mask = picture.convert("RGBA").getchannel("A") if picture.has_transparency_data else None
    plain.paste(picture.convert("RGB"), mask=mask)
    return plain


if __name__ == "__main__":
    main()
