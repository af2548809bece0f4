"""Who may read letters in, write circulars, and do what with a delivery."""

from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Circular, Delivery, Direction, Reading, RegisterEntry
from saduak.circulars.workflow import GONE_BACK
from saduak.kernel.verdict import YES, Verdict, first_no, no, not_now
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.people.roles import SYSTEM, Role

SENDERS = (Role.REGISTRAR, Role.HEAD)
ANSWERERS = (Role.COORDINATOR, Role.HEAD)
OFFICE = (Role.REGISTRAR, Role.HEAD, Role.COORDINATOR, Role.OBSERVER)


def may_read_letters(actor: Actor) -> Verdict:
    """Reading a bundle in is the secretariat's: a round may follow from it."""
    return YES if actor.has(Role.OFFICER) else no(_("Only an officer of the secretariat reads bundles of letters in."))


def may_see_readings(actor: Actor) -> Verdict:
    """What was read in is looked at by the secretariat's officers and by the auditor."""
    return YES if actor.has(Role.AUDITOR) else may_read_letters(actor)


def may_read_on(actor: Actor) -> Verdict:
    """Files that were handed in are read by a job, not by a person."""
    return YES if actor.has(SYSTEM) else no(_("Files are read by the system."))


def may_order_files(actor: Actor, reading: Reading) -> Verdict:
    """Who reads letters puts the files of a bundle into their order, until it is settled."""
    if reading.state not in ("WAITING", "BEING_READ", "READ"):
        return first_no(may_read_letters(actor), not_now(_("The reading is settled; its files stay in their order.")))
    return may_read_letters(actor)


def may_correct(actor: Actor, reading: Reading) -> Verdict:
    """Fields are corrected until the reading is confirmed or put away."""
    if reading.state in ("WAITING", "BEING_READ"):
        return first_no(may_read_letters(actor), not_now(_("The files of this reading are still being read.")))
    if reading.state != "READ":
        return first_no(may_read_letters(actor), not_now(_("This reading is settled; its fields no longer change.")))
    return may_read_letters(actor)


def may_confirm(actor: Actor, reading: Reading) -> Verdict:
    """Any officer confirms or discards a reading."""
    return may_read_letters(actor)


may_discard = may_confirm


def may_write(actor: Actor, sender: Organisation) -> Verdict:
    """The registrar or head of an office writes its circulars; for the secretariat its officers do as well."""
    if actor.has(Role.OFFICER) and actor.organisation_id == sender.pk:
        return YES
    if actor.has(*SENDERS) and actor.covers(sender.path):
        return YES
    return no(_("Only the registrar or the head of %(office)s sends its letters."), office=sender.name)


def may_set_letterhead(actor: Actor, office: Organisation) -> Verdict:
    """How an office's letters look is decided by those who write them."""
    return may_write(actor, office)


def may_draft_readiness(actor: Actor) -> Verdict:
    """The clock drafts the letters of readiness, or an officer who does not want to wait for it."""
    return YES if actor.has(Role.OFFICER, SYSTEM) else no(_("Only an officer of the secretariat does this."))


def may_edit(actor: Actor, circular: Circular) -> Verdict:
    """Whoever may write for the sender changes the letter until it has left."""
    if circular.state != "DRAFT":
        return first_no(may_write(actor, circular.sender), not_now(_("The letter has left; it cannot be changed.")))
    return may_write(actor, circular.sender)


def may_issue(actor: Actor, circular: Circular, unapproved: bool = False) -> Verdict:
    """Whoever may write for the sender issues the letter, under the office's next number; where the office has a head, once
    the head has approved of it as it stands (unapproved: has not). A head who issues it approves of it by that."""
    if unapproved and not may_approve(actor, circular):
        waits = circular.approval == "PROPOSED"
        reason = (
            _("The letter waits for the head of %(office)s.")
            if waits
            else _("%(office)s has a head, who approves of its letters: propose it first.")
        )
        return first_no(may_write(actor, circular.sender), not_now(reason, office=circular.sender.name))
    return may_write(actor, circular.sender)


def may_propose(actor: Actor, circular: Circular, headed: bool) -> Verdict:
    """Whoever writes the letter lays it before the head of the office, if it has one (headed)."""
    if circular.state == "DRAFT" and not headed:
        nobody = _("Nobody holds the post of head in %(office)s: issue the letter yourself.")
        return first_no(may_write(actor, circular.sender), not_now(nobody, office=circular.sender.name))
    return may_edit(actor, circular)


def may_approve(actor: Actor, circular: Circular) -> Verdict:
    """The head of the sender, or who acts for the head, approves of a draft or returns it."""
    if not (actor.has(Role.HEAD) and actor.covers(circular.sender.path)):
        return no(_("Only the head of %(office)s approves of its letters."), office=circular.sender.name)
    return YES if circular.state == "DRAFT" else not_now(_("The letter has left; it cannot be changed."))


