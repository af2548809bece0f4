"""Registers of letters: one of incoming, one of outgoing letters, per office and calendar year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models.circular import Circular
from saduak.circulars.models.delivery import Delivery
from saduak.people.models import Organisation


class Direction(models.TextChoices):
    INCOMING = "IN", _("incoming")
    OUTGOING = "OUT", _("outgoing")


class Counter(models.Model):
    """The last number given out. Held while a number is taken, so that none is missing and none stands twice."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    year = models.PositiveSmallIntegerField()  # calendar year, Buddhist Era: registers restart on 1 January
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "direction", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.direction} {self.year}: {self.last}"


class RegisterEntry(models.Model):
    """One line of a register, as it was written: later changes of names do not touch it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    letter_number = models.CharField(max_length=60)
    letter_on = models.DateField()
    from_name = models.CharField(max_length=300)
    to_name = models.CharField(max_length=400)
    subject = models.CharField(max_length=400)
    remark = models.CharField(max_length=500, blank=True)
    by_name = models.CharField(max_length=200)
    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    search = models.CharField(max_length=1600, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="register_direction"),
            models.UniqueConstraint(
                fields=["organisation", "direction", "year", "number"], name="register_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
