"""What the tests of certificates begin with: the rounds of 2562 and 2565, and applications that were certified by the
real commands."""

import base64
import zlib
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saduak.applications import commands as applications
from saduak.applications import queries, questionnaire
from saduak.applications.models import Application
from saduak.certificates import commands
from saduak.certificates.models import Certificate
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.packs.tests import answering
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.rounds import commands as rounds

APPLYING = clock.bangkok(2022, 2, 1, 10)
RELEASED = clock.bangkok(2022, 8, 29, 9)
ISSUED = clock.bangkok(2022, 8, 30, 14)
PROFILE = {
    "address": "99 หมู่ 1 ตำบลทดสอบ จังหวัดแพร่",
    "hours": "จันทร์–ศุกร์ 08.30–16.30 น.",
    "services_own": "งานทะเบียนราษฎร",
    "services_information": "ข้อมูลข่าวสารของทุกหน่วยงาน",
    "services_complaints": "รับเรื่องที่เคาน์เตอร์",
    "channels": ["counter"],
    "staff": "6",
    "visitors": "1200",
    "contact_name": "สมหญิง ขยันยิ่ง",
    "contact_phone": "054 000 000",
}


def picture(name: str) -> SimpleUploadedFile:
    """The smallest PNG: one grey point."""
    data = zlib.compress(b"\x00\x80")
    parts = [(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"), (b"IDAT", data), (b"IEND", b"")]
    content = b"\x89PNG\r\n\x1a\n"
    for kind, body in parts:
        content += len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
    return SimpleUploadedFile(name, content, content_type="image/png")


@pytest.fixture
def gecc(world, settings):
    """The round of 2565; the one of 2562 is opened beside it."""
    for pack in ("gecc/rounds/2562", "gecc/rounds/2565"):
        packs.publish(settings.PACKS, pack, by=world.officer)
    with clock.at(clock.bangkok(2018, 12, 1)):
        rounds.open_round("gecc/rounds/2562", by=world.officer)
    with clock.at(clock.bangkok(2021, 12, 23)):
        return rounds.open_round("gecc/rounds/2565", by=world.officer)


def certify(
    code: str, centre: Organisation, *, officer: Actor, coordinator: Actor, head: Actor, level: str
) -> Application:
    """From draft to the released decision."""
    with clock.at(APPLYING):
        application = applications.start(code, centre.code, by=coordinator)
        number = application.number
        standard = queries.standard(application)
        answers = {
            item: {"value": True if place.scoring.type == "yes_no" else questionnaire.scores(place.scoring)[-1]}
            for item, place in questionnaire.places(standard).items()
            if place.scoring
        }
        for criterion in standard.criteria:
            answers.setdefault(criterion.id, {})["justification"] = "มีหลักฐานและดำเนินการต่อเนื่อง"
        applications.save_profile(number, PROFILE, by=coordinator)
        applications.save_answers(number, answers | answering.answers(standard), by=coordinator)
        everything = questionnaire.holders(standard, None)
        for n in range(max(wanted.minimum for one in standard.criteria for wanted in one.evidence)):
            applications.add_evidence(
                number, by=coordinator, upload=picture(f"{n}.png"), title=f"ภาพที่ {n}", items=everything
            )
        applications.add_evidence(
            number, by=coordinator, link="https://example.go.th/", title="เว็บไซต์", items=everything
        )
        applications.submit(number, by=head)
    with clock.at(RELEASED):
        applications.record_readiness(number, True, by=officer)
        applications.record_decision(number, level, by=officer)
    application.refresh_from_db()
    return application


@pytest.fixture
def certified(world, gecc) -> Callable[..., Application]:
    """certified() for the world's centre, certified(world.other_centre) for the stranger's."""

    def make(centre: Organisation | None = None, level: str = "excellent") -> Application:
        own = centre is None or centre == world.centre
        return certify(
            gecc.code,
            centre or world.centre,
            officer=world.officer,
            coordinator=world.coordinator if own else world.stranger,
            head=world.head if own else world.stranger_head,
            level=level,
        )

    return make


@pytest.fixture
def issued(world, certified) -> Certificate:
    """The certificate of the world's centre."""
    application = certified()
    with clock.at(ISSUED):
        return commands.issue(application.number, by=world.officer)


@pytest.fixture
def earlier(world, gecc) -> Certificate:
    """A certificate of the round of 2562, from the files of the secretariat."""
    with clock.at(APPLYING):
        return commands.enter_earlier(
            "GECC-2562", world.centre.code, by=world.officer, level="basic", valid_from=date(2019, 9, 12)
        )


def altered(token: str) -> str:
    """The token with another centre in it and the old signature."""
    head, body, signature = token.split(".")
    content = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
    forged = content.replace("ทดสอบใต้", "ทดสอบบน").encode()
    return f"{head}.{base64.urlsafe_b64encode(forged).rstrip(b'=').decode()}.{signature}"
