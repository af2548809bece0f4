"""Who may do what in which state: the whole table, every command × state × role."""

import pytest
from django.db import transaction

from saduak.applications import commands, queries
from saduak.applications.models import Application
from saduak.applications.workflow import APPLICATION
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible

pytestmark = pytest.mark.django_db

STATES = list(APPLICATION.states)
DUE = clock.bangkok(2022, 3, 20).date()
REMARKS = [{"item": "g-01", "kind": "OUTDATED", "text": "ขอภาพใหม่", "due_on": DUE}]
COMMANDS = {
    "save_answers": lambda n, by: commands.save_answers(n, {"q-2-01": {"value": "0.5"}}, by=by),
    "add_evidence": lambda n, by: commands.add_evidence(n, by=by, link="https://example.go.th/"),
    "propose": lambda n, by: commands.propose(n, by=by),
    "send_back": lambda n, by: commands.send_back(n, by=by, note="แก้ไข"),
    "submit": lambda n, by: commands.submit(n, by=by),
    "return_for_correction": lambda n, by: commands.return_for_correction(n, REMARKS, by=by),
    "reply_to_remark": lambda n, by: commands.reply_to_remark(n, _remark(n), "แก้ไขแล้ว", by=by),
    "resubmit": lambda n, by: commands.resubmit(n, by=by),
    "record_ready": lambda n, by: commands.record_readiness(n, True, by=by),
    "record_not_ready": lambda n, by: commands.record_readiness(n, False, by=by),
    "record_certified": lambda n, by: commands.record_decision(n, "basic", by=by),
    "record_refused": lambda n, by: commands.record_decision(n, None, by=by),
    "withdraw": lambda n, by: commands.withdraw(n, by=by),
}
# One letter per state, in the order of the workflow: DRAFT PROPOSED SUBMITTED RETURNED READY NOT_READY CERTIFIED REFUSED
# WITHDRAWN. Y done; A not allowed; P not possible now; . does not exist for them.
NOTHING = dict.fromkeys(COMMANDS, ".........")
TABLE: dict[str, dict[str, str]] = {
    "coordinator": dict.fromkeys(COMMANDS, "AAAAAAAAA")
    | {
        "save_answers": "YPPYPPPPP",
        "add_evidence": "YPPYPPPPP",
        "propose": "YPPPPPPPP",
        "send_back": "PYPPPPPPP",
        "reply_to_remark": "PPPYPPPPP",
        "withdraw": "YYAAAAAAA",
    },
    "head": dict.fromkeys(COMMANDS, "AAAAAAAAA")
    | {
        "save_answers": "YPPYPPPPP",
        "add_evidence": "YPPYPPPPP",
        "propose": "YPPPPPPPP",
        "send_back": "PYPPPPPPP",
        "submit": "YYPPPPPPP",
        "reply_to_remark": "PPPYPPPPP",
        "resubmit": "PPPYPPPPP",
        "withdraw": "YYYYPPPPP",
    },
    "officer": dict.fromkeys(COMMANDS, "AAAAAAAAA")
    | {
        "return_for_correction": "PPYPPPPPP",
        "record_ready": "PPYPPPPPP",
        "record_not_ready": "PPYPPPPPP",
        "record_certified": "PPPPYPPPP",
        "record_refused": "PPPPYPPPP",
    },
    "stranger": NOTHING,
    "stranger_head": NOTHING,
    "observer_province": dict.fromkeys(COMMANDS, "..AAAAAAA"),
    "registrar_body": dict.fromkeys(COMMANDS, "..AAAAAAA"),
    "registrar_department": dict.fromkeys(COMMANDS, "..AAAAAAA"),
    "assessor1": NOTHING,
    "committee1": dict.fromkeys(COMMANDS, "......AA."),
    "auditor": dict.fromkeys(COMMANDS, "AAAAAAAAA"),
    "operator": NOTHING,
}


def _remark(number):
    found = queries.remarks(Application.objects.get(number=number))
    return found[0].public_id if found else "none"


@pytest.fixture
def reach(world, full):
    """reach("READY"): the application in that state, by the real commands."""

    def to(state):
        n = full.number
        if state == "PROPOSED":
            commands.propose(n, by=world.coordinator)
        if state not in ("DRAFT", "PROPOSED", "WITHDRAWN"):
            commands.submit(n, by=world.head)
        if state == "WITHDRAWN":
            commands.submit(n, by=world.head)
            commands.withdraw(n, by=world.head)
        if state == "RETURNED":
            commands.return_for_correction(n, REMARKS, by=world.officer)
            commands.reply_to_remark(n, _remark(n), "แก้ไขแล้ว", by=world.coordinator)
        if state in ("READY", "CERTIFIED", "REFUSED"):
            commands.record_readiness(n, True, by=world.officer)
        if state == "NOT_READY":
            commands.record_readiness(n, False, by=world.officer)
        if state == "CERTIFIED":
            commands.record_decision(n, "basic", by=world.officer)
        if state == "REFUSED":
            commands.record_decision(n, None, by=world.officer)
        full.refresh_from_db()
        assert full.state == state
        return full

    return to


def outcome(act, number, by):
    try:
        with transaction.atomic():
            act(number, by)
            transaction.set_rollback(True)
        return "Y"
    except NotAllowed:
        return "A"
    except (NotPossible, NotComplete):
        return "P"
    except Application.DoesNotExist:
        return "."


def test_the_table_is_whole():
    moves = set(APPLICATION.moves)
    assert moves <= set(COMMANDS)
    assert all(set(row) == set(COMMANDS) for row in TABLE.values())
    assert all(len(line) == len(STATES) for row in TABLE.values() for line in row.values())


@pytest.mark.parametrize("state", STATES)
def test_every_command_by_every_role(world, reach, state):
    application = reach(state)
    place = STATES.index(state)
    found = {
        role: {name: outcome(act, application.number, getattr(world, role)) for name, act in COMMANDS.items()}
        for role in TABLE
    }
    assert found == {role: {name: line[place] for name, line in row.items()} for role, row in TABLE.items()}
