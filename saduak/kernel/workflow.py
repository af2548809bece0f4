"""A workflow is a table of states and moves; it knows whose turn each state is, and nothing of a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from saduak.kernel.refusals import NotPossible
from saduak.kernel.verdict import YES, Verdict, not_now

# Translated by saduak.web (phrases.py marks it for the catalogue).
IMPOSSIBLE = "“%(move)s” is not possible now: the state is “%(state)s”."


@dataclass(frozen=True)
class State:
    """code: upper case, stored; label: what people read; holder: whose turn it is (a role code, or None when nobody's);
    tone: how the status tag looks (neutral, active, waiting, good, bad)."""

    code: str
    label: Any
    holder: str | None = None
    tone: str = "neutral"


@dataclass(frozen=True)
class Move:
    """name: a verb, the same as command, view and URL; sources: codes it starts from; target: code it ends in."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: Any = ""


class Workflow:
    """States and moves of one kind of thing. The first state is where it starts.

    >>> DOOR = Workflow("door", states=[State("OPEN", "open"), State("SHUT", "shut")],
    ...                 moves=[Move("shut", ("OPEN",), "SHUT")])
    >>> DOOR.move("OPEN", "shut")
    'SHUT'
    """

    def __init__(self, name: str, *, states: list[State], moves: list[Move]) -> None:
        self.name = name
        self.states = {state.code: state for state in states}
        self.moves = {move.name: move for move in moves}
        if len(self.states) != len(states) or len(self.moves) != len(moves):
            raise ValueError(f"workflow {name}: a state or move stands twice")
        for move in moves:
            unknown = {*move.sources, move.target} - set(self.states)
            if unknown:
                raise ValueError(f"workflow {name}: move {move.name} names unknown states {sorted(unknown)}")

    @property
    def initial(self) -> str:
        return next(iter(self.states))

    def choices(self) -> list[tuple[str, Any]]:
        return [(state.code, state.label) for state in self.states.values()]

    def can(self, state: str, name: str) -> Verdict:
        """Is the move possible from this state? The reason of a no names the state in words."""
        move = self.moves[name]
        if state in move.sources:
            return YES
        return not_now(IMPOSSIBLE, move=move.label or move.name, state=self.states[state].label)

    def move(self, state: str, name: str) -> str:
        """The state after the move. Raises NotPossible when the table does not have it."""
        self.can(state, name).require()
        return self.moves[name].target

    def holder(self, state: str) -> str | None:
        return self.states[state].holder

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """(from, move, to) for every arrow, in the order of the table."""
        for move in self.moves.values():
            for source in move.sources:
                yield source, move.name, move.target

    def mermaid(self) -> str:
        """The state diagram in Mermaid, for docs/."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {source} --> {target}: {name}" for source, name, target in self.rows()]
        ends = set(self.states) - {source for source, _, _ in self.rows()}
        lines += [f"    {code} --> [*]" for code in self.states if code in ends]
        return "\n".join(lines)


__all__ = ["IMPOSSIBLE", "Move", "NotPossible", "State", "Workflow"]
