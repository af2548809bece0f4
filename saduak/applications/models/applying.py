"""An application of one centre in one round: its answers, and what was handed in."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.applications.workflow import APPLICATION
from saduak.kernel.workflow import State


class Application(models.Model):
    """One per centre and round; a withdrawn one makes room for another.

    moved_at: when the state last changed, the order of every list; submitted_at: when it was first handed in;
    decided_level: code of a level of the round's standard, "" while undecided or refused.
    """

    number = models.CharField(max_length=16, unique=True)  # public, such as A-7KQ2MX
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="applications")
    centre = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=10, choices=APPLICATION.choices(), default=APPLICATION.initial)
    created_at = models.DateTimeField()
    created_by_ref = models.CharField(max_length=64)
    created_by_name = models.CharField(max_length=200)
    updated_at = models.DateTimeField()
    updated_by_name = models.CharField(max_length=200)
    moved_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by_name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)  # what coordinator and head last told each other
    note_by_name = models.CharField(max_length=200, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    decided_level = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    begun_from = models.CharField(max_length=16, blank=True)  # number of the last application it began from

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(APPLICATION.states)), name="application_state"),
            models.UniqueConstraint(
                fields=["round", "centre"], condition=~Q(state="WITHDRAWN"), name="application_once_per_round"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "PROPOSED", "WITHDRAWN"]) | Q(submitted_at__isnull=False),
                name="application_handed_in",
            ),
        ]
        indexes = [
            models.Index(fields=["-moved_at", "-id"], name="application_list"),
            models.Index(fields=["state", "-moved_at", "-id"], name="application_by_state"),
            models.Index(fields=["round", "state"], name="application_funnel"),
            # The officer's queue, longest waiting first: a page of it reads a page.
            models.Index(fields=["round", "state", "submitted_at", "id"], name="application_queue"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def status(self) -> State:
        return APPLICATION.states[self.state]


class Answer(models.Model):
    """What is answered to one item: `profile.<id of a question>`, a criterion, or a sub-item of a criterion.

    value: True/False for yes or no, a decimal as text for a score, of a question what `packs.questions.to_json` writes; None when
    not answered. version counts saves; value_version and justification_version tell at which of them each part last
    changed, so that two people who touch different parts do not meet. rivals: what somebody else wrote at the same time
    and nobody has chosen between yet: [{part, content, by, ref, editor, at, beside}].
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=80)
    value = models.JSONField(null=True, blank=True)
    justification = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    value_version = models.PositiveIntegerField(default=0)
    justification_version = models.PositiveIntegerField(default=0)
    rivals = models.JSONField(default=list, blank=True)
    updated_by_ref = models.CharField(max_length=64)
    updated_by_name = models.CharField(max_length=200)
    updated_at = models.DateTimeField()
    copied_from = models.PositiveSmallIntegerField(null=True, blank=True)  # fiscal year; None once somebody has looked

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.item}"


class ReceiptCounter(models.Model):
    """The running number of receipts of a round; its row is held while a number is given, so none is given twice."""

    round = models.OneToOneField("rounds.Round", on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.round_id}: {self.last}"


class Submission(models.Model):
    """What was handed in, as it was, with the SHA-256 of its canonical JSON. Never changed."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    sequence = models.PositiveSmallIntegerField()
    receipt_number = models.CharField(max_length=60, unique=True)
    submitted_at = models.DateTimeField()
    by_ref = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=12)
    by_on_paper = models.CharField(max_length=300, blank=True)  # in what right, as under a name on paper
    by_order = models.CharField(max_length=120, blank=True)  # the order by which somebody acts for the head
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "sequence"], name="submission_sequence")]

    def __str__(self) -> str:
        return self.receipt_number


class Fault(models.TextChoices):
    """Why an item comes back."""

    INCORRECT = "INCORRECT", _("not correct")
    INCOMPLETE = "INCOMPLETE", _("not complete")
    OUTDATED = "OUTDATED", _("out of date")


class Remark(models.Model):
    """What the officer asks to have corrected about one item of a submission, and the unit's reply."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="remarks")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="remarks")
    item = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Fault.choices)
    text = models.TextField()
    due_on = models.DateField()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_by_name = models.CharField(max_length=200, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Fault.values), name="remark_kind"),
            models.UniqueConstraint(fields=["submission", "item"], name="remark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.item}"

    @property
    def public_id(self) -> str:
        return self.uuid.hex