def may_keep_link(actor: Actor, circular: Circular) -> Verdict:
    """Whoever writes for the sender closes the letter's short link and opens it again, once the letter has left."""
    if circular.state == "DRAFT":
        return first_no(may_write(actor, circular.sender), not_now(_("A letter has a short link when it has left.")))
    return may_write(actor, circular.sender)


def may_print_letters(actor: Actor, circular: Circular) -> Verdict:
    """Whoever writes for the sender has the letters of all addressees set for the printer, once the letter has left."""
    if circular.state == "DRAFT":
        return first_no(may_write(actor, circular.sender), not_now(_("Letters are printed when the letter has left.")))
    return may_write(actor, circular.sender)


def may_send_batch(actor: Actor) -> Verdict:
    """An issued letter is delivered by a job, not by a person."""
    return YES if actor.has(SYSTEM) else no(_("Sending is done by the system."))


def may_exchange(actor: Actor) -> Verdict:
    """Messages of the exchange are carried and taken in by a job, not by a person."""
    return YES if actor.has(SYSTEM) else no(_("Letters are exchanged by the system."))


def may_set_exchange(actor: Actor) -> Verdict:
    """Where letters leave this system and come in is set by its operator."""
    return YES if actor.has(SYSTEM, Role.OPERATOR) else no(_("Only the operator sets addresses of the exchange."))


def may_see_exchange(actor: Actor) -> Verdict:
    """The operator sees how the exchange stands, without letters; the secretariat's officers and the auditor do, too."""
    if actor.has(Role.OPERATOR, Role.OFFICER, Role.AUDITOR):
        return YES
    return no(_("Only the operator, the officers of the secretariat and the auditor see how the exchange stands."))


def may_receive(actor: Actor, delivery: Delivery) -> Verdict:
    """The receiving stamp is the registrar's."""
    return _office(actor, delivery, (Role.REGISTRAR,), _("Only the registrar of %(office)s receives its letters."))


def may_acknowledge(actor: Actor, delivery: Delivery) -> Verdict:
    """The head, or the registrar for the head, says that the office knows of the letter."""
    return _office(actor, delivery, SENDERS, _("Only the head or the registrar of %(office)s acknowledges."))


def may_assign(actor: Actor, delivery: Delivery) -> Verdict:
    """The head or the registrar gives the matter to a member of the office."""
    allowed = _office(actor, delivery, SENDERS, _("Only the head or the registrar of %(office)s assigns a letter."))
    return first_no(allowed, _received(delivery))


def may_forward(actor: Actor, delivery: Delivery) -> Verdict:
    """The head or the registrar passes the letter on under a letter of the office's own."""
    allowed = _office(actor, delivery, SENDERS, _("Only the head or the registrar of %(office)s passes a letter on."))
    if delivery.circular.in_reply_to_id is not None:
        return first_no(allowed, not_now(_("An answer to your own letter is not passed on.")))
    return first_no(allowed, _received(delivery))


def may_reply(actor: Actor, delivery: Delivery) -> Verdict:
    """A coordinator or the head answers for the office, once the letter has been received."""
    allowed = _office(actor, delivery, ANSWERERS, _("Only a coordinator or the head of %(office)s answers for it."))
    return first_no(allowed, _received(delivery))


def may_answer(actor: Actor, delivery: Delivery) -> Verdict:
    """The head or the registrar answers the sender by a letter of the office's own."""
    return first_no(may_write(actor, delivery.organisation), _received(delivery))


def may_remind(actor: Actor, root: Circular) -> Verdict:
    """The secretariat reminds everybody; whoever answers for a body above reminds the offices below it."""
    if actor.has(Role.OFFICER) or (actor.has(Role.REGISTRAR, *ANSWERERS) and actor.path):
        return YES
    return no(_("Only the secretariat, or those who answer for a body above, remind the offices below."))


def may_set_reminders(actor: Actor, root: Circular) -> Verdict:
    """Reminders by the clock go to the whole cascade: they are its sender's to set, or the secretariat's."""
    if actor.has(Role.OFFICER) or (actor.has(*SENDERS) and actor.covers(root.sender.path)):
        return YES
    return no(_("Only the office that sent the first letter sets reminders by the clock."))


def may_see_registers(actor: Actor, in_division: bool = False) -> Verdict:
    """An office's registers are read by those who keep them, by the secretariat and the auditor; those of a division also by
    who works there (in_division)."""
    if in_division or actor.has(Role.OFFICER, Role.REGISTRAR, Role.HEAD, Role.AUDITOR):
        return YES
    return no(_("Registers are read by the registrar and the head of the office."))


