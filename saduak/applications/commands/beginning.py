"""Beginning an application: empty, or from the last one of the centre."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, profile, queries, questionnaire
from saduak.applications.commands import copying
from saduak.applications.commands.telling import subject
from saduak.applications.kept_text import BadValue
from saduak.applications.models import Answer, Application
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
    """The answers that the tree knows, where the form of the profile says by `purpose` which question asks for them."""
    Answer.objects.bulk_create(
        Answer(
            application=application,
            item=item,
            value=value,
            version=1,
            value_version=1,
            updated_by_ref=by.ref,
            updated_by_name=by.name,
            updated_at=application.created_at,
        )
        for item, value in _known(application).items()
    )


def _known(application: Application) -> dict[str, Any]:
    centre = application.centre
    known: dict[str, Any] = {"address": centre.address_th, "phone": centre.phone, "email": centre.email}
    if centre.latitude is not None and centre.longitude is not None:
        known["place"] = {"latitude": f"{centre.latitude:f}", "longitude": f"{centre.longitude:f}"}
    found = {}
    for item, question in profile.questions(queries.form(application)).items():
        try:
            value = questionnaire.parse_question(question, known.get(question.purpose))
        except BadValue:  # what the tree holds is no answer to this question: people write it themselves
            continue
        if value is not None:
            found[item] = value
    return found
