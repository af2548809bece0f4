"""Receipts on paper, entered by the sender for offices that do not use Saduak."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.deliveries import subject
from saduak.circulars.models import Delivery, PaperReceipt
from saduak.circulars.queries import boxes
from saduak.circulars.queries.electronic import uses_saduak
from saduak.circulars.queries.visibility import lock_circular, lock_delivery
from saduak.circulars.workflow import DELIVERY
from saduak.files import commands as files
from saduak.files.models import StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import Item, NotComplete, NotPossible, Refusal
from saduak.people.actor import Actor
from saduak.thai.dates import format_date


@dataclass(frozen=True)
class ReceiptRow:
    """What the receipt of one office says: code of the hop, day, who took the letter, and the office's number."""

    code: str
    on: date | None
    who: str
    number: str

    @property
    def written(self) -> bool:
        """Is anything written in the row?"""
        return self.on is not None or bool(self.who.strip() or self.number.strip())


LONGEST = {"number": 60, "received_by": 200, "remark": 500}


def enter_receipt(
    code: str,
    *,
    by: Actor,
    received_on: date | None,
    received_by: str,
    number: str = "",
    remark: str = "",
    proof: File | None = None,
) -> Delivery:
    """Note that an office had the letter on paper: its number where it gave one, the day, and who took it.

    Entering again puts a better receipt in the place of the first, as long as the office has not received the letter
    itself. Raises NotComplete for what is missing or cannot be, NotPossible for an office that uses Saduak.
    The file is looked at before the transaction begins, because that takes a while.
    """
    stored = None
    if proof is not None:
        delivery = boxes.delivery(code, by)
        policy.may_enter_receipt(by, delivery, bool(uses_saduak([delivery.organisation]))).require()
        stored = files.store(proof, by_ref=by.ref)
    return _enter(code, by=by, on=received_on, who=received_by, number=number, remark=remark, proof=stored)


@transaction.atomic
def _enter(
    code: str, *, by: Actor, on: date | None, who: str, number: str, remark: str, proof: StoredFile | None
) -> Delivery:
    delivery = lock_delivery(code, actor=by)
    policy.may_enter_receipt(by, delivery, bool(uses_saduak([delivery.organisation]))).require()
    clean = {"number": _clean("number", number), "remark": _clean("remark", remark)}
    day, taker = check_day(delivery, on), _taker(who)
    return _write(delivery, by=by, day=day, who=taker, proof=proof, **clean)


@transaction.atomic
def enter_receipts(code: str, *, by: Actor, rows: Sequence[ReceiptRow]) -> int:
    """Enter the receipts of many offices that do not use Saduak, all of them or none; returns how many.

    Rows in which nothing is written are left out. Raises NotComplete naming each row that is wrong (its place is
    "#id_<field>_<code of the hop>"), and when all are empty.
    """
    circular = lock_circular(code, actor=by)
    policy.may_enter_receipts(by, circular).require()
    filled = {row.code: row for row in rows if row.written}
    if not filled:
        raise NotComplete(_("No receipt is written yet. Fill in at least one row."))
    found = circular.deliveries.select_for_update(of=("self",)).select_related("organisation", "circular__sender")
    deliveries = list(found.filter(code__in=filled).order_by("pk"))
    electronic = uses_saduak(one.organisation for one in deliveries)
    wrong, right = [], []
    for delivery in deliveries:
        row = filled[delivery.code]
        try:
            policy.may_enter_receipt(by, delivery, delivery.organisation_id in electronic).require()
            if delivery.state not in ("SENT", "ON_PAPER"):
                raise NotPossible(_("This office has received the letter or sent it back meanwhile."))
            right.append((delivery, check_day(delivery, row.on), _taker(row.who), _clean("number", row.number)))
        except Refusal as refusal:
            place = f"#id_{refusal.field or 'received_on'}_{delivery.code}"
            wrong.append(Item(str(refusal), place))
    if wrong or len(deliveries) < len(filled):
        raise NotComplete(_("Nothing was entered yet, because of these rows:"), items=wrong)
    for delivery, day, who, number in right:
        _write(delivery, by=by, day=day, who=who, number=number, remark="", proof=None)
    return len(right)


def _write(
    delivery: Delivery, *, by: Actor, day: date, who: str, number: str, remark: str, proof: StoredFile | None
) -> Delivery:
    delivery.state = DELIVERY.move(delivery.state, "enter_receipt")
    now = clock.now()
    clean = {"number": number, "received_by": who, "remark": remark}
    told = {**clean, "received_on": day, "entered_at": now, "entered_by": by.name}
    if proof is not None:
        told["proof"] = proof
    PaperReceipt.objects.update_or_create(delivery=delivery, defaults=told)
    # Noon of the day, for nobody knows the hour: never before it was sent, never in the future.
    noon = datetime.combine(day, time(12), tzinfo=BANGKOK)
    delivery.received_at = min(max(noon, delivery.sent_at), now)
    delivery.received_by = who
    delivery.save(update_fields=["state", "received_at", "received_by"])
    details = {**clean, "received_on": day.isoformat(), "proof": proof.sha256 if proof else None}
    journal.record("delivery.receipt_entered", subject(delivery), by=by, details=details)
    return delivery


def _taker(who: str) -> str:
    clean = _clean("received_by", who)
    if not clean:
        raise NotComplete(_("Write who received the letter."), field="received_by")
    return clean


def check_day(delivery: Delivery, day: date | None) -> date:
    """The day, if the letter can have been received on it. Raises NotComplete."""
    if day is None:
        raise NotComplete(_("Write the day on which the letter was received."), field="received_on")
    first = delivery.sent_at.astimezone(BANGKOK).date()
    if day < first:
        raise NotComplete(
            _("The letter was sent on %(day)s; it cannot have been received before."),
            params={"day": format_date(first)},
            field="received_on",
        )
    if day > clock.today():
        raise NotComplete(_("This day has not come yet."), field="received_on")
    return day


def _clean(name: str, text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST[name]:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": LONGEST[name]}, field=name)
    return text
