"""How the demonstration's rounds went, stage after stage, each step by the command that a person would have pressed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from saduak import saraban
from saduak.applications import commands as applications
from saduak.certificates import commands as certificates
from saduak.circulars import commands as circulars
from saduak.config import demo_clock
from saduak.config.demo import answering, assessing, cast, centres, letters, registry, surveying, tree
from saduak.config.demo.centres import Applicant
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.people import commands as people
from saduak.people.actor import Actor, system
from saduak.people.roles import Role
from saduak.rounds import commands as rounds

ROUND = "gecc/rounds/2565"
EARLIER = "gecc/rounds/2562"
BUNDLE = Path(saraban.__file__).parent / "samples" / "gecc-2565-bundle.txt"
# Of the sixty centres: who leaves one question open, and who answers a question so that it comes back for correction.
OPEN, WRONG = 24, (2, 5)
EARLIER_LEVELS = ["basic", "basic", "advanced"]

# The moment at which the clock of the demonstration stands when a stage has been reached.
STAGES: dict[str, datetime] = {
    "prepared": clock.bangkok(2021, 12, 20, 9),
    "announced": clock.bangkok(2022, 1, 24, 9),
    "applying": clock.bangkok(2022, 2, 21, 9),
    "screening": clock.bangkok(2022, 4, 18, 9),
    "assessing": clock.bangkok(2022, 6, 15, 9),
    "deciding": clock.bangkok(2022, 8, 15, 9),
    "certified": clock.bangkok(2022, 9, 28, 14),
}


class Story:
    """Tells the story up to a stage. `say` is told what happens, for the console."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.numbers: dict[str, Applicant] = {}
        self.applicants: list[Applicant] = []
        self.officer: Actor
        self.round_code = ""
        self.meeting = ""
        self.survey = ""

    def tell(self, stage: str) -> None:
        """Play every stage up to and including this one, and leave the clock standing there."""
        for name in STAGES:
            self.say(f"  {name} …")
            getattr(self, name)()
            if name == stage:
                break
        demo_clock.set_to(settings.DEMO_CLOCK, STAGES[stage])

    def prepared(self) -> None:
        """The tree, the people, the packs, and the certificates of 2562, which end in 2565."""
        setup = system("demo")
        with clock.at(clock.bangkok(2019, 10, 1, 9)):
            people.grow_tree(tree.rows(), by=setup, source="geothai")
            cast.enter(by=setup)
        self.officer = letters.actor_at("OPM", Role.OFFICER)
        with clock.at(clock.bangkok(2021, 12, 1, 9)):
            packs.publish_all(settings.PACKS, by=self.officer)
            self.applicants = centres.gather(by=setup)
            earlier = rounds.open_round(EARLIER, by=self.officer)
            for turn, applicant in enumerate(self.applicants[::4]):
                day = date(2019, 9, 12) if turn % 5 else date(2018, 9, 27)
                certificates.enter_earlier(
                    earlier.code, applicant.centre.code, by=self.officer, level=EARLIER_LEVELS[turn % 3], valid_from=day
                )
            rounds.end(earlier.code, by=self.officer)

    def announced(self) -> None:
        """The bundle is read and confirmed, the round opened, and the circular goes down."""
        with clock.at(clock.bangkok(2021, 12, 21, 9, 30)):
            reading = circulars.read(BUNDLE.read_text(encoding="utf-8"), by=self.officer, source_name=BUNDLE.name)
            seen = dict.fromkeys(range(len(reading.result["findings"])), "ตรวจแล้ว")
            circulars.correct(reading.code, {}, by=self.officer, seen=seen)
            circulars.confirm(reading.code, by=self.officer)
            made = rounds.open_round(ROUND, by=self.officer, source={"reading": reading.code})
            self.survey = surveying.open_it(made.code, by=self.officer)
            registry.partners()
        self.round_code = made.code
        letters.cascade(made.code, self.officer)
        registry.work()
        surveying.answer(self.survey, self.applicants, late=False)
        shown = next(one for one in self.applicants if one.coordinator.name == cast.COORDINATOR)
        surveying.rate_centre(shown, by=self.officer)

    def applying(self) -> None:
        """Sixty centres begin; most of them hand in before the last evening. The survey closes at the end of January."""
        surveying.answer(self.survey, self.applicants, late=True)
        for turn, applicant in enumerate(self.applicants):
            begun = clock.bangkok(2022, 1, 12, 9, turn) + timedelta(days=turn * 32 // 60, hours=turn % 6)
            with clock.at(begun):
                number = centres.begin(applicant, self.round_code)
                self.numbers[number] = applicant
                unfinished = turn % 15 in (4, 9)
                if turn == OPEN:  # all but one question
                    centres.fill(number, applicant, but=answering.script()["left_open"])
                else:
                    wrong = answering.script()["returned"]["wrong"] if turn in WRONG else None
                    centres.fill(number, applicant, 0.55 if unfinished else 1.0, instead=wrong)
            if unfinished:
                continue
            with clock.at(begun + timedelta(days=1, hours=3)):
                if turn % 15 == 7:
                    applications.propose(number, by=applicant.coordinator, note="เรียนท่านเพื่อโปรดพิจารณารับรองและส่งใบสมัคร")
                    continue
                applications.submit(number, by=applicant.head)

    def screening(self) -> None:
        assessing.screen(self)

    def assessing(self) -> None:
        assessing.assess(self)

    def deciding(self) -> None:
        assessing.agree(self)

    def certified(self) -> None:
        assessing.certify(self)
