"""Handing in: what it checks, what it writes down, and the receipt it gives."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import handed_in, policy, queries
from saduak.applications.commands import assisting
from saduak.applications.commands.checking import require_complete
from saduak.applications.commands.telling import subject, tell_preparers
from saduak.applications.models import Application, ReceiptCounter, Remark, Submission
from saduak.applications.workflow import APPLICATION
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import Item, NotComplete
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.rounds.models import Round


def submit(number: str, *, by: Actor, arrived_at: datetime | None = None) -> Submission:
    """Endorse and hand in. It can then no longer be edited.

    arrived_at: when the request reached the server, which is what the closing time judges; now when not given. It is
    taken before anything is waited for, so that a queue of the last minute costs nobody their right.
    What somebody entered on the unit's behalf is confirmed by this, and counts as handed in when it was entered.
    Raises NotAllowed, NotPossible (state, window), NotComplete naming every missing item with its place.
    """
    return _submit(number, by=by, at=arrived_at or clock.now())


@transaction.atomic
def _submit(number: str, *, by: Actor, at: datetime) -> Submission:
    application = queries.lock(number, actor=by)
    policy.may_submit(by, application, at).require()
    target = APPLICATION.move(application.state, "submit")
    draft = require_complete(application)
    entered = assisting.confirm(application, draft, by=by)
    if entered is not None and entered.entered_at is not None:
        at = entered.entered_at
    application.submitted_at = at
    written = _write_down(application, draft, target, by=by, at=at)
    _record("application.submitted", application, written, by)
    return written


def resubmit(number: str, *, by: Actor, arrived_at: datetime | None = None) -> Submission:
    """Hand in again after correction. Every remark needs a reply first. Raises as `submit` does."""
    return _resubmit(number, by=by, at=arrived_at or clock.now())


@transaction.atomic
def _resubmit(number: str, *, by: Actor, at: datetime) -> Submission:
    application = queries.lock(number, actor=by)
    policy.may_resubmit(by, application, at).require()
    target = APPLICATION.move(application.state, "resubmit")
    _require_replies(application)
    draft = require_complete(application)
    written = _write_down(application, draft, target, by=by, at=at)
    _record("application.resubmitted", application, written, by)
    return written


def _require_replies(application: Application) -> None:
    silent = [one for one in queries.remarks(application) if one.replied_at is None]
    if silent:
        titles = queries.item_titles(application)
        raise NotComplete(
            _("%(count)s remarks still wait for your reply."),
            params={"count": len(silent)},
            items=[
                Item(titles.get(one.item, one.item), f"/applications/{application.number}/corrections/#{one.public_id}")
                for one in silent
            ],
        )


def _write_down(application: Application, draft: queries.Draft, target: str, *, by: Actor, at: datetime) -> Submission:
    office = Organisation.objects.filter(path=application.centre.path[: -Organisation.steplen]).first()
    content = handed_in.content_of(
        application,
        draft.standard,
        draft.form,
        draft.answers,
        draft.evidence,
        office_th=office.name_th if office else "",
    )
    written = Submission.objects.create(
        application=application,
        sequence=Submission.objects.filter(application=application).count() + 1,
        receipt_number=_next_receipt(application.round),
        submitted_at=at,
        by_ref=by.ref,
        by_name=by.name,
        by_role=by.role,
        by_on_paper=by.on_paper,
        by_order=by.order_reference if by.capacity else "",
        sha256=handed_in.sha256_of(content),
        content=content,
    )
    application.state, application.moved_at, application.note = target, at, ""
    application.note_by_name = ""
    application.save(update_fields=["state", "moved_at", "submitted_at", "note", "note_by_name"])
    return written


def _next_receipt(round: Round) -> str:
    """The next running number of the round, such as GECC-2565-R00012; no gap and no double."""
    counter = ReceiptCounter.objects.select_for_update().filter(round=round).first()
    if counter is None:
        try:
            with transaction.atomic():
                ReceiptCounter.objects.create(round=round)
        except IntegrityError:  # the first two of a round came at once
            pass
        counter = ReceiptCounter.objects.select_for_update().get(round=round)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{round.code}-R{counter.last:05d}"


def _record(event: str, application: Application, written: Submission, by: Actor) -> None:
    details: dict[str, Any] = {
        "receipt": written.receipt_number,
        "sequence": written.sequence,
        "sha256": written.sha256,
        "submitted_at": written.submitted_at,
        "capacity": by.capacity,
        "order": written.by_order,
        "remarks": Remark.objects.filter(application=application).count(),
    }
    journal.record(event, subject(application), by=by, details=details)
    tell_preparers(application, "submitted", by=by, receipt=written.receipt_number, sha256=written.sha256)
