"""How messages of the exchange are carried for an office, and what our words are called in them."""

from datetime import date
from pathlib import Path

from django.conf import settings

from saduak.circulars import printing
from saduak.circulars.models import Carrier, Circular, Delivery, ExchangeAddress, ExchangeMessage, MessageKind
from saduak.kernel.clock import BANGKOK
from saduak.saraban.exchange import (
    Binary,
    CorrespondenceLetter,
    FolderTransport,
    Message,
    Notice,
    NoticeKind,
    Party,
    Reference,
    SoapTransport,
    Transport,
)

GATEWAY_SECONDS = 20.0  # a worker does not wait longer for a gateway
NOTICES = {
    MessageKind.RECEIVED: NoticeKind.RECEIVED,
    MessageKind.ACCEPTED: NoticeKind.ACCEPTED,
    MessageKind.REJECTED: NoticeKind.REJECTED,
    MessageKind.WRONG_LETTER: NoticeKind.WRONG_LETTER,
    MessageKind.WRONG_NUMBER: NoticeKind.WRONG_ACCEPT_NUMBER,
}
KINDS = {notice: kind for kind, notice in NOTICES.items()}
URGENCIES = {words: code for code, words in printing.URGENCY.items()}


def transport(ours: ExchangeAddress, theirs: ExchangeAddress | None = None) -> Transport:
    """The carrier of our office; towards `theirs` the one by which that office is reached. Raises TransportFailed, ValueError."""
    way = theirs or ours
    if way.carrier == Carrier.FOLDER:
        return FolderTransport(way.place, own=ours.department)
    aside = Path(settings.DATA) / "exchange" / ours.department
    return SoapTransport(way.place, own=ours.department, aside=aside, timeout=GATEWAY_SECONDS)


def letter_on(circular: Circular) -> date | None:
    """The day of a letter that has left."""
    return circular.issued_at.astimezone(BANGKOK).date() if circular.issued_at else None


def written(message: ExchangeMessage, theirs: ExchangeAddress | None) -> Message:
    """The message as it travels: a letter is set as PDF for its addressee."""
    if message.kind == MessageKind.LETTER and message.delivery is not None and theirs is not None:
        return Message(message.message_id, message.other, _letter(message.ours, theirs, message.delivery))
    said = message.details
    return Message(
        message.message_id,
        message.other,
        Notice(
            NOTICES[MessageKind(message.kind)],
            said["number"],
            date.fromisoformat(said["date"]),
            said.get("subject", ""),
            accept_number=said.get("accept_number", ""),
            accepted_at=message.delivery.received_at
            if message.delivery and message.kind == MessageKind.ACCEPTED
            else None,
            department=message.ours.department,
            reason=said.get("reason", ""),
        ),
    )


def _letter(ours: ExchangeAddress, theirs: ExchangeAddress, delivery: Delivery) -> CorrespondenceLetter:
    circular = delivery.circular
    given, _blank, family = circular.signatory.partition(" ")
    on = letter_on(circular)
    if on is None:
        raise ValueError(f"{circular.code} has not left")
    return CorrespondenceLetter(
        number=circular.number,
        date=on,
        subject=circular.subject,
        sender=Party(ours.department, ours.ministry, given, family, " ".join(circular.position.split())),
        receiver=Party(theirs.department, theirs.ministry, job_title=delivery.organisation.head_title_th),
        urgency=printing.URGENCY[circular.urgency],
        references=tuple(Reference(line) for line in circular.references.splitlines() if line.strip()),
        enclosures=tuple(line for line in circular.enclosures.splitlines() if line.strip()),
        sent_at=delivery.sent_at,
        main=Binary(printing.letter(circular, delivery.organisation), name=f"{delivery.code}.pdf"),
    )
