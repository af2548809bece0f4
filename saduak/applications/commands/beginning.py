"""Beginning an application: empty, or from the last one of the centre."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, queries
from saduak.applications.commands import copying
from saduak.applications.commands.telling import subject
from saduak.applications.models import Answer, Application
from saduak.applications.profile import PREFIX
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import Item, NotPossible
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round


@transaction.atomic
def start(round_code: str, centre_code: str, *, by: Actor, from_last: bool = False) -> Application:
    """Begin the application of a centre in a round; its profile begins with what is known of the centre.

    from_last: with the answers and evidence of the centre's last application, criteria mapped from the old standard to
    the new; each copied answer waits until somebody has looked at it (`commands.copying`).
    Raises NotAllowed, NotPossible (window closed, kind of body, certified for long, one exists already), DoesNotExist.
    """
    round = rounds.by_code(round_code)
    centre = Organisation.objects.get(code=centre_code)
    policy.may_start(by, centre).require()
    application = begin(round, centre, by=by)
    if from_last:
        copying.copy_last(application, by=by)
    journal.record(
        "application.started",
        subject(application),
        by=by,
        details={"round": round.code, "centre": centre.code, "from": application.begun_from},
    )
    return application


def begin(round: Round, centre: Organisation, *, by: Actor) -> Application:
    """Write the empty application of a centre that may apply; the caller has asked who does it, and records it."""
    office = Organisation.objects.filter(path=centre.path[: -Organisation.steplen]).first()
    policy.may_apply(round, centre, office, queries.certificate_of(centre, round)).require()
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
