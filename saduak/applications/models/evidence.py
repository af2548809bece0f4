"""Evidence: what shows that an answer is true."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from saduak.applications.models.applying import Application


class Evidence(models.Model):
    """A file or link that shows something, usable for several criteria. What was removed can be restored."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="evidence")
    items = models.JSONField(default=list)  # ids of criteria
    stored = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=200)
    shows = models.TextField(blank=True)
    holds_from = models.DateField(null=True, blank=True)
    holds_to = models.DateField(null=True, blank=True)
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stored__isnull=False, link="") | (Q(stored__isnull=True) & ~Q(link="")),
                name="evidence_file_or_link",
            ),
        ]
        indexes = [models.Index(fields=["application", "id"])]

    def __str__(self) -> str:
        return self.title

    @property
    def public_id(self) -> str:
        return self.uuid.hex

    @property
    def kind(self) -> str:
        """The kind of the stored file, or LINK."""
        return self.stored.kind if self.stored else "LINK"
