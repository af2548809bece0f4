"""The shelf: an office finds its files, uses them again, replaces them, and deletes what nothing rests on."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.applications import commands, queries
from saduak.applications.models import Evidence
from saduak.applications.queries import ShelfFilters
from saduak.files.models import StoredFile
from saduak.journal.models import Entry
from saduak.kernel.refusals import NotComplete, NotPossible

pytestmark = pytest.mark.django_db


def text(name: str, words: str = "ศูนย์ราชการสะดวก") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


@pytest.fixture
def kept(draft, world) -> dict[str, Evidence]:
    """Three files: one that holds, one that ended, one that is old."""
    items = [one.id for one in queries.standard(draft).criteria]

    def add(name: str, item: str, **more) -> Evidence:
        upload = text(f"{name}.txt", name * 3)
        return commands.add_evidence(
            draft.number, by=world.coordinator, upload=upload, items=[item], title=name, **more
        )

    return {
        "holds": add("แผนที่", items[0], holds_from=date(2022, 1, 1)),
        "ended": add("สัญญา", items[1], holds_from=date(2021, 6, 1), holds_to=date(2021, 12, 31)),
        "old": add("ภาพถ่าย", items[0], holds_from=date(2017, 1, 1)),
    }


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"holds", "ended", "old"}),
        ({"q": "สัญญา"}, {"ended"}),
        ({"q": "ภาพ .txt"}, {"old"}),
        ({"year": "2565"}, {"holds", "ended", "old"}),
        ({"year": "2564"}, set()),
        ({"centre": "no-such"}, set()),
        ({"state": "ended"}, {"ended"}),
        ({"state": "old"}, {"old"}),
        ({"state": "holds"}, {"holds", "old"}),
        ({"state": "unusable"}, set()),
        ({"item": "g-01"}, {"holds", "old"}),
        ({"item": 'g-01" OR 1'}, set()),
    ],
)
def test_the_shelf_is_narrowed(kept, world, wanted, found):
    hashes = {row["sha256"] for row in queries.shelf(world.coordinator, ShelfFilters(**wanted))}
    assert {name for name, one in kept.items() if one.stored.sha256 in hashes} == found


def test_a_shelf_is_its_offices_alone(kept, world, client):
    sha256, own = kept["holds"].stored.sha256, kept["holds"].public_id
    assert not queries.shelf(world.stranger)
    client.force_login(world.users["stranger"])
    assert kept["holds"].title not in client.get("/applications/shelf/").text
    assert client.get(f"/applications/shelf/{own}/").status_code == 404
    assert client.post(f"/applications/shelf/{own}/delete/").status_code == 404
    with pytest.raises(StoredFile.DoesNotExist):
        commands.delete_file(sha256, by=world.stranger)
    client.force_login(world.users["officer"])
    assert client.get("/applications/shelf/").status_code == 403


def test_a_file_serves_more_criteria_without_being_sent_again(draft, kept, world, client):
    client.force_login(world.users["coordinator"])
    sha256, own = kept["holds"].stored.sha256, kept["holds"].public_id
    address = f"/applications/{draft.number}/evidence/shelf/"
    assert "กรุณาเลือกอย่างน้อยหนึ่งเกณฑ์" in client.post(address, {"file": [sha256]}).text
    assert client.post(address, {"file": ["f" * 64], "items": ["g-02"]}).status_code == 404
    assert client.post(address, {"file": [sha256], "items": ["g-02"]}).status_code == 302
    kept["holds"].refresh_from_db()
    assert kept["holds"].items == ["g-01", "g-02"]
    commands.remove_evidence(draft.number, kept["holds"].public_id, by=world.coordinator)
    again = commands.add_from_shelf(draft.number, [sha256], by=world.coordinator, items=["g-03"])
    assert (again[0].stored, again[0].title, again[0].items) == (kept["holds"].stored, "แผนที่", ["g-03"])
    assert StoredFile.objects.count() == 3
    page = client.get(f"/applications/shelf/{own}/").text
    assert sha256 in page
    assert "นำออกแล้ว" in page


def test_a_newer_version_takes_the_place(draft, kept, world, client):
    client.force_login(world.users["coordinator"])
    old = kept["ended"]
    address = f"/applications/{draft.number}/evidence/{old.public_id}/replace/"
    same = client.post(address, {"upload": text("x.txt", "สัญญา" * 3)})
    assert same.status_code == 422
    assert "เหมือนไฟล์เดิม" in same.text
    assert client.post(address, {"upload": text("ใหม่.txt"), "holds_to": "2023-01-01"}).status_code == 302
    new = Evidence.objects.get(replaces=old)
    old.refresh_from_db()
    assert (new.title, new.items, new.holds_to) == (old.title, old.items, date(2023, 1, 1))
    assert old.removed_at is not None
    assert Entry.objects.get(event="application.evidence_replaced").details["replaces"] == old.public_id
    with pytest.raises(NotPossible):
        commands.replace_evidence(draft.number, old.public_id, text("y.txt", "y"), by=world.coordinator)
    with pytest.raises(NotComplete):
        commands.replace_evidence(draft.number, new.public_id, text("leer.txt", ""), by=world.coordinator)


def test_deletion_waits_for_what_was_handed_in(submitted, world, client):
    client.force_login(world.users["coordinator"])
    piece = next(one for one in queries.evidence(submitted) if one.stored)
    address = f"/applications/shelf/{piece.public_id}/"
    assert submitted.number in client.get(address).text
    assert client.post(f"{address}delete/").status_code == 409
    with pytest.raises(NotPossible, match=submitted.number):
        commands.delete_file(piece.stored.sha256, by=world.coordinator)
    assert Evidence.objects.filter(pk=piece.pk).exists()


def test_what_nothing_rests_on_is_deleted(draft, kept, world, client):
    client.force_login(world.users["coordinator"])
    sha256, own = kept["old"].stored.sha256, kept["old"].public_id
    assert "ลบถาวร" in client.get(f"/applications/shelf/{own}/").text
    assert client.post(f"/applications/shelf/{own}/delete/").status_code == 302
    assert not Evidence.objects.filter(pk=kept["old"].pk).exists()
    assert Entry.objects.get(event="application.evidence_deleted").details["sha256"] == sha256


def test_the_shelf_takes_the_same_queries_for_one_file_and_for_three(draft, kept, world, client):
    client.force_login(world.users["coordinator"])
    client.get("/applications/shelf/")
    counts = []
    for wanted in ("?q=แผนที่", ""):
        with CaptureQueriesContext(connection) as counted:
            assert client.get(f"/applications/shelf/{wanted}").status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
