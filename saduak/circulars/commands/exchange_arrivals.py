"""What arrives through the exchange: letters become hops of our office, notices mark the hops of our letters.

Each is taken in once: what is made of it and the id of its message are written in one transaction, an id that is known does nothing.
"""

import hashlib
import re
from datetime import datetime, time
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.carrying import KINDS, URGENCIES
from saduak.circulars.commands import deliveries, ways_back
from saduak.circulars.commands.exchange import about, answer, mark_failed, subject
from saduak.circulars.commands.hops import deliver
from saduak.circulars.commands.links import give_link
from saduak.circulars.commands.reading_files import in_both
from saduak.circulars.models import (
    Circular,
    Delivery,
    ExchangeAddress,
    ExchangeFile,
    ExchangeMessage,
    MessageKind,
    Reach,
)
from saduak.circulars.queries import exchange as queries
from saduak.circulars.queries import reach
from saduak.files import commands as files
from saduak.files.models import StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor
from saduak.saraban.exchange import Binary, CorrespondenceLetter, Message, Notice
from saduak.saraban.numbering import parse
from saduak.saraban.refusal import Unreadable
from saduak.thai.digits import to_arabic

LARGEST_NUMBER = 2_000_000_000
_ENDINGS = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG", "png"), (b"PK\x03\x04", "docx"))
UNKNOWN_SENDER = _("The sending office is not known here.")
OTHER_RECEIVER = _("The letter is not addressed to this office.")
SECRET = _("Secret letters are not taken here; please send it as the rules for secret letters say.")
NO_LETTER = _("No letter of that number and day was sent to that office.")
NO_NUMBER = _("The receiving number is not understood.")
NO_REASON = "ระบบปลายทางส่งหนังสือกลับ โดยไม่ได้แจ้งเหตุผล"


class NotTaken(Exception):
    """A message that is well formed and still not for us. kind: the notice that tells the sender, empty for none."""

    def __init__(self, message: Any, params: dict[str, Any] | None = None, *, kind: str = "") -> None:
        super().__init__(str(message))
        self.why = in_both(message, params or {})
        self.kind = kind

    @property
    def unreadable(self) -> Unreadable:
        return Unreadable(*self.why, code="not-taken")


def take(ours: ExchangeAddress, message: Message, *, by: Actor) -> ExchangeMessage | None:
    """Take a message in; None for one that was taken in before. No transaction may be open: files are looked at first.

    Raises NotTaken for a letter or notice that this office cannot take; that is noted, and the sender's notice is queued.
    """
    policy.may_exchange(by).require()
    if ExchangeMessage.objects.filter(outgoing=False, ours=ours, message_id=_id(message)).exists():
        return None
    try:
        if isinstance(message.content, CorrespondenceLetter):
            return _take_letter(ours, message, message.content, by=by)
        return _take_notice(ours, message, message.content, by=by)
    except NotTaken as refused:
        _note_refusal(ours, message, refused, by=by)
        raise


@transaction.atomic
def note_unreadable(ours: ExchangeAddress, why: Unreadable, *, by: Actor) -> ExchangeMessage:
    """Something came that is no message; the carrier has put it aside with the reason."""
    policy.may_exchange(by).require()
    row = ExchangeMessage.objects.create(
        outgoing=False, ours=ours, kind=MessageKind.LETTER, state="REFUSED", at=clock.now(), other="",
        message_id=f"unreadable:{public_code('X', 12)}", why_th=why.thai[:1000], why_en=why.english[:1000],
    )  # fmt: skip
    journal.record("exchange.refused", subject(ours), by=by, details={"why": why.english[:300]})
    return row


def _id(message: Message) -> str:
    """What tells a message from every other: a gateway's own name for it (the id in its answer is that of the answer), else the
    sender's; of one that has neither, what it says. Of any length, as the database keeps it.
    """
    identity = f"process:{message.process_id}" if message.process_id else message.id or f"says:{message.content!r}"
    return identity if len(identity) <= 200 else f"sha256:{hashlib.sha256(identity.encode()).hexdigest()}"


