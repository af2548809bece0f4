"""What was released as readiness gets its letter drafted once, for the registrar to read and issue."""

import pytest
from django.urls import reverse

from saduak.assessment.models import ReadinessRelease
from saduak.assessment.tests.conftest import Walk
from saduak.circulars import commands, jobs, readiness_wording
from saduak.circulars.models import Circular, ReadinessLetter
from saduak.circulars.queries.addressees import addressees
from saduak.circulars.readiness_wording import Told
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed
from saduak.outbox.models import Message
from saduak.packs import commands as packs
from saduak.rounds import commands as rounds

AFTER = clock.bangkok(2022, 3, 10, 9, 30)


@pytest.fixture
def released(world, settings):
    """Readiness of one unit has been released to the department, by the real commands."""
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=world.officer)
    with clock.at(clock.bangkok(2021, 12, 28, 9)):
        walk = Walk(world, rounds.open_round("gecc/rounds/2565", by=world.officer))
    walk.ready()
    return ReadinessRelease.objects.get()


def test_one_draft_a_release_for_the_registrar_to_issue(world, released, sign_in):
    with clock.at(AFTER):
        assert jobs.draft_readiness_letters() == 1
        assert jobs.draft_readiness_letters() == 0
        letter = Circular.objects.get()
        assert (letter.state, letter.sender, letter.round.code) == ("DRAFT", world.secretariat, "GECC-2565")
        assert [one.code for one in addressees(letter)] == ["MOI", "DLA"]
        assert letter.address_each
        assert world.centre.name_th in letter.paragraphs
        assert "มีความพร้อมเข้ารับการตรวจประเมิน ๑ แห่ง" in letter.paragraphs
        assert letter.paragraphs.endswith("ดังนี้")
        (asked,) = letter.actions.all()
        assert (asked.kind, asked.code) == ("TAKE_NOTE", "A3")
        assert asked.link.endswith(f"/assessment/readiness/{released.number}/")
        told = Message.objects.filter(kind="circular.readiness_drafted")
        assert {one.recipient_name for one in told} >= {"สารบรรณ สปน", "วรรณา ใจงาม"}
        assert not {one.recipient_name for one in told} & {"สารบรรณ กรม", "สมหญิง ขยันยิ่ง"}  # nothing has left
        registrar = sign_in(world.users["registrar_secretariat"])
        assert letter.subject in registrar.get(reverse("circulars:outgoing")).content.decode()
        assert registrar.get(f"/circulars/{letter.code}/edit/").status_code == 200
        assert sign_in(world.users["registrar_department"]).get(f"/circulars/{letter.code}/edit/").status_code == 404
        commands.save_draft(
            letter.code,
            by=world.registrar_secretariat,
            texts={"signatory": "นายดำรง สมมติวงศ์", "prefix": "นร 0106", "position": "รองปลัด"},
        )
        commands.issue(letter.code, by=world.registrar_secretariat)
    letter.refresh_from_db()
    assert (letter.state, letter.addressee_count) == ("ISSUING", 2)


def test_a_dropped_draft_does_not_come_back_and_only_the_secretariat_drafts(world, released):
    with clock.at(AFTER):
        for name in ("registrar_department", "coordinator", "assessor1", "stranger"):
            with pytest.raises(NotAllowed):
                commands.draft_readiness_letters(by=getattr(world, name))
        (made,) = commands.draft_readiness_letters(by=world.officer)
        commands.drop(made.code, by=world.officer)
        assert jobs.draft_readiness_letters() == 0
    assert ReadinessLetter.objects.get().circular is None


def test_what_was_released_long_ago_gets_no_letter(world, released):
    with clock.at(clock.bangkok(2022, 5, 1)):
        assert jobs.draft_readiness_letters() == 0
    assert not Circular.objects.exists()


@pytest.mark.parametrize(("many", "said"), [(3, "(๓) ศูนย์ ๒"), (75, "และหน่วยบริการอื่นอีก ๑๕ แห่ง")])
def test_the_words(many, said):
    names = [f"ศูนย์ {number}" for number in range(many)]
    told = Told("สำนักงาน", "รอบ 2565", "กรม", "แพร่", names, [])
    text = readiness_wording.paragraphs(told)
    assert said in text
    assert "ในพื้นที่จังหวัดแพร่" in text
    assert "ยังไม่พร้อม ได้แก่" not in text
    assert len(text) < 12000
    assert len(readiness_wording.subject(Told("ก", "ร" * 500, "ก", "", [], []))) == 400
