"""What a machine read in a bundle of letters, and what an officer made of it."""

from django.db import models
from django.db.models import Q

from saduak.circulars.workflow import READING
from saduak.kernel.workflow import State


class Reading(models.Model):
    """One text that was read. `result` never changes; what the officer corrected stands beside it in `corrections`.

    result: {"letters": […], "findings": […]} as saduak.saraban gives them; corrections: {"0": {"number": "…"}} by the
    letter's place; seen: {"3": "note"} by the finding's place.
    """

    code = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=READING.choices(), default=READING.initial)
    source_name = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    result = models.JSONField()
    corrections = models.JSONField(default=dict, blank=True)
    seen = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_index=True)
    created_by = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(READING.states)), name="reading_state"),
            models.CheckConstraint(condition=~Q(text=""), name="reading_text"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def status(self) -> State:
        return READING.states[self.state]
