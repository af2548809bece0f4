"""What the centre's own people say to each other about an answer. Never handed in, never seen by anybody else."""

from uuid import uuid4

from django.db import models


class Comment(models.Model):
    """A remark of a colleague on one item (or on the whole application: item ""), or a reply to one (`thread`).

    The first comment of a thread carries whether it is resolved. Nothing is deleted: who said what stays with the draft.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="comments")
    item = models.CharField(max_length=80, blank=True)  # a criterion or `profile.<id of a question>`
    thread = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    text = models.TextField()
    by_ref = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(thread=None) | models.Q(resolved_at=None), name="comment_resolved_as_a_whole"
            )
        ]
        indexes = [models.Index(fields=["application", "id"])]

    def __str__(self) -> str:
        return f"{self.application_id} {self.item}: {self.text[:40]}"

    @property
    def public_id(self) -> str:
        return self.uuid.hex
