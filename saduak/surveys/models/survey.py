"""A survey of a published pack: who is asked, from when to when, and how its closing was moved."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saduak.kernel import clock
from saduak.kernel.workflow import State
from saduak.people.models import Organisation
from saduak.surveys.workflow import CLOSED, SOON, SURVEY


class AnsweredBy(models.TextChoices):
    """Who answers, as the pack says it."""

    ORGANISATION = "ORGANISATION", _("each organisation that is invited, once")
    ANYBODY = "ANYBODY", _("anybody, without a name")


class Survey(models.Model):
    """One asking of a survey's questions; the pack's version is fixed when it is opened.

    top: the body whose part of the tree is asked (of a survey for anybody: the service centre it is about); for_kinds:
    kinds of organisation that answer; least_group: answers below which no result is shown, as in the pack.
    forgotten_at: when drafts and names were erased after their time.
    """

    code = models.CharField(max_length=16, unique=True)  # public, such as S-7KQ2MX
    pack = models.ForeignKey("packs.PublishedPack", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, null=True, blank=True, related_name="surveys")
    answered_by = models.CharField(max_length=12, choices=AnsweredBy.choices)
    top = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    for_kinds = models.JSONField(default=list)
    least_group = models.PositiveSmallIntegerField()
    link = models.CharField(max_length=12, unique=True, null=True, blank=True)  # of a survey for anybody: /s/<link>/
    state = models.CharField(max_length=8, choices=SURVEY.choices(), default=SURVEY.initial)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()  # the first moment that is too late
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=1000, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(SURVEY.states)), name="survey_state"),
            models.CheckConstraint(condition=Q(answered_by__in=AnsweredBy.values), name="survey_answered_by"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="survey_order"),
            models.CheckConstraint(
                condition=Q(state="OPEN", ended_at=None) | Q(state="ENDED", ended_at__isnull=False), name="survey_ended"
            ),
            models.CheckConstraint(condition=Q(least_group__gte=1), name="survey_least_group"),
            models.CheckConstraint(
                condition=Q(answered_by="ORGANISATION", link=None) | Q(answered_by="ANYBODY", link__isnull=False),
                name="survey_link_of_anybody",
            ),
            # A double click, or two officers at once, open one survey.
            models.UniqueConstraint(fields=["pack", "top"], condition=Q(state="OPEN"), name="survey_open_once"),
        ]
        indexes = [models.Index(fields=["-opens_at", "-id"], name="survey_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title of the pack in the reader's language."""
        return str(self.pack.title)

    @property
    def for_anybody(self) -> bool:
        return self.answered_by == AnsweredBy.ANYBODY

    def is_open(self, at: datetime | None = None) -> bool:
        moment = at or clock.now()
        return self.state == "OPEN" and self.opens_at <= moment < self.closes_at

    def is_over(self, at: datetime | None = None) -> bool:
        return self.state == "ENDED" or (at or clock.now()) >= self.closes_at

    @property
    def over_at(self) -> datetime:
        """The moment from which nothing counts any more."""
        return min(self.ended_at, self.closes_at) if self.ended_at else self.closes_at

    @property
    def status(self) -> State:
        """Its state for people: what the calendar says comes before what is stored."""
        if self.state == "ENDED":
            return SURVEY.states["ENDED"]
        if self.is_over():
            return CLOSED
        return SURVEY.states["OPEN"] if self.is_open() else SOON


class CloseMove(models.Model):
    """The closing of a survey that was moved: from when to when, why, by whom. Written once, never changed."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="moves")
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.CharField(max_length=1000)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-moved_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="survey_move_reason"),
            models.CheckConstraint(condition=Q(after__gt=F("moved_at")), name="survey_move_not_past"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} · {self.moved_at:%Y-%m-%d}"
