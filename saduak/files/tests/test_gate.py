"""The gate: honest files of Thai offices get in, each with its type by content; every hostile one is refused with a sentence."""

import tracemalloc

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import translation

from saduak.files import gate
from saduak.files.models import Kind
from saduak.files.tests import corpus
from saduak.kernel.refusals import NotComplete


def upload(name: str, content: bytes) -> ContentFile:
    return ContentFile(content, name=name)


@pytest.mark.parametrize("name", corpus.HONEST)
def test_honest_files_pass(name):
    inspected = gate.inspect(upload(name, corpus.HONEST[name]))
    assert inspected.size == len(corpus.HONEST[name])
    assert inspected.kind in Kind.values


@pytest.mark.parametrize(
    ("name", "kind", "content_type"),
    [
        ("แผนที่ ศูนย์.pdf", Kind.PDF, "application/pdf"),
        ("ป้าย.JPEG", Kind.IMAGE, "image/jpeg"),
        ("ผล.csv", Kind.SPREADSHEET, "text/csv"),
        ("ผล.xlsx", Kind.SPREADSHEET, gate.XLSX),
        ("รายงาน.docx", Kind.DOCUMENT, gate.DOCX),
        ("เก่า.txt", Kind.TEXT, "text/plain"),
    ],
)
def test_type_is_told_by_content(name, kind, content_type):
    inspected = gate.inspect(upload(name, corpus.HONEST[name]))
    assert (inspected.kind, inspected.content_type) == (kind, content_type)


@pytest.mark.parametrize("name", corpus.HOSTILE)
def test_hostile_files_are_refused_with_a_sentence(name):
    with pytest.raises(NotComplete) as refusal:
        gate.inspect(upload(name, corpus.HOSTILE[name]))
    assert refusal.value.field == "file"
    for language in ("th", "en"):
        with translation.override(language):
            sentence = str(refusal.value)
        assert name.lower() in sentence.lower()
        assert "%(" not in sentence
    with translation.override("th"):
        assert any("\u0e00" <= one <= "\u0e7f" for one in str(refusal.value).replace(name, "")), "not in Thai"


def test_size_limit_is_one_place(settings):
    settings.FILE_LIMIT_BYTES = 1024 * 1024
    with pytest.raises(NotComplete, match="1 MB"), translation.override("en"):
        gate.inspect(upload("a.txt", b"a" * (1024 * 1024 + 1)))


def test_a_csv_is_no_spreadsheet_program():
    """The same text as .txt and as .csv: the name decides, and nothing else of the content changes."""
    content = corpus.HONEST["ผล.csv"]
    assert gate.inspect(upload("a.csv", content)).kind == Kind.SPREADSHEET
    assert gate.inspect(upload("a.txt", content)).kind == Kind.TEXT


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\fakepath\\แผน.PDF", "แผน.pdf"),
        ("ป้าย\u202egpj.exe.jpg", "ป้ายgpj.exe.jpg"),
        ("a\x00b\r\nc.txt", "ab c.txt"),
        ("   .hidden.png", "hidden.png"),
        (".pdf", "file.pdf"),
        ("น้ำ" * 200 + ".pdf", "น้ำ" * 48 + "น้.pdf"),
        ('<b>"x"|y</b>.txt', "b.txt"),
        ("e\u0301te\u0301.txt", "été.txt"),
        ("", "file"),
    ],
)
def test_names_are_cleaned(given, kept):
    assert gate.clean_name(given) == kept


def test_a_large_file_does_not_fill_the_memory():
    """20 MB of text, hashed and read twice, in less than 3 MB."""
    large = TemporaryUploadedFile("large.txt", "text/plain", 0, None)
    for _piece in range(20):
        large.write("ศูนย์ราชการสะดวก ".encode() * 21_000)
    large.size = large.tell()
    assert large.size > 18_000_000
    gate.inspect(large)
    tracemalloc.start()
    gate.inspect(large)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    large.close()
    assert most < 3_000_000
