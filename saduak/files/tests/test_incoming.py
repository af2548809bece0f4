"""Files in pieces, scanning with new signatures, and erasing what nothing needs."""

import hashlib
import io
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connections
from django.http import UnreadablePostError

from saduak.files import commands, jobs, previews, queries, serving
from saduak.files.commands import Behind, Gone, erasing
from saduak.files.models import Incoming, Scan, StoredFile, blobs
from saduak.files.tests import clamav, corpus
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible

pytestmark = pytest.mark.django_db
NOW = clock.bangkok(2022, 2, 1, 9)
MINE = {"owner_ref": "u-1", "place": "application:A-1"}
CONTENT = ("ศูนย์ราชการสะดวก\n" * 9000).encode()


@pytest.fixture(autouse=True)
def _standing():
    with clock.at(NOW):
        yield


def begin(content: bytes = CONTENT, name: str = "บันทึก.txt", **given) -> Incoming:
    return commands.begin(**{**MINE, "name": name, "length": len(content), "room": 10**9, **given})


def add(upload: Incoming, piece: bytes, offset: int) -> Incoming:
    return commands.append(upload.public_id, io.BytesIO(piece), offset=offset, **MINE)


def test_a_file_in_pieces_arrives_whole_and_goes_through_the_gate():
    upload = begin(sha256=hashlib.sha256(CONTENT).hexdigest())
    assert add(upload, CONTENT[:1000], 0).offset == 1000
    with pytest.raises(Behind) as behind:
        add(upload, CONTENT[:1000], 0)  # sent twice
    assert behind.value.offset == 1000
    assert add(upload, CONTENT[1000:] + b"too much", 1000).complete
    done = commands.finish(upload.public_id, **MINE)
    assert commands.finish(upload.public_id, **MINE).stored == done.stored
    with blobs().open(done.stored.path) as kept:
        assert kept.read() == CONTENT
    assert not upload.path.exists()
    assert [one.public_id for one in queries.received(**MINE)] == [upload.public_id]
    commands.discard(upload.public_id, **MINE)
    assert StoredFile.objects.get() == done.stored


def test_what_a_killed_process_left_uncounted_is_written_over():
    upload = begin()
    add(upload, CONTENT[:100], 0)
    with upload.path.open("ab") as torn:
        torn.write(b"uncounted")
    add(upload, CONTENT[100:], 100)
    assert commands.finish(upload.public_id, **MINE).stored.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_broken_connection_keeps_what_came():
    class Breaks(io.BytesIO):
        def read(self, size: int = -1) -> bytes:
            if self.tell() >= 65536:
                raise UnreadablePostError("gone")
            return super().read(size)

    with commands.receive(Breaks(b"a" * 200_000), 200_000) as piece:
        assert len(piece.read()) == 65536


@pytest.mark.parametrize(("owner", "place"), [("u-2", "application:A-1"), ("u-1", "application:A-2")])
def test_only_its_owner_goes_on_with_it(owner, place):
    upload = begin()
    other = {"owner_ref": owner, "place": place}
    for deed in (commands.finish, commands.discard):
        with pytest.raises(Gone):
            deed(upload.public_id, **other)
    with pytest.raises(Gone):
        commands.append(upload.public_id, io.BytesIO(b"x"), offset=0, **other)
    with pytest.raises(Gone):
        commands.finish("../../etc/passwd", **MINE)


@pytest.mark.parametrize(
    "wrong", [{"length": 0}, {"length": 21 * 1024 * 1024}, {"room": 10}], ids=["empty", "too large", "no room"]
)
def test_refused_before_a_byte_is_sent(wrong):
    with pytest.raises(NotComplete):
        begin(**wrong)
    assert not Incoming.objects.exists()


def test_at_most_thirty_at_once():
    for _one in range(30):
        begin()
    with pytest.raises(NotPossible):
        begin()


@pytest.mark.parametrize("name", ["program.exe", "macro.docx", "script.pdf", "polyglot.jpg"])
def test_the_gate_stands_at_the_end_of_pieces_too(name):
    content = corpus.HOSTILE[name]
    upload = begin(content, name)
    add(upload, content, 0)
    with pytest.raises(NotComplete):
        commands.finish(upload.public_id, **MINE)
    assert not Incoming.objects.exists()
    assert not upload.path.exists()


def test_what_arrives_otherwise_than_it_was_sent_is_not_kept():
    upload = begin(sha256="0" * 64)
    add(upload, CONTENT, 0)
    with pytest.raises(NotComplete):
        commands.finish(upload.public_id, **MINE)
    assert not StoredFile.objects.exists()


