"""Moving the closing of a survey, and ending it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.rounds.commands.reasons import reason_of
from saduak.rounds.moments import lazy_closing
from saduak.surveys import policy, queries
from saduak.surveys.commands.opening import LONGEST
from saduak.surveys.commands.subjects import subject
from saduak.surveys.models import CloseMove, Response, Survey
from saduak.surveys.workflow import SURVEY


@transaction.atomic
def move_close(code: str, *, by: Actor, closes_at: datetime, reason: str, seen: datetime | None = None) -> Survey:
    """Give a survey that is not over another closing moment, for a reason everybody reads beside it.

    seen: the closing as the officer had it before the eyes, so that two officers do not undo each other unawares. Offices
    that have begun and not handed in are told. Raises NotAllowed, NotPossible (over, moved meanwhile), NotComplete (the
    moment, the reason), Survey.DoesNotExist.
    """
    survey = queries.lock(code, actor=by)
    policy.may_move_close(by, survey).require()
    if seen is not None and seen != survey.closes_at:
        raise NotPossible(_("Somebody moved the closing meanwhile. Look at it again before you move it."))
    words = reason_of(reason)
    before = survey.closes_at
    if closes_at == before:
        raise NotComplete(_("This is the closing moment already."), field="closes_at")
    if closes_at <= max(clock.now(), survey.opens_at):
        raise NotComplete(_("The closing has to lie after the opening and not in the past."), field="closes_at")
    if closes_at - survey.opens_at > LONGEST:
        raise NotComplete(
            _("The survey would be open for more than three years. Look at the year you wrote."), field="closes_at"
        )
    survey.closes_at = closes_at
    survey.save(update_fields=["closes_at"])
    CloseMove.objects.create(
        survey=survey, before=before, after=closes_at, reason=words, moved_at=clock.now(), moved_by=by.name
    )
    details = {"before": before.isoformat(), "after": closes_at.isoformat(), "reason": words}
    journal.record("survey.close_moved", subject(survey), by=by, details=details)
    _tell(
        survey,
        "close_moved",
        _("The survey “%(survey)s” closes at another time"),
        _("The survey “%(survey)s” now closes on %(closes)s.\n\nReason: %(reason)s\n\nYour office has begun its answer and not handed it in."),
        {"closes": lazy_closing(closes_at), "reason": words},
    )  # fmt: skip
    return survey


@transaction.atomic
def end(code: str, *, by: Actor, reason: str) -> Survey:
    """End a survey: nothing can be answered any more, results are shown. Drafts are kept and not counted; offices that have
    one are told. Raises NotAllowed, NotPossible (ended already), NotComplete (the reason), Survey.DoesNotExist."""
    survey = queries.lock(code, actor=by)
    policy.may_end(by, survey).require()
    target = SURVEY.move(survey.state, "end")
    words, early = reason_of(reason), not survey.is_over()
    survey.state, survey.ended_at, survey.ended_why = target, clock.now(), words
    survey.save(update_fields=["state", "ended_at", "ended_why"])
    journal.record("survey.ended", subject(survey), by=by, details={"reason": words})
    if early:
        _tell(
            survey,
            "ended",
            _("The survey “%(survey)s” was ended"),
            _("The survey “%(survey)s” was ended before its time.\n\nReason: %(reason)s\n\nWhat your office had begun was not handed in and does not count."),
            {"reason": words},
        )  # fmt: skip
    return survey


def _tell(survey: Survey, kind: str, title: Any, body: Any, params: dict[str, Any]) -> None:
    """Tell the offices that have begun and not handed in."""
    begun = Response.objects.filter(survey=survey, state="DRAFT").values_list("organisation_id", flat=True)
    outbox.notify(
        f"survey.{kind}",
        to=people.holders(list(begun), *policy.ANSWERERS),
        subject=title,
        body=body,
        params={"survey": survey.pack.title_th} | params,
        about=("survey", survey.code),
        url=f"/surveys/{survey.code}/",
    )
