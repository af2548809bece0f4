"""Looking at evidence: page by page, for those who may; the same file in another piece is named."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfWriter

from saduak.applications import commands
from saduak.kernel import clock

pytestmark = pytest.mark.django_db


def pdf(pages: int) -> SimpleUploadedFile:
    written = BytesIO()
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    writer.write(written)
    return SimpleUploadedFile("แผน.pdf", written.getvalue())


def address(name, piece, *more):
    return reverse(f"applications:{name}", args=[piece.application.number, piece.public_id, *more])


def test_a_pdf_is_looked_at_page_by_page(world, draft, sign_in):
    piece = commands.add_evidence(draft.number, by=world.coordinator, upload=pdf(3), title="แผน", items=["g-01"])
    twin = commands.add_evidence(draft.number, by=world.coordinator, upload=pdf(3), title="แผนซ้ำ")
    browser = sign_in(world.users["coordinator"])
    for asked, shown in (("", 1), ("?page=2", 2), ("?page=99", 3), ("?page=x", 1), ("?page=-1", 1)):
        page = browser.get(address("view_evidence", piece) + asked).content.decode()
        assert address("evidence_page", piece, shown) in page
    assert piece.stored.sha256 in page
    assert address("view_evidence", twin) in page
    picture = browser.get(address("evidence_page", piece, 2))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert picture["Content-Security-Policy"].startswith("sandbox")
    assert browser.get(address("evidence_page", piece, 4)).status_code == 404
    assert address("evidence_page", piece, 1) in browser.get(f"/applications/{draft.number}/evidence/").content.decode()
    for name, refused in (("stranger", 404), ("officer", 403)):
        assert sign_in(world.users[name]).get(address("evidence_page", piece, 1)).status_code == refused
        assert sign_in(world.users[name]).get(address("view_evidence", piece)).status_code == refused


@pytest.mark.parametrize(("day", "warned"), [(clock.bangkok(2022, 1, 31), True), (clock.bangkok(2030, 1, 1), False)])
def test_what_ends_before_the_visits_is_marked(world, draft, sign_in, day, warned):
    commands.add_evidence(draft.number, by=world.coordinator, link="https://a.example/", holds_to=day.date())
    page = sign_in(world.users["coordinator"]).get(f"/applications/{draft.number}/evidence/").content.decode()
    assert ("สิ้นสุดก่อนเริ่มตรวจ" in page) == warned


def test_one_bad_file_takes_neither_the_others_nor_what_was_typed(world, draft, sign_in):
    browser = sign_in(world.users["coordinator"])
    files = [pdf(1), SimpleUploadedFile("ภาพ\u202egpj.exe.jpg", b"MZ\x90\x00" + b"\x00" * 90)]
    answer = browser.post(
        f"/applications/{draft.number}/evidence/add/", {"uploads": files, "shows": "ที่พิมพ์ไว้", "items": ["g-01"]}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ภาพgpj.exe.jpg" in page
    assert "\u202e" not in page
    assert "ที่พิมพ์ไว้" in page
    assert [one.title for one in draft.evidence.all()] == ["แผน.pdf"]