def test_endless_crumbs_are_refused():
    upload = begin()
    Incoming.objects.update(pieces=2000)
    with pytest.raises(NotComplete):
        add(upload, b"a", 0)


def test_unfinished_uploads_are_forgotten_after_a_day(settings):
    upload = begin()
    add(upload, CONTENT[:10], 0)
    assert jobs.forget_expired_uploads() == 0
    with clock.at(NOW + timedelta(hours=24)):
        with pytest.raises(Gone):
            commands.finish(upload.public_id, **MINE)
        assert jobs.forget_expired_uploads() == 1
    assert not list(Path(settings.INCOMING).iterdir())


@pytest.mark.django_db(transaction=True)
def test_the_same_piece_at_the_same_moment_is_taken_once():
    upload, start = begin(), threading.Barrier(6)

    def send(_number: int) -> bool:
        start.wait()
        try:
            with clock.at(NOW):
                add(upload, CONTENT, 0)
            return True
        except Behind:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(send, range(6))) == 1
    assert commands.finish(upload.public_id, **MINE).stored.size == len(CONTENT)


@dataclass(frozen=True)
class Clock:
    """Who erases: as the journal asks to know him."""

    name: str = "erasure"
    ref: str = "system"
    role: str = "SYSTEM"
    organisation_name: str = ""
    request_id: str = ""


def keep(name: str, content: bytes) -> StoredFile:
    return commands.store(ContentFile(content, name=name), by_ref="x")


def test_new_signatures_find_what_the_old_ones_did_not_know(settings, caplog):
    with clamav.listening() as settings.CLAMD:
        bad, good = keep("ใหม่.txt", clamav.NEW_MALWARE), keep("ดี.txt", b"good")
        assert (bad.scan, bad.scanned_with) == (Scan.CLEAN, clamav.OLDER)
        assert jobs.scan_with_new_signatures() == 0
    with clamav.listening(clamav.NEWER) as settings.CLAMD:
        assert jobs.scan_with_new_signatures() == 2
        assert jobs.scan_with_new_signatures() == 0
    for one in (bad, good):
        one.refresh_from_db()
    assert (bad.scan, bad.found, good.scan) == (Scan.INFECTED, "Test.Malware", Scan.CLEAN)
    with pytest.raises(NotPossible):
        serving.attachment(bad)


def test_a_scanner_that_is_away_leaves_clean_files_clean(settings, caplog):
    with clamav.listening() as settings.CLAMD:
        stored = keep("ดี.txt", b"good")
    settings.CLAMD = "127.0.0.1:1"
    assert jobs.scan_with_new_signatures() == 0
    assert commands.scan_again(stored.pk).scan == Scan.CLEAN


def test_what_nothing_needs_is_erased_when_its_time_has_passed(settings):
    by = Clock()
    first, twin = keep("สำเนาบัตร.jpg", corpus.picture()), keep("b.jpg", corpus.picture())
    held = commands.take(ContentFile(b"held", name="held.txt"), **MINE).stored
    previews.page(first, 1).close()
    assert jobs.erase_unneeded(by=by) == 0
    later = NOW + timedelta(days=settings.ERASE_AFTER_DAYS)
    StoredFile.objects.filter(pk=twin.pk).update(unneeded_since=later)
    with clock.at(later):
        assert [one.pk for one in erasing.due()] == [first.pk]
        assert erasing.erase(first.pk, by=by)
        assert not erasing.erase(first.pk, by=by)
        assert not erasing.erase(held.pk, by=by)
        assert blobs().exists(twin.path), "another row has the same content"
    with clock.at(later + timedelta(days=settings.ERASE_AFTER_DAYS)):
        assert jobs.erase_unneeded(by=by) == 1
    assert StoredFile.objects.get() == held
    assert [path for path in (settings.DATA / "files").rglob("*") if path.is_file()] == [
        settings.DATA / "files" / held.path
    ]
    lines = Entry.objects.filter(event="file.erased")
    assert [one.details["content_erased"] for one in lines] == [False, True]
    assert all("บัตร" not in str(one.details) + one.subject_title for one in lines)


def test_what_is_needed_again_is_no_longer_counted_as_unneeded():
    stored = keep("a.txt", b"a")
    erasing.mark_unneeded()
    Incoming.objects.create(**MINE, name="a", length=1, created_at=NOW, expires_at=NOW, stored=stored)
    erasing.mark_unneeded()
    stored.refresh_from_db()
    assert stored.unneeded_since is None
