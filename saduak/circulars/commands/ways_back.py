"""A letter that is not for an office goes back to its sender, who sends it to another one or closes the matter."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.deliveries import subject
from saduak.circulars.commands.hops import deliver
from saduak.circulars.models import Circular, Delivery, SentBack
from saduak.circulars.queries.addressees import chosen
from saduak.circulars.queries.visibility import lock_delivery
from saduak.circulars.workflow import DELIVERY
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox.commands import notify
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.roles import Role

LONGEST_REASON = 1000


@transaction.atomic
def send_back(code: str, *, by: Actor, reason: str) -> Delivery:
    """Say that the letter is not for this office, and why. The sender's registrars are told.

    Raises NotPossible once it was passed on or acknowledged, NotComplete without a reason.
    """
    delivery = lock_delivery(code, actor=by)
    policy.may_send_back(by, delivery, Circular.objects.filter(parent=delivery).exists()).require()
    delivery.state = DELIVERY.move(delivery.state, "send_back")
    reason = _sentence(
        reason, "reason", _("Write why the letter is not for your office, so that the sender can help it on.")
    )
    return _went_back(delivery, reason, by=by)


def mark_sent_back(delivery: Delivery, reason: str, *, by: Actor) -> Delivery:
    """The office sent it back in a system of its own, and said so through the exchange. Part of taking that notice in."""
    delivery.state = DELIVERY.move(delivery.state, "send_back")
    return _went_back(delivery, reason, by=by)


def _went_back(delivery: Delivery, reason: str, *, by: Actor) -> Delivery:
    now = clock.now()
    delivery.returned_at = now
    delivery.save(update_fields=["state", "returned_at"])
    SentBack.objects.create(delivery=delivery, reason=reason, at=now, by_name=by.name)
    journal.record("delivery.sent_back", subject(delivery), by=by, details={"reason": reason})
    circular = delivery.circular
    notify(
        "delivery.sent_back",
        to=people.holders([circular.sender_id], Role.REGISTRAR, Role.HEAD, Role.OFFICER),
        subject=_("Letter sent back: %(subject)s"),
        body=_(
            "%(office)s sent letter %(number)s back: %(reason)s\n\nPlease send it to the right office, or close it."
        ),
        params={
            "office": delivery.organisation.name_th,
            "number": circular.number,
            "subject": circular.subject,
            "reason": reason,
        },
        about=("delivery", delivery.code),
        url=f"/circulars/hops/{delivery.code}/",
    )
    return delivery


@transaction.atomic
def readdress(code: str, *, by: Actor, to: str, note: str = "") -> Delivery:
    """Send a letter that came back to another office (its code), under the same number; returns the new hop.

    Raises NotComplete for a code that is not below the sender, NotPossible for an office that has the letter already.
    """
    delivery = lock_delivery(code, actor=by)
    policy.may_settle_return(by, delivery).require()
    state = DELIVERY.move(delivery.state, "readdress")
    circular = Circular.objects.select_for_update(of=("self",)).select_related("sender").get(pk=delivery.circular_id)
    if circular.state != "ISSUED":
        raise NotPossible(_("The letter is still being sent. Please try again when everybody has it."))
    if not to.strip():
        raise NotComplete(_("Write the code of the office for which the letter is meant."), field="to")
    try:
        found = list(chosen(circular.sender, {"codes": to.strip()})[:2])
    except NotComplete as wrong:
        raise NotComplete(wrong.message, params=wrong.params, field="to") from wrong
    if len(found) != 1:
        raise NotComplete(_("Write the code of one office only."), field="to")
    office = found[0]
    if circular.deliveries.filter(organisation=office).exists():
        raise NotPossible(_("%(office)s has this letter already."), params={"office": office.name}, field="to")
    sent = deliver(circular, office)
    circular.addressee_ids = [*circular.addressee_ids, office.pk]
    circular.addressee_count += 1
    circular.sent_count += 1
    circular.save(update_fields=["addressee_ids", "addressee_count", "sent_count"])
    _settle(delivery, state, by=by, note=note, to=sent)
    details = {"to": office.code, "delivery": sent.code, "note": note}
    journal.record("delivery.readdressed", subject(delivery), by=by, details=details)
    return sent


@transaction.atomic
def close_return(code: str, *, by: Actor, note: str) -> Delivery:
    """Close a letter that came back without sending it to anybody else. Raises NotComplete without a note."""
    delivery = lock_delivery(code, actor=by)
    policy.may_settle_return(by, delivery).require()
    state = DELIVERY.move(delivery.state, "close_return")
    note = _sentence(note, "note", _("Write in a few words why nobody else gets the letter."))
    _settle(delivery, state, by=by, note=note, to=None)
    journal.record("delivery.closed", subject(delivery), by=by, details={"note": note})
    return delivery


def _settle(delivery: Delivery, state: str, *, by: Actor, note: str, to: Delivery | None) -> None:
    delivery.state = state
    delivery.save(update_fields=["state"])
    back = delivery.sent_back
    back.settled_at, back.settled_by, back.note, back.readdressed_to = clock.now(), by.name, note.strip()[:1000], to
    back.save(update_fields=["settled_at", "settled_by", "note", "readdressed_to"])


def _sentence(text: str, field: str, missing: object) -> str:
    text = " ".join(text.split())
    if not text:
        raise NotComplete(missing, field=field)
    if len(text) > LONGEST_REASON:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": LONGEST_REASON}, field=field)
    return text
