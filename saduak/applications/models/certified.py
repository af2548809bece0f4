"""Until when a centre is certified, as the certificates above tell it in the act that changes it."""

from django.db import models


class CertifiedCentre(models.Model):
    """The certificate that a centre holds in a programme, and its last day: who holds one for long need not apply.

    Kept here because certificates lie above applications: they call `commands.note_certificate` downward, in the same
    transaction as the certificate itself.
    """

    centre = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    programme = models.CharField(max_length=60)
    certificate_number = models.CharField(max_length=60)
    valid_to = models.DateField()  # the last day

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "programme"], name="certified_centre_once")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.certificate_number}"
