"""The desk check of one application, and the release of readiness to a body and an area."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.assessment.workflow import SCREENING
from saduak.kernel.workflow import State


class ScreeningResult(models.TextChoices):
    READY = "READY", _("ready")
    NOT_READY = "NOT_READY", _("not ready")


class FindingVerdict(models.TextChoices):
    MET = "MET", _("met")
    NOT_MET = "NOT_MET", _("not met")


class FlawKind(models.TextChoices):
    """What is wrong with an item that goes back to the unit; the same codes as in applications.Remark."""

    INCORRECT = "INCORRECT", _("incorrect")
    INCOMPLETE = "INCOMPLETE", _("incomplete")
    OUTDATED = "OUTDATED", _("out of date")


class ReadinessRelease(models.Model):
    """Readiness told at one moment to everybody below one body, in one province or in all."""

    number = models.CharField(max_length=20, unique=True)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    province_code = models.CharField(max_length=4, blank=True)
    ready = models.PositiveIntegerField()
    not_ready = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-released_at", "-pk"]
        indexes = [models.Index(fields=["round", "-released_at"])]

    def __str__(self) -> str:
        return self.number


class Screening(models.Model):
    """One per application. The result is held here until it is released."""

    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="screening")
    state = models.CharField(max_length=10, choices=SCREENING.choices(), default=SCREENING.initial)
    result = models.CharField(max_length=10, choices=ScreeningResult.choices, blank=True)
    note = models.TextField(blank=True)  # what the unit is told with the result
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=200, blank=True)
    release = models.ForeignKey(
        ReadinessRelease, null=True, blank=True, on_delete=models.PROTECT, related_name="screenings"
    )

    class Meta:
        indexes = [models.Index(fields=["state"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(SCREENING.states)), name="screening_state"),
            models.CheckConstraint(
                condition=Q(state="OPEN", result="")
                | Q(state__in=["DONE", "RELEASED"], result__in=["READY", "NOT_READY"]),
                name="screening_result",
            ),
            models.CheckConstraint(
                condition=Q(state="RELEASED", release__isnull=False) | (~Q(state="RELEASED") & Q(release=None)),
                name="screening_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.state}"

    @property
    def status(self) -> State:
        return SCREENING.states[self.state]


class Finding(models.Model):
    """What the officer found about one criterion, and on which submission it was found."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="findings")
    item = models.CharField(max_length=60)
    verdict = models.CharField(max_length=8, choices=FindingVerdict.choices, blank=True)
    remark = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=FlawKind.choices, blank=True)
    sequence = models.PositiveSmallIntegerField()  # of the submission that was looked at
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "item"], name="finding_once"),
            models.CheckConstraint(condition=Q(verdict__in=["", *FindingVerdict.values]), name="finding_verdict"),
            models.CheckConstraint(condition=Q(kind__in=["", *FlawKind.values]), name="finding_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.verdict}"


class Acknowledgement(models.Model):
    """A body above that was told, and when it took note."""

    release = models.ForeignKey(ReadinessRelease, on_delete=models.CASCADE, related_name="acknowledgements")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "organisation"], name="acknowledgement_once")]

    def __str__(self) -> str:
        return f"{self.release} → {self.organisation_id}"
