"""The outbox: messages waiting to leave. A decision letter waits here until a person releases it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.kernel.codes import public_code


def message_code() -> str:
    return public_code("N", 10)


class Message(models.Model):
    """One message to one person. Written in the transaction of the change, sent later by a job.

    The same row is the person's notice inside the application (`read_at`), so that nobody depends on mail.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("waits for release")
        READY = "READY", _("ready to leave")
        SENT = "SENT", pgettext_lazy("message", "sent")
        FAILED = "FAILED", _("could not be sent")

    code = models.CharField(max_length=16, unique=True, default=message_code)
    kind = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    recipient_ref = models.CharField(max_length=64, db_index=True)
    recipient_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)  # a worker has it in hand until then, or it is tried again after that
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "created_at"]),
            models.Index(fields=["recipient_ref", "state", "-created_at"]),
            models.Index(fields=["about_type", "about_id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["DRAFT", "READY", "SENT", "FAILED"]), name="message_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_name}"
