"""All files of one application together may take so much room (SADUAK_EVIDENCE_QUOTA_MB), by whichever way they come in."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from saduak.applications import queries
from saduak.applications.models import Application, Evidence
from saduak.files.models import Scan, StoredFile
from saduak.kernel.refusals import NotComplete, NotPossible

NO_ROOM = _(
    "“%(name)s” (%(size)s MB) does not fit any more: all files of one application together may have %(limit)s MB, and %(used)s MB are used. "
    "Please make it smaller, or remove files that are not needed."
)


def require_room(application: Application, name: str, size: int) -> None:
    """Raises NotComplete when `size` more bytes do not fit."""
    used, limit = queries.used_bytes(application), settings.EVIDENCE_QUOTA_BYTES
    if used + size <= limit:
        return
    params = {"name": name, "size": in_mb(size), "limit": limit // 2**20, "used": in_mb(used)}
    raise NotComplete(NO_ROOM, params=params, field="upload")


def require_room_for(application: Application, stored: StoredFile) -> None:
    """The same for a file that is stored already; what stands in the application with the same content takes no more."""
    there = Evidence.objects.filter(application=application, removed_at=None, stored__sha256=stored.sha256)
    if not there.exists():
        require_room(application, stored.name, stored.size)


def require_harmless(stored: StoredFile) -> None:
    """Raises NotPossible for a file in which malware was found since it was stored."""
    if stored.scan == Scan.INFECTED:
        raise NotPossible(
            _("Malware was found in “%(name)s”. Please use a clean version."), params={"name": stored.name}
        )


def in_mb(size: int) -> str:
    """Millions of bytes as people write them: 0.4, 15."""
    mega = size / 2**20
    return f"{mega:.1f}" if mega < 10 else f"{mega:.0f}"
