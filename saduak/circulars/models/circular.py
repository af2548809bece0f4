"""A circular letter of one office, with the numbered actions it carries."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.circulars.workflow import APPROVAL, CIRCULAR
from saduak.kernel.workflow import State
from saduak.people.models import Organisation
from saduak.rounds.models import ActionKind, Round


class Form(models.TextChoices):
    """Forms of the Regulation on Correspondence that a circular takes."""

    EXTERNAL = "EXTERNAL", _("External letter")
    MEMO = "MEMO", _("Memorandum")
    STAMPED = "STAMPED", _("Stamped letter")


class Urgency(models.TextChoices):
    NORMAL = "", _("Normal")
    URGENT = "URGENT", _("Urgent")
    VERY_URGENT = "VERY_URGENT", _("Very urgent")
    MOST_URGENT = "MOST_URGENT", _("Most urgent")


class Acting(models.TextChoices):
    """In whose right the signatory signs, in the words of the State Administration Act."""

    NOBODY = "", _("Signs in the own post")
    ON_BEHALF = "ON_BEHALF", _("Acts on behalf, by delegation (ปฏิบัติราชการแทน)")
    IN_CHARGE = "IN_CHARGE", _("Acts in the place, while the post is vacant or its holder away (รักษาราชการแทน)")


class Circular(models.Model):
    """The letter of one hop. The first one has no parent; every other one passes on the delivery its office got.

    outside: it came from another system through the exchange, under that system's number. round: empty for an ordinary circular. in_reply_to: the hop that the letter answers; it goes to whoever sent that. address_each: every addressee's own copy names that office's head instead of
    the common line. approval: where the draft stands with the head (APPROVAL); any change of the text sets it back.
    addressee_ids: the organisations it goes to, frozen when it is issued, so that sending can be taken up again after
    any interruption without one twice or one left out; sent_count: how many of them have it.
    """

    code = models.CharField(max_length=20, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, blank=True, related_name="circulars")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("Delivery", on_delete=models.PROTECT, null=True, blank=True, related_name="forwards")
    in_reply_to = models.ForeignKey("Delivery", on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outside = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=CIRCULAR.choices(), default=CIRCULAR.initial)
    form = models.CharField(max_length=8, choices=Form.choices, default=Form.EXTERNAL)
    urgency = models.CharField(max_length=12, choices=Urgency.choices, blank=True, default="")
    prefix = models.CharField(max_length=40, blank=True)
    running = models.PositiveIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # calendar year, Buddhist Era
    number = models.CharField(max_length=60, blank=True)  # as printed, Arabic digits: "มท 0810.7/ว 3153"
    subject = models.CharField(max_length=400)
    addressee = models.CharField(max_length=400)
    references = models.TextField(blank=True)  # one a line
    enclosures = models.TextField(blank=True)  # one a line
    paragraphs = models.TextField()  # parted by blank lines; before the actions
    closing = models.CharField(max_length=400)
    signatory = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=300, blank=True)
    acting = models.CharField(max_length=10, choices=Acting.choices, blank=True, default="")
    acting_for = models.CharField(max_length=300, blank=True)  # the post that the signatory acts for
    contact = models.TextField(blank=True)
    address_each = models.BooleanField(default=False)
    approval = models.CharField(max_length=8, choices=APPROVAL.choices(), default=APPROVAL.initial)
    selection = models.JSONField(default=dict, blank=True)
    addressee_ids = models.JSONField(default=list, blank=True)
    addressee_count = models.PositiveIntegerField(default=0)
    sent_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.CharField(max_length=200, blank=True)
    progressed_at = models.DateTimeField(null=True, blank=True)  # when the last batch was sent
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CIRCULAR.states)), name="circular_state"),
            models.CheckConstraint(condition=Q(approval__in=list(APPROVAL.states)), name="circular_approval"),
            models.CheckConstraint(condition=Q(form__in=Form.values), name="circular_form"),
            models.CheckConstraint(
                condition=Q(state="DRAFT") | (Q(running__isnull=False) & Q(issued_at__isnull=False) & ~Q(number="")),
                name="circular_numbered",
            ),
            models.CheckConstraint(condition=Q(sent_count__lte=F("addressee_count")), name="circular_sent"),
            models.UniqueConstraint(
                fields=["sender", "year", "running"], condition=Q(outside=False), name="circular_number_once"
            ),
            models.UniqueConstraint(fields=["parent"], condition=Q(state="DRAFT"), name="circular_one_draft"),
            models.UniqueConstraint(fields=["in_reply_to"], condition=Q(state="DRAFT"), name="circular_one_answer"),
            models.CheckConstraint(condition=Q(parent=None) | Q(in_reply_to=None), name="circular_up_or_down"),
        ]
        indexes = [
            models.Index(fields=["sender", "-created_at"]),
            models.Index(fields=["state"]),
            models.Index(fields=["root", "parent", "issued_at"], name="circular_passed_on"),
            models.Index(fields=["-issued_at"], name="circular_issued"),
        ]

    def __str__(self) -> str:
        return self.number or self.subject

    @property
    def status(self) -> State:
        return CIRCULAR.states[self.state]

    @property
    def approval_status(self) -> State:
        return APPROVAL.states[self.approval]

    @property
    def root_pk(self) -> int:
        """The first letter of the cascade: itself, unless it passes another one on."""
        return self.root_id or self.pk


class CircularAction(models.Model):
    """A numbered action as this letter asks for it: its date may be earlier than the parent's, never later."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="actions")
    code = models.CharField(max_length=8)  # of the round's action: "A1"; of one that an office added: "BK7Q2"
    number = models.PositiveSmallIntegerField()  # in this letter
    kind = models.CharField(max_length=14, choices=ActionKind.choices)
    title_th = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    text = models.TextField()  # Thai, as it stands in the letter
    link = models.URLField(max_length=500, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    for_kinds = models.JSONField(default=list)
    # The survey to be answered, where it is one of Saduak: then done is derived from its answers.
    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circular", "code"], name="circular_action_once"),
            models.CheckConstraint(
                condition=Q(survey=None) | Q(kind=ActionKind.ANSWER_SURVEY), name="circular_action_survey"
            ),
            models.CheckConstraint(condition=Q(kind__in=ActionKind.values), name="circular_action_kind"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def title(self) -> str:
        return (self.title_en or self.title_th) if get_language() == "en" else self.title_th
