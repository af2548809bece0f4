"""The sheet of each assessor, and what the team agrees beside the untouched originals."""

from django.db import models
from django.db.models import Q

from saduak.assessment.models.cases import Case
from saduak.assessment.workflow import SHEET
from saduak.kernel.workflow import State


class Sheet(models.Model):
    """The marks of one assessor for one case. Nobody else reads them before all sheets of the case are in."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sheets")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SHEET.choices(), default=SHEET.initial)
    opened_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="sheet_once"),
            models.CheckConstraint(condition=Q(state__in=list(SHEET.states)), name="sheet_state"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id} {self.state}"

    @property
    def status(self) -> State:
        return SHEET.states[self.state]


class Mark(models.Model):
    """One mark: `value` is "yes", "no" or an exact decimal as text (marks.read)."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    item = models.CharField(max_length=60)
    value = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "item"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class Agreed(models.Model):
    """The mark on which the team agreed; the reason is compulsory where the originals differ."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agreed")
    item = models.CharField(max_length=60)
    value = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="agreed_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class Presence(models.Model):
    """Who sat together when the marks were agreed, and who left the room for a while, and why."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    present = models.BooleanField(default=False)
    left_room = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="presence_once"),
            models.CheckConstraint(condition=Q(left_room=False) | Q(present=True), name="presence_left_room"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.name}"
