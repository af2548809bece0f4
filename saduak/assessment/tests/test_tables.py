"""Every command in every state by every role: the whole table, for all three workflows.

ok: done · 403: may not · 409: not in this state · 422: something is missing · 404: for this person it does not exist.
Each attempt is rolled back, so one world serves a whole column.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from saduak.assessment import commands
from saduak.assessment.models import Sheet
from saduak.assessment.tests.conftest import ASSESSING, DECIDING, SCREENING
from saduak.assessment.workflow import CASE, SHEET
from saduak.assessment.workflow import SCREENING as SCREENING_FLOW
from saduak.kernel import clock
from saduak.kernel.refusals import Refusal

# assessor1: chair of the case's team, declared · assessor3: in no team · committee1: called, declared, present ·
# committee3: called and present, has not declared
ROLES = (
    "officer", "assessor1", "assessor3", "committee1", "committee3", "auditor", "operator", "coordinator", "head",
    "stranger", "observer_province", "registrar_department",
)  # fmt: skip


def outcome(act: Callable[[], Any]) -> str:
    """What an attempt comes to; nothing of it stays."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except Refusal as refusal:
        return str(refusal.status)
    except ObjectDoesNotExist:
        return "404"
    return "ok"


def column(world: Any, acts: dict[str, Callable[[Any], Any]]) -> dict[str, str]:
    """command → outcomes of all roles, in their order."""
    return {
        name: " ".join(outcome(lambda act=act, role=role: act(getattr(world, role))) for role in ROLES)
        for name, act in acts.items()
    }


SCREENING_TABLE: dict[str, dict[str, str]] = {
    "OPEN": {
        "save_findings": "ok 404 404 404 404 403 404 403 403 404 403 403",
        "finish": "ok 404 404 404 404 403 404 403 403 404 403 403",
        "reopen": "409 404 404 404 404 403 404 403 403 404 403 403",
        "return_for_correction": "ok 404 404 404 404 403 404 403 403 404 403 403",
        "release": "409 403 403 403 403 403 403 403 403 403 403 403",
    },
    "DONE": {
        "save_findings": "409 404 404 404 404 403 404 403 403 404 403 403",
        "finish": "409 404 404 404 404 403 404 403 403 404 403 403",
        "reopen": "ok 404 404 404 404 403 404 403 403 404 403 403",
        "return_for_correction": "409 404 404 404 404 403 404 403 403 404 403 403",
        "release": "ok 403 403 403 403 403 403 403 403 403 403 403",
    },
    "RELEASED": {
        "save_findings": "409 404 404 404 404 403 404 403 403 404 403 403",
        "finish": "409 404 404 404 404 403 404 403 403 404 403 403",
        "reopen": "409 404 404 404 404 403 404 403 403 404 403 403",
        "return_for_correction": "409 404 404 404 404 403 404 403 403 404 403 403",
        "release": "409 403 403 403 403 403 403 403 403 403 403 403",
    },
}


@pytest.mark.parametrize("state", list(SCREENING_FLOW.states))
def test_screening(walk, world, state):
    application = walk.submitted()
    number = application.number
    every = {one.id: {"verdict": "MET"} for one in walk.standard.criteria}
    first = next(iter(every))
    with clock.at(SCREENING):
        if state == "OPEN":
            commands.save_findings(number, every, by=world.officer)
        else:
            walk.checked(application)
        if state == "RELEASED":
            walk.released(application)
        found = column(
            world,
            {
                "save_findings": lambda by: commands.save_findings(number, {first: {"remark": "x"}}, by=by),
                "finish": lambda by: commands.finish(number, "READY", by=by),
                "reopen": lambda by: commands.reopen(number, by=by),
                "return_for_correction": lambda by: _return(number, first, world, by),
                "release": lambda by: commands.release_readiness(walk.round.code, "DLA", by=by),
            },
        )
    assert found == SCREENING_TABLE[state]


def _return(number: str, item: str, world: Any, by: Any) -> None:
    """One flaw is there to return (written by the officer where that is possible)."""
    flaw = {"verdict": "NOT_MET", "kind": "INCOMPLETE", "remark": "ขาดภาพ"}
    if outcome(lambda: commands.save_findings(number, {item: flaw}, by=world.officer)) == "ok":
        commands.save_findings(number, {item: flaw}, by=world.officer)
    commands.return_for_correction(number, clock.today(), by=by)


