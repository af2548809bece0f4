"""What an office does with a circular that reached it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands import numbers
from saduak.circulars.models import Assignment, Delivery, Direction, Reply
from saduak.circulars.queries import boxes
from saduak.circulars.queries.visibility import lock_delivery
from saduak.circulars.workflow import DELIVERY
from saduak.files import commands as files
from saduak.files.models import StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox.commands import notify
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import User
from saduak.people.roles import OFFICE_ROLES, Role
from saduak.rounds.models import ActionKind

LONGEST_REPLY = 4000


def subject(delivery: Delivery) -> journal.Subject:
    return journal.Subject("delivery", delivery.code, f"{delivery.circular.number} → {delivery.organisation.name_th}")


@transaction.atomic
def receive(code: str, *, by: Actor) -> Delivery:
    """Stamp the letter in: the office's own receiving number, day and time, and a line of its register."""
    delivery = lock_delivery(code, actor=by)
    policy.may_receive(by, delivery).require()
    delivery.state = DELIVERY.move(delivery.state, "receive")
    now = clock.now()
    office, circular = delivery.organisation, delivery.circular
    delivery.received_number, delivery.received_year = numbers.take(office, Direction.INCOMING, now)
    delivery.received_at, delivery.received_by = now, by.name
    delivery.save(update_fields=["state", "received_number", "received_year", "received_at", "received_by"])
    numbers.enter(
        office,
        Direction.INCOMING,
        number=delivery.received_number,
        year=delivery.received_year,
        at=now,
        letter_on=(circular.issued_at or now).astimezone(BANGKOK).date(),
        letter_number=circular.number,
        from_name=circular.sender.name_th,
        to_name=office.name_th,
        subject=circular.subject,
        by_name=by.name,
        circular=circular,
        delivery=delivery,
    )
    details = {"received_number": delivery.received_number, "year": delivery.received_year}
    journal.record("delivery.received", subject(delivery), by=by, details=details)
    notify(
        "delivery.received",
        to=people.holders([office.pk], Role.HEAD, Role.COORDINATOR),
        subject=_("Letter received: %(subject)s"),
        body=_("Letter %(number)s from %(sender)s was received under number %(received)s: %(subject)s"),
        params={
            "number": circular.number,
            "sender": circular.sender.name_th,
            "received": f"{delivery.received_number}/{delivery.received_year}",
            "subject": circular.subject,
        },
        about=("delivery", delivery.code),
        url=f"/circulars/hops/{delivery.code}/",
    )
    return delivery


@transaction.atomic
def acknowledge(code: str, *, by: Actor) -> Delivery:
    """Say that the office knows of the letter. It does none of its actions, except taking note."""
    delivery = lock_delivery(code, actor=by)
    policy.may_acknowledge(by, delivery).require()
    delivery.state = DELIVERY.move(delivery.state, "acknowledge")
    delivery.acknowledged_at, delivery.acknowledged_by = clock.now(), by.name
    delivery.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
    journal.record("delivery.acknowledged", subject(delivery), by=by)
    return delivery


@transaction.atomic
def assign(code: str, *, by: Actor, person_ref: str, note: str = "") -> Assignment:
    """Give the matter to a member of the office, who is told. Raises NotComplete for somebody who is none."""
    delivery = lock_delivery(code, actor=by)
    policy.may_assign(by, delivery).require()
    person = _member(delivery, person_ref)
    note = " ".join(note.split())
    if len(note) > 500:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": 500}, field="note")
    given = Assignment.objects.create(
        delivery=delivery, person=person, person_name=person.name_th, note=note, at=clock.now(), by_name=by.name
    )
    details = {"person": person.ref, "name": person.name_th, "note": note}
    journal.record("delivery.assigned", subject(delivery), by=by, details=details)
    notify(
        "delivery.assigned",
        to=[person],
        subject=_("Given to you: %(subject)s"),
        body=_("%(by)s gave letter %(number)s to you: %(subject)s\n%(note)s"),
        params={"by": by.name, "number": delivery.circular.number, "subject": delivery.circular.subject, "note": note},
        about=("delivery", delivery.code),
        url=f"/circulars/hops/{delivery.code}/",
    )
    return given


def reply(code: str, action_code: str, *, by: Actor, text: str, proof: Any = None) -> Reply:
    """Answer an action in words, with a file as proof if there is one. Another answer takes the place of the first.

    Raises NotPossible for an action that is done by something else (applying, taking note) or not asked of the office.
    The file is looked at before the transaction begins, because that takes a while.
    """
    stored = None
    if proof is not None:
        policy.may_reply(by, boxes.delivery(code, by)).require()
        stored = files.store(proof, by_ref=by.ref)
    return _reply(code, action_code, by=by, text=text, proof=stored)


@transaction.atomic
def _reply(code: str, action_code: str, *, by: Actor, text: str, proof: StoredFile | None) -> Reply:
    delivery = lock_delivery(code, actor=by)
    policy.may_reply(by, delivery).require()
    action = delivery.circular.actions.filter(code=action_code).first()
    if action is None or delivery.organisation.kind not in action.for_kinds:
        raise NotPossible(_("This letter does not ask that of your office."))
    if action.kind in (ActionKind.APPLY, ActionKind.TAKE_NOTE):
        raise NotPossible(_("This is not answered in words: it is done when it is done."))
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise NotComplete(_("Write the answer."), field="text")
    if len(text) > LONGEST_REPLY:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": LONGEST_REPLY}, field="text")
    if action.kind == ActionKind.OTHER and proof is None and not _proved(delivery, action_code):
        raise NotComplete(_("This asks for proof: add a file that shows it was done."), field="proof")
    written: dict[str, Any] = {"text": text, "at": clock.now(), "by_name": by.name}
    if proof is not None:
        written["proof"] = proof
    answer, _made = Reply.objects.update_or_create(
        root_id=delivery.root_id, organisation=delivery.organisation, code=action_code, defaults=written
    )
    details = {"action": action_code, "proof": proof.sha256 if proof else None}
    journal.record("delivery.replied", subject(delivery), by=by, details=details)
    return answer


def _proved(delivery: Delivery, action_code: str) -> bool:
    """Did the office hand in a file with an earlier answer?"""
    earlier = Reply.objects.filter(root_id=delivery.root_id, organisation=delivery.organisation, code=action_code)
    return earlier.exclude(proof=None).exists()


def _member(delivery: Delivery, ref: str) -> User:
    found = people.holders([delivery.organisation_id], *OFFICE_ROLES)
    person = next((one for one in found if one.ref == ref), None)
    if person is None:
        raise NotComplete(
            _("Choose somebody who holds a post at %(office)s."),
            params={"office": delivery.organisation.name},
            field="person_ref",
        )
    return person
