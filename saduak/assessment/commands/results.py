"""Results become known at one moment: to the application, to the unit and to the bodies above."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import commands as applications
from saduak.assessment import policy
from saduak.assessment.commands.marks import subject as case_subject
from saduak.assessment.models import Case, ResultsRelease
from saduak.assessment.queries import meetings, readiness
from saduak.assessment.queries import results as queries
from saduak.assessment.workflow import CASE
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotPossible
from saduak.outbox import commands as outbox
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round

CHANGED = _("Meanwhile %(now)s results are decided, not %(seen)s. Look at the list again before you release it.")


@transaction.atomic
def release_results(round_code: str, *, by: Actor, expected: int | None = None) -> ResultsRelease:
    """Release every decided case of the round: its application gets the decision, the letters that waited may leave.

    expected: how many the officer saw in the preview. Raises NotAllowed, NotPossible (nothing decided, it changed, or
    the announcement has not opened).
    """
    policy.may_release_results(by).require()
    round = rounds.lock(round_code)
    policy.in_time(round, "release_results").require()
    found = list(queries.decided(round).select_for_update(of=("self",)))
    if not found:
        raise NotPossible(_("No case of this round is decided and held: there is nothing to release."))
    if expected is not None and expected != len(found):
        raise NotPossible(CHANGED, params={"now": len(found), "seen": expected})
    decisions = meetings.latest_decisions(found)
    at = clock.now()
    for case in found:
        case.state, case.released_at = CASE.move(case.state, "release"), at
        applications.record_decision(case.application.number, decisions[case.pk].decided_level or None, by=by)
        outbox.release(("decision", case.number))
    Case.objects.bulk_update(found, ["state", "released_at"], batch_size=500)
    certified = sum(1 for case in found if decisions[case.pk].decided_level)
    release = ResultsRelease.objects.create(
        round=round, cases=len(found), certified=certified, released_at=at, released_by=by.name
    )
    journal.record_many(
        [
            (
                "results.released",
                journal.Subject("round", round.code, round.name_th),
                {"cases": len(found), "certified": certified},
            ),
            *(("case.released", case_subject(case), {"decided": decisions[case.pk].decided_level}) for case in found),
        ],
        by=by,
    )
    _tell_above(round, found)
    return release


def _tell_above(round: Round, found: list[Case]) -> None:
    paths = {path for case in found for path in people.ancestors_paths(case.application.centre.path)[:-1]}
    bodies = Organisation.objects.filter(path__in=paths).exclude(kind=Kind.SECRETARIAT).values_list("pk", flat=True)
    outbox.notify(
        "results.released",
        to=people.holders(bodies, *readiness.TOLD_ABOVE),
        subject=_("Results released: %(round)s"),
        body=_(
            "The results of the centres below your office have been released. You find them with their applications."
        ),
        params={"round": round.name_th},
        about=("results", round.code),
        url="/applications/",
    )
