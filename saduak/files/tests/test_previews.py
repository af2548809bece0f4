"""Pages as pictures: drawn by a process of its own, kept, and given up on when it cannot be done within its limits."""

import io

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from PIL import Image
from pypdf import PdfReader

from saduak.files import commands, previews, serving
from saduak.files.models import Scan, StoredFile, blobs
from saduak.files.tests import corpus
from saduak.kernel.refusals import NotPossible

pytestmark = pytest.mark.django_db


def keep(name: str, content: bytes) -> StoredFile:
    return commands.store(ContentFile(content, name=name), by_ref="x")


def shown(response) -> Image.Image:
    return Image.open(io.BytesIO(b"".join(response.streaming_content)))


def written_pdf(*words: str) -> bytes:
    """A PDF with a page for each word, written large at the upper left."""
    from_scratch = b"%PDF-1.4\n"
    pages = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(words)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(words), pages),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
    ]
    for number, word in enumerate(words):
        drawn = b"BT /F 40 Tf 20 140 Td (%s) Tj ET" % word.encode()
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(from_scratch))
        from_scratch += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        from_scratch
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(from_scratch))
    )


def test_pages_of_a_pdf_are_drawn_one_by_one_and_kept():
    stored = keep("a.pdf", written_pdf("FIRST", ""))
    assert stored.pages == 2
    first, second = shown(serving.page(stored, 1)), shown(serving.page(stored, 2))
    assert first.format == "WEBP"
    assert first.convert("L").getextrema()[0] < 60, "there is writing on the first"
    assert second.convert("L").getextrema()[0] > 250, "and none on the second"
    assert max(shown(serving.page(stored, 1, small=True)).size) <= previews.SMALL
    assert blobs().exists(f"{previews.folder_of(stored.sha256)}/{previews.LARGE}-1.webp")
    for number in (0, 3):
        with pytest.raises(Http404):
            serving.page(stored, number)


def test_a_picture_is_shown_upright_and_tells_no_place():
    picture = shown(serving.page(keep("a.jpg", corpus.picture_with_place()), 1))
    assert picture.size == (480, 640)
    assert not picture.getexif()


def test_what_cannot_be_drawn_is_marked_and_not_tried_again(settings, caplog):
    stored = keep("a.pdf", corpus.pdf())
    path = settings.DATA / "files" / stored.path
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 nothing")
    for _again in range(2):
        with pytest.raises(NotPossible):
            serving.page(stored, 1)
        stored.refresh_from_db()
        assert stored.not_drawable
    assert len(caplog.records) == 1


def test_a_page_that_takes_too_long_is_stopped(monkeypatch, caplog):
    stored = keep("slow.pdf", corpus.pdf())
    monkeypatch.setattr(previews, "PAGE_SECONDS", 0.01)  # less than it takes to begin
    with pytest.raises(NotPossible):
        serving.page(stored, 1)
    assert "took too long" in caplog.text
    stored.refresh_from_db()
    assert stored.not_drawable


def test_a_picture_too_large_for_the_server_is_decoded_elsewhere():
    """25 million dots: the thumbnail comes from a process of its own."""
    stored = keep("large.png", corpus.picture("PNG", size=(5000, 5000)))
    assert stored.thumbnail
    assert max(shown(serving.thumbnail(stored)).size) == previews.SMALL


def test_malware_is_not_drawn():
    stored = keep("a.pdf", corpus.pdf())
    stored.scan = Scan.INFECTED
    with pytest.raises(NotPossible):
        serving.page(stored, 1)


def test_burnt_in_boxes_leave_nothing_beneath():
    stored = keep("a.pdf", written_pdf("SECRET-777", "OPEN"))
    with previews.burn(stored, {1: [(0.0, 0.1, 1.0, 0.3)]}, seconds=30) as made:
        copy = made.read()
    assert b"SECRET" not in copy
    reader = PdfReader(io.BytesIO(copy))
    assert [page.extract_text() for page in reader.pages] == ["", ""], "pictures only"
    assert all("/Annots" not in page for page in reader.pages)
    again = keep("copy.pdf", copy)
    covered = shown(serving.page(again, 1)).convert("L")
    width, height = covered.size
    assert covered.crop((2, int(height * 0.12), width - 2, int(height * 0.38))).getextrema()[1] < 20, "all black"
    assert shown(serving.page(again, 2)).convert("L").getextrema()[0] < 60, "the other page is as it was"
