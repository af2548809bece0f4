"""A certificate as the journal names it."""

from saduak.certificates.models import Certificate
from saduak.journal.commands import Subject


def subject(certificate: Certificate) -> Subject:
    return Subject("certificate", certificate.number, certificate.centre_name_th)
