"""Bad input around evidence: wrong types, pieces of others, moments at which nothing may change. Said clearly, nothing half-done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saduak.applications import commands, queries
from saduak.applications.models import Evidence
from saduak.files.models import Incoming, StoredFile
from saduak.files.tests import corpus
from saduak.journal.models import Entry
from saduak.outbox.models import Message

pytestmark = pytest.mark.django_db


def text(name: str = "a.txt", words: str = "ศูนย์ราชการสะดวก") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode())


def state() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Evidence, StoredFile, Incoming, Entry, Message))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "เลือกไฟล์อย่างน้อยหนึ่งไฟล์"),
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"link": "https://a b.example"}, "https://"),
        ({"link": "https://user:secret@example.go.th/"}, "https://"),
        ({"link": "https://example.go.th/", "items": ["no-such"]}, "no-such"),
        ({"link": "https://example.go.th/", "holds_from": "เมื่อวาน"}, "วัน"),
        ({"link": "https://example.go.th/", "holds_from": "2022-02-02", "holds_to": "2022-02-01"}, "สิ้นสุด"),
        ({"link": "https://example.go.th/", "title": "ย" * 201}, "200"),
        ({"received": ["' OR 1=1 --"]}, "ไม่อยู่แล้ว"),
        ({"received": ["0" * 32]}, "ไม่อยู่แล้ว"),
    ],
)
def test_what_makes_no_sense_is_said_and_shown_again(draft, world, client, typed, said):
    client.force_login(world.users["coordinator"])
    before = state()
    answer = client.post(f"/applications/{draft.number}/evidence/add/", {"shows": "ที่พิมพ์ไว้", **typed})
    assert answer.status_code == 422
    assert "ที่พิมพ์ไว้" in answer.text, "nothing typed is lost"
    assert said in answer.text
    assert state() == before


def test_one_bad_file_does_not_cost_the_good_ones(draft, world, client):
    client.force_login(world.users["coordinator"])
    mixed = [text("ดี.txt"), SimpleUploadedFile("ร้าย.pdf", corpus.HOSTILE["launch.pdf"]), text("ดีด้วย.txt", "x")]
    answer = client.post(f"/applications/{draft.number}/evidence/add/", {"uploads": mixed, "shows": "x"})
    assert answer.status_code == 422
    assert "ร้าย.pdf" in answer.text
    assert {one.title for one in queries.evidence(draft)} == {"ดี.txt", "ดีด้วย.txt"}


def test_pieces_of_other_offices_are_not_there(draft, world, opened, client):
    mine = commands.add_evidence(draft.number, by=world.coordinator, upload=text())
    theirs = commands.start(opened.code, world.other_centre.code, by=world.stranger)
    piece = commands.add_evidence(theirs.number, by=world.stranger, upload=text("b.txt", "b"))
    client.force_login(world.users["coordinator"])
    before = state()
    for number, one in ((theirs.number, piece), (theirs.number, mine), (draft.number, piece)):
        base = f"/applications/{number}/evidence/{one.public_id}"
        for part in ("", "file/", "view/", "pages/1/", "thumbnail/", "redact/", "replace/", "public/"):
            assert client.get(f"{base}/{part}").status_code == 404, part
        for part in ("", "remove/", "restore/", "replace/", "redact/", "public/show/", "public/withdraw/"):
            assert client.post(f"{base}/{part}", {"title": "x", "do": "make"}).status_code == 404, part
    assert client.post(f"/applications/{theirs.number}/uploads/", {"name": "a.txt", "length": 9}).status_code == 404
    chosen = {"file": [piece.stored.sha256], "items": ["g-01"]}
    assert client.post(f"/applications/{draft.number}/evidence/shelf/", chosen).status_code == 404
    assert state() == before


def test_what_was_handed_in_is_not_changed_by_any_way(submitted, world, client):
    client.force_login(world.users["coordinator"])
    piece = next(one for one in queries.evidence(submitted) if one.stored)
    base, before = f"/applications/{submitted.number}", state()
    for path, sent in (
        ("evidence/add/", {"uploads": [text()]}),
        ("evidence/shelf/", {"file": [piece.stored.sha256], "items": ["g-01"]}),
        ("uploads/", {"name": "a.txt", "length": 9}),
        (f"evidence/{piece.public_id}/", {"title": "x"}),
        (f"evidence/{piece.public_id}/remove/", {}),
        (f"evidence/{piece.public_id}/replace/", {"upload": text()}),
    ):
        answer = client.post(f"{base}/{path}", sent)
        assert answer.status_code == 409, path
        assert "ไม่ได้" in answer.text
    assert state() == before
