"""Files are kept at once and read in the background: in their order, each with its own reason, and after any interruption."""

import io
import itertools
from datetime import timedelta

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from saduak.circulars import commands, jobs
from saduak.circulars.commands import reading_files
from saduak.circulars.models import Reading, ReadingFile
from saduak.circulars.queries.boxes import waiting_for
from saduak.circulars.tests.conftest import SENDING, read_all
from saduak.circulars.tests.test_bundles import LETTER, needs_ocr
from saduak.documents.typesetting import typeset
from saduak.files.models import StoredFile
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotPossible
from saduak.saraban import reader

NEW = "/circulars/readings/new/"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf_of(*, password: str = "", script: str = "") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def scan_of(pages: int) -> bytes:
    """A TIFF of a scanned letter, each page the same."""
    document = pypdfium2.PdfDocument(typeset("letter", LETTER))
    page = document[0]
    picture = page.render(scale=200 / 72, grayscale=True).to_pil().copy()
    page.close()
    document.close()
    out = io.BytesIO()
    picture.save(
        out, "TIFF", save_all=True, append_images=[picture.copy() for _ in range(pages - 1)], compression="tiff_lzw"
    )
    return out.getvalue()


@pytest.fixture
def parts(bundle) -> list[str]:
    """The sample bundle, cut where its letters begin."""
    spans = [letter.span for letter in reader.read(bundle).letters]
    edges = [0, *(span.start for span in spans[1:]), len(bundle)]
    return [bundle[start:end] for start, end in itertools.pairwise(edges)]


def test_a_bundle_in_several_files_is_read_in_their_order_and_each_refusal_stands_by_its_file(world, sign_in, parts):
    browser = sign_in(world.users["officer"])
    given = [
        upload("1.txt", parts[0].encode("cp874", "ignore")),
        upload("locked.pdf", pdf_of(password="secret")),
        upload("2.txt", parts[1].encode()),
        upload("blank.pdf", pdf_of()),
        upload("scan.pdf", b"%PDF-1.7\n" + b"0" * (50 << 20)),
    ]
    answer = browser.post(NEW, {"file": given, "text": parts[2]})
    reading = Reading.objects.get()
    assert answer.url == f"/circulars/readings/{reading.code}/"
    assert reading.state == "WAITING"
    page = browser.get(answer.url).content.decode()
    assert f"/circulars/readings/{reading.code}/progress/" in page
    assert "<noscript>" in page
    assert "locked.pdf" in page
    assert "รหัสผ่าน" in page
    assert "20 MB" in page
    with pytest.raises(NotPossible):
        commands.correct(reading.code, {}, by=world.officer)
    assert browser.get(f"/circulars/readings/{reading.code}/letters/1/").status_code == 404
    assert browser.get(f"/circulars/readings/{reading.code}/progress/").headers.get("HX-Refresh") is None

    read_all(reading)
    states = list(reading.files.values_list("state", "first_page"))
    assert states == [("READ", 1), ("REFUSED", None), ("READ", 2), ("REFUSED", None), ("REFUSED", None), ("READ", 3)]
    assert reading.state == "READ"
    assert [one["number"] for one in reading.letters] == [
        letter.number and letter.number.value for letter in reader.read("\n\n".join(parts)).letters
    ]
    assert len(reading.letters) == 3
    assert [one["number"] for one in reading.result["pages"]] == [1, 2, 3]
    assert not any(reading.files.values_list("parts", flat=True))
    page = browser.get(answer.url).content.decode()
    assert "blank.pdf" in page
    assert "ว่างเปล่า" in page
    assert browser.get(f"/circulars/readings/{reading.code}/progress/").headers["HX-Refresh"] == "true"
    assert set(Entry.objects.values_list("event", flat=True)) >= {"reading.handed_in", "reading.read"}
    assert sign_in(world.users["stranger"]).get(answer.url).status_code == 404


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([("a.pdf", pdf_of(password="x"))], ["รหัสผ่าน"]),
        ([("a.pdf", pdf_of(script="app.alert(1)"))], ["ชุดคำสั่ง"]),
        ([("a.txt", b"")], ["ไม่มีข้อมูล"]),
        ([("a.zip", b"PK\x03\x04zip"), ("b.exe", b"MZ\x00\x01")], ["a.zip", "b.exe"]),
        ([(f"{number}.txt", b"x") for number in range(21)], ["20"]),
    ],
    ids=["password", "script", "empty", "two", "too-many"],
)
def test_what_cannot_be_taken_at_all_leaves_nothing_and_keeps_the_pasted_text(world, sign_in, given, says):
    answer = sign_in(world.users["officer"]).post(NEW, {"file": [upload(*one) for one in given], "text": ""})
    assert answer.status_code == 422
    for words in says:
        assert words in answer.content.decode()
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"), [(pdf_of(), "หน้าทุกหน้าว่างเปล่า"), (b"", "ครั้งละไม่เกิน 100 ฉบับ")], ids=["blank", "102-letters"]
)
def test_a_reading_that_comes_to_nothing_says_why_waits_for_its_officer_and_is_put_away(
    world, sign_in, bundle, content, says
):
    if not content:
        content = "\n\n".join([bundle] * 34).encode()
    name = "a.pdf" if content.startswith(b"%PDF") else "a.txt"
    reading = read_all(jobs.hand_in([upload(name, content)], by=world.officer))
    assert reading.state == "REFUSED"
    page = sign_in(world.users["officer"]).get(f"/circulars/readings/{reading.code}/").content.decode()
    assert says in page
    assert any(reading.code in one.url for one in waiting_for(world.officer))
    commands.discard(reading.code, by=world.officer)
    assert not waiting_for(world.officer)


