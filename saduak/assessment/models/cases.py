"""Teams, the cases given to them, and the interests of the people in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.assessment.workflow import CASE
from saduak.kernel.workflow import State


class TeamFunction(models.TextChoices):
    CHAIR = "CHAIR", _("chair")
    EXPERT = "EXPERT", _("expert member")
    SECRETARY = "SECRETARY", _("member and secretary")
    ASSISTANT = "ASSISTANT", _("assistant secretary")


class DeclarationKind(models.TextChoices):
    NONE = "NONE", _("No interest in it")
    LINE = "LINE", _("Same line of command")
    PREPARED = "PREPARED", _("I helped to prepare it")
    ASSESSED = "ASSESSED", _("I assessed it last time")
    FAMILY = "FAMILY", _("Family or close person")
    OTHER = "OTHER", _("Another reason")


class Team(models.Model):
    """An assessment team of a round (คณะที่ n) with its region."""

    code = models.CharField(max_length=20, unique=True)
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="teams")
    number = models.PositiveSmallIntegerField()
    provinces = models.JSONField(default=list, blank=True)  # codes; empty: the whole country
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="team_number")]

    def __str__(self) -> str:
        return self.code


class TeamMember(models.Model):
    """A person in a team. Chair and experts mark; the secretary records what is agreed; assistants read."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=10, choices=TeamFunction.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="team_member_once"),
            models.UniqueConstraint(fields=["team"], condition=Q(function="CHAIR"), name="team_one_chair"),
            models.CheckConstraint(condition=Q(function__in=TeamFunction.values), name="team_member_function"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.user_id}"


class Case(models.Model):
    """An application in assessment. `computed` is what the agreed marks come to, frozen when they were agreed."""

    number = models.CharField(max_length=20, unique=True)
    application = models.OneToOneField("applications.Application", on_delete=models.PROTECT, related_name="case")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=CASE.choices(), default=CASE.initial)
    reason = models.TextField(blank=True)  # why this team, when it was not the proposed one
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=200)
    marked_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    computed = models.JSONField(default=dict, blank=True)  # results.to_json
    computed_level = models.CharField(max_length=40, blank=True)
    computed_total = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["team", "state"]), models.Index(fields=["state"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CASE.states)), name="case_state"),
            models.CheckConstraint(
                condition=Q(state="RELEASED", released_at__isnull=False) | (~Q(state="RELEASED") & Q(released_at=None)),
                name="case_released_at",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def status(self) -> State:
        return CASE.states[self.state]


class Declaration(models.Model):
    """What a person said of their own interest in a case, before seeing anything of it. Said once; never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="declarations")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=DeclarationKind.choices)
    text = models.TextField(blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], name="declaration_once"),
            models.CheckConstraint(condition=Q(kind__in=DeclarationKind.values), name="declaration_kind"),
        ]
        indexes = [models.Index(fields=["user", "kind"])]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id} {self.kind}"


class Pin(models.Model):
    """The officer's word on a person's interest in a case, with its reason; the last one counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pins")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+")
    conflict = models.BooleanField()
    reason = models.TextField()
    pinned_at = models.DateTimeField()
    pinned_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="pin_once")]
        indexes = [models.Index(fields=["user", "conflict"])]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id} {self.conflict}"
