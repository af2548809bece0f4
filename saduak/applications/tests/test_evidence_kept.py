"""What becomes of evidence after it was taken: malware found later, age, and the room its files may take."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saduak.applications import ageing, commands, jobs, queries
from saduak.applications.models import Evidence
from saduak.assessment.dossier import dossier
from saduak.files.models import StoredFile
from saduak.journal.models import Entry
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.packs.text import Text
from saduak.people.actor import system
from saduak.rounds import queries as rounds

pytestmark = pytest.mark.django_db


def infect(piece: Evidence) -> None:
    """As the scanner does when it has learned of new malware (files: test_incoming)."""
    StoredFile.objects.filter(sha256=piece.stored.sha256).update(scan="INFECTED", found="Test.Malware", thumbnail=False)


def test_malware_found_in_a_draft_does_not_count(full, world, photo):
    photographs = [one for one in queries.evidence(full) if one.stored]
    assert queries.progress(full).complete
    infect(photographs[0])
    lacking = queries.progress(full)
    assert any("หลักฐาน" in one.what for one in lacking.missing)
    assert queries.evidence_marks(full)[photographs[0].public_id].unusable
    with pytest.raises(NotComplete):
        commands.submit(full.number, by=world.head)
    with pytest.raises(NotPossible, match="พบมัลแวร์"):
        commands.add_evidence(
            full.number, by=world.coordinator, stored=Evidence.objects.get(pk=photographs[0].pk).stored
        )
    assert jobs.tell_of_malware(by=system("malware")) == len(photographs)  # the same picture under several titles
    told = Message.objects.filter(kind="application.malware_found")
    assert {one.recipient_ref for one in told} >= {world.coordinator.ref, world.head.ref}
    assert not Message.objects.filter(kind="application.malware_found_handed_in").exists()


def test_malware_found_after_handing_in_marks_what_was_handed_in(submitted, world, client):
    content = queries.submitted_content(submitted)
    piece = next(one for one in queries.evidence(submitted) if one.stored)
    infect(piece)
    assert jobs.tell_of_malware(by=system("malware")) > 0
    assert jobs.tell_of_malware(by=system("malware")) == 0, "once"
    officers = Message.objects.filter(kind="application.malware_found_handed_in")
    assert {one.recipient_ref for one in officers} >= {world.officer.ref, world.officer2.ref}
    line = Entry.objects.filter(event="application.malware_found").first()
    assert line.details["found"] == "Test.Malware"
    assert line.details["handed_in"] is True

    assert queries.submitted_content(submitted) == content, "what was handed in stays"
    Evidence.objects.filter(pk=piece.pk).update(holds_from=date(2001, 1, 1))  # as its people may, once it is returned
    assert queries.evidence_marks(submitted)[piece.public_id].old
    assert not queries.evidence_marks(submitted, content)[piece.public_id].old, "what was handed in is judged as it was"
    client.force_login(world.users["officer"])
    address = f"/applications/{submitted.number}/evidence/{piece.public_id}"
    assert "ใช้ไม่ได้" in client.get(f"/applications/{submitted.number}/read/").text
    assert "ใช้ไม่ได้" in client.get(f"/assessment/screening/{submitted.number}/", follow=True).text
    for part in ("file", "pages/1"):
        answer = client.get(f"{address}/{part}/")
        assert answer.status_code == 409
        assert "มัลแวร์" in answer.text
    view = client.get(f"{address}/view/")
    assert view.status_code == 200
    assert "/file/" not in view.text
    given = dossier(queries.standard(submitted), content, marks=queries.evidence_marks(submitted))
    assert any(one.marks.unusable for criterion in given.values() for one in criterion.evidence)


@pytest.mark.parametrize(
    ("dated", "holds_to", "old"),
    [
        (date(2022, 1, 31), None, 0),
        (date(2021, 2, 1), None, 0),
        (date(2021, 1, 31), None, 12),
        (date(2019, 5, 1), None, 12),
        (date(2019, 5, 1), date(2022, 2, 1), 0),  # it says that it still holds
        (date(2019, 5, 1), date(2022, 1, 31), 12),
    ],
)
def test_age(dated, holds_to, old, opened):
    standard = ageing_standard(opened)
    on = date(2022, 2, 1)
    assert ageing.too_old(standard, ["strict", "loose", "gone"], dated, holds_to, on) == old
    assert ageing.too_old(standard, ["silent"], date(1999, 1, 1), None, on) == 0


def ageing_standard(opened):
    one = rounds.standard(opened).criteria[0]
    rules = {"strict": 12, "loose": 60, "silent": None}
    criteria = tuple(
        replace(one, id=key, title=Text(key, key), evidence_age_months=months) for key, months in rules.items()
    )
    return replace(rounds.standard(opened), criteria=criteria)


def test_old_evidence_is_flagged_where_it_is_listed(draft, world, photo, client):
    item = queries.standard(draft).criteria[0].id
    assert ageing.allowed(queries.standard(draft), item) == 24
    assert ageing.allowed(queries.standard(draft), "o-1") == 12
    commands.add_evidence(
        draft.number, by=world.coordinator, upload=photo(), items=[item], holds_from=date(2018, 1, 1), title="เก่า"
    )
    client.force_login(world.users["coordinator"])
    assert "เก่ากว่าที่มาตรฐานกำหนด (24 เดือน)" in client.get(f"/applications/{draft.number}/evidence/").text
    assert "เก่ากว่าที่มาตรฐานกำหนด" in client.get(f"/applications/{draft.number}/check/").text


def test_the_room_of_an_application_ends_by_every_way_in(draft, world, photo, settings, client):
    first = commands.add_evidence(draft.number, by=world.coordinator, upload=photo("a.png"))
    settings.EVIDENCE_QUOTA_BYTES = first.stored.size + 10
    commands.add_evidence(draft.number, by=world.coordinator, stored=first.stored)  # takes no more room
    client.force_login(world.users["coordinator"])
    large = {"uploads": [other("c.txt")]}
    answer = client.post(f"/applications/{draft.number}/evidence/add/", large)
    assert answer.status_code == 422
    assert "c.txt" in answer.text
    assert "กรุณา" in answer.text
    assert StoredFile.objects.filter(name="c.txt").count() == 0, "not even stored"
    settings.EVIDENCE_QUOTA_BYTES *= 3
    mine = commands.add_evidence(draft.number, by=world.coordinator, upload=other("c.txt"))
    commands.remove_evidence(draft.number, mine.public_id, by=world.coordinator)
    settings.EVIDENCE_QUOTA_BYTES = first.stored.size
    for act in (
        lambda: commands.restore_evidence(draft.number, mine.public_id, by=world.coordinator),
        lambda: commands.add_evidence(draft.number, by=world.coordinator, stored=mine.stored),
    ):
        with pytest.raises(NotComplete, match="ใช้ไปแล้ว"):
            act()


def other(name: str):
    return SimpleUploadedFile(name, b"0123456789 " * 12)
