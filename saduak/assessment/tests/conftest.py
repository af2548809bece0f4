"""The walk of a case by its real commands: each step takes it one state further."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from saduak.applications import commands as applications
from saduak.applications import questionnaire
from saduak.applications.models import Application
from saduak.assessment import commands, marks
from saduak.assessment.models import Case, Meeting, Team
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.packs.tests import answering
from saduak.rounds import commands as rounds
from saduak.rounds import queries as round_queries
from saduak.rounds.models import Round

APPLYING = clock.bangkok(2022, 2, 1, 10)
SCREENING = clock.bangkok(2022, 3, 10, 9)
ASSESSING = clock.bangkok(2022, 6, 1, 9)
DECIDING = clock.bangkok(2022, 7, 20, 9)
PROFILE = {
    "address": "99 หมู่ 1 ตำบลทดสอบ อำเภอเมืองแพร่ จังหวัดแพร่",
    "hours": "จันทร์–ศุกร์ 08.30–16.30 น.",
    "services_own": "งานทะเบียนราษฎร งานภาษี",
    "services_information": "ข้อมูลข่าวสารของทุกหน่วยงาน",
    "services_complaints": "รับเรื่องที่เคาน์เตอร์และทางโทรศัพท์",
    "channels": ["counter", "telephone"],
    "staff": "6",
    "visitors": "1200",
    "contact_name": "สมหญิง ขยันยิ่ง",
    "contact_phone": "054 000 000",
}


def photo(name: str) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/png")


@dataclass
class Walk:
    """Takes applications through a round. Two teams' worth of people are in `world`."""

    world: Any
    round: Round

    @property
    def standard(self) -> Any:
        return round_queries.standard(self.round)

    def submitted(self, centre: Any = None, coordinator: Any = None, head: Any = None) -> Application:
        world = self.world
        coordinator, head = coordinator or world.coordinator, head or world.head
        with clock.at(APPLYING):
            application = applications.start(self.round.code, (centre or world.centre).code, by=coordinator)
            number = application.number
            places = questionnaire.places(self.standard)
            answers: dict[str, dict[str, Any]] = {
                item: {"value": True if one.scoring.type == "yes_no" else questionnaire.scores(one.scoring)[-1]}
                for item, one in places.items()
                if one.scoring
            }
            for one in self.standard.criteria:
                answers.setdefault(one.id, {})["justification"] = "มีหลักฐานและดำเนินการต่อเนื่อง"
            applications.save_profile(number, PROFILE, by=coordinator)
            applications.save_answers(number, answers | answering.answers(self.standard), by=coordinator)
            everything = questionnaire.holders(self.standard, None)
            for n in range(max(wanted.minimum for one in self.standard.criteria for wanted in one.evidence)):
                applications.add_evidence(
                    number, by=coordinator, upload=photo(f"photo{n}.png"), title=f"ภาพที่ {n}", items=everything
                )
            applications.add_evidence(
                number, by=coordinator, link="https://example.go.th/", title="เว็บไซต์", items=everything
            )
            applications.submit(number, by=head)
        application.refresh_from_db()
        return application

    def other(self) -> Application:
        """The application of the other centre, in another province."""
        world = self.world
        return self.submitted(world.other_centre, world.stranger, world.stranger_head)

    def checked(self, application: Application, result: str = "READY", note: str = "ครบถ้วน") -> Application:
        with clock.at(SCREENING):
            found = {one.id: {"verdict": "MET"} for one in self.standard.criteria}
            commands.save_findings(application.number, found, by=self.world.officer)
            commands.finish(application.number, result, by=self.world.officer, note=note)
        return application

    def released(self, *found: Application) -> None:
        with clock.at(SCREENING):
            commands.release_readiness(self.round.code, "DLA", by=self.world.officer)
        for application in found:
            application.refresh_from_db()

    def ready(self) -> Application:
        application = self.checked(self.submitted())
        self.released(application)
        return application

    def team(self, **functions: str) -> Team:
        """team(assessor1="CHAIR", …)"""
        with clock.at(ASSESSING):
            team = commands.form_team(self.round.code, by=self.world.officer)
            for name, function in functions.items():
                commands.add_member(team.code, self.world.users[name].ref, function, by=self.world.officer)
        return team

    def usual_team(self) -> Team:
        return self.team(assessor1="CHAIR", assessor2="EXPERT", assessor3="SECRETARY")

    def assigned(self, application: Application | None = None, team: Team | None = None) -> Case:
        application = application or self.ready()
        with clock.at(ASSESSING):
            return commands.assign(application.number, (team or self.usual_team()).code, by=self.world.officer)

    def declared(self, case: Case, *names: str) -> Case:
        with clock.at(ASSESSING):
            for name in names or ("assessor1", "assessor2", "assessor3"):
                commands.declare(case.number, "NONE", by=getattr(self.world, name))
        return case

    def full_marks(self, **other: str) -> dict[str, dict[str, str]]:
        """The highest mark everywhere, save for what is named (underscores stand for hyphens)."""
        found = {}
        for entry in marks.entries(self.standard):
            value = marks.YES if entry.scoring.type == "yes_no" else entry.maximum
            found[entry.key] = {"value": value}
        found.update({key.replace("_", "-"): {"value": value, "note": "ตรวจพบในพื้นที่"} for key, value in other.items()})
        return found

    def handed_in(self, case: Case, name: str, **other: str) -> None:
        with clock.at(ASSESSING):
            commands.save_marks(case.number, self.full_marks(**other), by=getattr(self.world, name))
            commands.hand_in(case.number, by=getattr(self.world, name))

    def marked(self, case: Case | None = None) -> Case:
        case = case or self.declared(self.assigned())
        self.handed_in(case, "assessor1")
        self.handed_in(case, "assessor2")
        case.refresh_from_db()
        return case

    def present(self, *names: str) -> dict[str, dict[str, Any]]:
        return {self.world.users[name].ref: {"present": True} for name in names}

    def agreed(self, case: Case | None = None) -> Case:
        case = case or self.marked()
        with clock.at(ASSESSING):
            commands.save_agreement(
                case.number, {}, by=self.world.assessor1, presence=self.present("assessor1", "assessor2")
            )
            commands.agree(case.number, by=self.world.assessor1)
        case.refresh_from_db()
        return case

    def meeting(self, *found: Case, present: tuple[str, ...] = ("committee1", "committee2", "committee3")) -> Meeting:
        with clock.at(DECIDING):
            meeting = commands.call_meeting(self.round.code, DECIDING, by=self.world.officer)
            if found:
                commands.put_on_agenda(meeting.code, [case.number for case in found], by=self.world.officer)
            commands.note_presence(
                meeting.code, [self.world.users[name].ref for name in present], by=self.world.officer
            )
        return meeting

    def decided(self, case: Case | None = None, level: str | None = None, **more: str) -> Case:
        case = case or self.agreed()
        meeting = self.meeting(case)
        with clock.at(DECIDING):
            commands.declare(case.number, "NONE", by=self.world.committee1)
            chosen = case.computed_level if level is None else level
            commands.decide(meeting.code, case.number, chosen, by=self.world.committee1, **more)
        case.refresh_from_db()
        return case


@pytest.fixture
def walk(world, settings) -> Walk:
    """The round of 2565 is open; nothing else has happened."""
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=world.officer)
    # The announcement opens early, so that a table can ask every command at one moment.
    early = {"ANNOUNCEMENT": (clock.bangkok(2022, 7, 10, 9), clock.bangkok(2022, 10, 1))}
    with clock.at(clock.bangkok(2021, 12, 28, 9)):
        opened = rounds.open_round("gecc/rounds/2565", by=world.officer, windows=early)
    return Walk(world, opened)


def application_of(case: Case) -> Application:
    return Application.objects.get(pk=case.application_id)
