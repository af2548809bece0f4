"""The letterhead of an office, as it is or as it was."""

from datetime import datetime

from saduak.circulars.models import Letterhead
from saduak.people.models import Organisation


def letterhead(organisation: Organisation, at: datetime | None = None) -> Letterhead | None:
    """The letterhead in force at a moment, or the present one; None for an office that never made one."""
    found = Letterhead.objects.filter(organisation=organisation).select_related("emblem")
    if at is not None:
        found = found.filter(changed_at__lte=at)
    return found.order_by("-changed_at", "-pk").first()
