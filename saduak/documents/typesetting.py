"""Typesetting of PDFs with typst: letters, memos, receipts, certificates, register pages.

Data reaches a template as JSON in `sys.inputs` and is placed there as strings; no text of a person is ever read as
markup. The compiler sees our own template folder, the typeface and nothing else: no packages, no network.
Every document is PDF/A-2a (kept for decades) and PDF/UA-1 (read aloud) at once.
"""

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont
from PIL import Image

from saduak.documents.configuration import fonts_folder
from saduak.documents.printable import printable
from saduak.documents.qr import qr_svg
from saduak.documents.textlayer import TextLayerError, readable
from saduak.kernel import clock

__all__ = ["REQUIRED", "TypesettingFailed", "draw", "shows", "typeset"]

TEMPLATES = Path(__file__).parent / "typst"
STANDARDS: list[Any] = ["a-2a", "ua-1"]
# What each template cannot do without; all it can take stands in README.md.
REQUIRED: dict[str, tuple[str, ...]] = {
    "letter": ("subject", "addressee", "date", "signatory"),
    "memo": ("subject", "addressee", "date", "agency", "signatory"),
    "stamped_letter": ("subject", "addressee", "date", "agency"),
    "letters": ("form", "letters"),
    "receipt": ("number", "centre", "submitted_at", "submitted_by", "sha256", "parts"),
    "certificate": ("number", "centre", "level", "statement", "valid_from", "valid_to", "issuer", "url"),
    "register": ("title", "organisation", "rows"),
    "stamp": ("office", "number", "day", "time"),
}
PICTURES: dict[str, tuple[str, ...]] = {
    "mark": ("title", "centre", "first", "second", "number", "sign", "line", "ground")
}
ORNAMENTED = {"certificate"}
LARGEST_PICTURE_PIXELS = 25_000_000
PICTURE_SIDE_PIXELS = 900  # an emblem is 3 cm: 750 dots an inch


class TypesettingFailed(Exception):
    """The document could not be set. The data or a picture is at fault, or the installation."""


def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    images: Mapping[str, bytes] | None = None,
    at: datetime | None = None,
) -> bytes:
    """Set one of the templates (letter, memo, receipt, certificate, register) and return the PDF.

    `data` is JSON-like; its key `qr` is drawn as a QR code. `images` holds pictures by name ("emblem") as PNG, JPEG or
    WebP. `at` is the moment written into the PDF; the present if not given. The same input gives the same bytes.
    Raises TypesettingFailed for an unknown template, a missing part, a picture that is none; TooMuchText for floods.
    """
    if template not in REQUIRED:
        raise TypesettingFailed(f"There is no template {template!r}; there are {', '.join(REQUIRED)}.")
    missing = [name for name in REQUIRED[template] if data.get(name) in (None, "")]
    if missing:
        raise TypesettingFailed(f"The template {template!r} needs {', '.join(missing)}.")
    folder = fonts_folder()
    inputs = {"data": _as_json(data, images or {}, _glyphs(folder))}
    if data.get("qr"):
        inputs["qr"] = qr_svg(str(data["qr"]), quiet_zone=0)
    if template in ORNAMENTED:
        inputs["ornament"] = _ornament(folder)
    moment = (at or clock.now()).astimezone(UTC).replace(microsecond=0)
    try:
        pdf = _compiler(template, folder, inputs).compile(format="pdf", pdf_standards=STANDARDS, timestamp=moment)
        return readable(pdf, folder)
    except typst.TypstError as error:
        raise TypesettingFailed(f"The template {template!r} could not be set: {error.message}") from error
    except TextLayerError as error:
        raise TypesettingFailed(f"The text of the template {template!r} could not be made readable: {error}") from error


def draw(template: str, data: Mapping[str, Any]) -> str:
    """Set one of the small pictures (mark) and return it as SVG. Letters are outlines: where it is shown it needs no
    typeface. Raises TypesettingFailed for an unknown picture or a missing part, TooMuchText for floods."""
    if template not in PICTURES:
        raise TypesettingFailed(f"There is no picture {template!r}; there are {', '.join(PICTURES)}.")
    missing = [name for name in PICTURES[template] if data.get(name) in (None, "")]
    if missing:
        raise TypesettingFailed(f"The picture {template!r} needs {', '.join(missing)}.")
    folder = fonts_folder()
    try:
        return _compiler(template, folder, {"data": _as_json(data, {}, _glyphs(folder))}).compile(format="svg").decode()
    except typst.TypstError as error:
        raise TypesettingFailed(f"The picture {template!r} could not be drawn: {error.message}") from error


def _compiler(template: str, folder: Path, inputs: dict[str, str]) -> typst.Compiler:
    return typst.Compiler(
        input=str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(folder),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        # Folders that do not exist: no template imports a package, and none could.
        package_path=str(TEMPLATES / "no-packages"),
        package_cache_path=str(TEMPLATES / "no-packages"),
    )


@lru_cache(maxsize=4)
def _ornament(folder: Path) -> str:
    """The frame of the certificate as SVG, drawn once per process."""
    return _compiler("ornament", folder, {}).compile(format="svg").decode()


def _as_json(data: Mapping[str, Any], images: Mapping[str, bytes], glyphs: frozenset[int]) -> str:
    ready = printable(dict(data), glyphs)
    if images:
        # typst has no base64; numbers keep everything in one input and the file system out of it.
        ready["_images"] = {name: list(_picture(name, content)) for name, content in images.items()}
    return json.dumps(ready, ensure_ascii=False, allow_nan=False)


def shows(content: bytes) -> bool:
    """Can this be printed as a picture: is it a PNG, JPEG or WebP of a bearable size?"""
    try:
        _picture("picture", content)
    except TypesettingFailed:
        return False
    return True


def _picture(name: str, content: bytes) -> bytes:
    """The picture drawn anew as PNG: only pixels get through, neither metadata nor anything clever."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > LARGEST_PICTURE_PIXELS:
                raise TypesettingFailed(f"The picture {name!r} has more than {LARGEST_PICTURE_PIXELS:,} pixels.")
            picture.thumbnail((PICTURE_SIDE_PIXELS, PICTURE_SIDE_PIXELS))
            drawn = io.BytesIO()
            picture.convert("RGBA").save(drawn, "PNG")
            return drawn.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise TypesettingFailed(f"The picture {name!r} is not a PNG, JPEG or WebP that can be read.") from error


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> typst.Fonts:
    """Reading the typeface takes as long as setting a page: once per process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


@lru_cache(maxsize=4)
def _glyphs(folder: Path) -> frozenset[int]:
    """Code points that every cut of the typeface has."""
    faces = [set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(folder.rglob("*.ttf"))]
    return frozenset(set.intersection(*faces))
