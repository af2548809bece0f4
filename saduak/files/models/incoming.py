"""Uploads under way: what has arrived so far of a file that comes in pieces."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from saduak.files.models.stored import StoredFile


class Incoming(models.Model):
    """One upload that is resumed after a broken connection; its owner alone may go on with it.

    place: what it is for, such as `application:A-7KQ2MX`, on which the quota is counted; length and offset in bytes;
    pieces: how many times something was added; sha256: what the sender says the whole file hashes to, "" when unknown.
    When everything has arrived and the gate has let it through it is `stored`; what is refused is thrown away at once.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    owner_ref = models.CharField(max_length=64)
    place = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    length = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    pieces = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    stored = models.ForeignKey(StoredFile, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(offset__lte=F("length")), name="incoming_within_length")]
        indexes = [
            models.Index(fields=["place"], name="incoming_place"),
            models.Index(fields=["expires_at"], name="incoming_expires"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_id(self) -> str:
        return self.uuid.hex

    @property
    def complete(self) -> bool:
        return self.offset == self.length

    @property
    def path(self) -> Path:
        """Where the pieces are put together."""
        return Path(settings.INCOMING) / self.uuid.hex
