"""The journal: what was done, by whom, when; each line chained to the one before by its hash."""

from django.db import models


class Entry(models.Model):
    """One line. No foreign keys: it tells what was so at the time and outlives what it speaks of.

    Append-only by triggers on both databases (migration 0002).
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    actor = models.CharField(max_length=200)
    actor_ref = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    organisation = models.CharField(max_length=300)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    subject_title = models.CharField(max_length=500)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "number"]),
            models.Index(fields=["event", "number"]),
            models.Index(fields=["actor_ref", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event} {self.subject_title}"


class Tail(models.Model):
    """The last line's number and hash: one row, locked by whoever appends, so that the chain never forks."""

    last_number = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.last_number}"
