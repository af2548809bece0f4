"""Print runs of a letter."""

from django.db.models import QuerySet

from saduak.circulars.models import Circular, PrintRun


def runs(circular: Circular) -> QuerySet[PrintRun]:
    """The runs of a letter, newest first."""
    return PrintRun.objects.filter(circular=circular).order_by("-ordered_at", "-pk")


def run(circular: Circular, code: str) -> PrintRun:
    """One of them. Raises PrintRun.DoesNotExist."""
    return PrintRun.objects.get(circular=circular, code=code)
