"""Registers of letters: one of incoming, one of outgoing letters, per office and calendar year, and those of divisions."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models.circular import Circular
from saduak.circulars.models.delivery import Delivery
from saduak.people.models import Organisation


class Direction(models.TextChoices):
    INCOMING = "IN", _("incoming")
    OUTGOING = "OUT", _("outgoing")


class Division(models.Model):
    """A division (กอง, ฝ่าย) of an office that counts its letters by itself, beside the office's own registers.

    prefix: stands before the slash of its letter numbers, as "มท 0810.7"; one division of an office has it. Numbers of
    a division that is closed stay readable; none is given any more.
    """

    code = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name_th = models.CharField(max_length=200)
    prefix = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "prefix"], name="division_prefix_once")]

    def __str__(self) -> str:
        return self.name_th


class Counter(models.Model):
    """The last number given out. Held while a number is taken, so that none is missing and none stands twice."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    year = models.PositiveSmallIntegerField()  # calendar year, Buddhist Era: registers restart on 1 January
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "direction", "year"], condition=Q(division=None), name="counter_once"
            ),
            models.UniqueConstraint(fields=["division", "direction", "year"], name="counter_of_division_once"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.year}: {self.last}"


class RegisterEntry(models.Model):
    """One line of a register, as it was written: later changes of names do not touch it.

    circular, delivery: empty for a letter on paper, entered by hand; `scan` shows it where there is one. parent: the
    office's line of a letter that was passed on to a division. action, remark: what the registrar wrote into those two
    columns; what Saduak knows of the letter itself is added where the register is shown. A line that is cancelled keeps
    its number for ever.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="inside")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    letter_number = models.CharField(max_length=60, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    from_name = models.CharField(max_length=300)
    to_name = models.CharField(max_length=400)
    subject = models.CharField(max_length=400)
    action = models.CharField(max_length=500, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    by_name = models.CharField(max_length=200)
    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scan = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=200, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)
    search = models.CharField(max_length=1600, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="register_direction"),
            models.UniqueConstraint(
                fields=["organisation", "direction", "year", "number"],
                condition=Q(division=None),
                name="register_number_once",
            ),
            models.UniqueConstraint(
                fields=["division", "direction", "year", "number"], name="register_number_of_division_once"
            ),
            models.UniqueConstraint(
                fields=["parent", "division"], condition=Q(cancelled_at=None), name="register_passed_inside_once"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="register_cancelled",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(division__isnull=False, direction="IN"), name="register_inside"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "direction", "year", "number"], name="register_of_office")]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def book(self) -> str:
        """The register in which the line stands, as addresses name it: IN, OUT, or IN-V-7KQ2MX of a division."""
        return f"{self.direction}-{self.division.code}" if self.division else self.direction

    @property
    def struck(self) -> dict[str, list[Any]]:
        """Column → what stood there before it was corrected, the oldest first."""
        found: dict[str, list[Any]] = {}
        for correction in self.corrections.all():
            for name, old in correction.struck.items():
                found.setdefault(name, []).append(old)
        return found
