"""The one gate for files, for screen and API alike: what may be stored as evidence, and a clear sentence for what may not.

The type is told by the content, never by the name alone. Nothing is repaired: a file is taken as it is or refused.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from saduak.files.gate import office, pdf, picture, text
from saduak.files.gate.names import clean_name, ending
from saduak.files.gate.recognise import found_in
from saduak.files.gate.refuse import refuse
from saduak.files.models import Kind

__all__ = ["ACCEPT", "Inspected", "check_size", "clean_name", "inspect"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Accepted:
    """A type we take: the names by which people call it, its media type, its kind, and the check of its inside."""

    label: str
    endings: tuple[str, ...]
    content_type: str
    kind: Kind


TYPES = {
    "pdf": Accepted("PDF", ("pdf",), "application/pdf", Kind.PDF),
    "jpeg": Accepted("JPEG", ("jpg", "jpeg"), "image/jpeg", Kind.IMAGE),
    "png": Accepted("PNG", ("png",), "image/png", Kind.IMAGE),
    "webp": Accepted("WebP", ("webp",), "image/webp", Kind.IMAGE),
    "docx": Accepted("Word (.docx)", ("docx",), DOCX, Kind.DOCUMENT),
    "xlsx": Accepted("Excel (.xlsx)", ("xlsx",), XLSX, Kind.SPREADSHEET),
    "text": Accepted("TXT", ("txt",), "text/plain", Kind.TEXT),
    "csv": Accepted("CSV", ("csv",), "text/csv", Kind.SPREADSHEET),
}
# Scans of several pages in one file, which no browser shows: taken only where the caller reads them itself.
TIFF = Accepted("TIFF", ("tif", "tiff"), "image/tiff", Kind.IMAGE)
# For the `accept` attribute of file inputs, and for the help text beside them.
ACCEPT = ",".join(f".{name}" for accepted in TYPES.values() for name in accepted.endings)


@dataclass(frozen=True)
class Inspected:
    """What the gate found out about a file it let through. size in bytes; pages that can be drawn: 1 of most pictures."""

    name: str
    size: int
    content_type: str
    kind: Kind
    pages: int = 0


def check_size(name: str, size: int) -> None:
    """Raises NotComplete for a file that is empty or too large (FILE_LIMIT_BYTES); size in bytes."""
    limit: int = settings.FILE_LIMIT_BYTES
    if not size:
        refuse(_("“%(name)s” is empty. Please choose the file again."), name=name)
    if size > limit:
        refuse(
            _(
                "“%(name)s” is larger than %(limit)s MB. Please make it smaller, for example by saving pictures at a lower resolution."
            ),
            name=name,
            limit=limit // (1024 * 1024),
        )


def inspect(upload: File, *, tiff: bool = False) -> Inspected:
    """Look at an upload and tell what it is; its position is at the beginning afterwards. tiff: TIFF is taken, too.

    Raises NotComplete with one sentence for the person: empty, too large, a type that is not taken, a name that does not
    fit the content, or something inside that could do harm.
    """
    name = clean_name(upload.name or "")
    check_size(name, upload.size or 0)
    upload.seek(0)
    found = found_in(upload, name, tiff=tiff)
    accepted = TIFF if found == "tiff" else TYPES[found]
    if ending(name) not in accepted.endings:
        # A CSV is a text file, and a text file may well be a CSV: the name decides between the two.
        if found == "text" and ending(name) in TYPES["csv"].endings:
            found, accepted = "csv", TYPES["csv"]
        else:
            refuse(
                _(
                    "The name of “%(name)s” does not fit its content, which is %(found)s. Please rename it or choose the right file."
                ),
                name=name,
                found=accepted.label,
            )
    upload.seek(0)
    pages = 0
    match accepted.kind:
        case Kind.PDF:
            pages = pdf.check(upload, name)
        case Kind.IMAGE:
            pages = picture.check(upload, name, accepted.label)
        case Kind.DOCUMENT:
            office.check(upload, name, "word/")
        case Kind.SPREADSHEET if found == "xlsx":
            office.check(upload, name, "xl/")
        case _:
            text.check(upload, name)
    upload.seek(0)
    return Inspected(name=name, size=upload.size, content_type=accepted.content_type, kind=accepted.kind, pages=pages)
