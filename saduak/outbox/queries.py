"""Reading messages: each person sees their own, and drafts are seen by nobody before their release."""

from django.db.models import QuerySet

from saduak.outbox.models import Message


def inbox(recipient_ref: str) -> QuerySet[Message]:
    """What a person has been told, newest first."""
    return Message.objects.filter(recipient_ref=recipient_ref).exclude(state=Message.State.DRAFT)


def unread_count(recipient_ref: str) -> int:
    return inbox(recipient_ref).filter(read_at=None).count()


def waiting(limit: int = 200) -> list[int]:
    """Keys of messages that are ready to leave, oldest first."""
    return list(
        Message.objects.filter(state=Message.State.READY).order_by("created_at").values_list("pk", flat=True)[:limit]
    )


def drafts_about(about_type: str, about_id: object) -> QuerySet[Message]:
    """Drafts that wait for release with one thing."""
    return Message.objects.filter(about_type=about_type, about_id=str(about_id), state=Message.State.DRAFT)
