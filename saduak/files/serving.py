"""Handing stored files out: always as a download that no browser runs, or as a picture in a sandbox."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy as _

from saduak.files import malware, previews
from saduak.files.models import Scan, StoredFile, blobs
from saduak.kernel.refusals import NotPossible

__all__ = ["attachment", "content", "page", "thumbnail"]

HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}

INFECTED = _("Malware was found in this file. It is kept, but not handed out.")
NOT_YET = _("This file has not been checked for malware yet. Please try again in a few minutes.")


def attachment(stored: StoredFile, *, inline_image: bool = False) -> FileResponse:
    """The file as it was handed in. The caller has asked whether this person may see it.

    `inline_image` shows a picture in the page instead; for anything else it makes no difference. Raises NotPossible for
    malware, and, where a scanner is configured, for what it has not seen yet.
    """
    _require_harmless(stored)
    inline = inline_image and stored.is_image
    return _response(blobs().open(stored.path), stored.content_type, stored.name, inline=inline)


def content(stored: StoredFile) -> bytes:
    """The bytes of the file, for a copy of ours. The caller has asked whether this person may see it; raises as `attachment`."""
    _require_harmless(stored)
    with blobs().open(stored.path) as file:
        return bytes(file.read())


def thumbnail(stored: StoredFile) -> FileResponse:
    """The small copy of a picture, without metadata. Raises SuspiciousOperation (400) for a file that has none."""
    if not stored.thumbnail:
        raise SuspiciousOperation("this file has no thumbnail")
    _require_harmless(stored)
    return _response(blobs().open(stored.thumbnail_path), "image/webp", f"{stored.name}.webp", inline=True)


def page(stored: StoredFile, number: int, *, small: bool = False) -> FileResponse:
    """The picture of a page (from 1) of a PDF or of a picture, drawn by us: nothing of the file itself runs or comes along.

    Raises NotPossible for malware, for what cannot be drawn, and when too much is being drawn; Http404 for a page it has not.
    """
    _require_harmless(stored)
    try:
        drawn = previews.page(stored, number, side=previews.SMALL if small else previews.LARGE)
    except IndexError:
        raise Http404 from None
    response = _response(drawn, "image/webp", f"{stored.name}-{number}.webp", inline=True)
    response["Cache-Control"] = "private, max-age=3600"  # what a content looks like does not change
    return response


def _require_harmless(stored: StoredFile) -> None:
    if stored.scan == Scan.INFECTED:
        raise NotPossible(INFECTED)
    if stored.scan == Scan.UNSCANNED and malware.configured():
        raise NotPossible(NOT_YET)


def _response(content: Any, content_type: str, name: str, *, inline: bool) -> FileResponse:
    if content_type.startswith("text/"):
        # A text may be in an older Thai encoding; what we cannot know we do not claim.
        content_type = "application/octet-stream"
    return FileResponse(content, as_attachment=not inline, filename=name, content_type=content_type, headers=HEADERS)
