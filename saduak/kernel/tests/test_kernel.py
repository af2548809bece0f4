"""Workflow, verdict, refusals, clock: without a database."""

from datetime import UTC, datetime

import pytest

from saduak.kernel import clock
from saduak.kernel.refusals import Item, NotAllowed, NotComplete, NotPossible
from saduak.kernel.verdict import YES, first_no, no, not_now
from saduak.kernel.workflow import Move, State, Workflow

DOOR = Workflow(
    "door",
    states=[State("OPEN", "open", holder="KEEPER"), State("SHUT", "shut"), State("LOCKED", "locked")],
    moves=[Move("shut", ("OPEN",), "SHUT"), Move("open", ("SHUT",), "OPEN"), Move("lock", ("SHUT",), "LOCKED")],
)


def test_a_move_of_the_table_gives_the_next_state():
    assert DOOR.initial == "OPEN"
    assert DOOR.move("SHUT", "lock") == "LOCKED"
    assert DOOR.holder("OPEN") == "KEEPER"


def test_every_other_move_is_refused_in_words():
    allowed = {(source, move) for source, move, _ in DOOR.rows()}
    for state in DOOR.states:
        for move in DOOR.moves:
            if (state, move) not in allowed:
                with pytest.raises(NotPossible, match="not possible now"):
                    DOOR.move(state, move)


@pytest.mark.parametrize(
    "moves", [[Move("x", ("NOWHERE",), "A")], [Move("x", ("A",), "NOWHERE")], [Move("x", ("A",), "A")] * 2]
)
def test_a_table_with_a_fault_does_not_load(moves):
    with pytest.raises(ValueError, match="workflow"):
        Workflow("bad", states=[State("A", "a")], moves=moves)


def test_the_diagram_names_every_arrow():
    text = DOOR.mermaid()
    assert all(f"{s} --> {t}: {m}" in text for s, m, t in DOOR.rows())
    assert "LOCKED --> [*]" in text


def test_verdicts():
    YES.require()
    refused = no("Not you, %(name)s.", name="Somchai")
    with pytest.raises(NotAllowed, match="Not you, Somchai"):
        refused.require()
    with pytest.raises(NotPossible):
        not_now("Too late.").require()
    assert first_no(YES, refused, not_now("x")) is refused
    assert first_no(YES, YES) is YES


def test_refusals_carry_all_items():
    refusal = NotComplete("%(n)s missing", params={"n": 2}, items=[Item("a", "#a"), Item("b")])
    assert (str(refusal), refusal.status, [item.label for item in refusal.items]) == ("2 missing", 422, ["a", "b"])


def test_the_clock_stands_still_within_the_block_only():
    moment = clock.bangkok(2021, 12, 31, 23, 30)
    with clock.at(moment):
        assert clock.now() == datetime(2021, 12, 31, 16, 30, tzinfo=UTC)
        assert clock.today().isoformat() == "2021-12-31"
    assert clock.now().year >= 2026
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2021, 1, 1)):  # noqa: DTZ001
        pass
