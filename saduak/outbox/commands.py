"""Putting messages into the outbox, releasing drafts, sending what is ready."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import translation

from saduak.kernel import clock
from saduak.outbox import queries
from saduak.outbox.models import Message

MOST_TRIES = 7
FIRST_PAUSE = timedelta(minutes=1)  # four times as long after each try: 1, 4, 16 minutes … 17 hours
IN_HAND = timedelta(minutes=10)  # a worker that died with a message leaves it to others after that


class Recipient(Protocol):
    """Whom a message goes to (people.models.User is one)."""

    @property
    def ref(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


def notify(
    kind: str,
    *,
    to: Iterable[Recipient],
    subject: Any,
    body: Any,
    params: dict[str, Any],
    about: tuple[str, str],
    url: str = "",
    hold: bool = False,
) -> list[Message]:
    """Lay a message for each recipient, in the recipient's language, inside the caller's transaction.

    subject, body: lazy translations with named placeholders filled from params as plain text; url: path on this site,
    shown as a button in the application and as a full address in mail; hold: keep as a draft until `release`.
    """
    at = clock.now()
    messages, seen = [], set()
    for person in to:
        if person.ref in seen:
            continue
        seen.add(person.ref)
        with translation.override(person.language or settings.LANGUAGE_CODE):
            # Line breaks in a name would break the mail header.
            title = " ".join((str(subject) % params).split())
            text = str(body) % params
        messages.append(
            Message(
                kind=kind,
                state=Message.State.DRAFT if hold else Message.State.READY,
                recipient_ref=person.ref,
                recipient_name=person.name,
                email=person.email,
                subject=title[:300],
                body=text,
                url=url,
                about_type=about[0],
                about_id=str(about[1]),
                created_at=at,
                released_at=None if hold else at,
            )
        )
    return Message.objects.bulk_create(messages, batch_size=500)


def release(about: tuple[str, str]) -> int:
    """Let the drafts about one thing leave; returns how many. The caller has checked that the actor may."""
    return Message.objects.filter(about_type=about[0], about_id=str(about[1]), state=Message.State.DRAFT).update(
        state=Message.State.READY, released_at=clock.now()
    )


def discard(about: tuple[str, str]) -> int:
    """Take back the drafts about one thing, because what they say no longer holds; returns how many."""
    return Message.objects.filter(about_type=about[0], about_id=str(about[1]), state=Message.State.DRAFT).delete()[0]


def mark_read(code: str, *, recipient_ref: str) -> int:
    """Note that the recipient has opened it; other people's messages are left alone."""
    return Message.objects.filter(code=code, recipient_ref=recipient_ref, read_at=None).update(read_at=clock.now())


def send_one(pk: int) -> bool:
    """Send one message that is due; True when it left.

    It is claimed first, so that two workers never send it twice, and sent outside of any transaction, because a slow
    mail server must not hold up everybody who writes. What fails is tried again later and later, for about a day.
    """
    in_hand = clock.now() + IN_HAND
    if not queries.due().filter(pk=pk).update(not_before=in_hand, tries=F("tries") + 1):
        return False
    message = Message.objects.get(pk=pk)
    try:
        if message.email:
            text = message.body + (f"\n\n{settings.BASE_URL}{message.url}" if message.url else "")
            EmailMessage(message.subject, text, settings.DEFAULT_FROM_EMAIL, [message.email]).send()
    except (OSError, ValueError) as error:  # ValueError: an address that is none; it must not hold up the others
        message.error, message.not_before = str(error)[:300], clock.now() + FIRST_PAUSE * 4 ** (message.tries - 1)
        if message.tries >= MOST_TRIES:
            message.state = Message.State.FAILED
    else:
        message.state, message.sent_at, message.error, message.not_before = Message.State.SENT, clock.now(), "", None
    message.save(update_fields=["state", "sent_at", "error", "not_before"])
    return message.state == Message.State.SENT
