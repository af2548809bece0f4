"""What may be erased: files that nothing refers to, when their time has passed (PDPA: what is not needed is not kept)."""

from __future__ import annotations

import contextlib
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from saduak.files import previews
from saduak.files.models import StoredFile, blobs, content_path
from saduak.journal import commands as journal
from saduak.kernel import clock

__all__ = ["due", "erase", "forget_pictures", "mark_unneeded", "unreferenced"]


def unreferenced() -> QuerySet[StoredFile]:
    """Files to which no row of any app refers. Every foreign key to a stored file counts, also of apps to come."""
    found = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or relation.concrete or not relation.auto_created:
            continue
        field = relation.field.name
        found = found.filter(~Exists(relation.related_model._base_manager.filter(**{field: OuterRef("pk")})))
    return found


def due() -> QuerySet[StoredFile]:
    """Files that have been without any reference for longer than they are kept (ERASE_AFTER_DAYS), oldest first."""
    since = clock.now() - timedelta(days=settings.ERASE_AFTER_DAYS)
    return unreferenced().filter(unneeded_since__lte=since).order_by("unneeded_since", "pk")


def mark_unneeded() -> int:
    """Note from when a file is without reference, and forget the note when one has come back; returns how many were noted."""
    missed = unreferenced().values("pk")
    StoredFile.objects.filter(~Q(pk__in=missed), unneeded_since__isnull=False).update(unneeded_since=None)
    return StoredFile.objects.filter(pk__in=missed, unneeded_since=None).update(unneeded_since=clock.now())


@transaction.atomic
def erase(pk: int, *, by: journal.Author) -> bool:
    """Erase one file if it is due: its row, and its content and pictures when no other row has the same; journalled.

    The journal keeps id, hash and size, and not the name: names of files tell of people.
    """
    # Nobody stores a file between the look and the deed: SQLite has one writer; PostgreSQL is asked to hold others back.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE files_storedfile IN SHARE ROW EXCLUSIVE MODE")
    stored = due().filter(pk=pk).first()
    if stored is None:
        return False
    public_id, sha256, size = stored.public_id, stored.sha256, stored.size
    stored.delete()
    last = not StoredFile.objects.filter(sha256=sha256).exists()
    details = {"sha256": sha256, "size": size, "content_erased": last}
    journal.record("file.erased", journal.Subject("file", public_id, ""), by=by, details=details)
    if last:
        forget_pictures(sha256)
        blobs().delete(content_path(sha256))
    return True


def forget_pictures(sha256: str) -> None:
    """Throw away the thumbnail and every page that was drawn of a content."""
    storage = blobs()
    storage.delete(f"thumbnails/{sha256[:2]}/{sha256}.webp")
    folder = previews.folder_of(sha256)
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
