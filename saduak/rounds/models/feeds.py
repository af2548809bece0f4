"""The secret address under which a person's calendar can be subscribed."""

from django.db import models

from saduak.people.models import User


class CalendarAddress(models.Model):
    """One a person. The address itself is not kept: it is made from the nonce and the key of the house, and found by its
    hash, so that who reads the database (or a backup of it) cannot read calendars.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_address")
    nonce = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} · {self.made_at:%Y-%m-%d}"
