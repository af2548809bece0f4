"""Every addressee's own letter as PDF, set in the background, for the printer or the archive."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models.circular import Circular
from saduak.circulars.workflow import PRINT_RUN
from saduak.kernel.workflow import State


class PrintForm(models.TextChoices):
    ZIP = "ZIP", _("One file for each addressee, in a ZIP")
    PDF = "PDF", _("One PDF, for printing on one side")
    DUPLEX = "DUPLEX", _("One PDF, for printing on both sides: every letter begins on a front")


class PrintRun(models.Model):
    """One order. `done` letters of `total` are set; what is set lies in parts among the stored files until all are joined, so
    that an interrupted run goes on where it stood. The file is cleared away after some days; the letters can be set again.

    parts: of each its name and the pages (from 0) on which its letters begin, in their order; file: the name of the whole.
    """

    code = models.CharField(max_length=20, unique=True)
    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="print_runs")
    form = models.CharField(max_length=8, choices=PrintForm.choices)
    state = models.CharField(max_length=8, choices=PRINT_RUN.choices(), default=PRINT_RUN.initial)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    parts = models.JSONField(default=list, blank=True)
    file = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=200)
    progressed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(PRINT_RUN.states)), name="print_run_state"),
            models.CheckConstraint(condition=Q(form__in=PrintForm.values), name="print_run_form"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="print_run_done"),
            models.CheckConstraint(condition=~Q(state="READY") | ~Q(file=""), name="print_run_file"),
            models.UniqueConstraint(
                fields=["circular", "form"], condition=Q(state="SETTING"), name="print_run_once_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["circular", "-ordered_at"]), models.Index(fields=["state", "progressed_at"])]

    def __str__(self) -> str:
        return self.code

    @property
    def folder(self) -> str:
        """Where its files lie in the storage."""
        return f"print-runs/{self.code}"

    @property
    def status(self) -> State:
        return PRINT_RUN.states[self.state]
