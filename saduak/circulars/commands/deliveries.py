"""What an office does with a circular that reached it."""

from datetime import date, datetime, time
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
from saduak.thai.dates import format_date

LONGEST_REPLY = 4000


def subject(delivery: Delivery) -> journal.Subject:
    return journal.Subject("delivery", delivery.code, f"{delivery.circular.number} → {delivery.organisation.name_th}")


@transaction.atomic
def receive(code: str, *, by: Actor, arrived_on: date | None = None) -> Delivery:
    """Stamp the letter in: the office's own receiving number, day and time, and a line of its register.

    Where the sender entered a receipt on paper, this confirms it; `arrived_on` corrects its day.
    """
    delivery = lock_delivery(code, actor=by)
    policy.may_receive(by, delivery).require()
    on_paper = delivery.state == "ON_PAPER"
    delivery.state = DELIVERY.move(delivery.state, "receive")
    now = clock.now()
    office, circular = delivery.organisation, delivery.circular
    delivery.received_number, delivery.received_year = numbers.take(office, Direction.INCOMING, now)
    remark = ""
    if on_paper:
        remark = _confirm_paper(delivery, arrived_on, by=by)
    else:
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
        remark=remark,
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


def mark_received(delivery: Delivery, number: int, at: datetime, *, by: Actor) -> Delivery:
    """The office registered it in a system of its own, and gave its number through the exchange. Part of taking that notice in;
    the line of its register stands there, not here.
    """
    delivery.state = DELIVERY.move(delivery.state, "receive")
    delivery.received_number, delivery.received_year = number, at.astimezone(BANGKOK).year + 543
    delivery.received_at, delivery.received_by = at, delivery.organisation.name_th[:200]
    delivery.save(update_fields=["state", "received_number", "received_year", "received_at", "received_by"])
    details = {"received_number": number, "year": delivery.received_year, "by_exchange": True}
    journal.record("delivery.received", subject(delivery), by=by, details=details)
    return delivery


def _confirm_paper(delivery: Delivery, arrived_on: date | None, *, by: Actor) -> str:
    """Confirm or correct what the sender had entered; returns the remark of the register line, in Thai."""
    paper = delivery.paper_receipt
    entered = paper.received_on
    day = entered if arrived_on is None else arrived_on
    if day != entered:
        first = delivery.sent_at.astimezone(BANGKOK).date()
        if not first <= day <= clock.today():
            raise NotComplete(
                _("The letter was sent on %(day)s; the day of receipt lies between that day and today."),
                params={"day": format_date(first)},
                field="arrived_on",
            )
        noon = datetime.combine(day, time(12), tzinfo=BANGKOK)
        delivery.received_at = min(max(noon, delivery.sent_at), clock.now())
    paper.confirmed_at, paper.confirmed_by, paper.corrected = clock.now(), by.name, day != entered
    paper.save(update_fields=["confirmed_at", "confirmed_by", "corrected"])
    details = {"entered": entered.isoformat(), "day": day.isoformat(), "paper_number": paper.number}
    event = "delivery.receipt_corrected" if paper.corrected else "delivery.receipt_confirmed"
    journal.record(event, subject(delivery), by=by, details=details)
    number = f" เลขที่ {paper.number}" if paper.number else ""
    return f"ได้รับเป็นกระดาษเมื่อ {format_date(day, 'short')}{number}"


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
    before = delivery.assignments.filter(ended_at=None).order_by("-at", "-pk").first()
    note = " ".join(note.split())
    if len(note) > 500:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": 500}, field="note")
    given = Assignment.objects.create(
        delivery=delivery, person=person, person_name=person.name_th, note=note, at=clock.now(), by_name=by.name
    )
    if before is not None:
        before.ended_at = given.at
        before.save(update_fields=["ended_at"])
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
    if before is not None and before.person_id != person.pk:
        notify(
            "delivery.reassigned",
            to=[before.person],
            subject=_("Given to somebody else: %(subject)s"),
            body=_("%(by)s gave letter %(number)s, which you held, to %(name)s: %(subject)s"),
            params={
                "by": by.name,
                "number": delivery.circular.number,
                "subject": delivery.circular.subject,
                "name": person.name_th,
            },
            about=("delivery", delivery.code),
            url=f"/circulars/hops/{delivery.code}/",
        )
    return given


@transaction.atomic
def hand_back(code: str, *, by: Actor, note: str = "", done: bool = False) -> Assignment:
    """Say that the matter one was given is done, or hand it back to those who gave it, with the reason.

    Raises NotComplete for handing back without a reason, NotPossible where nothing is held.
    """
    delivery = lock_delivery(code, actor=by)
    held = delivery.assignments.order_by("-at", "-pk").first()
    policy.may_hand_back(by, delivery, held.person_id if held else None).require()
    if held is None or held.ended_at is not None:
        raise NotPossible(_("The matter is no longer with you."))
    note = " ".join(note.split())
    if not note and not done:
        raise NotComplete(_("Write why you hand it back."), field="note")
    if len(note) > 500:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": 500}, field="note")
    held.ended_at, held.done, held.end_note = clock.now(), done, note
    held.save(update_fields=["ended_at", "done", "end_note"])
    event = "delivery.dealt_with" if done else "delivery.handed_back"
    journal.record(event, subject(delivery), by=by, details={"note": note})
    notify(
        event,
        to=people.holders([delivery.organisation_id], Role.REGISTRAR, Role.HEAD).exclude(pk=held.person_id),
        subject=_("Dealt with: %(subject)s") if done else _("Handed back: %(subject)s"),
        body=_("%(by)s on letter %(number)s: %(subject)s\n%(note)s"),
        params={"by": by.name, "number": delivery.circular.number, "subject": delivery.circular.subject, "note": note},
        about=("delivery", delivery.code),
        url=f"/circulars/hops/{delivery.code}/",
    )
    return held


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
    if action.survey_id is not None:
        raise NotPossible(_("Answer the survey itself: this is done when its answer is handed in."))
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
