"""A draft before the head of its office: proposed, approved, returned; changed again, it has to be approved anew."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.completeness import missing_parts
from saduak.circulars.commands.subjects import subject
from saduak.circulars.models import ApprovalStep, Circular
from saduak.circulars.models.circular import Acting
from saduak.circulars.queries.approvals import fingerprint, has_head
from saduak.circulars.queries.visibility import lock_circular
from saduak.circulars.workflow import APPROVAL
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox.commands import notify
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import User
from saduak.people.roles import Capacity, Role

LONGEST_REASON = 2000
_ACTING = {Capacity.ACTING: Acting.IN_CHARGE, Capacity.DELEGATED: Acting.ON_BEHALF}


@transaction.atomic
def propose(code: str, *, by: Actor, remark: str = "") -> Circular:
    """Lay a complete draft before the head, who is told. Raises NotComplete naming every missing part, NotPossible where
    the office has no head or the letter lies there already."""
    circular = lock_circular(code, actor=by)
    policy.may_propose(by, circular, has_head(circular.sender)).require()
    state = APPROVAL.move(circular.approval, "propose")
    missing = missing_parts(circular)
    if missing:
        raise NotComplete(_("The letter cannot be proposed yet. This is missing:"), items=missing)
    _step(circular, "propose", state, by=by, remark=remark)
    journal.record("circular.proposed", subject(circular), by=by)
    notify(
        "circular.proposed",
        to=people.holders([circular.sender_id], Role.HEAD),
        subject=_("A letter waits for your approval: %(subject)s"),
        body=_("%(name)s asks you to approve the letter “%(subject)s” before it leaves.\n\n%(remark)s"),
        params={"name": by.name, "subject": circular.subject, "remark": remark.strip()},
        about=("circular", circular.code),
        url=f"/circulars/{circular.code}/approval/",
    )
    return circular


@transaction.atomic
def approve(code: str, *, by: Actor, seen: str) -> Circular:
    """The head approves of the letter as it stands. seen: the fingerprint of what the head read; raises NotPossible when
    the letter has been changed since, NotComplete when something is missing."""
    circular = lock_circular(code, actor=by)
    policy.may_approve(by, circular).require()
    state = APPROVAL.move(circular.approval, "approve")
    if seen != fingerprint(circular):
        raise NotPossible(_("The letter was changed since you opened it. Please read it again before you approve it."))
    missing = missing_parts(circular)
    if missing:
        raise NotComplete(_("The letter cannot be approved yet. This is missing:"), items=missing)
    approved(circular, state, by=by)
    _tell_writers(
        circular,
        by=by,
        title=_("Approved: %(subject)s"),
        body=_("%(name)s approved the letter “%(subject)s”. It can be issued now."),
    )
    return circular


@transaction.atomic
def return_draft(code: str, *, by: Actor, reason: str) -> Circular:
    """The head gives the letter back to those who wrote it, with what to change. Raises NotComplete without a reason."""
    circular = lock_circular(code, actor=by)
    policy.may_approve(by, circular).require()
    state = APPROVAL.move(circular.approval, "send_back")
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise NotComplete(_("Write in a few words what has to be changed."), field="reason")
    _step(circular, "send_back", state, by=by, remark=reason)
    journal.record("circular.returned", subject(circular), by=by, details={"reason": reason})
    _tell_writers(
        circular,
        by=by,
        title=_("Returned: %(subject)s"),
        body=_("%(name)s returned the letter “%(subject)s”: %(reason)s"),
        reason=reason,
    )
    return circular


def approved(circular: Circular, state: str, *, by: Actor) -> None:
    """Write down that the head approves of a held letter as it stands."""
    _step(circular, "approve", state, by=by)
    details = {"fingerprint": fingerprint(circular), "acting": by.capacity, "order": by.order_reference}
    journal.record("circular.approved", subject(circular), by=by, details={k: v for k, v in details.items() if v})


def touched(circular: Circular, *, by: Actor) -> None:
    """A held draft was written to: what was proposed or approved is no longer what stands there, if anything changed."""
    if circular.approval not in ("PROPOSED", "APPROVED"):
        return
    last = ApprovalStep.objects.filter(circular=circular).order_by("-at", "-pk").first()
    if last is not None and last.fingerprint == fingerprint(circular):
        return
    _step(circular, "void", APPROVAL.move(circular.approval, "void"), by=by)
    journal.record("circular.approval_void", subject(circular), by=by)


def _step(circular: Circular, move: str, state: str, *, by: Actor, remark: str = "") -> None:
    if circular.state != "DRAFT":
        raise NotPossible(_("The letter has left; it cannot be changed."))
    circular.approval = state
    circular.save(update_fields=["approval"])
    ApprovalStep.objects.create(
        circular=circular,
        move=move,
        fingerprint=fingerprint(circular),
        remark=remark.strip()[:LONGEST_REASON],
        acting=_ACTING[Capacity(by.capacity)] if by.capacity else "",
        acting_for=by.head_title if by.capacity else "",
        at=clock.now(),
        by_ref=by.ref,
        by_name=by.name,
    )


def _tell_writers(circular: Circular, *, by: Actor, title: Any, body: Any, reason: str = "") -> None:
    """Whoever proposed the letter last hears of it, but nobody of what they did themselves."""
    last = ApprovalStep.objects.filter(circular=circular, move="propose").order_by("-at", "-pk").first()
    if last is None or last.by_ref == by.ref:
        return
    notify(
        "circular.answered_by_head",
        to=User.objects.filter(uuid=last.by_ref),
        subject=title,
        body=body,
        params={"name": by.name, "subject": circular.subject, "reason": reason},
        about=("circular", circular.code),
        url=f"/circulars/{circular.code}/check/",
    )