def may_keep_registers(actor: Actor, office: Organisation) -> Verdict:
    """The registrar or head of an office writes its registers by hand; for the secretariat its officers do as well."""
    if actor.has(Role.OFFICER) and actor.organisation_id == office.pk:
        return YES
    if actor.has(*SENDERS) and actor.covers(office.path):
        return YES
    return no(_("Only the registrar or the head of %(office)s keeps its registers."), office=office.name)


def may_cancel_number(actor: Actor, entry: RegisterEntry, passed_inside: bool = False) -> Verdict:
    """Whoever keeps the register cancels a number under which nothing stands any more, never one that others hold."""
    allowed = may_keep_registers(actor, entry.organisation)
    if entry.cancelled_at is not None:
        return first_no(allowed, not_now(_("This number is cancelled already.")))
    if entry.circular_id is not None and entry.direction == Direction.OUTGOING:
        left = _("A letter left under this number, and others hold it. Write another letter that withdraws it.")
        return first_no(allowed, not_now(left))
    if passed_inside:
        return first_no(allowed, not_now(_("The letter has numbers of divisions. Cancel those first.")))
    received = entry.delivery is not None and entry.delivery.state not in GONE_BACK
    if received and entry.division_id is None:
        return first_no(
            allowed,
            not_now(
                _("The letter stands received under this number. If it is not for your office, send it back first.")
            ),
        )
    return allowed


def may_note_line(actor: Actor, entry: RegisterEntry) -> Verdict:
    """Whoever keeps the register writes what was done with a letter, and remarks, as long as the number stands."""
    allowed = may_keep_registers(actor, entry.organisation)
    return first_no(allowed, not_now(_("This number is cancelled already."))) if entry.cancelled_at else allowed


def may_correct_line(actor: Actor, entry: RegisterEntry) -> Verdict:
    """What was entered by hand is corrected by whoever keeps the register; what Saduak wrote stands as the letter does."""
    allowed = may_note_line(actor, entry)
    if entry.circular_id is not None or entry.delivery_id is not None:
        return first_no(
            allowed, not_now(_("Saduak wrote this line from the letter itself; it is not corrected by hand."))
        )
    return allowed


def may_pass_inside(actor: Actor, entry: RegisterEntry) -> Verdict:
    """A letter that the office received is passed on to its divisions, by whoever keeps the register."""
    allowed = may_note_line(actor, entry)
    if entry.direction != Direction.INCOMING or entry.division_id is not None:
        return first_no(
            allowed, not_now(_("Letters are passed on from the office's own register of incoming letters."))
        )
    return allowed


def may_hand_back(actor: Actor, delivery: Delivery, holder_id: int | None) -> Verdict:
    """Whoever was given the matter says that it is done, or hands it back to those who gave it."""
    if actor.user_id is not None and actor.user_id == holder_id and actor.covers(delivery.organisation.path):
        return YES
    return no(_("Only the person to whom the matter was given hands it back."))


def may_send_back(actor: Actor, delivery: Delivery, passed_on: bool = False) -> Verdict:
    """The registrar or the head sends back what is not for the office, as long as it was not passed on."""
    allowed = _office(actor, delivery, SENDERS, _("Only the head or the registrar of %(office)s sends a letter back."))
    if passed_on:
        return first_no(allowed, not_now(_("The letter was passed on from here; it can no longer be sent back.")))
    return allowed


def may_settle_return(actor: Actor, delivery: Delivery) -> Verdict:
    """Whoever may write for the sender decides what becomes of a letter that was sent back: another office, or none."""
    return may_write(actor, delivery.circular.sender)


def may_enter_receipt(actor: Actor, delivery: Delivery, electronic: bool) -> Verdict:
    """The sender enters a receipt on paper for an office in which nobody can receive in Saduak."""
    allowed = may_write(actor, delivery.circular.sender)
    if electronic:
        uses = _("%(office)s uses Saduak: its own registrar receives the letter.")
        return first_no(allowed, not_now(uses, office=delivery.organisation.name))
    return allowed


def may_enter_receipts(actor: Actor, circular: Circular) -> Verdict:
    """The sender enters receipts on paper, many at once, when the letter has left."""
    if circular.state == "DRAFT":
        return first_no(may_write(actor, circular.sender), not_now(_("The letter has not left yet.")))
    return may_write(actor, circular.sender)


def _office(actor: Actor, delivery: Delivery, roles: tuple[str, ...], reason: object) -> Verdict:
    if actor.has(*roles) and actor.covers(delivery.organisation.path):
        return YES
    return no(reason, office=delivery.organisation.name)


def _received(delivery: Delivery) -> Verdict:
    if delivery.state in GONE_BACK:
        return not_now(_("The letter was sent back to its sender."))
    return YES if delivery.state in ("RECEIVED", "ACKNOWLEDGED") else not_now(_("The letter has to be received first."))
