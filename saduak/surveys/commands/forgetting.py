"""What is no longer needed goes when its time has passed: drafts that were never handed in, and the names of writers."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.surveys.commands.subjects import subject
from saduak.surveys.models import Response, Survey


@transaction.atomic
def forget(*, by: Actor) -> int:
    """Of surveys that have been over for ERASE_AFTER_DAYS: erase drafts that were never handed in, and the names of those
    who wrote; answers stay, as the office's. Returns how many surveys; journalled with the numbers, each once."""
    since = clock.now() - timedelta(days=settings.ERASE_AFTER_DAYS)
    due = Survey.objects.select_for_update(of=("self",)).select_related("pack").filter(forgotten_at=None)
    done = 0
    for survey in due.filter(Q(closes_at__lte=since) | Q(ended_at__lte=since)):
        erased = Response.objects.filter(survey=survey, state="DRAFT").delete()[0]
        kept = Response.objects.filter(survey=survey)
        names = kept.update(written={}, updated_by_name="", handed_in_by_name="")
        survey.forgotten_at = clock.now()
        survey.save(update_fields=["forgotten_at"])
        journal.record("survey.forgotten", subject(survey), by=by, details={"drafts": erased, "names": names})
        done += 1
    return done
