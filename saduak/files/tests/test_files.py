"""Stored files: kept untouched, once per content, scanned where a scanner is, and handed out so that no browser runs them."""

import hashlib
import io
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import IntegrityError, connections, transaction
from django.test import RequestFactory
from django.utils import translation
from PIL import Image

from saduak.files import commands, jobs, queries, serving
from saduak.files.models import Scan, StoredFile, blobs
from saduak.files.tests import clamav, corpus
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible

pytestmark = pytest.mark.django_db
MOMENT = clock.bangkok(2022, 2, 1, 9)


def keep(name: str = "แผน.pdf", content: bytes | None = None) -> StoredFile:
    return commands.store(ContentFile(corpus.pdf() if content is None else content, name=name), by_ref="สมหญิง ขยันยิ่ง")


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_file_is_kept_untouched():
    content = corpus.pdf(3)
    with clock.at(MOMENT):
        stored = keep("แผนที่.pdf", content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.name, stored.size, stored.kind) == ("แผนที่.pdf", len(content), "PDF")
    assert (stored.created_at, stored.uploaded_by_ref, stored.scan) == (MOMENT, "สมหญิง ขยันยิ่ง", Scan.UNSCANNED)
    with blobs().open(stored.path) as kept:
        assert kept.read() == content
    assert queries.by_uuid(stored.uuid) == stored


def test_same_content_is_kept_once_but_every_upload_has_a_row(settings):
    first, second = keep("a.pdf"), keep("b.pdf")
    assert first.uuid != second.uuid
    assert first.path == second.path
    folder = settings.DATA / "files" / "content"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_half_a_file_left_by_a_killed_process_is_written_anew(settings):
    stored = keep()
    path = settings.DATA / "files" / stored.path
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:10])
    again = keep()
    with blobs().open(again.path) as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == again.sha256


@pytest.mark.parametrize("name", ["program.pdf", "macro.docx", "script.pdf", "huge.png", "empty.pdf"])
def test_what_is_refused_leaves_no_trace(name, settings):
    with pytest.raises(NotComplete):
        keep(name, corpus.HOSTILE[name])
    assert not StoredFile.objects.exists()
    assert not (settings.DATA / "files").exists()


def test_every_honest_file_can_be_stored_and_fetched():
    for name, content in corpus.HONEST.items():
        assert body(serving.attachment(keep(name, content))) == content


def test_thumbnail_is_small_upright_and_without_place():
    original = corpus.picture_with_place()
    stored = keep("ที่ตั้ง.jpg", original)
    with Image.open(io.BytesIO(body(serving.thumbnail(stored)))) as small:
        assert small.format == "WEBP"
        assert small.size == (360, 480)
        assert not small.getexif()
    assert body(serving.attachment(stored)) == original, "the original is kept with all it says"


def test_transparent_picture_has_a_thumbnail_on_white():
    drawn = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(drawn, "PNG")
    with Image.open(io.BytesIO(body(serving.thumbnail(keep("a.png", drawn.getvalue()))))) as small:
        assert min(small.convert("L").getextrema()) > 250


def test_no_thumbnail_of_what_is_no_picture():
    with pytest.raises(SuspiciousOperation):
        serving.thumbnail(keep())


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("name", ["แผนที่ ศูนย์.pdf", "บันทึก.txt", "ป้าย.jpg"])
def test_handed_out_so_that_nothing_runs(name, inline):
    """A stranger's file must not act in our origin, whatever a later page asks for."""
    response = serving.attachment(keep(name, corpus.HONEST[name]), inline_image=inline)
    shown = inline and name.endswith("jpg")
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "html" not in response["Content-Type"]
    response.close()


def test_name_cannot_break_the_header():
    stored = keep('a"\r\nSet-Cookie: x=1;.pdf')
    header = serving.attachment(stored)["Content-Disposition"]
    assert "\r" not in header
    assert "\n" not in header


