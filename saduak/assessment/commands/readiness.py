"""Readiness is told at one moment to everybody below one body and area."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import commands as applications
from saduak.assessment import policy
from saduak.assessment.models import Acknowledgement, ReadinessRelease, Screening
from saduak.assessment.queries import readiness as queries
from saduak.assessment.workflow import SCREENING
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import NotPossible
from saduak.outbox import commands as outbox
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.rounds import queries as rounds

CHANGED = _("Meanwhile %(now)s results are held, not %(seen)s. Look at the list again before you release it.")


@transaction.atomic
def release_readiness(
    round_code: str, body_code: str, *, by: Actor, province: str = "", expected: int | None = None
) -> ReadinessRelease:
    """Release every held result below a body, in one province or in all: to the units and to the bodies above them.

    expected: how many the officer saw in the preview. Raises NotAllowed, NotPossible (nothing held, or it changed).
    """
    policy.may_release_readiness(by).require()
    round = rounds.lock(round_code)
    body = Organisation.objects.get(code=body_code)
    held = list(queries.held_below(round, body, province).select_for_update(of=("self",)))
    if not held:
        raise NotPossible(_("No result is held here: there is nothing to release."))
    if expected is not None and expected != len(held):
        raise NotPossible(CHANGED, params={"now": len(held), "seen": expected})
    at = clock.now()
    ready = sum(1 for one in held if one.result == "READY")
    release = ReadinessRelease.objects.create(
        number=public_code("R"), round=round, body=body, province_code=province, ready=ready,
        not_ready=len(held) - ready, released_at=at, released_by=by.name,
    )  # fmt: skip
    for one in held:
        one.state, one.release = SCREENING.move(one.state, "release"), release
        applications.record_readiness(one.application.number, one.result == "READY", by=by)
    Screening.objects.bulk_update(held, ["state", "release"], batch_size=500)
    above = queries.bodies_above(held)
    Acknowledgement.objects.bulk_create(Acknowledgement(release=release, organisation=one) for one, _r, _n in above)
    details = {"body": body.code, "province": province, "ready": ready, "not_ready": len(held) - ready}
    journal.record("readiness.released", subject(release), by=by, details=details)
    _tell_units(held)
    _tell_above(release, [one.pk for one, _r, _n in above])
    return release


def subject(release: ReadinessRelease) -> journal.Subject:
    return journal.Subject("readiness", release.number, release.body.name_th)


def _tell_units(held: list[Screening]) -> None:
    persons = queries.unit_people(held)
    for one in held:
        ready = one.result == "READY"
        outbox.notify(
            "readiness.ready" if ready else "readiness.not_ready",
            to=persons[one.pk],
            subject=_("Ready for assessment: %(centre)s") if ready else _("Not ready for assessment: %(centre)s"),
            body=_(
                "The documents of application %(number)s of %(centre)s have been checked. It is ready: "
                "an assessment team will get in touch.\n\n%(note)s"
            )
            if ready
            else _(
                "The documents of application %(number)s of %(centre)s have been checked. It is not ready in this round."
                "\n\n%(note)s"
            ),
            params={"number": one.application.number, "centre": one.application.centre.name_th, "note": one.note},
            about=("application", one.application.number),
            url=f"/applications/{one.application.number}/",
        )


def _tell_above(release: ReadinessRelease, bodies: list[int]) -> None:
    outbox.notify(
        "readiness.told_above",
        to=people.holders(bodies, *queries.TOLD_ABOVE),
        subject=_("Readiness of your units: %(round)s"),
        body=_(
            "The results of the check of documents have been released. Read the table of your units and take note of it."
        ),
        params={"round": release.round.name_th},
        about=("readiness", release.number),
        url=f"/assessment/readiness/{release.number}/",
    )


@transaction.atomic
def acknowledge(number: str, *, by: Actor) -> Acknowledgement:
    """Take note of a release for one's own body. Raises DoesNotExist for who was not told, NotPossible the second time."""
    note = queries.lock_acknowledgement(number, actor=by)
    policy.may_acknowledge(by, note).require()
    if note.acknowledged_at is not None:
        raise NotPossible(_("%(name)s has already taken note for your office."), params={"name": note.acknowledged_by})
    note.acknowledged_at, note.acknowledged_by = clock.now(), by.name
    note.save(update_fields=["acknowledged_at", "acknowledged_by"])
    subject_line = journal.Subject("readiness", note.release.number, note.organisation.name_th)
    journal.record("readiness.acknowledged", subject_line, by=by, details={"organisation": note.organisation.code})
    return note
