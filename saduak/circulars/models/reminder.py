"""Reminders to offices that have not done what a cascade asks of them."""

from django.db import models
from django.db.models import Q

from saduak.circulars.models.circular import Circular
from saduak.people.models import Organisation


class Reminder(models.Model):
    """One round of reminders for one action; its lines are written when it is ordered and sent in batches by a job."""

    code = models.CharField(max_length=20, unique=True)
    root = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="reminders")
    action_code = models.CharField(max_length=8)
    note = models.CharField(max_length=500, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    units = models.PositiveIntegerField()
    progressed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["root", "action_code", "-at"]), models.Index(fields=["finished_at"])]

    def __str__(self) -> str:
        return self.code


class ReminderLine(models.Model):
    """One office that is reminded. The constraint is what keeps an office from being reminded twice on one day."""

    class Outcome(models.TextChoices):
        WAITING = "WAITING"
        SENT = "SENT"
        DONE = "DONE"  # did it in the meantime
        NOBODY = "NOBODY"  # nobody holds a post there any more

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="lines")
    root = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="+", db_index=False)
    action_code = models.CharField(max_length=8)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()  # in Bangkok
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root", "action_code", "organisation", "day"], name="reminder_once_a_day"),
            models.CheckConstraint(
                condition=Q(outcome__in=["WAITING", "SENT", "DONE", "NOBODY"]), name="reminder_outcome"
            ),
        ]
        indexes = [models.Index(fields=["reminder", "outcome"])]

    def __str__(self) -> str:
        return f"{self.action_code} → {self.organisation_id}"


class ReminderRule(models.Model):
    """Remind by the clock, some working days before the date of an action; once for each rule."""

    root = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="reminder_rules")
    action_code = models.CharField(max_length=8)
    days_before = models.PositiveSmallIntegerField()  # working days
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    ran_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root", "action_code", "days_before"], name="reminder_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action_code} -{self.days_before}"