def _take_letter(
    ours: ExchangeAddress, message: Message, letter: CorrespondenceLetter, *, by: Actor
) -> ExchangeMessage:
    sender = queries.theirs(letter.sender.department)
    if sender is None:
        raise NotTaken(UNKNOWN_SENDER, kind=MessageKind.REJECTED)
    if letter.receiver.department != ours.department:
        raise NotTaken(OTHER_RECEIVER, kind=MessageKind.REJECTED)
    if letter.secrecy:
        raise NotTaken(SECRET, kind=MessageKind.REJECTED)
    kept = [_stored(one, place, sender) for place, one in enumerate([letter.main, *letter.attachments]) if one]
    with transaction.atomic():
        delivery = queries.known(sender.organisation_id, ours.organisation_id, letter.number, letter.date)
        if delivery is None:
            delivery = _arrived(ours, sender, letter, kept, by=by)
        row = _taken(ours, message, MessageKind.LETTER, letter.sender.department, delivery)
        said = about(letter.number, letter.date.isoformat(), letter.subject)
        answer(ours, MessageKind.RECEIVED, letter.sender.department, key=delivery.code, details=said, delivery=delivery)
        details = {"id": row.message_id, "delivery": delivery.code, "number": letter.number[:60]}
        journal.record("exchange.letter_taken", subject(ours), by=by, details=details)
    return row


def _arrived(
    ours: ExchangeAddress, sender: ExchangeAddress, letter: CorrespondenceLetter, kept: list[StoredFile], *, by: Actor
) -> Delivery:
    """The letter under the sender's own number, and its hop at our office, which waits to be received like any other."""
    now, office, number = clock.now(), ours.organisation, parse(letter.number)
    running = number.running if number and number.running else ""
    circular = Circular.objects.create(
        code=public_code("L"),
        outside=True,
        sender=sender.organisation,
        state="ISSUED",
        urgency=URGENCIES.get(letter.urgency, ""),
        running=int(to_arabic(running)) if running.isdecimal() and len(running) < 9 else 0,
        year=letter.date.year + 543,
        number=" ".join(to_arabic(letter.number).split())[:60],
        subject=_short(letter.subject, 400) or "-",
        addressee=office.head_title_th or office.name_th,
        references="\n".join(" ".join(f"{one.number} {one.subject}".split()) for one in letter.references),
        enclosures="\n".join(letter.enclosures),
        paragraphs=letter.description,
        closing="",
        signatory=_short(f"{letter.sender.given_name} {letter.sender.family_name}", 200),
        position=_short(letter.sender.job_title, 300),
        addressee_ids=[office.pk],
        addressee_count=1,
        sent_count=1,
        created_at=now,
        created_by=by.name,
        issued_at=min(datetime.combine(letter.date, time(12), tzinfo=BANGKOK), now),
        issued_by=sender.organisation.name_th[:200],
        progressed_at=now,
        finished_at=now,
    )
    give_link(circular)
    Reach.objects.create(circular=circular, rows=reach.of_tree(sender.organisation, [office.pk]))
    ExchangeFile.objects.bulk_create(
        ExchangeFile(circular=circular, order=order, stored=one, name=one.name) for order, one in enumerate(kept)
    )
    return deliver(circular, office)


def _stored(file: Binary, place: int, sender: ExchangeAddress) -> StoredFile:
    """Through the same gate as everything that people hand in. Raises NotTaken with the gate's reason."""
    ending = next((name for start, name in _ENDINGS if file.content.startswith(start)), "txt")
    name = PurePosixPath(file.name).name
    if not PurePosixPath(name).suffix:
        name = f"{name or ('หนังสือ' if place == 0 else f'สิ่งที่ส่งมาด้วย-{place}')}.{ending}"
    try:
        return files.store(ContentFile(file.content, name=name), by_ref=f"exchange:{sender.department}")
    except NotComplete as refusal:
        raise NotTaken(refusal.message, refusal.params, kind=MessageKind.WRONG_LETTER) from refusal


