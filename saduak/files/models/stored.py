"""Stored files: what was handed in, kept untouched under the hash of its content."""

from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PDF = "PDF", _("PDF document")
    IMAGE = "IMAGE", _("picture")
    TEXT = "TEXT", _("plain text")
    SPREADSHEET = "SPREADSHEET", _("spreadsheet")
    DOCUMENT = "DOCUMENT", _("text document")


class Scan(models.TextChoices):
    UNSCANNED = "UNSCANNED", _("not checked for malware")
    CLEAN = "CLEAN", _("checked, no malware found")
    INFECTED = "INFECTED", _("malware found")


def blobs() -> Storage:
    """Where the contents lie: a folder, or a bucket."""
    return storages["evidence"]


class StoredFile(models.Model):
    """One upload. Two uploads of the same content are two rows and one blob.

    Who may see it is decided by the app that refers to it; `uploaded_by_ref` is a label, because this app lies below people.
    pages: how many can be shown as pictures; not_drawable: the renderer has failed on it and is not asked again;
    found: the malware; scanned_with: version and signatures of the scanner; unneeded_since: when nothing was seen to refer
    to it any more.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    scan = models.CharField(max_length=20, choices=Scan, default=Scan.UNSCANNED)
    thumbnail = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    uploaded_by_ref = models.CharField(max_length=200)
    pages = models.PositiveIntegerField(default=0)
    not_drawable = models.BooleanField(default=False)
    found = models.CharField(max_length=100, blank=True)
    scanned_with = models.CharField(max_length=100, blank=True)
    unneeded_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["sha256"]),
            models.Index(fields=["id"], condition=Q(scan="UNSCANNED"), name="file_unscanned"),
            models.Index(fields=["created_at"], name="file_created"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="file_kind"),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="file_scan"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the content lies in the storage."""
        return content_path(self.sha256)

    @property
    def thumbnail_path(self) -> str:
        return f"thumbnails/{self.sha256[:2]}/{self.sha256}.webp"

    @property
    def is_image(self) -> bool:
        return self.kind == Kind.IMAGE

    @property
    def public_id(self) -> str:
        return self.uuid.hex

    @property
    def drawable(self) -> bool:
        """Can its pages be shown as pictures of our own?"""
        return self.kind in (Kind.IMAGE, Kind.PDF) and not self.not_drawable and self.scan != Scan.INFECTED


def content_path(sha256: str) -> str:
    return f"content/{sha256[:2]}/{sha256[2:4]}/{sha256}"
