"""Reading messages: each person sees their own, and drafts are seen by nobody before their release."""

from typing import Any

from django.db.models import Q, QuerySet

from saduak.kernel import clock
from saduak.outbox.models import Message


def inbox(recipient_ref: Any) -> QuerySet[Message]:
    """What a person has been told, newest first. recipient_ref: a text, or what stands for one."""
    return Message.objects.filter(recipient_ref=recipient_ref).exclude(state=Message.State.DRAFT)


def unread_count(recipient_ref: str) -> int:
    return inbox(recipient_ref).filter(read_at=None).count()


def due() -> QuerySet[Message]:
    """Messages that are ready to leave, that no worker has in hand and whose next try has come."""
    return Message.objects.filter(Q(not_before=None) | Q(not_before__lte=clock.now()), state=Message.State.READY)


def waiting(limit: int = 200) -> list[int]:
    """Keys of the messages that are due, oldest first."""
    return list(due().order_by("created_at").values_list("pk", flat=True)[:limit])


def drafts_about(about_type: str, about_id: object) -> QuerySet[Message]:
    """Drafts that wait for release with one thing."""
    return Message.objects.filter(about_type=about_type, about_id=str(about_id), state=Message.State.DRAFT)
