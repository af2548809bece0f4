"""A circular at one addressee: received, acknowledged, assigned, answered."""

from django.db import models
from django.db.models import Q

from saduak.circulars.models.circular import Circular
from saduak.circulars.workflow import DELIVERY
from saduak.kernel.workflow import State
from saduak.people.models import Organisation, User


class Delivery(models.Model):
    """One hop of the cascade. `root` is the cascade's first letter, so that a ledger is one range of the index.

    kind, province_code, below (how many offices lay below it): of the office when the letter was sent to it, so that a
    ledger is added up from one index (`delivery_ledger` carries all that is counted) and stays true when an office is
    renamed or moved.
    received_at: when the office had the letter, by its own stamp or by the receipt on paper that the sender entered.
    """

    code = models.CharField(max_length=20, unique=True)
    # Without an index of their own where a longer one begins with the same column.
    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    root = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="cascade", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, default="", editable=False)
    province_code = models.CharField(max_length=4, blank=True, default="", editable=False)
    below = models.PositiveIntegerField(default=0, editable=False)
    state = models.CharField(max_length=12, choices=DELIVERY.choices(), default=DELIVERY.initial)
    sent_at = models.DateTimeField()
    received_number = models.PositiveIntegerField(null=True, blank=True)
    received_year = models.PositiveSmallIntegerField(null=True, blank=True)  # calendar year, Buddhist Era
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=200, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=200, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)  # when it went back to its sender

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(DELIVERY.states)), name="delivery_state"),
            models.CheckConstraint(
                condition=Q(state__in=["SENT", "RETURNED", "CLOSED"])
                | Q(state="ON_PAPER", received_at__isnull=False)
                | Q(received_number__isnull=False, received_at__isnull=False),
                name="delivery_stamped",
            ),
            models.UniqueConstraint(fields=["circular", "organisation"], name="delivery_once"),
        ]
        indexes = [
            models.Index(fields=["root", "organisation"]),
            # A branch page by page: the order of the key, of one cascade, without passing over those of all others.
            models.Index(fields=["root", "id"], name="delivery_in_order"),
            models.Index(fields=["organisation", "state", "-sent_at"]),
            models.Index(
                fields=[
                    "root",
                    "kind",
                    "province_code",
                    "sent_at",
                    "received_at",
                    "acknowledged_at",
                    "below",
                    "returned_at",
                ],
                name="delivery_ledger",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def status(self) -> State:
        return DELIVERY.states[self.state]


class Assignment(models.Model):
    """A member of the office to whom the matter was given. The newest one holds; earlier ones stay readable.

    ended_at: when that member said it was done, or handed it back (`done` false) with the reason in `end_note`.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="assignments")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.BooleanField(default=False)
    end_note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["delivery", "-at"]), models.Index(fields=["person", "-at"])]

    def __str__(self) -> str:
        return self.person_name


class Reply(models.Model):
    """An office's answer to one action of a cascade, whichever way the letter reached it."""

    root = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    text = models.TextField()
    proof = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["root", "organisation", "code"], name="reply_once")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.code}"
