"""The circular of the 2565 round as it went in fact, day by day: real dates, our own texts, invented people.

What is known of that chain (December 2564 and January 2565) is known from its letters and stamps: the ministry's memo
of 23 December wanted names by 24 December; the department stamped it on 27 December at 15.37; the briefing was on the
28th; the department wrote to the provinces on the 29th; Phrae wrote to its districts on 10 January. Two moments are not
known and are set as late as can be, so that the chain looks no worse than it was: the secretariat's letter reached the
ministry no later than the day of the memo, and the department's reached Phrae no later than the day Phrae wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from saduak.circulars import commands
from saduak.circulars.models import Circular, Delivery
from saduak.circulars.queries import ledger
from saduak.config.demo.letters import actor_at, send
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.people.models import Kind
from saduak.people.roles import Role

FIRST = clock.bangkok(2021, 12, 22, 10, 5)
NAMES_DUE = clock.bangkok(2021, 12, 25)  # the first moment after 24 December
STAMPED = clock.bangkok(2021, 12, 27, 15, 37)
END = clock.bangkok(2022, 1, 10, 17)
BELOW = {"kinds": [], "children": True}


@dataclass(frozen=True)
class Step:
    """One thing that happened: when, in a sentence for the console, and the commands that were pressed."""

    at: datetime
    says: str
    do: Callable[[], None]


class Replay:
    """Plays the chain in a world that has the line of command, from the secretariat down to the districts of Phrae."""

    def __init__(self, round_code: str, officer: Actor) -> None:
        self.round_code, self.officer = round_code, officer
        self.root: Circular

    def play(self, until: datetime = END, say: Callable[[str], None] = lambda _text: None) -> Circular:
        """Do everything that happened up to a moment, each step at its own time; returns the first letter."""
        for step in self.steps():
            if step.at > until:
                break
            with clock.at(step.at):
                step.do()
            say(f"  {step.at:%Y-%m-%d %H:%M}  {step.says}")
        return self.root

    def steps(self) -> list[Step]:
        """The chain, in order of time."""
        at = clock.bangkok
        return [
            Step(FIRST, "the secretariat writes to the ministries (the day is assumed)", self._first),
            Step(at(2021, 12, 23, 9, 12), "the Ministry of Interior receives (no later than this day)", self._ministry),
            Step(
                at(2021, 12, 23, 14, 20),
                "its memo goes to departments and enterprises: names by 24 December",
                self._memo,
            ),
            Step(STAMPED, "the department stamps the memo in: three days after the date for names", self._department),
            Step(at(2021, 12, 28, 13), "the briefing begins", lambda: None),
            Step(
                at(2021, 12, 29, 11),
                "the department writes to all governors, a day after the briefing",
                self._governors,
            ),
            Step(at(2022, 1, 10, 9), "Phrae receives (no later than this day)", self._phrae),
            Step(at(2022, 1, 10, 10, 15), "Phrae writes to its districts, on day 10 of the window", self._districts),
        ]

    def _first(self) -> None:
        draft = commands.draft(self.round_code, by=self.officer)
        self.root = send(draft, by=self.officer, selection={"kinds": [Kind.MINISTRY]})

    def _ministry(self) -> None:
        commands.receive(self.hop("MOI").code, by=actor_at("MOI", Role.REGISTRAR))

    def _memo(self) -> None:
        self._pass_on("MOI", {"kinds": [Kind.DEPARTMENT, Kind.STATE_ENTERPRISE]})

    def _department(self) -> None:
        commands.receive(self.hop("DLA").code, by=actor_at("DLA", Role.REGISTRAR))

    def _governors(self) -> None:
        self._pass_on("DLA", {"kinds": [Kind.PROVINCE]})

    def _phrae(self) -> None:
        commands.receive(self.hop("TH-54").code, by=actor_at("TH-54", Role.REGISTRAR))

    def _districts(self) -> None:
        self._pass_on("TH-54", BELOW)

    def _pass_on(self, code: str, selection: dict[str, object]) -> None:
        by = actor_at(code, Role.REGISTRAR)
        send(commands.draft_forward(self.hop(code).code, by=by), by=by, selection=selection)

    def hop(self, code: str) -> Delivery:
        """Where the letter is at the office with the code."""
        return Delivery.objects.select_related("organisation", "circular__sender").get(
            root=self.root, organisation__code=code
        )


def what_the_ledger_says(root: Circular, reader: Actor, at: datetime) -> list[str]:
    """For each date of the letter, below which level nobody can meet it any more, as the ledger has it at a moment."""
    said = []
    # A minute is looked at to its end, as on the page.
    for one in ledger.prospects(ledger.standing(root, reader, at + timedelta(seconds=59))):
        level = one.nobody_below
        if level is None:
            said.append(f"{one.action.code}: can still be met")
        else:
            since = f", certain since {one.since.astimezone(clock.BANGKOK):%Y-%m-%d %H:%M}" if one.since else ""
            said.append(f"{one.action.code}: below the level {level.kind} nobody can meet it any more{since}")
    return said
