"""Receipts on paper, entered by the sender for offices that do not use Saduak."""

from datetime import date, datetime, time

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.deliveries import subject
from saduak.circulars.models import Delivery, PaperReceipt
from saduak.circulars.queries import boxes
from saduak.circulars.queries.electronic import uses_saduak
from saduak.circulars.queries.visibility import lock_delivery
from saduak.circulars.workflow import DELIVERY
from saduak.files import commands as files
from saduak.files.models import StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor
from saduak.thai.dates import format_date

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
    delivery.state = DELIVERY.move(delivery.state, "enter_receipt")
    texts = {"number": number, "received_by": who, "remark": remark}
    clean = {name: _clean(name, text) for name, text in texts.items()}
    day = check_day(delivery, on)
    if not clean["received_by"]:
        raise NotComplete(_("Write who received the letter."), field="received_by")
    now = clock.now()
    told = {**clean, "received_on": day, "entered_at": now, "entered_by": by.name}
    if proof is not None:
        told["proof"] = proof
    PaperReceipt.objects.update_or_create(delivery=delivery, defaults=told)
    # Noon of the day, for nobody knows the hour: never before it was sent, never in the future.
    noon = datetime.combine(day, time(12), tzinfo=BANGKOK)
    delivery.received_at = min(max(noon, delivery.sent_at), now)
    delivery.received_by = clean["received_by"]
    delivery.save(update_fields=["state", "received_at", "received_by"])
    details = {**clean, "received_on": day.isoformat(), "proof": proof.sha256 if proof else None}
    journal.record("delivery.receipt_entered", subject(delivery), by=by, details=details)
    return delivery


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
