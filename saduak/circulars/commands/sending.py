"""Issuing a circular, and sending it batch by batch."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands import numbers
from saduak.circulars.commands.approvals import approved
from saduak.circulars.commands.completeness import missing_parts
from saduak.circulars.commands.hops import hops_to, tell_many
from saduak.circulars.commands.links import give_link
from saduak.circulars.commands.subjects import subject
from saduak.circulars.models import Circular, Delivery, Direction, Reach
from saduak.circulars.queries import approvals, reach
from saduak.circulars.queries.addressees import addressees
from saduak.circulars.queries.visibility import lock_circular
from saduak.circulars.workflow import APPROVAL, CIRCULAR
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor
from saduak.saraban.numbering import compose

BATCH = 500
LONGEST_TOLD = 1000  # characters of a list of addressees in the journal


@transaction.atomic
def issue(code: str, *, by: Actor) -> Circular:
    """Give the circular its number in the register of outgoing letters and freeze its addressees; `send_batch` sends.

    Raises NotComplete naming every missing part, NotPossible when it has left already, or where the office has a head who
    has not approved of it as it stands.
    """
    circular = lock_circular(code, actor=by)
    policy.may_issue(by, circular).require()
    state = CIRCULAR.move(circular.state, "issue")
    organisations = list(addressees(circular).values_list("pk", flat=True))
    missing = missing_parts(circular, bool(organisations))
    if missing:
        raise NotComplete(_("The letter cannot leave yet. This is missing:"), items=missing)
    if approvals.standing(circular).missing:
        policy.may_issue(by, circular, unapproved=True).require()
        void = circular.approval == "APPROVED"  # the head who issues it approves of it by that
        approved(circular, circular.approval if void else APPROVAL.move(circular.approval, "approve"), by=by)
    now = clock.now()
    circular.running, circular.year = numbers.take(circular.sender, Direction.OUTGOING, now)
    circular.number = compose(
        circular.prefix, circular.running, circular=circular.in_reply_to_id is None, digits="arabic"
    )
    circular.state, circular.addressee_ids = state, organisations
    circular.addressee_count, circular.sent_count = len(organisations), 0
    circular.issued_at, circular.issued_by, circular.progressed_at = now, by.name, now
    circular.save()
    give_link(circular)
    numbers.enter(
        circular.sender,
        Direction.OUTGOING,
        number=circular.running,
        year=circular.year,
        at=now,
        letter_on=clock.today(),
        letter_number=circular.number,
        from_name=circular.sender.name_th,
        to_name=circular.addressee,
        subject=circular.subject,
        by_name=by.name,
        circular=circular,
    )
    if circular.parent_id is None and circular.in_reply_to_id is None:
        Reach.objects.create(circular=circular, rows=reach.of_tree(circular.sender, organisations))
    details = {"number": circular.number, "addressees": len(organisations), "selection": _told(circular.selection)}
    journal.record("circular.issued", subject(circular), by=by, details=details)
    return circular


def _told(selection: dict[str, Any]) -> dict[str, Any]:
    """The choice for the journal; of long lists the beginning, because the addressees themselves are frozen."""
    return {key: one[:LONGEST_TOLD] if isinstance(one, str) else one for key, one in selection.items()}


@transaction.atomic
def send_batch(code: str, *, by: Actor, size: int = BATCH) -> int:
    """Deliver to the next addressees and tell their registrars; returns how many are still to come.

    The batch and the count of what is done are one transaction under the circular's lock: whoever dies in between has
    done nothing, whoever comes next goes on where the count stands, and two at once wait for each other.
    """
    policy.may_send_batch(by).require()
    circular = Circular.objects.select_for_update(of=("self",)).select_related("sender").get(code=code)
    if circular.state != "ISSUING":
        return 0
    now = clock.now()
    batch = circular.addressee_ids[circular.sent_count : circular.sent_count + size]
    Delivery.objects.bulk_create(hops_to(circular, batch, now), batch_size=BATCH)
    circular.sent_count += len(batch)
    circular.progressed_at = now
    changed = ["sent_count", "progressed_at"]
    left = circular.addressee_count - circular.sent_count
    if not left:
        circular.state = CIRCULAR.move(circular.state, "finish")
        circular.finished_at = now
        changed += ["state", "finished_at"]
        journal.record("circular.sent", subject(circular), by=by, details={"addressees": circular.addressee_count})
    circular.save(update_fields=changed)
    tell_many(circular, batch)
    return left


@transaction.atomic
def take_up_stalled(before: datetime, *, by: Actor) -> list[str]:
    """The codes of circulars of which nothing was sent since `before` though it should be; their clock starts anew."""
    policy.may_send_batch(by).require()
    stalled = Circular.objects.select_for_update().filter(state="ISSUING", progressed_at__lt=before)
    codes = list(stalled.values_list("code", flat=True))
    Circular.objects.filter(code__in=codes).update(progressed_at=clock.now())
    return codes
