"""An application goes back with remarks, item by item, and each is answered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, profile, queries, questionnaire
from saduak.applications.commands.checking import note_of
from saduak.applications.commands.telling import subject, tell_preparers
from saduak.applications.models import Application, Fault, Remark
from saduak.applications.workflow import APPLICATION
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor
from saduak.rounds import queries as rounds
from saduak.thai.dates import format_date


@transaction.atomic
def return_for_correction(number: str, remarks: Sequence[Mapping[str, Any]], *, by: Actor) -> Application:
    """Give it back with remarks: each {"item", "kind": INCORRECT|INCOMPLETE|OUTDATED, "text", "due_on": date}.

    One remark per item. Raises NotAllowed, NotPossible, NotComplete (no remark, unknown item, no text, bad day).
    """
    application = queries.lock(number, actor=by)
    policy.may_return_for_correction(by, application).require()
    target = APPLICATION.move(application.state, "return_for_correction")
    submission = queries.latest_submission(application)
    at = clock.now()
    made = [_remark(application, one, by) for one in remarks]
    if not made:
        raise NotComplete(_("Write at least one remark: the unit has to know what to correct."))
    if len({one.item for one in made}) < len(made):
        raise NotComplete(_("There are two remarks on one item: put them into one."))
    for one in made:
        one.submission, one.made_at = submission, at
    Remark.objects.bulk_create(made)
    application.state, application.moved_at, application.returned_at = target, at, at
    application.save(update_fields=["state", "moved_at", "returned_at"])
    due = max(one.due_on for one in made)
    journal.record(
        "application.returned_for_correction",
        subject(application),
        by=by,
        details={"remarks": [{"item": one.item, "kind": one.kind, "due_on": one.due_on} for one in made]},
    )
    tell_preparers(application, "returned_for_correction", by=by, count=len(made), due=format_date(due))
    return application


def _remark(application: Application, given: Mapping[str, Any], by: Actor) -> Remark:
    item, kind, due = str(given.get("item", "")), str(given.get("kind", "")), given.get("due_on")
    if item not in questionnaire.places(queries.standard(application)) and item not in profile.questions(
        queries.form(application)
    ):
        raise NotComplete(_("There is no item “%(item)s”."), params={"item": item[:60]}, field="item")
    if kind not in Fault.values:
        raise NotComplete(_("Say whether the item is not correct, not complete or out of date."), field="kind")
    text = note_of(str(given.get("text", "")), "text")
    if not text:
        raise NotComplete(_("Write what has to be corrected."), field="text")
    if not isinstance(due, date) or due < clock.today():
        raise NotComplete(_("Give the day by which it has to be corrected, today or later."), field="due_on")
    window = rounds.window(application.round, "SCREENING")
    if window is not None and due > window.closes_at.astimezone(clock.BANGKOK).date():
        raise NotComplete(_("The day lies after the end of screening."), field="due_on")
    return Remark(application=application, item=item, kind=kind, text=text, due_on=due, made_by_name=by.name)


@transaction.atomic
def reply_to_remark(number: str, remark: str, reply: str, *, by: Actor) -> Remark:
    """Answer one remark (its public id) in words; can be changed until the application is handed in again."""
    application = queries.lock(number, actor=by)
    policy.may_reply_to_remark(by, application).require()
    found = next((one for one in queries.remarks(application) if one.public_id == remark), None)
    if found is None:
        raise Remark.DoesNotExist
    text = note_of(reply, "reply")
    if not text:
        raise NotComplete(_("Write what you have corrected, or why it stands."), field="reply")
    found.reply, found.replied_at, found.replied_by_name = text, clock.now(), by.name
    found.save(update_fields=["reply", "replied_at", "replied_by_name"])
    journal.record(
        "application.remark_replied", subject(application), by=by, details={"item": found.item, "reply": text}
    )
    return found
