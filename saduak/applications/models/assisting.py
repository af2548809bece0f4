"""An application that somebody else enters for a unit: by telephone, fax, on paper or at the counter."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How the unit told what is entered for it."""

    TELEPHONE = "TELEPHONE", _("by telephone")
    FAX = "FAX", _("by fax")
    PAPER = "PAPER", _("on paper")
    COUNTER = "COUNTER", _("in person")


class AssistedEntry(models.Model):
    """Who enters an application on behalf of a unit, from what, and whether the unit has confirmed it.

    entered_at: when the entry was finished and laid before the unit's head. Once the head confirms, that moment is when
    the application was handed in; until then it is not handed in at all. sha256: of what was entered, so that what the
    head confirms is that and nothing else.
    """

    application = models.OneToOneField("applications.Application", on_delete=models.CASCADE, related_name="assisted")
    channel = models.CharField(max_length=9, choices=Channel.choices)
    told_by = models.CharField(max_length=200)  # the person of the unit, with the post
    told_on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)  # number of the letter, register or telephone note
    entered_by_ref = models.CharField(max_length=64)
    entered_by_name = models.CharField(max_length=200)
    entered_by_role = models.CharField(max_length=12)
    entered_by_organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    given_over_at = models.DateTimeField(null=True, blank=True)  # the unit has taken the draft into its own hands

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="assisted_channel"),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None) | models.Q(entered_at__isnull=False), name="assisted_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.channel}"

    @property
    def in_hand(self) -> bool:
        """Is it still the helper's to fill?"""
        return self.entered_at is None and self.given_over_at is None
