"""Evidence: what shows that an answer is true."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from saduak.applications.models.applying import Application
from saduak.files.models import Scan


class Evidence(models.Model):
    """A file or link that shows something, usable for several criteria. What was removed can be restored.

    replaces: the older version whose place it took; malware_told_at: when its people were told that its file is infected.
    """

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
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    malware_told_at = models.DateTimeField(null=True, blank=True)

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

    @property
    def usable(self) -> bool:
        """Does it count? A file in which malware was found does not, whenever it was found."""
        return self.stored is None or self.stored.scan != Scan.INFECTED


class PublicCopy(models.Model):
    """A copy of a piece for the public: dots only, with boxes burnt in. The original stays as it is, and so does who sees it.

    boxes: page (as text) → list of [left, top, width, height] as shares of the page; shown_at: since when the public may see
    it, None while it may not. A new copy takes the place of the one before, whose `withdrawn_at` is then set.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="public_copies")
    stored = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    boxes = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    shown_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence"], condition=Q(withdrawn_at__isnull=True), name="one_public_copy_of_evidence"
            ),
        ]

    def __str__(self) -> str:
        return self.uuid.hex

    @property
    def public_id(self) -> str:
        return self.uuid.hex
