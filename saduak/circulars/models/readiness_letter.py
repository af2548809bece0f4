"""The letter by which the secretariat tells a body above of the readiness of its units."""

from django.db import models

from saduak.circulars.models.circular import Circular


class ReadinessLetter(models.Model):
    """One a release of readiness. Where the draft was dropped the line stays, so that it is not drafted once more."""

    release = models.OneToOneField("assessment.ReadinessRelease", on_delete=models.PROTECT, related_name="letter")
    circular = models.OneToOneField(Circular, on_delete=models.SET_NULL, null=True, related_name="readiness")
    drafted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.release_id} → {self.circular_id}"
