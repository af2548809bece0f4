"""Letters as PDF and as scans, through the door of the web: text, pages, and how sure."""

import io
import shutil

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from saduak.circulars.models import Reading
from saduak.circulars.tests.conftest import read_all
from saduak.documents.typesetting import typeset
from saduak.saraban.reader import read
from saduak.saraban.sources import Unreadable, ocr, open_source

LETTER = {
    "urgency": "ด่วนที่สุด", "number": "มท ๐๘๑๐.๗/ว ๓๑๕๓", "agency": ["กรมตัวอย่างท้องถิ่น", "ถนนสมมติ เขตดุสิต กทม. ๑๐๓๐๐"],
    "date": "๒๙ ธันวาคม ๒๕๖๔", "subject": "ขอเชิญสมัครเพื่อขอรับการรับรองมาตรฐาน", "addressee": "ผู้ว่าราชการจังหวัด ทุกจังหวัด",
    "paragraphs": ["ด้วยกรมตัวอย่างท้องถิ่นขอให้รายงานผล ภายในวันที่ ๓๑ มกราคม ๒๕๖๕"], "closing_paragraphs": ["จึงเรียนมาเพื่อโปรดพิจารณา"],
    "signatory": {"name": "นายสมมุติ ตัวอย่างดี", "position": ["รองอธิบดี ปฏิบัติราชการแทน", "อธิบดีกรมตัวอย่างท้องถิ่น"]},
}  # fmt: skip
needs_ocr = pytest.mark.skipif(
    not ocr.installed(), reason="Tesseract with Thai is not installed (apt install tesseract-ocr-tha)"
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typeset("letter", LETTER)


@pytest.fixture(scope="module")
def scan(pdf) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    picture = page.render(scale=200 / 72, grayscale=True).to_pil().copy()
    page.close()
    document.close()
    return picture


def opened(content: bytes):
    return open_source(content)


def saved(picture: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    picture.copy().save(out, kind, **options)  # Pillow keeps on a picture how it was saved last
    return out.getvalue()


def test_a_pdf_is_read_as_it_looks(pdf):
    document = opened(pdf)
    (letter,) = read(document).letters
    assert (letter.urgency.value, letter.number.value, letter.date.value) == (
        "ด่วนที่สุด",
        "มท 0810.7/ว 3153",
        "2021-12-29",
    )
    assert letter.agency.value == "กรมตัวอย่างท้องถิ่น"
    assert letter.addressees[0].value == "ผู้ว่าราชการจังหวัด ทุกจังหวัด"
    assert letter.signatory.acting_for.value == "อธิบดีกรมตัวอย่างท้องถิ่น"
    assert [(date.start, date.role) for date in letter.dates_in_body] == [("2022-01-31", "deadline")]
    assert [(page.number, page.way, page.confidence) for page in document.pages] == [(1, "text", 1.0)]


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_a_scan_is_read_and_says_how_sure_it_is(scan, kind):
    document = opened(saved(scan, kind))
    (letter,) = read(document).letters
    assert letter.subject.value == LETTER["subject"]
    assert letter.signatory.name.value == "นายสมมุติ ตัวอย่างดี"
    assert letter.signatory.acting_for.value.startswith("อธิบดีกรมตัวอย่าง")
    assert letter.kind == "external"
    (page,) = document.pages
    assert page.way == "ocr"
    assert 0.5 < page.confidence < 1
    assert 0 < letter.subject.confidence < 1


@needs_ocr
def test_pages_of_a_scan_are_kept_and_empty_ones_are_empty(scan):
    blank = Image.new("L", scan.size, 255)
    document = opened(saved(blank, "TIFF", save_all=True, append_images=[scan.copy()]))
    assert [page.way for page in document.pages] == ["empty", "ocr"]
    (letter,) = read(document).letters
    assert document.page_of(letter.subject.span.start) == 2


@needs_ocr
def test_a_scan_of_nothing_is_refused(scan):
    with pytest.raises(Unreadable, match=r"ว่างเปล่า|empty"):
        opened(saved(Image.new("L", scan.size, 255), "PNG"))


def test_a_scan_without_the_program_is_refused_with_advice(scan, monkeypatch, tmp_path):
    for name in ("python3", "python"):
        (tmp_path / name).symlink_to(shutil.which(name) or shutil.which("python3"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="Tesseract") as refused:
        opened(saved(scan, "PNG"))
    assert refused.value.code == "no-ocr"


def test_a_page_of_text_beside_a_scan_is_read_where_the_program_is_missing(pdf, scan, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    both = pypdfium2.PdfDocument(pdf)
    pictures = pypdfium2.PdfDocument(saved(scan, "PDF"))
    both.import_pages(pictures)
    out = io.BytesIO()
    both.save(out)
    pictures.close()
    both.close()
    document = opened(out.getvalue())
    assert [page.way for page in document.pages] == ["text", "unread"]
    assert "page-unread" in {finding.code for finding in read(document).findings}


@pytest.mark.django_db
def test_a_bundle_with_an_unread_page_is_kept_with_its_pages_and_shown(
    world, sign_in, pdf, scan, monkeypatch, tmp_path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    both = pypdfium2.PdfDocument(pdf)
    pictures = pypdfium2.PdfDocument(saved(scan, "PDF"))
    both.import_pages(pictures)
    out = io.BytesIO()
    both.save(out)
    pictures.close()
    both.close()
    browser = sign_in(world.users["officer"])
    answer = browser.post("/circulars/readings/new/", {"file": SimpleUploadedFile("a.pdf", out.getvalue()), "text": ""})
    assert answer.status_code == 302
    read_all(Reading.objects.get())
    page = browser.get(answer.url).content.decode()
    assert "หน้า 2 เป็นภาพสแกน" in page or "Page 2 is a scan" in page
    reading = Reading.objects.get()
    assert [one["way"] for one in reading.result["pages"]] == ["text", "unread"]
    assert reading.result["letters"][0]["pages"]["subject"] == 1


@pytest.mark.django_db
def test_a_file_that_is_refused_leaves_nothing_and_says_why(world, sign_in):
    browser = sign_in(world.users["officer"])
    answer = browser.post(
        "/circulars/readings/new/", {"file": SimpleUploadedFile("a.doc", b"\xd0\xcf\x11\xe0"), "text": ""}
    )
    assert answer.status_code == 422
    assert ".docx" in answer.content.decode()
    assert not Reading.objects.exists()
