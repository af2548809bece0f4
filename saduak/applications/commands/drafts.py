"""Beginning an application, passing it between coordinator and head, giving it up."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, queries
from saduak.applications.commands.telling import subject, tell_heads, tell_preparers
from saduak.applications.models import Answer, Application
from saduak.applications.profile import PREFIX, BadValue, clean_text
from saduak.applications.workflow import APPLICATION
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.people.actor import Actor
from saduak.people.commands import public_code
from saduak.people.models import Organisation
from saduak.people.roles import Role
from saduak.rounds import queries as rounds

LONGEST_NOTE = 2000


@transaction.atomic
def start(round_code: str, centre_code: str, *, by: Actor) -> Application:
    """Begin the application of a centre in a round; its profile begins with what is known of the centre.

    Raises NotAllowed, NotPossible (window closed, kind of body, one exists already) and DoesNotExist.
    """
    round = rounds.by_code(round_code)
    centre = Organisation.objects.get(code=centre_code)
    policy.may_start(by, centre).require()
    office = Organisation.objects.filter(path=centre.path[: -Organisation.steplen]).first()
    policy.may_apply(round, centre, office).require()
    existing = queries.of_centre(centre, round)
    if existing is not None:
        raise _exists(existing)
    at = clock.now()
    application = Application(
        number=public_code("A"),
        round=round,
        centre=centre,
        created_at=at,
        created_by_ref=by.ref,
        created_by_name=by.name,
        updated_at=at,
        updated_by_name=by.name,
        moved_at=at,
    )
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:  # a second click, or a colleague, was quicker by a moment
        quicker = queries.of_centre(centre, round)
        if quicker is None:
            raise
        raise _exists(quicker) from None
    _known_of_the_centre(application, by)
    journal.record(
        "application.started", subject(application), by=by, details={"round": round.code, "centre": centre.code}
    )
    return application


def _exists(application: Application) -> NotPossible:
    return NotPossible(
        _("“%(centre)s” already has the application %(number)s in this round."),
        params={"centre": application.centre.name, "number": application.number},
        items=[Item(application.number, f"/applications/{application.number}/")],
    )


def _known_of_the_centre(application: Application, by: Actor) -> None:
    centre = application.centre
    known = {
        "address": centre.address_th,
        "latitude": f"{centre.latitude:f}" if centre.latitude is not None else "",
        "longitude": f"{centre.longitude:f}" if centre.longitude is not None else "",
        "contact_phone": centre.phone,
        "contact_email": centre.email,
    }
    Answer.objects.bulk_create(
        Answer(
            application=application,
            item=PREFIX + key,
            value=value,
            version=1,
            value_version=1,
            updated_by_ref=by.ref,
            updated_by_name=by.name,
            updated_at=application.created_at,
        )
        for key, value in known.items()
        if value
    )


@transaction.atomic
def propose(number: str, *, by: Actor, note: str = "") -> Application:
    """Lay the finished application before the head. Raises NotComplete naming every missing item."""
    application = queries.lock(number, actor=by)
    policy.may_propose(by, application).require()
    target = APPLICATION.move(application.state, "propose")
    require_complete(application)
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


def note_of(text: str, field: str) -> str:
    """A note as it may be kept. Raises NotComplete when it is too long."""
    try:
        return clean_text(text, LONGEST_NOTE).strip()
    except BadValue as error:
        raise NotComplete(error.sentence, field=field) from None


def require_complete(application: Application) -> queries.Draft:
    """The whole application, when nothing is missing. Raises NotComplete that names every missing item with its place."""
    draft = queries.draft(application)
    missing = draft.progress.missing
    if missing:
        raise NotComplete(
            _("%(count)s things are still missing."),
            params={"count": len(missing)},
            items=[
                Item(one.label, f"/applications/{application.number}/sections/{one.section}/#{one.item}")
                for one in missing
            ],
        )
    return draft


__all__ = ["note_of", "propose", "require_complete", "send_back", "start", "withdraw"]
