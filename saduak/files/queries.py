"""Reads of stored files. Whether somebody may see one is asked by the app that refers to it, before it comes here."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from saduak.files.models import Incoming, Scan, StoredFile
from saduak.kernel import clock

__all__ = ["by_uuid", "received", "scanned_otherwise", "under_way", "unscanned"]


def by_uuid(uuid: UUID | str) -> StoredFile:
    """Raises StoredFile.DoesNotExist."""
    return StoredFile.objects.get(uuid=uuid)


def unscanned() -> QuerySet[StoredFile]:
    """Files no scanner has seen, oldest first."""
    return StoredFile.objects.filter(scan=Scan.UNSCANNED).order_by("pk")


def scanned_otherwise(signatures: str, *, since: datetime) -> QuerySet[StoredFile]:
    """Clean files stored since a moment that were scanned with other signatures, newest first."""
    found = StoredFile.objects.filter(scan=Scan.CLEAN, created_at__gte=since).exclude(scanned_with=signatures)
    return found.order_by("-created_at", "-pk")


def under_way(public_id: str, *, owner_ref: str, place: str) -> Incoming:
    """An upload for its owner. Raises Incoming.DoesNotExist, also for everybody else and when its time has passed."""
    plain = public_id.replace("-", "").lower()
    if len(plain) != 32 or not all(one in "0123456789abcdef" for one in plain):
        raise Incoming.DoesNotExist
    found = Incoming.objects.select_related("stored")
    return found.get(uuid=plain, owner_ref=owner_ref, place=place, expires_at__gt=clock.now())


def received(*, owner_ref: str, place: str) -> list[Incoming]:
    """Uploads of a person that have arrived whole and are not put to use yet, oldest first."""
    found = Incoming.objects.filter(owner_ref=owner_ref, place=place, stored__isnull=False, expires_at__gt=clock.now())
    return list(found.select_related("stored").order_by("pk"))
