"""Until when a centre is certified, told by the certificates above in the act that changes it."""

from datetime import date

from django.db import transaction

from saduak.applications.models import CertifiedCentre


@transaction.atomic
def note_certificate(centre_id: int, programme: str, *, number: str, valid_to: date) -> None:
    """The centre holds this certificate of the programme now. The journal's line is that of the certificate."""
    CertifiedCentre.objects.update_or_create(
        centre_id=centre_id,
        programme=programme,
        defaults={"certificate_number": number, "valid_to": valid_to},
    )


@transaction.atomic
def forget_certificate(number: str) -> None:
    """The certificate was taken back: its centre may apply again."""
    CertifiedCentre.objects.filter(certificate_number=number).delete()
