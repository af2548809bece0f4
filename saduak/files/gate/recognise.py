"""What a file is, by its first bytes. Types we take have checks of their own; the rest gets a sentence that helps."""

import zipfile
from typing import IO, Any

import puremagic
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from saduak.files.gate.refuse import refuse

HEAD = 4096
ALLOWED = _("PDF, JPEG, PNG, WebP, Word (.docx), Excel (.xlsx), TXT and CSV")

ARCHIVE = _("“%(name)s” is an archive. Please upload the files in it one by one: %(allowed)s are taken.")
PROGRAM = _("“%(name)s” is a program or script, which is not taken. %(allowed)s are taken.")
OLD_OFFICE = _(
    "“%(name)s” is an old Office file, or one with a password. Please save it as .docx, .xlsx or PDF without a password."
)
HEIC = _(
    "“%(name)s” is a HEIC picture, which many computers cannot show. Please save it as JPEG; a phone does so when you share or e-mail the picture."
)
MARKUP = _(
    "“%(name)s” is a web page or drawing with markup (HTML, SVG or XML), which is not taken. Please save it as PDF or as a picture."
)
OTHER_PICTURE = _("“%(name)s” is a picture of a type that is not taken. Please save it as JPEG or PNG.")
VIDEO = _("“%(name)s” is a film or sound recording, which is not taken. Please give a link to it instead.")
UNKNOWN = _("The content of “%(name)s” is of a type that is not taken. %(allowed)s are taken.")
UNKNOWN_AS = _("“%(name)s” looks like “%(found)s”, which is not taken. %(allowed)s are taken.")

# First bytes → why not. Zip comes first in the code below, because Word and Excel files are zips.
REFUSED: tuple[tuple[bytes, Any], ...] = (
    (b"Rar!", ARCHIVE), (b"7z\xbc\xaf\x27\x1c", ARCHIVE), (b"\x1f\x8b", ARCHIVE), (b"BZh", ARCHIVE), (b"\xfd7zXZ", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ARCHIVE), (b"MSCF", ARCHIVE), (b"LZIP", ARCHIVE), (b"!<arch>", ARCHIVE),
    (b"MZ", PROGRAM), (b"\x7fELF", PROGRAM), (b"\xca\xfe\xba\xbe", PROGRAM), (b"\xfe\xed\xfa", PROGRAM), (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"#!", PROGRAM), (b"<?php", PROGRAM), (b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM), (b"\x00asm", PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE), (b"{\\rtf", OLD_OFFICE),
    (b"GIF8", OTHER_PICTURE), (b"II*\x00", OTHER_PICTURE), (b"MM\x00*", OTHER_PICTURE), (b"BM", OTHER_PICTURE), (b"8BPS", OTHER_PICTURE),
    (b"\x00\x00\x01\x00", OTHER_PICTURE), (b"\xff\x0a", OTHER_PICTURE), (b"\x00\x00\x00\x0cjP", OTHER_PICTURE),
    (b"ID3", VIDEO), (b"OggS", VIDEO), (b"\x1aE\xdf\xa3", VIDEO), (b"\x00\x00\x01\xba", VIDEO),
)  # fmt: skip
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
MARKUP_BEGINS = (
    b"<!doctype",
    b"<html",
    b"<head",
    b"<body",
    b"<svg",
    b"<?xml",
    b"<script",
    b"<!--",
    b"<iframe",
    b"<meta",
)
# What browsers look for when they guess that bytes are a web page; honest metadata (XMP) has none of it.
MARKUP_INSIDE = (b"<!doctype html", b"<html", b"<script", b"<iframe", b"<svg")


def found_in(upload: File, name: str, *, tiff: bool = False) -> str:
    """One of pdf, jpeg, png, webp, docx, xlsx, text; tiff where it is asked for. Raises NotComplete for everything else."""
    head: bytes = upload.read(HEAD)
    if tiff and head.startswith((b"II*\x00", b"MM\x00*")):
        return _unless_archive(upload, name, "tiff")
    # Some scanners put a byte order mark or line feeds before the header; nothing longer is let through.
    if head[:16].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return _unless_two(upload, head, name, "pdf")
    if head.startswith(b"\xff\xd8\xff"):
        return _unless_two(upload, head, name, "jpeg")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _unless_two(upload, head, name, "png")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _unless_two(upload, head, name, "webp")
    if head.startswith(b"PK"):
        return _office(upload, name)
    if head[4:8] == b"ftyp":
        refuse(HEIC if head[8:12] in HEIC_BRANDS else VIDEO, name=name)
    if head[:4] == b"RIFF":
        refuse(VIDEO, name=name)
    for beginning, message in REFUSED:
        if head.startswith(beginning) and not _reads_as_text(head, beginning):
            refuse(message, name=name, allowed=ALLOWED)
    if head[257:262] == b"ustar":
        refuse(ARCHIVE, name=name, allowed=ALLOWED)
    if head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower().startswith(MARKUP_BEGINS):
        refuse(MARKUP, name=name)
    if _is_text(head):
        return _unless_archive(upload, name, "text")
    found = _name_of(head)
    if found:
        refuse(UNKNOWN_AS, name=name, found=found, allowed=ALLOWED)
    refuse(UNKNOWN, name=name, allowed=ALLOWED)


def _reads_as_text(head: bytes, beginning: bytes) -> bool:
    """ "BM" and "MZ" also begin ordinary words; a program or picture has zeros soon after."""
    return beginning in (b"BM", b"MZ", b"BZh", b"ID3") and b"\x00" not in head and _is_text(head)


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)


def _unless_two(upload: IO[bytes], head: bytes, name: str, found: str) -> str:
    """A file that is also a web page, so that a careless browser would run it, is two files as well."""
    if any(word in head.lower() for word in MARKUP_INSIDE):
        refuse(_("“%(name)s” has a web page hidden in it. Please save it anew and try again."), name=name)
    return _unless_archive(upload, name, found)


def _unless_archive(upload: IO[bytes], name: str, found: str) -> str:
    """A file that is a picture from the front and a zip from the back is two files; one of them is hidden."""
    upload.seek(0)
    if zipfile.is_zipfile(upload):
        refuse(_("“%(name)s” has an archive hidden in it. Please save it anew and try again."), name=name)
    return found


def _office(upload: IO[bytes], name: str) -> str:
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        refuse(ARCHIVE, name=name, allowed=ALLOWED)
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return "xlsx"
    refuse(ARCHIVE, name=name, allowed=ALLOWED)


def _name_of(head: bytes) -> str:
    try:
        best = puremagic.magic_string(head)[0]
    except (puremagic.PureError, ValueError, IndexError):
        return ""
    return best.name if best.confidence >= 0.8 else ""
