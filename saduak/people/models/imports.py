"""A file of organisations, centres or people, from its dry run to its undoing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from saduak.people.workflow import IMPORT


class Import(models.Model):
    """What a file would do, line by line; then what it did.

    rows: the lines as read, [{"number", "cells"}]; report: [{"number", "act", "label", "mistakes"}]; made: what was
    written, with what stood before, so that it can be undone.
    """

    class Kind(models.TextChoices):
        ORGANISATIONS = "ORGANISATIONS", _("organisations")
        CENTRES = "CENTRES", _("service centres")
        PEOPLE = "PEOPLE", _("people and their posts")

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=12, choices=IMPORT.choices(), default="CHECKED")
    source_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    report = models.JSONField()
    made = models.JSONField(default=list)
    by_ref = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    checked_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=list(IMPORT.states)), name="import_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.source_name}"

    def count(self, act: str) -> int:
        """How many lines of the report do this: add, change, same or wrong."""
        return sum(line["act"] == act for line in self.report)

    @property
    def shown_state(self):  # type: ignore[no-untyped-def]
        return IMPORT.states[self.state]
