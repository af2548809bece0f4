"""Certificates as they were issued, and the public halves of the keys that signed them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.certificates.standing import standing
from saduak.certificates.workflow import CERTIFICATE
from saduak.kernel import clock
from saduak.kernel.workflow import State


class Reason(models.TextChoices):
    """Why a certificate is not, or no longer, valid: the class is public, the officer's own words are not."""

    REVIEW = "REVIEW", _("under review")
    STANDARD = "STANDARD", _("the centre no longer meets the standard")
    UNTRUE = "UNTRUE", _("it rested on untrue information")
    ERROR = "ERROR", _("it was issued in error")
    CLOSED = "CLOSED", _("the centre was closed or merged")
    REQUEST = "REQUEST", _("the centre asked for it")


def _register_index(name: str, *fields: str) -> models.Index:
    """An index over the newest certificate of each centre: all that the register lists. SQLite reads the index alone only
    if the column of the condition stands in it, too."""
    return models.Index(fields=[*fields, "latest"], condition=Q(latest=True), name=f"certificate_by_{name}")


class Certificate(models.Model):
    """What was issued to a centre. Names and places are as they stood on that day; the tree may change later.

    application is empty only for certificates of rounds before this system, entered from the secretariat's files.
    """

    number = models.CharField(max_length=60, unique=True)
    key = models.CharField(max_length=60, unique=True)  # numbers.key(number)
    centre = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="certificates")
    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="certificates")
    application = models.OneToOneField(
        "applications.Application", on_delete=models.PROTECT, null=True, related_name="certificate"
    )
    programme = models.CharField(max_length=60)  # as in the round's pack; a centre may hold one of each
    level = models.CharField(max_length=40)
    level_name_th = models.CharField(max_length=200)
    level_name_en = models.CharField(max_length=200)
    centre_name_th = models.CharField(max_length=300)
    centre_name_en = models.CharField(max_length=300, blank=True)
    office_name_th = models.CharField(max_length=300)  # the office the centre belongs to
    office_name_en = models.CharField(max_length=300, blank=True)
    province_code = models.CharField(max_length=4, blank=True)
    fiscal_year = models.PositiveSmallIntegerField()  # of the round, B.E.
    round_name_th = models.CharField(max_length=400)
    round_name_en = models.CharField(max_length=400)
    valid_from = models.DateField()
    valid_to = models.DateField()  # the last day
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=CERTIFICATE.choices(), default=CERTIFICATE.initial)
    state_at = models.DateTimeField()
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    reason_text = models.TextField(blank=True)
    succeeds = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="successor")
    latest = models.BooleanField(default=True)  # the newest of its centre in its programme
    pdf = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    credential = models.TextField(blank=True)  # the signed payload in the QR code
    key_id = models.CharField(max_length=100, blank=True)
    demonstration = models.BooleanField(default=False)  # signed with a key that proves nothing
    search = models.CharField(max_length=1500, editable=False)
    sort_name = models.CharField(max_length=400, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(CERTIFICATE.states)), name="certificate_state"),
            models.CheckConstraint(condition=Q(reason__in=["", *Reason.values]), name="certificate_reason"),
            models.CheckConstraint(condition=Q(state="VALID") | ~Q(reason=""), name="certificate_reasoned"),
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="certificate_days"),
            models.UniqueConstraint(
                fields=["centre", "programme"], condition=Q(latest=True), name="certificate_latest"
            ),
            models.UniqueConstraint(fields=["centre", "round"], name="certificate_once"),
        ]
        indexes = [
            # The register's orders. State and last day come along, so that counting and leafing read the index alone.
            _register_index("name", "sort_name", "id", "state", "valid_to"),
            _register_index("place", "province_code", "sort_name", "id", "state", "valid_to"),
            _register_index("new", "-valid_from", "-id", "state", "valid_to"),
            _register_index("end", "valid_to", "id", "state"),
            models.Index(fields=["-issued_at", "-id"], name="certificate_issued"),
            # Checking asks for the successor. Statistics make SQLite distrust the unique index, where nearly all is NULL.
            models.Index(fields=["succeeds"], condition=Q(succeeds__isnull=False), name="certificate_succeeding"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def centre_name(self) -> str:
        return self.told("centre_name")

    @property
    def office_name(self) -> str:
        return self.told("office_name")

    @property
    def level_name(self) -> str:
        return self.told("level_name")

    @property
    def round_name(self) -> str:
        return self.told("round_name")

    def told(self, what: str) -> Any:
        """A name in the reader's language; Thai where no English one is known."""
        thai = getattr(self, f"{what}_th")
        return (getattr(self, f"{what}_en") or thai) if get_language() == "en" else thai

    @property
    def standing(self) -> State:
        """How it stands today, to whoever asks."""
        return standing(self.state, self.valid_to, succeeded=not self.latest, today=clock.today())


class PublishedKey(models.Model):
    """The public half of a key that has signed: kept for ever, so that an old certificate can still be checked.

    withdrawn_at: from then on what it signed proves nothing any more (a stolen key); the register still counts.
    """

    key_id = models.CharField(max_length=100, unique=True)
    pem = models.TextField()  # its X.509 certificate
    demonstration = models.BooleanField(default=False)
    first_used_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key_id


class Issuing(models.Model):
    """One press of “issue the whole round”. How far it is, is counted from the certificates; here stands what failed."""

    round = models.ForeignKey("rounds.Round", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=200)
    started_by_ref = models.CharField(max_length=64)
    moved_at = models.DateTimeField()  # when a certificate last came out
    finished_at = models.DateTimeField(null=True)
    failures = models.JSONField(default=dict)  # application number → sentence

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(finished_at=None), name="issuing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.started_at}"