@transaction.atomic
def _take_notice(ours: ExchangeAddress, message: Message, notice: Notice, *, by: Actor) -> ExchangeMessage:
    kind = KINDS[notice.kind]
    if kind == MessageKind.WRONG_NUMBER:
        return _about_our_answer(ours, message, notice, by=by)
    hops = queries.hops_of(ours, notice.number, notice.date, notice.department)
    if len(hops) != 1:
        raise NotTaken(NO_LETTER)
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("circular__sender", "organisation")
        .get(pk=hops[0].pk)
    )
    row = _taken(ours, message, kind, notice.department, delivery)
    row.details = about(
        notice.number,
        notice.date.isoformat(),
        notice.subject,
        accept_number=notice.accept_number[:60],
        reason=notice.reason[:1000],
    )
    row.save(update_fields=["details"])
    if kind == MessageKind.ACCEPTED and delivery.state in ("SENT", "ON_PAPER"):
        number = _accept_number(notice.accept_number)
        at = notice.accepted_at or clock.now()
        deliveries.mark_received(delivery, number, min(max(at, delivery.sent_at), clock.now()), by=by)
    elif kind == MessageKind.REJECTED and delivery.state in ("SENT", "RECEIVED"):
        ways_back.mark_sent_back(delivery, notice.reason[:1000] or NO_REASON, by=by)
    elif kind == MessageKind.WRONG_LETTER:
        for sent in delivery.messages.filter(outgoing=True, kind=MessageKind.LETTER):
            mark_failed(
                sent.pk,
                by=by,
                why=(notice.reason or NO_REASON, notice.reason or "The other system could not take the letter."),
                again=False,
            )
    details = {
        "id": row.message_id,
        "kind": kind,
        "delivery": delivery.code,
        "accept_number": notice.accept_number[:60],
    }
    journal.record("exchange.notice_taken", subject(ours), by=by, details=details)
    return row


def _about_our_answer(ours: ExchangeAddress, message: Message, notice: Notice, *, by: Actor) -> ExchangeMessage:
    """The other system does not understand the number that we gave: somebody has to tell it another way."""
    sent = ours.messages.filter(
        outgoing=True, kind=MessageKind.ACCEPTED, details__number=notice.number, details__date=notice.date.isoformat()
    )
    found = sent.filter(other=notice.department) if notice.department else sent
    if len(found) != 1:
        raise NotTaken(NO_LETTER)
    mark_failed(found[0].pk, by=by, why=in_both(NO_NUMBER, {}), again=False)
    return _taken(ours, message, MessageKind.WRONG_NUMBER, notice.department, found[0].delivery)


def _accept_number(text: str) -> int:
    digits = re.search(r"\d+", to_arabic(text))
    if digits is None or not 0 < int(digits[0][:12]) < LARGEST_NUMBER:
        raise NotTaken(NO_NUMBER, kind=MessageKind.WRONG_NUMBER)
    return int(digits[0])


def _taken(
    ours: ExchangeAddress, message: Message, kind: str, other: str, delivery: Delivery | None
) -> ExchangeMessage:
    return ExchangeMessage.objects.create(
        outgoing=False, ours=ours, message_id=_id(message), kind=kind, state="TAKEN", other=other[:64],
        delivery=delivery, at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def _note_refusal(ours: ExchangeAddress, message: Message, refused: NotTaken, *, by: Actor) -> None:
    content = message.content
    kind = MessageKind.LETTER if isinstance(content, CorrespondenceLetter) else KINDS[content.kind]
    other = content.sender.department if isinstance(content, CorrespondenceLetter) else content.department
    said = about(content.number, content.date.isoformat(), content.subject, reason=refused.why[0])
    if isinstance(content, Notice):
        said["accept_number"] = content.accept_number[:60]
    ExchangeMessage.objects.create(
        outgoing=False, ours=ours, message_id=_id(message), kind=kind, state="REFUSED", other=other[:64], details=said,
        at=clock.now(), why_th=refused.why[0][:1000], why_en=refused.why[1][:1000],
    )  # fmt: skip
    if refused.kind and other and len(other) <= 64:
        key = hashlib.sha256(_id(message).encode()).hexdigest()[:32]
        answer(ours, refused.kind, other, key=key, details=said)
    details = {"id": _id(message), "kind": kind, "why": refused.why[1][:300]}
    journal.record("exchange.refused", subject(ours), by=by, details=details)


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
