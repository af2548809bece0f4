"""Meetings of the committee, their decisions, and the moment at which results are told."""

from django.db import models
from django.db.models import Q

from saduak.assessment.models.cases import Case


class Meeting(models.Model):
    """A meeting of the committee on cases of one round."""

    code = models.CharField(max_length=20, unique=True)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()  # in the round
    held_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    quorum = models.PositiveSmallIntegerField()  # members who must be present; more than half unless set higher
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="meeting_number"),
            models.CheckConstraint(condition=Q(quorum__gte=1), name="meeting_quorum"),
        ]

    def __str__(self) -> str:
        return self.code


class Seat(models.Model):
    """A committee member who is called to a meeting. `present` is None until somebody noted it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="seat_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.user_id}"


class AgendaItem(models.Model):
    """A case on the agenda of a meeting. Left undecided, it may stand on the next agenda, too."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agenda_items")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "case"], name="agenda_item_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.case_id}"


class Decision(models.Model):
    """What the committee decided on a case. Never changed: a correction is a further decision, and the last one counts.

    An empty level is a refusal. Names are kept as they were at the table.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    sequence = models.PositiveSmallIntegerField()
    computed_level = models.CharField(max_length=40, blank=True)
    decided_level = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    present = models.JSONField(default=list)
    recused = models.JSONField(default=list)
    decided_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="decision_sequence"),
            # A refusal without its reason and remedy cannot be stored at all.
            models.CheckConstraint(
                condition=~Q(decided_level="") | (~Q(reason="") & ~Q(remedy="")), name="decision_refusal_reason"
            ),
            models.CheckConstraint(
                condition=Q(decided_level=models.F("computed_level")) | ~Q(reason=""), name="decision_difference_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.decided_level or '–'}"


class ResultsRelease(models.Model):
    """The moment at which decided results of a round became known."""

    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="results_releases")
    cases = models.PositiveIntegerField()
    certified = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-released_at"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.cases}"
