"""Passing an application between coordinator and head, giving it up."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, queries
from saduak.applications.commands import assisting
from saduak.applications.commands.checking import note_of, require_complete
from saduak.applications.commands.telling import subject, tell_heads, tell_preparers
from saduak.applications.models import Application
from saduak.applications.workflow import APPLICATION
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor
from saduak.people.roles import Role


@transaction.atomic
def propose(number: str, *, by: Actor, note: str = "") -> Application:
    """Lay the finished application before the head. Raises NotComplete naming every missing item."""
    application = queries.lock(number, actor=by)
    policy.may_propose(by, application).require()
    target = APPLICATION.move(application.state, "propose")
    require_complete(application)
    assisting.take_over(application)
    at = clock.now()
    application.proposed_at, application.proposed_by_name = at, by.name
    _pass_on(application, target, note, by)
    application.save(update_fields=["state", "moved_at", "note", "note_by_name", "proposed_at", "proposed_by_name"])
    journal.record("application.proposed", subject(application), by=by)
    tell_heads(application, "proposed", by=by)
    return application


@transaction.atomic
def send_back(number: str, *, by: Actor, note: str = "") -> Application:
    """Give it back for more work. The head says why; a coordinator who takes her proposal back need not."""
    application = queries.lock(number, actor=by)
    policy.may_send_back(by, application).require()
    target = APPLICATION.move(application.state, "send_back")
    if by.has(Role.HEAD) and not note.strip():
        raise NotComplete(_("Write what should be changed."), field="note")
    assisting.take_over(application)
    _pass_on(application, target, note, by)
    application.save(update_fields=["state", "moved_at", "note", "note_by_name"])
    journal.record("application.sent_back", subject(application), by=by, details={"note": application.note})
    tell_preparers(application, "sent_back", by=by)
    return application


@transaction.atomic
def withdraw(number: str, *, by: Actor, reason: str = "") -> Application:
    """Give the application up. It stays readable; the centre may begin another while the window is open."""
    application = queries.lock(number, actor=by)
    policy.may_withdraw(by, application).require()
    application.state = APPLICATION.move(application.state, "withdraw")
    application.withdrawn_reason = note_of(reason, "reason")
    application.moved_at = clock.now()
    application.save(update_fields=["state", "moved_at", "withdrawn_reason"])
    journal.record(
        "application.withdrawn", subject(application), by=by, details={"reason": application.withdrawn_reason}
    )
    tell_preparers(application, "withdrawn", by=by)
    return application


def _pass_on(application: Application, target: str, note: str, by: Actor) -> None:
    application.state, application.moved_at = target, clock.now()
    application.note = note_of(note, "note")
    application.note_by_name = by.name if application.note else ""
