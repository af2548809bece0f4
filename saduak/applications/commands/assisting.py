"""Entering an application for a unit that tells it by telephone, fax, paper or at the counter.

What is entered is marked so: from whom, when, by which way, who entered it. When the entry is finished (`enter`) it is laid
before the unit's head. Once the head, or who acts for the head, confirms it (`submit`), it was handed in at the moment of
entry; without that word it is not handed in at all, whatever the calendar says. The head may send it back instead: then
the draft is the unit's own, and counts from when the unit hands it in.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import handed_in, policy, queries
from saduak.applications.commands.beginning import begin
from saduak.applications.commands.checking import require_complete
from saduak.applications.commands.telling import subject, tell_preparers
from saduak.applications.kept_text import LONGEST_LINE, BadValue, clean_text
from saduak.applications.models import Application, AssistedEntry, Channel
from saduak.applications.workflow import APPLICATION
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.rounds import queries as rounds


@transaction.atomic
def start_for(
    round_code: str,
    centre_code: str,
    *,
    by: Actor,
    channel: str,
    told_by: str,
    told_on: date,
    reference: str = "",
) -> Application:
    """Begin an application on behalf of a unit. channel: TELEPHONE, FAX, PAPER or COUNTER; told_by: who of the unit told,
    with the post; told_on: the day; reference: number of the letter or of the note of the call.

    Raises NotAllowed, NotPossible as `start`, NotComplete (channel, person, day), DoesNotExist.
    """
    round = rounds.by_code(round_code)
    centre = Organisation.objects.get(code=centre_code)
    policy.may_assist(by, centre).require()
    if channel not in Channel.values:
        raise NotComplete(_("Say how the unit told you: by telephone, fax, on paper or in person."), field="channel")
    person = _line(told_by, "told_by")
    if not person:
        raise NotComplete(_("Write who of the unit told you, and the person's post."), field="told_by")
    if told_on > clock.today():
        raise NotComplete(_("The day lies in the future."), field="told_on")
    application = begin(round, centre, by=by)
    entry = AssistedEntry.objects.create(
        application=application,
        channel=channel,
        told_by=person[:200],
        told_on=told_on,
        reference=_line(reference, "reference")[:200],
        entered_by_ref=by.ref,
        entered_by_name=by.name,
        entered_by_role=by.role,
        entered_by_organisation_id=by.organisation_id,
    )
    journal.record("application.started_for_unit", subject(application), by=by, details=details_of(entry))
    tell_preparers(application, "started_for_unit", by=by)
    return application


def enter(number: str, *, by: Actor, arrived_at: datetime | None = None) -> Application:
    """Finish the entry and lay it before the unit's head. arrived_at: as in `submit`.

    Raises NotAllowed, NotPossible (window, already passed on), NotComplete naming every missing item.
    """
    return _enter(number, by=by, at=arrived_at or clock.now())


@transaction.atomic
def _enter(number: str, *, by: Actor, at: datetime) -> Application:
    application = queries.lock(number, actor=by)
    policy.may_enter(by, application, at).require()
    target = APPLICATION.move(application.state, "propose")
    draft = require_complete(application)
    entry = application.assisted
    entry.entered_at, entry.sha256 = at, content_hash(draft)
    entry.save(update_fields=["entered_at", "sha256"])
    application.state, application.moved_at = target, at
    application.proposed_at, application.proposed_by_name = at, by.name
    application.note = application.note_by_name = ""
    application.save(update_fields=["state", "moved_at", "proposed_at", "proposed_by_name", "note", "note_by_name"])
    journal.record("application.entered_for_unit", subject(application), by=by, details=details_of(entry))
    tell_preparers(application, "entered_for_unit", by=by)
    return application


def content_hash(draft: queries.Draft) -> str:
    """SHA-256 of what was entered."""
    content = handed_in.content_of(draft.application, draft.standard, draft.form, draft.answers, draft.evidence)
    return handed_in.sha256_of(content)


def confirm(application: Application, draft: queries.Draft, *, by: Actor) -> AssistedEntry | None:
    """The head's word on what was entered, inside `submit`; None when nobody entered it for the unit.

    Raises NotPossible when what the head would confirm is not what was entered.
    """
    entry = policy.entry_of(application)
    if entry is None or entry.entered_at is None or entry.given_over_at is not None:
        return None
    if entry.sha256 != content_hash(draft):
        raise NotPossible(_("What was entered has been changed since. Send it back and hand it in yourselves."))
    entry.confirmed_at, entry.confirmed_by_name = clock.now(), by.name
    entry.save(update_fields=["confirmed_at", "confirmed_by_name"])
    return entry


def take_over(application: Application) -> None:
    """From now on the draft is the unit's own, also where somebody else began it."""
    entry = policy.entry_of(application)
    if entry is not None and entry.given_over_at is None:
        entry.entered_at, entry.given_over_at, entry.sha256 = None, clock.now(), ""
        entry.save(update_fields=["entered_at", "given_over_at", "sha256"])


def details_of(entry: AssistedEntry) -> dict[str, object]:
    """The entry as the journal keeps it."""
    return {
        "channel": entry.channel,
        "told_by": entry.told_by,
        "told_on": entry.told_on,
        "reference": entry.reference,
        "entered_at": entry.entered_at,
        "sha256": entry.sha256,
    }


def _line(text: str, field: str) -> str:
    try:
        return " ".join(clean_text(text, LONGEST_LINE).split())
    except BadValue as error:
        raise NotComplete(error.sentence, field=field) from None
