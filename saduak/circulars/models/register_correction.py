"""Corrections of lines of a register, as ink on paper: what stood there stays readable beside what stands there now."""

from datetime import date
from typing import Any

from django.db import models

from saduak.circulars.models.register import RegisterEntry


class RegisterCorrection(models.Model):
    """One correction of a line that was entered by hand. before: the columns that it changed, as they stood: {"subject": …};
    letter_on as 2022-01-05, or null where no day stood there."""

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    before = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="register_correction_reason")]

    def __str__(self) -> str:
        return f"{self.entry}: {', '.join(self.before)}"

    @property
    def struck(self) -> dict[str, Any]:
        """Column → what stood there: a text, a day, or "–" for nothing."""
        return {name: _shown(name, old) for name, old in self.before.items()}


def _shown(name: str, old: str | None) -> Any:
    if name == "letter_on" and old:
        return date.fromisoformat(old)
    return old or "–"
