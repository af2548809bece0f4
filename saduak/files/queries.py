"""Reads of stored files. Whether somebody may see one is asked by the app that refers to it, before it comes here."""

from uuid import UUID

from django.db.models import QuerySet

from saduak.files.models import Scan, StoredFile

__all__ = ["by_uuid", "unscanned"]


def by_uuid(uuid: UUID | str) -> StoredFile:
    """Raises StoredFile.DoesNotExist."""
    return StoredFile.objects.get(uuid=uuid)


def unscanned() -> QuerySet[StoredFile]:
    """Files no scanner has seen, oldest first."""
    return StoredFile.objects.filter(scan=Scan.UNSCANNED).order_by("pk")