CASE_TABLE: dict[str, dict[str, str]] = {
    "ASSIGNED": {
        "assign": "ok 403 403 403 403 403 403 403 403 403 403 403",
        "declare": "403 ok 404 404 404 403 404 404 404 404 404 404",
        "pin_interest": "ok 403 404 404 404 403 404 404 404 404 404 404",
        "save_marks": "403 ok 404 404 404 403 404 404 404 404 404 404",
        "hand_in": "403 ok 404 404 404 403 404 404 404 404 404 404",
        "save_agreement": "403 409 404 404 404 403 404 404 404 404 404 404",
        "agree": "403 409 404 404 404 403 404 404 404 404 404 404",
        "put_on_agenda": "409 403 403 403 403 403 403 403 403 403 403 403",
        "decide": "403 404 404 404 404 403 404 404 404 404 404 404",
        "release": "409 403 403 403 403 403 403 403 403 403 403 403",
    },
    "MARKED": {
        "assign": "409 403 403 403 403 403 403 403 403 403 403 403",
        "declare": "403 ok 404 404 404 403 404 404 404 404 404 404",
        "pin_interest": "ok 403 404 404 404 403 404 404 404 404 404 404",
        "save_marks": "403 409 404 404 404 403 404 404 404 404 404 404",
        "hand_in": "403 409 404 404 404 403 404 404 404 404 404 404",
        "save_agreement": "403 ok 404 404 404 403 404 404 404 404 404 404",
        "agree": "403 ok 404 404 404 403 404 404 404 404 404 404",
        "put_on_agenda": "409 403 403 403 403 403 403 403 403 403 403 403",
        "decide": "403 404 404 404 404 403 404 404 404 404 404 404",
        "release": "409 403 403 403 403 403 403 403 403 403 403 403",
    },
    "AGREED": {
        "assign": "409 403 403 403 403 403 403 403 403 403 403 403",
        "declare": "403 ok 404 ok ok 403 404 404 404 404 404 404",
        "pin_interest": "ok 403 404 403 403 403 404 404 404 404 404 404",
        "save_marks": "403 409 404 403 403 403 404 404 404 404 404 404",
        "hand_in": "403 409 404 403 403 403 404 404 404 404 404 404",
        "save_agreement": "403 409 404 403 403 403 404 404 404 404 404 404",
        "agree": "403 409 404 403 403 403 404 404 404 404 404 404",
        "put_on_agenda": "ok 403 403 403 403 403 403 403 403 403 403 403",
        "decide": "403 404 404 ok 403 403 404 404 404 404 404 404",
        "release": "409 403 403 403 403 403 403 403 403 403 403 403",
    },
    "DECIDED": {
        "assign": "409 403 403 403 403 403 403 403 403 403 403 403",
        "declare": "403 ok 404 ok ok 403 404 404 404 404 404 404",
        "pin_interest": "409 403 404 403 403 403 404 404 404 404 404 404",
        "save_marks": "403 409 404 403 403 403 404 404 404 404 404 404",
        "hand_in": "403 409 404 403 403 403 404 404 404 404 404 404",
        "save_agreement": "403 409 404 403 403 403 404 404 404 404 404 404",
        "agree": "403 409 404 403 403 403 404 404 404 404 404 404",
        "put_on_agenda": "ok 403 403 403 403 403 403 403 403 403 403 403",
        "decide": "403 404 404 ok 403 403 404 404 404 404 404 404",
        "release": "ok 403 403 403 403 403 403 403 403 403 403 403",
    },
    "RELEASED": {
        "assign": "409 403 403 403 403 403 403 403 403 403 403 403",
        "declare": "403 409 404 409 409 403 404 404 404 404 404 404",
        "pin_interest": "409 403 404 403 403 403 404 404 404 404 404 404",
        "save_marks": "403 409 404 403 403 403 404 404 404 404 404 404",
        "hand_in": "403 409 404 403 403 403 404 404 404 404 404 404",
        "save_agreement": "403 409 404 403 403 403 404 404 404 404 404 404",
        "agree": "403 409 404 403 403 403 404 404 404 404 404 404",
        "put_on_agenda": "409 403 403 403 403 403 403 403 403 403 403 403",
        "decide": "403 404 404 409 403 403 404 404 404 404 404 404",
        "release": "409 403 403 403 403 403 403 403 403 403 403 403",
    },
}


