"""What else happens to a hop: it goes back to its sender, or was received on paper where Saduak is not used."""

from django.db import models
from django.db.models import Q

from saduak.circulars.models.delivery import Delivery


class SentBack(models.Model):
    """The letter is not for this office: why an office sent the letter back, and what the sender made of it."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="sent_back")
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    readdressed_to = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="sent_back_reason"),
            models.CheckConstraint(
                condition=Q(settled_at=None, readdressed_to=None) | Q(settled_at__isnull=False),
                name="sent_back_settled",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class PaperReceipt(models.Model):
    """A receipt on paper, as the sender entered it for an office that does not use Saduak.

    When the office comes to Saduak and receives the letter itself, it confirms the day or puts another in its place
    (`corrected`); what the sender had entered stays as it was.
    """

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="paper_receipt")
    number = models.CharField(max_length=60, blank=True)  # as the office wrote it, where it gave one
    received_on = models.DateField()
    received_by = models.CharField(max_length=200)
    remark = models.CharField(max_length=500, blank=True)
    proof = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    corrected = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.number or '-'} · {self.received_on}"
