"""A programme's yearly round: its windows and its numbered actions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import State
from saduak.people.models import Organisation
from saduak.rounds.workflow import ROUND


class WindowKind(models.TextChoices):
    """Periods that the software itself asks about; the order is that of a round."""

    BRIEFING = "BRIEFING", pgettext_lazy("period", "Briefing")
    APPLICATION = "APPLICATION", pgettext_lazy("period", "Application")
    SCREENING = "SCREENING", pgettext_lazy("period", "Screening of documents")
    VISITS = "VISITS", pgettext_lazy("period", "Visits")
    DECISION = "DECISION", pgettext_lazy("period", "Decision")
    ANNOUNCEMENT = "ANNOUNCEMENT", pgettext_lazy("period", "Announcement")
    APPEAL = "APPEAL", pgettext_lazy("period", "Appeal")


class ActionKind(models.TextChoices):
    """What a unit is asked to do. All but REPLY and OTHER are done when a fact says so, not when somebody ticks a box."""

    NOMINATE = "NOMINATE", _("Name a delegate")
    APPLY = "APPLY", _("Apply")
    TAKE_NOTE = "TAKE_NOTE", _("Take note")
    ANSWER_SURVEY = "ANSWER_SURVEY", _("Answer a survey")
    REPLY = "REPLY", pgettext_lazy("action", "Reply")
    OTHER = "OTHER", _("Something else, with proof")


class Round(models.Model):
    """One round of a programme. The packs are fixed when it is opened: a later version changes nothing here.

    Surveys and letters are named with their version in `round_pack`, which never changes either.
    """

    code = models.CharField(max_length=40, unique=True)  # public, such as GECC-2565
    pack_id = models.CharField(max_length=100)
    round_pack = models.ForeignKey("packs.PublishedPack", on_delete=models.PROTECT, related_name="+")
    standard_pack = models.ForeignKey("packs.PublishedPack", on_delete=models.PROTECT, related_name="+")
    profile_pack = models.ForeignKey(
        "packs.PublishedPack", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # the form in which a centre tells about itself; None: it is not asked
    fiscal_year = models.PositiveSmallIntegerField()  # Buddhist Era
    name_th = models.CharField(max_length=400)
    name_en = models.CharField(max_length=400)
    state = models.CharField(max_length=8, choices=ROUND.choices(), default=ROUND.initial)
    is_practice = models.BooleanField(default=False)
    validity_years = models.PositiveSmallIntegerField()
    may_apply_kinds = models.JSONField(default=list)  # kinds of organisation above a centre, as in people.Kind
    source = models.JSONField(default=dict, blank=True)  # the reading it was opened from: {"reading": …, "letters": …}
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ROUND.states)), name="round_state"),
            models.CheckConstraint(condition=Q(fiscal_year__gte=2400, fiscal_year__lte=2700), name="round_fiscal_year"),
        ]
        indexes = [models.Index(fields=["-fiscal_year", "code"])]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_th

    @property
    def status(self) -> State:
        return ROUND.states[self.state]


class Window(models.Model):
    """A period of the round, half-open: at `closes_at` it is already over."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="windows")
    kind = models.CharField(max_length=12, choices=WindowKind.choices)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="window_once"),
            models.CheckConstraint(condition=Q(kind__in=WindowKind.values), name="window_kind"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="window_order"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.get_kind_display()}"


class Action(models.Model):
    """A numbered action that the round's circulars carry."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8)  # "A1"
    kind = models.CharField(max_length=14, choices=ActionKind.choices)
    title_th = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    text_th = models.TextField()
    text_en = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)  # the first moment that is too late
    for_kinds = models.JSONField(default=list)  # kinds of organisation that have to do it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="action_once"),
            models.CheckConstraint(condition=Q(kind__in=ActionKind.values), name="action_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_th

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" else self.text_th


class LateEntries(models.Manager["LateEntry"]):
    """Whoever reads a late entry asks for whom: the organisation comes along."""

    def get_queryset(self) -> models.QuerySet["LateEntry"]:
        return super().get_queryset().select_related("organisation")


class LateEntry(models.Model):
    """One unit that may still apply after the period has closed. Written once: a longer time is another row."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="late_entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()  # the first moment that is too late
    reason = models.TextField()
    admitted_at = models.DateTimeField()
    admitted_by = models.CharField(max_length=200)

    objects = LateEntries()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("admitted_at")), name="late_entry_order")]
        indexes = [models.Index(fields=["round", "admitted_at"])]

    def __str__(self) -> str:
        return f"{self.round_id} · {self.organisation_id}"

    def covers(self, organisation: Organisation) -> bool:
        """Is it for this organisation, or for the office directly above it?"""
        return self.organisation.path in (organisation.path, organisation.path[: -Organisation.steplen])
