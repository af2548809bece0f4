"""Copies for the public: what is covered is gone from the bytes; only the copy is shown, only while it is meant to be."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from saduak.applications import commands, queries, redaction
from saduak.applications.kept_text import BadValue
from saduak.applications.models import Evidence, PublicCopy
from saduak.files.models import StoredFile, blobs
from saduak.files.tests import corpus
from saduak.files.tests.test_previews import written_pdf
from saduak.journal.models import Entry
from saduak.kernel.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("1", "2", "3", ""), "ครบ"),
        (("1", "2", "3", "x"), "ตัวเลข"),
        (("1", "2", "3", "nan"), "ตัวเลข"),
        (("1", "2", "3", "-4"), "ตัวเลข"),
        (("1", "2", "1e9", "3"), "ตัวเลข"),
        (("100", "2", "3", "3"), "นอก"),
        (("1", "2", "0", "3"), "นอก"),
    ],
)
def test_what_is_no_box_is_said(row, said):
    with pytest.raises(BadValue) as bad:
        redaction.read([("0", "0", "10", "10"), row])
    assert said in str(bad.value.sentence)
    assert "2" in str(bad.value.sentence)


def test_boxes_end_at_the_edge_and_travel_with_the_form():
    boxes = redaction.read([("90", "12,5", "30", "10")])
    assert boxes == [(90, 12.5, 10, 10)]
    assert redaction.carried(redaction.dumped({2: boxes}), 3) == {2: boxes}
    assert redaction.shares({1: boxes}) == {1: [(0.9, 0.125, 0.1, 0.1)]}
    for text in ("", "[]", "{", '{"9": [[1,2,3,4]]}', '{"1": [[1,2]]}', '{"1": 4}', '{"1": [["a",1,1,1]]}', "[" * 9999):
        assert not any(redaction.carried(text, 3).values())
    with pytest.raises(BadValue):
        redaction.read([("1", "1", "1", "1")] * (redaction.MOST_ON_A_PAGE + 1))


@pytest.fixture
def letter(draft, world) -> Evidence:
    """Two pages with words, and somebody's name in the metadata."""
    content = written_pdf("SECRET-777", "OPEN").replace(b"/Root 1 0 R", b"/Root 1 0 R/Info<</Author(SOMCHAI)>>")
    upload = SimpleUploadedFile("หนังสือ.pdf", content)
    return commands.add_evidence(draft.number, by=world.coordinator, upload=upload, title="หนังสือ")


def content_of(stored: StoredFile) -> bytes:
    with blobs().open(stored.path) as kept:
        return kept.read()


def test_nothing_of_the_original_is_in_the_copy(draft, letter, world):
    before = content_of(letter.stored)
    assert b"SECRET" in before
    copy = commands.make_public_copy(draft.number, letter.public_id, {1: [(0, 10, 100, 30)]}, by=world.coordinator)
    made = content_of(copy.stored)
    assert b"SECRET" not in made
    assert b"SOMCHAI" not in made
    reader = PdfReader(io.BytesIO(made))
    assert [page.extract_text() for page in reader.pages] == ["", ""]
    assert not {"/Author", "/Title", "/Subject", "/Keywords"} & set(reader.metadata or {})
    assert reader.xmp_metadata is None
    letter.refresh_from_db()
    assert content_of(letter.stored) == before
    line = Entry.objects.get(event="application.public_copy_made")
    assert line.details["original_sha256"] == letter.stored.sha256
    assert line.details["boxes"] == 1


def test_a_picture_loses_its_place(draft, world):
    upload = SimpleUploadedFile("ภาพ.jpg", corpus.picture_with_place())
    piece = commands.add_evidence(draft.number, by=world.coordinator, upload=upload)
    copy = commands.make_public_copy(draft.number, piece.public_id, {1: [(0, 0, 50, 50)]}, by=world.coordinator)
    with Image.open(io.BytesIO(content_of(copy.stored))) as picture:
        assert not picture.getexif()
        assert picture.size == (480, 640)
        assert max(picture.getpixel((100, 100))) < 20, "covered"
        assert max(picture.getpixel((400, 500))) > 60, "and nothing else"


def test_drawn_page_by_page_shown_and_withdrawn(draft, letter, world, client):
    client.force_login(world.users["coordinator"])
    base = f"/applications/{draft.number}/evidence/{letter.public_id}"
    box = {"box-0-left": "0", "box-0-top": "10", "box-0-width": "100", "box-0-height": "30"}
    wrong = client.post(f"{base}/redact/", {"page": "1", "do": "page:2", **box, "box-1-left": "x"})
    assert wrong.status_code == 422
    assert 'value="x"' in wrong.text, "nothing typed is lost"
    second = client.post(f"{base}/redact/", {"page": "1", "do": "page:2", **box})
    assert second.context["page"] == 2
    done = client.post(f"{base}/redact/", {"page": "2", "all": second.context["all"], "do": "make", **box})
    assert done.status_code == 302
    copy = PublicCopy.objects.get()
    assert set(copy.boxes) == {"1", "2"}

    public = f"/applications/public/{copy.public_id}/"
    client.logout()
    assert client.get(public).status_code == 404, "made, but not shown"
    client.force_login(world.users["coordinator"])
    assert client.get(f"{base}/public/").status_code == 200
    assert client.post(f"{base}/public/show/").status_code == 302
    client.logout()
    shown = client.get(public)
    assert shown.status_code == 200
    assert b"SECRET" not in b"".join(shown.streaming_content)
    assert client.get(f"{base}/file/").status_code == 302, "the original asks for a sign-in as before"
    StoredFile.objects.filter(pk=letter.stored_id).update(scan="INFECTED")
    assert client.get(public).status_code == 404
    StoredFile.objects.filter(pk=letter.stored_id).update(scan="UNSCANNED")
    again = commands.make_public_copy(draft.number, letter.public_id, {}, by=world.head)
    assert client.get(public).status_code == 404, (
        "a new copy takes its place, and is not shown before it is meant to be"
    )
    commands.show_public_copy(draft.number, letter.public_id, by=world.head)
    commands.withdraw_public_copy(draft.number, letter.public_id, by=world.head)
    assert client.get(f"/applications/public/{again.public_id}/").status_code == 404
    with pytest.raises(NotPossible):
        commands.show_public_copy(draft.number, letter.public_id, by=world.head)


def test_who_makes_copies(submitted, world):
    piece = next(one for one in queries.evidence(submitted) if one.stored)
    assert commands.make_public_copy(submitted.number, piece.public_id, {}, by=world.officer).stored.kind == "IMAGE"
    late = Evidence.objects.create(
        application=submitted, stored=piece.stored, title="x", added_by_name="x", added_at=piece.added_at
    )
    with pytest.raises(Evidence.DoesNotExist):
        commands.make_public_copy(submitted.number, late.public_id, {}, by=world.officer)
    with pytest.raises(NotAllowed):
        commands.make_public_copy(submitted.number, piece.public_id, {}, by=world.auditor)
    link = next(one for one in queries.evidence(submitted) if one.link)
    with pytest.raises(NotPossible):
        commands.make_public_copy(submitted.number, link.public_id, {}, by=world.coordinator)
