"""The only writer of stored files. What was stored is recorded in the journal by the app it belongs to."""

import hashlib
import io
import logging

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from saduak.files import gate, malware
from saduak.files.gate.refuse import refuse
from saduak.files.models import Kind, Scan, StoredFile, blobs, content_path
from saduak.kernel import clock

__all__ = ["scan_again", "store"]

CHUNK = 256 * 1024
THUMBNAIL_SIDE = 480  # pixels
log = logging.getLogger(__name__)

INFECTED = _("“%(name)s” contains malware (%(found)s) and was not stored. Please have your computer checked.")


def store(upload: File, *, by_ref: str) -> StoredFile:
    """Keep an upload, untouched, and return its row; the same content is kept once, however often it comes.

    `by_ref` says who brought it, as text. Raises NotComplete for everything the gate refuses, and for malware.
    Reads in pieces: memory does not grow with the size of the file.

    Best called before a transaction begins: looking at a file and scanning it takes a while, and on SQLite an open
    transaction keeps everybody else from writing. A row that nothing refers to in the end does no harm.
    """
    inspected = gate.inspect(upload)
    sha256 = _hash(upload)
    verdict = malware.scan(upload)
    if verdict.scan == Scan.INFECTED:
        log.warning("refused an upload with malware: %s, sha256 %s", verdict.found, sha256)
        refuse(INFECTED, name=inspected.name, found=verdict.found)
    thumbnail = inspected.kind == Kind.IMAGE and _keep_thumbnail(upload, sha256)
    _keep_content(upload, sha256, inspected.size)
    return StoredFile.objects.create(
        name=inspected.name,
        sha256=sha256,
        size=inspected.size,
        content_type=inspected.content_type,
        kind=inspected.kind,
        scan=verdict.scan,
        thumbnail=thumbnail,
        created_at=clock.now(),
        uploaded_by_ref=by_ref[:200],
    )


def scan_again(pk: int) -> StoredFile:
    """Ask the scanner about a file that was stored while it was away. What it finds infected is never served again."""
    stored = StoredFile.objects.get(pk=pk)
    if stored.scan == Scan.UNSCANNED:
        with blobs().open(stored.path) as content:
            verdict = malware.scan(content)
        if verdict.scan != Scan.UNSCANNED:
            same = StoredFile.objects.filter(sha256=stored.sha256, scan=Scan.UNSCANNED)
            same.update(scan=verdict.scan)
            stored.refresh_from_db()
        if verdict.scan == Scan.INFECTED:
            log.warning("malware found in stored file %s: %s", stored.uuid, verdict.found)
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
        with Image.open(upload, formats=("JPEG", "PNG", "WEBP")) as picture:
            picture.draft("RGB", (THUMBNAIL_SIDE * 2, THUMBNAIL_SIDE * 2))
            picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            upright = ImageOps.exif_transpose(picture)
            small = Image.new("RGB", upright.size, "white")
            small.paste(
                upright.convert("RGB"),
                mask=upright.convert("RGBA").getchannel("A") if upright.has_transparency_data else None,
            )
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return False
    drawn = io.BytesIO()
    small.save(drawn, "WEBP", quality=80)
    storage.save(path, ContentFile(drawn.getvalue()))
    return True
