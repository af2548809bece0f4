"""What became of a draft before it left: proposed, returned, approved, changed again. Lines are only added."""

from django.db import models
from django.db.models import Q

from saduak.circulars.models.circular import Acting, Circular
from saduak.circulars.workflow import APPROVAL


class ApprovalStep(models.Model):
    """One step. `fingerprint`: SHA-256 of the letter as it stood then, so that only the text that was approved leaves.

    acting, acting_for: in whose right the approving person acted, named as such.
    """

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="approval_steps")
    move = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=64)
    remark = models.TextField(blank=True)
    acting = models.CharField(max_length=10, choices=Acting.choices, blank=True, default="")
    acting_for = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_ref = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(move__in=list(APPROVAL.moves)), name="approval_step_move")]
        indexes = [models.Index(fields=["circular", "-at"])]

    def __str__(self) -> str:
        return f"{self.move} · {self.by_name}"
