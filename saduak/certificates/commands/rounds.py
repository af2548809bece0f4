"""Issuing all certificates of a round."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.certificates import policy, queries
from saduak.certificates.commands.issuing import issue
from saduak.certificates.models import Certificate, Issuing
from saduak.documents.typesetting import TypesettingFailed
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotPossible, Refusal
from saduak.people.actor import Actor, system
from saduak.rounds import queries as rounds


@transaction.atomic
def issue_round(round_code: str, *, by: Actor) -> Issuing:
    """Take the order to issue every certificate of the round; `carry_on` does it. Pressed again, it carries on.

    Raises NotAllowed, NotPossible (nothing to issue).
    """
    round = rounds.lock(round_code)
    policy.may_issue(by, round).require()
    waiting = queries.to_issue(round.pk).count()
    if not waiting:
        raise NotPossible(_("Every certified centre of this round has its certificate."))
    running = Issuing.objects.filter(round=round, finished_at=None).first()
    if running is not None:
        return running
    now = clock.now()
    issuing = Issuing.objects.create(
        round=round, started_at=now, moved_at=now, started_by=by.name, started_by_ref=by.ref
    )
    details = {"waiting": waiting}
    journal.record("certificates.ordered", journal.Subject("round", round.code, round.name_th), by=by, details=details)
    return issuing


def carry_on(issuing_pk: int) -> int:
    """Issue what the ordered round lacks, each certificate in its own transaction; returns how many came out.

    Stopped at any moment it leaves whole certificates only, and goes on when started again; two at once do no harm.
    What fails is noted with its reason and does not hold up the others.
    """
    issuing = Issuing.objects.select_related("round").get(pk=issuing_pk)
    by = system("certificates")
    came_out = 0
    for number in queries.to_issue(issuing.round_id).values_list("number", flat=True).iterator(chunk_size=500):
        try:
            issue(number, by=by)
        except (Refusal, TypesettingFailed) as error:
            if not Certificate.objects.filter(application__number=number).exists():
                _note(issuing_pk, failure=(number, str(error)))
        else:
            came_out += 1
            _note(issuing_pk)
    Issuing.objects.filter(pk=issuing_pk).update(finished_at=clock.now())
    return came_out


@transaction.atomic
def _note(issuing_pk: int, failure: tuple[str, str] | None = None) -> None:
    issuing = Issuing.objects.select_for_update().get(pk=issuing_pk)
    issuing.moved_at = clock.now()
    if failure:
        issuing.failures = {**issuing.failures, failure[0]: failure[1]}
    issuing.save(update_fields=["moved_at", "failures"])
