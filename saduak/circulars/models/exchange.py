"""Exchange of letters with other systems: by which address an office is reached, and every message that left or arrived."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models.circular import Circular
from saduak.circulars.models.delivery import Delivery
from saduak.circulars.workflow import EXCHANGE_MESSAGE
from saduak.files.models import StoredFile
from saduak.kernel.workflow import State
from saduak.people.models import Organisation


class Side(models.TextChoices):
    OURS = "OURS", _("uses this Saduak; its box is emptied here")
    THEIRS = "THEIRS", _("uses another system; letters to it go through the exchange")


class Carrier(models.TextChoices):
    FOLDER = "FOLDER", _("folders")
    SOAP = "SOAP", _("gateway (SOAP)")


class ExchangeAddress(models.Model):
    """An office's address in the exchange. Set by the operator: `place` is a folder of this machine, or the gateway's address.

    department, ministry: codes in the exchange's own list. since: letters sent before are not sent again. looked_at: when the
    work on it was queued last.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="exchange_address")
    side = models.CharField(max_length=6, choices=Side.choices)
    carrier = models.CharField(max_length=6, choices=Carrier.choices)
    place = models.CharField(max_length=500)
    department = models.CharField(max_length=64, unique=True)
    ministry = models.CharField(max_length=64, blank=True)
    active = models.BooleanField(default=True)
    since = models.DateTimeField()
    looked_at = models.DateTimeField(null=True, blank=True)
    trouble_th = models.CharField(max_length=500, blank=True)
    trouble_en = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="exchange_side"),
            models.CheckConstraint(condition=Q(carrier__in=Carrier.values), name="exchange_carrier"),
        ]

    def __str__(self) -> str:
        return self.department

    @property
    def trouble(self) -> str:
        """Why its box could not be emptied the last time, in the language of whoever looks."""
        return self.trouble_en if get_language() == "en" else self.trouble_th


class MessageKind(models.TextChoices):
    LETTER = "LETTER", _("letter")
    RECEIVED = "RECEIVED", _("arrived there")
    ACCEPTED = "ACCEPTED", _("registered, with its number")
    REJECTED = "REJECTED", _("sent back")
    WRONG_LETTER = "WRONG_LETTER", _("the letter could not be taken")
    WRONG_NUMBER = "WRONG_NUMBER", _("the receiving number is not understood")


class ExchangeMessage(models.Model):
    """One message. Its `message_id` is the same for ever, so that it is sent once and taken in once, however often it is tried.

    Going out it waits (WAITING) until it is SENT or FAILED; coming in it is TAKEN or REFUSED. ours: the office on our side;
    other: the code of the office on the other. details: what a notice says: number, date, subject, accept_number, reason.
    """

    outgoing = models.BooleanField()
    message_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=MessageKind.choices)
    state = models.CharField(max_length=8, choices=EXCHANGE_MESSAGE.choices(), default=EXCHANGE_MESSAGE.initial)
    ours = models.ForeignKey(ExchangeAddress, on_delete=models.PROTECT, related_name="messages")
    other = models.CharField(max_length=64)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    why_th = models.CharField(max_length=1000, blank=True)
    why_en = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(EXCHANGE_MESSAGE.states)), name="exchange_state"),
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="exchange_kind"),
            models.UniqueConstraint(fields=["outgoing", "ours", "message_id"], name="exchange_once"),
            models.UniqueConstraint(fields=["delivery", "kind"], condition=Q(outgoing=True), name="exchange_said_once"),
        ]
        indexes = [models.Index(fields=["ours", "-at"]), models.Index(fields=["state", "next_at"])]

    def __str__(self) -> str:
        return self.message_id

    @property
    def status(self) -> State:
        return EXCHANGE_MESSAGE.states[self.state]

    @property
    def why(self) -> str:
        """Why it was not sent or not taken, in the language of whoever looks."""
        return self.why_en if get_language() == "en" else self.why_th


class ExchangeFile(models.Model):
    """A file that came with a letter from another system. The first one (order 0) is the letter itself, where it has one."""

    circular = models.ForeignKey(Circular, on_delete=models.CASCADE, related_name="came_with")
    order = models.PositiveSmallIntegerField()
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["circular", "order"], name="exchange_file_once")]

    def __str__(self) -> str:
        return self.name
