"""Exchange of letters: addresses, what waits to be sent, and what becomes of it. What arrives is in `exchange_arrivals`."""

import re
from datetime import timedelta
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.carrying import letter_on
from saduak.circulars.models import Carrier, Delivery, ExchangeAddress, ExchangeMessage, MessageKind, Side
from saduak.circulars.queries import exchange as queries
from saduak.circulars.workflow import DELIVERY, EXCHANGE_MESSAGE
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.outbox.commands import notify
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.people.roles import Role

AT_ONCE = 200
LONGEST_WAIT = timedelta(hours=6)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
CLOSED_BY_EXCHANGE = "แจ้งผู้ส่งผ่านระบบแลกเปลี่ยนหนังสือแล้ว"


def subject(address: ExchangeAddress) -> journal.Subject:
    return journal.Subject("exchange", address.department, address.organisation.name_th)


def check_address(
    office: str, side: str, carrier: str, place: str, department: str, ministry: str = "", within: Path | None = None
) -> Organisation:
    """The office, if that can be its address. within: the folder below which folders have to lie, where that matters.

    Raises NotComplete naming the field for what is unknown or cannot be an address.
    """
    organisation = people.organisations().filter(code=office).first()
    if organisation is None:
        raise NotComplete(_("There is no organisation %(code)s in the tree."), params={"code": office}, field="office")
    if side not in Side.values:
        raise NotComplete(_("Say whether the office is ours or theirs."), field="side")
    if carrier not in Carrier.values:
        raise NotComplete(_("The carrier is FOLDER or SOAP."), field="carrier")
    parts = urlsplit(place)
    if carrier == Carrier.FOLDER and not PurePosixPath(place).is_absolute():
        raise NotComplete(_("Write the whole path of the folder, beginning with /."), field="place")
    if carrier == Carrier.FOLDER and within is not None and not Path(place).resolve().is_relative_to(within.resolve()):
        raise NotComplete(
            _("Folders that are chosen here lie below %(folder)s."), params={"folder": within}, field="place"
        )
    if carrier == Carrier.SOAP and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise NotComplete(_("Write the address of the gateway, beginning with https://."), field="place")
    if not _CODE.fullmatch(department) or (ministry and not _CODE.fullmatch(ministry)):
        raise NotComplete(_("The code in the exchange has only letters, digits, - and _."), field="department")
    if ExchangeAddress.objects.filter(department=department).exclude(organisation=organisation).exists():
        raise NotComplete(_("Another office has this code."), field="department")
    return organisation


@transaction.atomic
def set_address(
    office: str, *, by: Actor, side: str, carrier: str, place: str, department: str, ministry: str = "",
    within: Path | None = None,
) -> ExchangeAddress:  # fmt: skip
    """Give an office (its code in our tree) an address in the exchange, or another one.

    within: of an address set on a page. Raises NotAllowed, and NotComplete as `check_address`.
    """
    policy.may_set_exchange(by).require()
    organisation = check_address(office, side, carrier, place, department, ministry, within)
    now = clock.now()
    address, _new = ExchangeAddress.objects.update_or_create(
        organisation=organisation,
        defaults={"side": side, "carrier": carrier, "place": place, "department": department, "ministry": ministry, "active": True},
        create_defaults={"side": side, "carrier": carrier, "place": place, "department": department, "ministry": ministry, "since": now},
    )  # fmt: skip
    details = {"side": side, "carrier": carrier, "place": place, "ministry": ministry}
    journal.record("exchange.address_set", subject(address), by=by, details=details)
    return address


@transaction.atomic
def stop_address(office: str, *, by: Actor) -> ExchangeAddress:
    """Exchange nothing with this office any more; what was exchanged stays. Raises ExchangeAddress.DoesNotExist."""
    policy.may_set_exchange(by).require()
    address = ExchangeAddress.objects.select_for_update().get(organisation__code=office)
    address.active = False
    address.save(update_fields=["active"])
    journal.record("exchange.address_stopped", subject(address), by=by)
    return address


@transaction.atomic
def queue_due(ours: ExchangeAddress, *, by: Actor) -> int:
    """Put into the queue what this office has to say: letters to partners, numbers given, letters sent back; returns how many."""
    policy.may_exchange(by).require()
    ExchangeAddress.objects.select_for_update().get(pk=ours.pk)
    rows = [
        _new(ours, MessageKind.LETTER, one.organisation.exchange_address.department, delivery=one)
        for one in queries.letters_due(ours)[:AT_ONCE]
    ]
    for kind in queries.ANSWERED:
        for one in queries.answers_due(ours, kind)[:AT_ONCE]:
            came = one.messages.filter(outgoing=False, kind=MessageKind.LETTER).order_by("pk").first()
            if came is not None:
                rows.append(_new(ours, kind, came.other, delivery=one, details=_about(one, kind)))
    ExchangeMessage.objects.bulk_create(rows)
    return len(rows)


def answer(
    ours: ExchangeAddress, kind: str, other: str, *, key: str, details: dict[str, str], delivery: Delivery | None = None
) -> ExchangeMessage:
    """Queue one notice; part of taking a message in. key: what makes its id, so that it is queued once."""
    row = _new(ours, kind, other, delivery=delivery, details=details, key=key)
    return ExchangeMessage.objects.get_or_create(
        outgoing=True, ours=ours, message_id=row.message_id,
        defaults={"kind": kind, "other": other, "delivery": delivery, "details": details, "at": row.at, "next_at": row.at},
    )[0]  # fmt: skip


