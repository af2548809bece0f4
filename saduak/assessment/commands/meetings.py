"""The committee meets and decides; what it decides stays held until the release."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.assessment import policy
from saduak.assessment.commands.marks import subject as case_subject
from saduak.assessment.commands.screening import text_of
from saduak.assessment.models import AgendaItem, Case, Decision, Meeting, Seat
from saduak.assessment.queries import cases, readiness
from saduak.assessment.queries import meetings as queries
from saduak.assessment.workflow import CASE
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.packs.scoring import shown
from saduak.packs.standard import Standard
from saduak.packs.text import Text
from saduak.people.actor import Actor
from saduak.rounds import queries as rounds


def subject(meeting: Meeting) -> journal.Subject:
    return journal.Subject("meeting", meeting.code, f"ครั้งที่ {meeting.number}")


@transaction.atomic
def call_meeting(
    round_code: str, held_at: datetime, *, by: Actor, place: str = "", quorum: int | None = None
) -> Meeting:
    """Call everybody who is on the committee today. quorum: members who must be present, more than half if not given.

    Raises NotAllowed, NotPossible (nobody is on the committee), NotComplete (a quorum under half or over all).
    """
    policy.may_call_meeting(by).require()
    round = rounds.lock(round_code)
    members = list(queries.committee())
    if not members:
        raise NotPossible(_("Nobody is on the committee yet."))
    least = len(members) // 2 + 1
    needed = least if quorum is None else quorum
    if not least <= needed <= len(members):
        raise NotComplete(
            _("The quorum is at least %(least)s (more than half) and at most %(most)s."),
            params={"least": least, "most": len(members)},
            field="quorum",
        )
    number = (Meeting.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0) + 1
    meeting = Meeting.objects.create(
        code=public_code("M"), round=round, number=number, held_at=held_at, place=" ".join(place.split())[:300],
        quorum=needed, created_at=clock.now(), created_by=by.name,
    )  # fmt: skip
    Seat.objects.bulk_create(Seat(meeting=meeting, user=user) for user in members)
    journal.record(
        "meeting.called", subject(meeting), by=by, details={"held_at": held_at, "quorum": needed, "seats": len(members)}
    )
    outbox.notify(
        "meeting.called",
        to=members,
        subject=_("Meeting of the committee: %(round)s"),
        body=_(
            "You are called to meeting %(number)s of the committee. Declare your interests before it; then the cases open."
        ),
        params={"round": round.name_th, "number": number},
        about=("meeting", meeting.code),
        url=f"/assessment/meetings/{meeting.code}/",
    )
    return meeting


@transaction.atomic
def put_on_agenda(code: str, numbers: Iterable[str], *, by: Actor) -> Meeting:
    """Put agreed cases on the agenda, in the order given; what stands on it already stays where it is."""
    policy.may_call_meeting(by).require()
    meeting = queries.lock(code, actor=by)
    on_it = set(AgendaItem.objects.filter(meeting=meeting).values_list("case__number", flat=True))
    added = []
    for number in dict.fromkeys(numbers):
        if number in on_it:
            continue
        case = cases.lock(number, actor=by)
        if case.application.round_id != meeting.round_id:
            raise NotPossible(_("Case %(number)s belongs to another round."), params={"number": number})
        CASE.can(case.state, "decide").require()
        AgendaItem.objects.create(meeting=meeting, case=case)
        added.append(number)
    if not added:
        raise NotComplete(_("Choose at least one case that is not on the agenda yet."))
    journal.record("meeting.agenda_set", subject(meeting), by=by, details={"added": added})
    return meeting


@transaction.atomic
def note_presence(code: str, present: Iterable[str], *, by: Actor) -> Meeting:
    """Note who is there; everybody else who was called is noted as absent."""
    policy.may_note_presence(by).require()
    meeting = queries.lock(code, actor=by)
    wanted = set(present)
    seats = queries.seats(meeting)
    if not wanted <= {seat.user.ref for seat in seats}:
        raise NotComplete(_("Only members who were called can be noted as present."))
    if clock.today() < meeting.held_at.astimezone(clock.BANGKOK).date():
        raise NotPossible(_("Who is present can be noted on the day of the meeting."))
    for seat in seats:
        seat.present = seat.user.ref in wanted
    Seat.objects.bulk_update(seats, ["present"])
    names = [seat.user.name_th for seat in seats if seat.present]
    journal.record("meeting.presence_noted", subject(meeting), by=by, details={"present": names, "called": len(seats)})
    return meeting


@transaction.atomic
def decide(code: str, number: str, level: str, *, by: Actor, reason: str = "", remedy: str = "") -> Decision:
    """Decide a case at a meeting: a level of the standard, or "" for a refusal. The computed level is kept beside it.

    The letter to the unit is laid into the outbox as a draft and waits for the release. Raises Meeting or
    Case.DoesNotExist (also for a member with a conflict), NotAllowed, NotPossible (not on the agenda, state, quorum, period),
    NotComplete (reason where the levels differ or on refusal; remedy on refusal; a level though the gate is not met).
    """
    meeting = queries.lock(code, actor=by)
    case = cases.lock(number, actor=by)
    policy.may_decide(by, cases.standing(case, by, meeting)).require()
    target = CASE.move(case.state, "decide")
    policy.in_time(meeting.round, "decide").require()
    if not AgendaItem.objects.filter(meeting=meeting, case=case).exists():
        raise NotPossible(_("This case is not on the agenda of the meeting."))
    table = queries.table(meeting, case)
    if not table.quorum_met:
        raise NotPossible(
            _("The quorum is not met: of %(able)s members who may decide this case %(here)s are present."),
            params={"able": table.able, "here": len(table.deciding)},
        )
    words, way = text_of(reason), text_of(remedy)
    _check(case, rounds.standard(meeting.round), level, words, way)
    decision = Decision.objects.create(
        case=case,
        meeting=meeting,
        sequence=(case.decisions.aggregate(last=Max("sequence"))["last"] or 0) + 1,
        computed_level=case.computed_level,
        decided_level=level,
        reason=words,
        remedy=way,
        present=[user.name_th for user in table.deciding],
        recused=[user.name_th for user in table.recused],
        decided_at=clock.now(),
        recorded_by=by.name,
    )
    case.state = target
    case.save(update_fields=["state"])
    details = {"meeting": meeting.code, "computed": case.computed_level, "decided": level, "reason": words, "remedy": way,
               "present": decision.present, "recused": decision.recused, "sequence": decision.sequence}  # fmt: skip
    journal.record("case.decided", case_subject(case), by=by, details=details)
    _lay_letter(case, decision, rounds.standard(meeting.round))
    return decision


def _check(case: Case, standard: Standard, level: str, reason: str, remedy: str) -> None:
    if level and level not in {one.code for one in standard.levels}:
        raise NotComplete(_("The standard has no level “%(level)s”."), params={"level": level[:40]}, field="level")
    if level and case.computed.get("gate_passed") is not True:
        raise NotComplete(_("An item of the gate is not met, so no level can be given."), field="level")
    if level != case.computed_level and not reason:
        raise NotComplete(_("Give the reason why the decision differs from the computed level."), field="reason")
    if not level and not reason:
        raise NotComplete(_("A refusal needs its reason."), field="reason")
    if not level and not remedy:
        raise NotComplete(_("Say what the unit can do against the refusal and by when."), field="remedy")


def _in_language(text: Text) -> Any:
    return lazy(lambda: text.say(get_language()), str)()


def _lay_letter(case: Case, decision: Decision, standard: Standard) -> None:
    about = ("decision", case.number)
    outbox.discard(about)
    centre = case.application.centre
    certified = bool(decision.decided_level)
    outbox.notify(
        "decision.certified" if certified else "decision.refused",
        to=readiness.people_of([centre])[0],
        subject=_("Certified at level %(level)s: %(centre)s") if certified else _("Not certified: %(centre)s"),
        body=_(
            "%(centre)s (application %(number)s) has been certified at level %(level)s with %(total)s points.\n\n%(reason)s"
        )
        if certified
        else _("%(centre)s (application %(number)s) has not been certified.\n\nReason: %(reason)s\n\n%(remedy)s"),
        params={
            "centre": centre.name_th,
            "number": case.application.number,
            "level": _in_language(standard.level(decision.decided_level).title) if certified else "",
            "total": shown(case.computed_total) if case.computed_total is not None else "–",
            "reason": decision.reason,
            "remedy": decision.remedy,
        },
        about=about,
        url=f"/assessment/results/{case.application.number}/",
        hold=True,
    )
