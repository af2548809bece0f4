"""What the journal calls a letter."""

from saduak.circulars.models import Circular
from saduak.journal import commands as journal


def subject(circular: Circular) -> journal.Subject:
    return journal.Subject("circular", circular.code, str(circular))
