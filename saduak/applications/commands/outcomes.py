"""What assessment tells an application: ready or not, certified or not. The message to the unit is the caller's."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, queries
from saduak.applications.commands.telling import subject
from saduak.applications.models import Application
from saduak.applications.workflow import APPLICATION
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor


@transaction.atomic
def record_readiness(number: str, ready: bool, *, by: Actor) -> Application:
    """The result of screening, at the moment it is released. Raises NotAllowed, NotPossible."""
    application = queries.lock(number, actor=by)
    policy.may_record_readiness(by, application, ready).require()
    application.state = APPLICATION.move(application.state, "record_ready" if ready else "record_not_ready")
    application.moved_at = clock.now()
    application.save(update_fields=["state", "moved_at"])
    journal.record("application.readiness_recorded", subject(application), by=by, details={"ready": ready})
    return application


@transaction.atomic
def record_decision(number: str, level: str | None, *, by: Actor) -> Application:
    """The decision, at the moment it is released: code of a level of the standard, or None for a refusal.

    Raises NotAllowed, NotPossible, NotComplete (a level the standard does not have).
    """
    application = queries.lock(number, actor=by)
    certified = level is not None
    policy.may_record_decision(by, application, certified).require()
    target = APPLICATION.move(application.state, "record_certified" if certified else "record_refused")
    if certified and level not in {one.code for one in queries.standard(application).levels}:
        raise NotComplete(_("The standard has no level “%(level)s”."), params={"level": level}, field="level")
    at = clock.now()
    application.state, application.moved_at, application.decided_at = target, at, at
    application.decided_level = level or ""
    application.save(update_fields=["state", "moved_at", "decided_at", "decided_level"])
    journal.record("application.decision_recorded", subject(application), by=by, details={"level": level or ""})
    return application