@pytest.mark.parametrize("state", list(CASE.states))
def test_case(walk, world, state):
    case = walk.assigned(team=walk.team(assessor1="CHAIR", assessor2="EXPERT"))
    other = walk.team(assessor2="CHAIR", assessor3="EXPERT")
    walk.declared(case, "assessor1", "assessor2")
    if state == "ASSIGNED":
        with clock.at(ASSESSING):
            commands.save_marks(case.number, walk.full_marks(), by=world.assessor1)
    else:
        walk.marked(case)
        with clock.at(ASSESSING):
            presence = walk.present("assessor1", "assessor2")
            commands.save_agreement(case.number, {}, by=world.assessor1, presence=presence)
    if state in ("AGREED", "DECIDED", "RELEASED"):
        walk.agreed(case)
    meeting = walk.meeting(*([case] if state in ("AGREED", "DECIDED", "RELEASED") else []))
    with clock.at(DECIDING):
        if state in ("AGREED", "DECIDED", "RELEASED"):
            commands.declare(case.number, "NONE", by=world.committee1)
        if state in ("DECIDED", "RELEASED"):
            commands.decide(meeting.code, case.number, "excellent", by=world.committee1)
        if state == "RELEASED":
            commands.release_results(walk.round.code, by=world.officer)
        case.refresh_from_db()
        assert case.state == state
        first = next(iter(walk.standard.marks_wanted))
        number, application = case.number, case.application.number
        member = world.users["assessor2"].ref
        found = column(
            world,
            {
                "assign": lambda by: commands.assign(application, other.code, by=by, reason="ปรับภาระงาน"),
                "declare": lambda by: commands.declare(number, "FAMILY", by=by),
                "pin_interest": lambda by: commands.pin_interest(number, member, True, by=by, reason="ตรวจพบ"),
                "save_marks": lambda by: commands.save_marks(number, {first: {"note": "x"}}, by=by),
                "hand_in": lambda by: commands.hand_in(number, by=by),
                "save_agreement": lambda by: commands.save_agreement(number, {first: {"reason": "x"}}, by=by),
                "agree": lambda by: commands.agree(number, by=by),
                "put_on_agenda": lambda by: commands.put_on_agenda(_second(walk, world), [number], by=by),
                "decide": lambda by: commands.decide(meeting.code, number, "excellent", by=by),
                "release": lambda by: commands.release_results(walk.round.code, by=by),
            },
        )
    assert found == CASE_TABLE[state]


def _second(walk: Any, world: Any) -> str:
    return commands.call_meeting(walk.round.code, DECIDING, by=world.officer).code


SHEET_TABLE: dict[str, dict[str, str]] = {
    "OPEN": {
        "save_marks": "403 ok 404 404 404 403 404 404 404 404 404 404",
        "hand_in": "403 ok 404 404 404 403 404 404 404 404 404 404",
    },
    "HANDED_IN": {
        "save_marks": "403 409 404 404 404 403 404 404 404 404 404 404",
        "hand_in": "403 409 404 404 404 403 404 404 404 404 404 404",
    },
}


@pytest.mark.parametrize("state", list(SHEET.states))
def test_sheet(walk, world, state):
    case = walk.declared(walk.assigned(team=walk.team(assessor1="CHAIR", assessor2="EXPERT")), "assessor1", "assessor2")
    with clock.at(ASSESSING):
        commands.save_marks(case.number, walk.full_marks(), by=world.assessor1)
        if state == "HANDED_IN":
            commands.hand_in(case.number, by=world.assessor1)
        assert Sheet.objects.get(user=world.users["assessor1"]).state == state
        first = next(iter(walk.standard.marks_wanted))
        found = column(
            world,
            {
                "save_marks": lambda by: commands.save_marks(case.number, {first: {"note": "x"}}, by=by),
                "hand_in": lambda by: commands.hand_in(case.number, by=by),
            },
        )
    assert found == SHEET_TABLE[state]


def test_the_tables_are_whole():
    """A state or move that is added to a workflow has to be added here, too."""
    assert set(SCREENING_TABLE) == set(SCREENING_FLOW.states)
    assert set(CASE_TABLE) == set(CASE.states)
    assert set(SHEET_TABLE) == set(SHEET.states)
    named = {"finish", "reopen", "release", "assign", "agree", "decide", "hand_in", "complete"}
    assert {*SCREENING_FLOW.moves, *CASE.moves, *SHEET.moves} == named  # "complete" is what the last hand_in does
