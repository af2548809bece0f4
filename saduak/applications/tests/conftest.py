"""What the tests of applications begin with: the round of 2565, opened, and a way to fill an application."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from saduak.applications import commands, queries, questionnaire
from saduak.applications.models import Application
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.packs.tests import answering
from saduak.people.actor import Actor
from saduak.rounds import commands as rounds

# A small standard with a question of every type.
ASKING = Path(__file__).resolve().parents[2] / "packs" / "tests" / "asking"
MARKS = {"t-1": "yes", "t-2": "4", "t-3": "2", "t-4": "yes"}
IN_WINDOW = clock.bangkok(2022, 2, 1, 10)
PROFILE = {
    "address": "99 หมู่ 1 ตำบลทดสอบ อำเภอเมืองแพร่ จังหวัดแพร่",
    "hours": "จันทร์–ศุกร์ 08.30–16.30 น.",
    "services_own": "งานทะเบียนราษฎร งานภาษี",
    "services_information": "ข้อมูลข่าวสารของทุกหน่วยงาน",
    "services_complaints": "รับเรื่องที่เคาน์เตอร์และทางโทรศัพท์",
    "channels": ["counter", "telephone"],
    "staff": "6",
    "visitors": "๑,๒๐๐",
    "contact_name": "สมหญิง ขยันยิ่ง",
    "contact_phone": "054 000 000",
}


@pytest.fixture
def opened(world, settings):
    """The round GECC-2565, with the clock standing in its application window."""
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=world.officer)
    with clock.at(IN_WINDOW):
        yield rounds.open_round("gecc/rounds/2565", by=world.officer)


@pytest.fixture
def photo() -> Callable[[str], SimpleUploadedFile]:
    """photo("a.png"): an upload of a small picture."""

    def make(name: str = "photo.png") -> SimpleUploadedFile:
        content = BytesIO()
        Image.new("RGB", (64, 48), "teal").save(content, "PNG")
        return SimpleUploadedFile(name, content.getvalue(), content_type="image/png")

    return make


@pytest.fixture
def asked(world):
    """An application of a round whose standard asks everything; only the marks are given."""
    packs.publish(ASKING, "test/rounds/asking", by=world.officer)
    with clock.at(IN_WINDOW):
        opened = rounds.open_round("test/rounds/asking", by=world.officer)
        application = commands.start(opened.code, world.centre.code, by=world.coordinator)
        reasons = {item: {"value": value, "justification": "เพราะ"} for item, value in MARKS.items()}
        commands.save_answers(application.number, reasons, by=world.coordinator)
        yield application


@pytest.fixture
def draft(world, opened) -> Application:
    """The coordinator's application, empty."""
    return commands.start(opened.code, world.centre.code, by=world.coordinator)


def _fill(application: Application, by: Actor, photo: Callable[[str], SimpleUploadedFile]) -> Application:
    standard = queries.standard(application)
    places = questionnaire.places(standard)
    values = {
        item: True if place.scoring.type == "yes_no" else questionnaire.scores(place.scoring)[-1]
        for item, place in places.items()
        if place.scoring
    }
    answers = {item: {"value": value} for item, value in values.items()}
    for criterion in standard.criteria:
        answers.setdefault(criterion.id, {})["justification"] = "มีหลักฐานและดำเนินการต่อเนื่อง"
    commands.save_profile(application.number, PROFILE, by=by)
    commands.save_answers(application.number, answers | answering.answers(standard), by=by)
    everything = questionnaire.holders(standard, None)
    most = max(wanted.minimum for one in standard.criteria for wanted in one.evidence)
    for n in range(most):
        commands.add_evidence(
            application.number, by=by, upload=photo(f"photo{n}.png"), title=f"ภาพที่ {n}", items=everything
        )
    commands.add_evidence(application.number, by=by, link="https://example.go.th/", title="เว็บไซต์", items=everything)
    return application


@pytest.fixture
def fill(world, photo) -> Callable[[Application], Application]:
    """fill(application): every item answered, with evidence for all of them."""
    return lambda application: _fill(application, world.coordinator, photo)


@pytest.fixture
def fill_by(photo) -> Callable[[Application, Actor], Application]:
    """fill_by(application, actor): as `fill`, by somebody else."""
    return lambda application, by: _fill(application, by, photo)


@pytest.fixture
def full(draft, fill) -> Application:
    """The coordinator's application, complete."""
    return fill(draft)


@pytest.fixture
def submitted(full, world) -> Application:
    """… and handed in by the head."""
    commands.submit(full.number, by=world.head)
    full.refresh_from_db()
    return full