def test_a_bundle_of_a_hundred_letters_is_read_whole(world, bundle, parts):
    text = "\n\n".join([bundle] * 33 + parts[:1])
    reading = read_all(jobs.hand_in([upload("a.txt", text.encode())], by=world.officer))
    assert (reading.state, len(reading.letters)) == ("READ", 100)


def test_a_long_pasted_text_is_read_in_the_background(world, sign_in, bundle):
    text = "\n\n".join([bundle] * (60_000 // len(bundle) + 1))
    assert sign_in(world.users["officer"]).post(NEW, {"text": text}).status_code == 302
    reading = Reading.objects.get()
    assert reading.state == "WAITING"
    assert len(read_all(reading).letters) >= 3


def test_who_reads_on_and_who_may_not(world, parts):
    with pytest.raises(NotAllowed):
        jobs.hand_in([upload("a.txt", parts[0].encode())], by=world.stranger)
    assert not StoredFile.objects.exists()
    reading = jobs.hand_in([upload("a.txt", parts[0].encode())], by=world.officer)
    with pytest.raises(NotAllowed):
        commands.read_some(reading.code, by=world.officer)
    commands.discard(reading.code, by=world.officer)
    assert not commands.read_some(reading.code, by=SENDING), "what was put away is not read"


@needs_ocr
def test_a_scan_is_read_page_by_page_and_goes_on_behind_the_last_page_after_an_interruption(world):
    reading = jobs.hand_in([upload("scan.tif", scan_of(2))], by=world.officer)
    assert commands.read_some(reading.code, by=SENDING, seconds=0), "one page, and there is more to do"
    file = ReadingFile.objects.get()
    assert (file.state, file.pages_read, file.pages) == ("READING", 1, 2)
    first = file.parts["1"]

    # A worker takes its turn and is killed; another one takes over, and the first comes back too late.
    dead = reading_files._take_turn(reading.code)
    assert jobs.resume_readings() == 0, "it may still be alive"
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert jobs.resume_readings() == 1
        assert jobs.resume_readings() == 0
    read_all(reading)
    assert reading_files._next(reading.code, dead) is None
    assert not reading_files._read_file(file, dead, 0)
    file.refresh_from_db()
    assert (file.state, file.pages_read) == ("READ", 2)
    assert first["text"].split("\n")[0] in reading.text

    assert [page["way"] for page in reading.result["pages"]] == ["ocr"] * 2
    assert reading.text.count(LETTER["subject"]) == 2


def test_a_file_at_which_workers_die_is_given_up_and_the_others_are_read(world, parts):
    reading = jobs.hand_in([upload("a.txt", parts[0].encode()), upload("b.txt", parts[1].encode())], by=world.officer)
    for _ in range(3):
        reading_files._next(reading.code, reading_files._take_turn(reading.code))
    read_all(reading)
    assert list(reading.files.values_list("state", flat=True)) == ["REFUSED", "READ"]
    assert reading.state == "READ"


def test_the_picture_of_each_page_stands_beside_its_text_and_fields_know_their_page(world, sign_in, parts):
    given = [upload("a.txt", parts[0].encode()), upload("b.pdf", typeset("letter", LETTER))]
    reading = read_all(jobs.hand_in(given, by=world.officer))
    here = f"/circulars/readings/{reading.code}/"
    browser, last = sign_in(world.users["officer"]), len(reading.letters)
    page = browser.get(f"{here}letters/{last}/")
    html = page.content.decode()
    assert f'src="{here}pages/2/"' in html
    assert f'src="{here}pages/1/"' not in html, "a text has no picture"
    number = next(row["field"] for row in page.context["given"] if row["field"].name == "number")
    assert number.page == 2
    assert 'data-page="2"' in html
    assert 'id="page-2"' in html
    assert "b.pdf" in html
    drawn = browser.get(f"{here}pages/2/")
    assert drawn.status_code == 200
    assert drawn.headers["Content-Type"] == "image/webp"
    assert "sandbox" in drawn.headers["Content-Security-Policy"]
    assert b"".join(drawn.streaming_content)[8:12] == b"WEBP"
    for other in (1, 3, 99):
        assert browser.get(f"{here}pages/{other}/").status_code == 404
    assert sign_in(world.users["stranger"]).get(f"{here}pages/2/").status_code == 404


def test_what_was_noticed_about_pages_stays_when_a_letter_is_split(world, monkeypatch, tmp_path, bundle):
    monkeypatch.setenv("PATH", str(tmp_path))
    document = pypdfium2.PdfDocument(typeset("letter", LETTER))
    picture = pypdfium2.PdfDocument(_as_pdf(scan_of(1)))
    document.import_pages(picture)
    out = io.BytesIO()
    document.save(out)
    picture.close()
    document.close()
    reading = read_all(jobs.hand_in([upload("a.pdf", out.getvalue())], by=world.officer))
    unread = [one["code"] for one in reading.findings if one["code"].startswith("page-")]
    assert unread == ["page-unread"]
    start, end = reading.letters[0]["span"]
    commands.split(reading.code, 0, reading.text.index("\n", (start + end) // 2) + 1, by=world.officer, cuts=0)
    reading.refresh_from_db()
    assert [one["code"] for one in reading.findings if one["code"].startswith("page-")] == unread


def _as_pdf(tiff: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(tiff)) as picture:
        picture.copy().save(out, "PDF")
    return out.getvalue()
