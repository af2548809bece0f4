"""Keeping a file: the gate, the scanner, the content, the thumbnail, the row."""

import hashlib
import io
import logging

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from saduak.files import drawing, gate, malware, previews
from saduak.files.commands import erasing
from saduak.files.gate.refuse import refuse
from saduak.files.models import Kind, Scan, StoredFile, blobs, content_path
from saduak.kernel import clock

__all__ = ["scan_again", "store"]

CHUNK = 256 * 1024
MOST_PIXELS_HERE = 4_000_000  # 16 MB; what is larger is decoded by a process of its own
log = logging.getLogger(__name__)

INFECTED = _("“%(name)s” contains malware (%(found)s) and was not stored. Please have your computer checked.")


def store(upload: File, *, by_ref: str, tiff: bool = False) -> StoredFile:
    """Keep an upload, untouched, and return its row; the same content is kept once, however often it comes.

    `by_ref` says who brought it, as text; tiff: scans in TIFF are taken, too, for an app that reads them. Raises NotComplete for everything the gate refuses, and for malware.
    Reads in pieces: memory does not grow with the size of the file.

    Best called before a transaction begins: looking at a file and scanning it takes a while, and on SQLite an open
    transaction keeps everybody else from writing. A row that nothing refers to in the end does no harm.
    """
    inspected = gate.inspect(upload, tiff=tiff)
    sha256 = _hash(upload)
    verdict = malware.scan(upload)
    if verdict.scan == Scan.INFECTED:
        log.warning("refused an upload with malware: %s, sha256 %s", verdict.found, sha256)
        refuse(INFECTED, name=inspected.name, found=verdict.found)
    thumbnail = inspected.kind == Kind.IMAGE and _keep_thumbnail(upload, sha256)
    _keep_content(upload, sha256, inspected.size)
    stored = StoredFile.objects.create(
        name=inspected.name,
        sha256=sha256,
        size=inspected.size,
        content_type=inspected.content_type,
        kind=inspected.kind,
        scan=verdict.scan,
        thumbnail=thumbnail,
        created_at=clock.now(),
        uploaded_by_ref=by_ref[:200],
        pages=inspected.pages,
        scanned_with=verdict.by,
    )
    # Erasing takes a content away only when no row has it. From here on this row has it; had it been taken a moment
    # before, it is put back.
    _keep_content(upload, sha256, inspected.size)
    return stored


def scan_again(pk: int) -> StoredFile:
    """Ask the scanner about a stored file, anew or for the first time. What it finds infected is never served again: it is
    kept in quarantine, and what was drawn of it is thrown away.

    Without an answer nothing changes: a file that was clean yesterday stays so until the scanner says otherwise.
    """
    stored = StoredFile.objects.get(pk=pk)
    if stored.scan == Scan.INFECTED:
        return stored
    with blobs().open(stored.path) as content:
        verdict = malware.scan(content)
    if verdict.scan == Scan.UNSCANNED:
        return stored
    same = StoredFile.objects.filter(sha256=stored.sha256)
    same.update(scan=verdict.scan, found=verdict.found, scanned_with=verdict.by)
    stored.refresh_from_db()
    if verdict.scan == Scan.INFECTED:
        log.warning("malware found in stored file %s: %s", stored.uuid, verdict.found)
        same.update(thumbnail=False)
        stored.thumbnail = False
        erasing.forget_pictures(stored.sha256)
    return stored


def _hash(upload: File) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    while chunk := upload.read(CHUNK):
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _keep_content(upload: File, sha256: str, size: int) -> None:
    storage, path = blobs(), content_path(sha256)
    if storage.exists(path):
        if storage.size(path) == size:
            return
        storage.delete(path)  # half a file, left by a process that was killed while it wrote
    upload.seek(0)
    kept = storage.save(path, upload)
    if kept != path:
        # Another process kept the same content at the same time; the storage gave ours another name.
        storage.delete(kept)


def _keep_thumbnail(upload: File, sha256: str) -> bool:
    """A small copy without any metadata (place, camera, owner); False when the picture cannot be drawn."""
    storage = blobs()
    path = f"thumbnails/{sha256[:2]}/{sha256}.webp"
    if storage.exists(path):
        return True
    upload.seek(0)
    try:
        drawn = _small(upload) if not _heavy(upload) else previews.draw(upload, Kind.IMAGE, 1, previews.SMALL)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, previews.NotDrawable):
        return False
    storage.save(path, ContentFile(drawn))
    return True


def _heavy(upload: File) -> bool:
    """Would the picture take much memory to decode? Then a process of its own does it. A JPEG that is not progressive is
    decoded at an eighth of its size."""
    with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as picture:
        if picture.format == "JPEG" and not picture.info.get("progressive"):
            picture.draft("RGB", (previews.SMALL * 2, previews.SMALL * 2))
        width, height = picture.size
    upload.seek(0)
    return width * height > MOST_PIXELS_HERE


def _small(upload: File) -> bytes:
    with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as picture:
        picture.draft("RGB", (previews.SMALL * 2, previews.SMALL * 2))
        picture.thumbnail((previews.SMALL, previews.SMALL))
        small = drawing.on_white(ImageOps.exif_transpose(picture))
    drawn = io.BytesIO()
    small.save(drawn, "WEBP", quality=80)
    return drawn.getvalue()