def test_malware_is_refused_at_the_door(settings, caplog):
    with clamav.listening() as settings.CLAMD:
        with pytest.raises(NotComplete) as refusal, translation.override("en"):
            keep("บันทึก.txt", b"hello " + clamav.MALWARE)
        assert "Test.Malware" in str(refusal.value)
        assert keep("บันทึก.txt", b"hello").scan == Scan.CLEAN
    assert not StoredFile.objects.filter(scan=Scan.INFECTED).exists()


def test_scanner_that_is_away_stops_nobody_and_is_asked_later(settings, caplog):
    settings.CLAMD = "127.0.0.1:1"  # nobody listens there
    good, bad = keep("ดี.txt", b"good"), keep("ร้าย.txt", clamav.MALWARE)
    same = keep("อีกครั้ง.txt", clamav.MALWARE)
    assert {good.scan, bad.scan} == {Scan.UNSCANNED}
    with pytest.raises(NotPossible):
        serving.attachment(good)
    assert jobs.scan_missed() == 0
    with clamav.listening() as settings.CLAMD:
        assert jobs.scan_missed() == 3
        assert jobs.scan_missed() == 0
        for stored in (good, bad, same):
            stored.refresh_from_db()
        assert (good.scan, bad.scan, same.scan) == (Scan.CLEAN, Scan.INFECTED, Scan.INFECTED)
        assert body(serving.attachment(good)) == b"good"
        for stored in (bad, same):
            with pytest.raises(NotPossible):
                serving.attachment(stored)


def test_without_a_scanner_files_say_so_and_are_served(settings):
    settings.CLAMD = ""
    stored = keep("a.txt", b"hello")
    assert stored.scan == Scan.UNSCANNED
    assert body(serving.attachment(stored)) == b"hello"
    assert jobs.scan_missed() == 0


def test_database_refuses_unknown_codes():
    stored = keep()
    for wrong in ({"kind": "SVG"}, {"scan": "FINE"}, {"size": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.filter(pk=stored.pk).update(**wrong)


def test_an_upload_past_the_limit_is_not_kept_on_disk(settings):
    """Of 8 MB sent, little more than the limit of 1 MB is taken; the gate then refuses it with its sentence."""
    settings.FILE_LIMIT_BYTES = 1024 * 1024
    sent = SimpleUploadedFile("large.txt", b"a" * (8 * 1024 * 1024), "text/plain")
    request = RequestFactory().post("/", {"file": sent})
    taken = request.FILES["file"]
    assert 1024 * 1024 < taken.size < 1.3 * 1024 * 1024
    with pytest.raises(NotComplete):
        commands.store(taken, by_ref="x")


def test_several_files_in_one_request_are_counted_each(settings):
    settings.FILE_LIMIT_BYTES = 1024 * 1024
    files = {name: SimpleUploadedFile(f"{name}.txt", b"a" * 900_000) for name in ("one", "two")}
    request = RequestFactory().post("/", files)
    assert [request.FILES[name].size for name in files] == [900_000, 900_000]


def test_storing_a_large_upload_does_not_fill_the_memory(settings):
    """18 MB go from Django's temporary file into the store in less than 4 MB of memory."""
    large = TemporaryUploadedFile("large.txt", "text/plain", 0, None)
    for piece in range(20):
        large.write(f"{piece} ศูนย์ราชการสะดวก ".encode() * 20_000)
    large.size = large.tell()
    keep("warm.txt", b"warm")
    tracemalloc.start()
    stored = commands.store(large, by_ref="x")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    large.close()
    assert stored.size > 18_000_000
    assert most < 4_000_000


@pytest.mark.django_db(transaction=True)
def test_the_same_content_at_the_same_moment(settings):
    """Eight threads bring the same photo: eight rows, one blob, nothing lost."""
    content = corpus.picture()
    start = threading.Barrier(8)

    def bring(number: int) -> str:
        start.wait()
        try:
            return keep(f"{number}.jpg", content).path
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(bring, range(8)))
    assert len(paths) == 1
    assert StoredFile.objects.count() == 8
    with blobs().open(paths.pop()) as kept:
        assert kept.read() == content