def _new(
    ours: ExchangeAddress,
    kind: str,
    other: str,
    *,
    delivery: Delivery | None = None,
    details: dict[str, str] | None = None,
    key: str = "",
) -> ExchangeMessage:
    now, host = clock.now(), urlsplit(settings.BASE_URL).hostname
    what = key or (delivery.code if delivery is not None else "")
    return ExchangeMessage(
        outgoing=True, ours=ours, kind=kind, other=other, delivery=delivery, details=details or {}, at=now, next_at=now,
        message_id=f"urn:saduak:{host}:{what}:{kind.lower()}",
    )  # fmt: skip


def about(number: str, on: str, title: str, **more: str) -> dict[str, str]:
    """What a notice says of its letter."""
    return {"number": number, "date": on, "subject": title[:400], **more}


def _about(delivery: Delivery, kind: str) -> dict[str, str]:
    circular = delivery.circular
    on = letter_on(circular)
    said = about(circular.number, on.isoformat() if on else "", circular.subject)
    if kind == MessageKind.ACCEPTED:
        return said | {"accept_number": f"{delivery.received_number}/{delivery.received_year}"}
    return said | {"reason": delivery.sent_back.reason}


@transaction.atomic
def mark_sent(pk: int, *, by: Actor) -> ExchangeMessage:
    """The carrier has it. A letter that our office sent back is settled with that."""
    policy.may_exchange(by).require()
    message = _locked(pk)
    if message.state != "WAITING":
        return message
    message.state = EXCHANGE_MESSAGE.move(message.state, "send")
    message.attempts += 1
    message.why_th = message.why_en = ""
    message.next_at = None
    message.save(update_fields=["state", "attempts", "next_at", "why_th", "why_en"])
    delivery = message.delivery
    if delivery is not None and message.kind == MessageKind.REJECTED and delivery.state == "RETURNED":
        delivery.state = DELIVERY.move(delivery.state, "close_return")
        delivery.save(update_fields=["state"])
        back = delivery.sent_back
        back.settled_at, back.settled_by, back.note = clock.now(), by.name, CLOSED_BY_EXCHANGE
        back.save(update_fields=["settled_at", "settled_by", "note"])
    details = {"kind": message.kind, "id": message.message_id, "delivery": delivery.code if delivery else None}
    journal.record("exchange.sent", subject(message.ours), by=by, details=details)
    return message


@transaction.atomic
def mark_failed(pk: int, *, by: Actor, why: tuple[str, str], again: bool) -> ExchangeMessage:
    """It could not be carried: tried again later and later, or given up, and then our office is told. why: Thai, English."""
    policy.may_exchange(by).require()
    message = _locked(pk)
    if message.state not in ("WAITING", "SENT"):
        return message
    message.attempts += 1
    message.why_th, message.why_en = why[0][:1000], why[1][:1000]
    if again:
        message.next_at = clock.now() + min(LONGEST_WAIT, timedelta(minutes=2 ** min(message.attempts, 9)))
    else:
        message.state = EXCHANGE_MESSAGE.move(message.state, "fail")
        message.next_at = None
    message.save(update_fields=["state", "attempts", "next_at", "why_th", "why_en"])
    if again:
        return message
    details = {"kind": message.kind, "id": message.message_id, "why": message.why_en}
    journal.record("exchange.failed", subject(message.ours), by=by, details=details)
    delivery = message.delivery
    if delivery is not None:
        notify(
            "exchange.failed",
            to=people.holders([message.ours.organisation_id], Role.REGISTRAR, Role.HEAD, Role.OFFICER),
            subject=_("A letter did not get through the exchange: %(subject)s"),
            body=_(
                "Letter %(number)s could not be exchanged with %(office)s: %(why)s\n\nPlease send it another way, or tell the operator."
            ),
            params={
                "subject": delivery.circular.subject,
                "number": delivery.circular.number,
                "office": delivery.circular.sender.name_th
                if delivery.circular.outside
                else delivery.organisation.name_th,
                "why": message.why_th,
            },
            about=("delivery", delivery.code),
            url=f"/circulars/hops/{delivery.code}/",
        )
    return message


@transaction.atomic
def retry_failed(*, by: Actor) -> int:
    """Try again everything that was given up; returns how many messages."""
    policy.may_set_exchange(by).require()
    failed = list(ExchangeMessage.objects.select_for_update().filter(outgoing=True, state="FAILED"))
    for message in failed:
        message.state = EXCHANGE_MESSAGE.move(message.state, "retry")
        message.next_at, message.attempts = clock.now(), 0
        message.save(update_fields=["state", "next_at", "attempts"])
        journal.record("exchange.retried", subject(message.ours), by=by, details={"id": message.message_id})
    return len(failed)


@transaction.atomic
def note_trouble(ours: ExchangeAddress, why: tuple[str, str], *, by: Actor) -> None:
    """Keep why the box of an office could not be emptied; empty when it could."""
    policy.may_exchange(by).require()
    ExchangeAddress.objects.filter(pk=ours.pk).update(trouble_th=why[0][:500], trouble_en=why[1][:500])


@transaction.atomic
def offices_due(*, by: Actor, every: timedelta) -> list[str]:
    """Codes of our offices whose exchange was not looked after since so long; their clock starts anew."""
    policy.may_exchange(by).require()
    now = clock.now()
    active = ExchangeAddress.objects.select_for_update().filter(side=Side.OURS, active=True)
    due = [one.department for one in active if one.looked_at is None or one.looked_at <= now - every]
    ExchangeAddress.objects.filter(department__in=due).update(looked_at=now)
    return due


def _locked(pk: int) -> ExchangeMessage:
    found = ExchangeMessage.objects.select_for_update(of=("self",)).select_related(
        "ours__organisation", "delivery__circular__sender", "delivery__organisation"
    )
    return found.get(pk=pk)
