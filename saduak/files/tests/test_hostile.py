"""Files that mean harm, built here: two types in one, bombs, macros under other names, tricks with names. Each is refused with a
sentence in Thai and English, in bounded time and memory, and nothing of it is kept.
"""

import io
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image, PngImagePlugin

from saduak.files import commands, gate
from saduak.files.models import Incoming, StoredFile
from saduak.files.tests import corpus
from saduak.kernel.refusals import NotComplete

MOST_BYTES = 50 * 1024 * 1024
MOST_SECONDS = 20.0  # of processor time


def spaces(megabytes: int) -> bytes:
    """So much white space, packed a thousand times smaller."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 2**20) for _each in range(megabytes)) + packer.flush()


def pdf_of(objects: dict[int, bytes], rows: bytes, reference_stream: bytes | None = None) -> bytes:
    """A PDF whose cross-reference is a stream; `rows` come behind those of the objects."""
    body, places = b"%PDF-1.7\n", {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(body)
    known = b"\x00\x00\x00\x00\x00\xff" + b"".join(b"\x01" + at.to_bytes(4, "big") + b"\x00" for at in places.values())
    packed = reference_stream or zlib.compress(known + rows + b"\x01" + start.to_bytes(4, "big") + b"\x00")
    head = b"<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n"
    size = len(objects) + 2 + len(rows) // 6
    body += b"%d 0 obj\n" % (size - 1) + head % (size, len(packed)) + packed + b"\nendstream\nendobj\n"
    return body + b"startxref\n%d\n%%%%EOF" % start


def object_stream_bomb() -> bytes:
    """Objects packed in a stream that unpacks to 100 MB."""
    packed = spaces(100)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream",
    }
    return pdf_of(objects, b"\x02\x00\x00\x00\x04\x00")


def lying_zip() -> bytes:
    """A Word file whose directory says that a part has ten bytes, where it has ten million."""
    packed = corpus.docx({"word/_rels/document.xml.rels": b"<" * 10_000_000})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        true = archive.getinfo("word/_rels/document.xml.rels").file_size.to_bytes(4, "little")
    return packed.replace(true, (10).to_bytes(4, "little"))


def picture_of(kind: str, width: int, height: int) -> bytes:
    drawn = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", (width, height)).save(drawn, kind)
    return drawn.getvalue()


def png_with_text(megabytes: int) -> bytes:
    """A small picture with a comment that unpacks to so much."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "x" * (megabytes * 2**20), zip=True)
    return corpus.picture("PNG", pnginfo=said)


def xlsx_with(part: str) -> bytes:
    read = zipfile.ZipFile(io.BytesIO(corpus.xlsx()))
    return corpus.archive({name: read.read(name) for name in read.namelist()} | {part: b"x"})


PAGE = b"<html><script>alert(1)</script></html>"
HOSTILE = {
    "pdf และ html.pdf": lambda: corpus.pdf().replace(b"\n", b"\n%" + PAGE + b"\n", 1),
    "html ก่อน pdf.pdf": lambda: PAGE + corpus.pdf(),
    "jpeg และ html.jpg": lambda: corpus.picture(comment=PAGE),
    "png และ svg.png": lambda: corpus.picture("PNG", pnginfo=commented('<svg onload="alert(1)">')),
    "gif และ js.gif": lambda: b"GIF89a/*" + corpus.picture("GIF")[8:] + b"*/=1;alert(1)",
    "gif และ js.txt": lambda: b"GIF89a=1;alert(1)",
    "zip ก่อน pdf.pdf": lambda: corpus.archive({"a.txt": b"a"}) + corpus.pdf(),
    "pdf และ zip.pdf": lambda: corpus.pdf() + corpus.archive({"run.js": b"alert(1)"}),
    "ภาพ และ zip.webp": lambda: corpus.picture("WEBP") + corpus.archive({"a": b"a"}),
    "มาโคร.docx": lambda: corpus.docx({"word/vbaProject.bin": b"x"}),
    "มาโคร.xlsx": lambda: xlsx_with("xl/vbaProject.bin"),
    "มาโครเก่า.xlsx": lambda: xlsx_with("xl/macrosheets/sheet1.xml"),
    "ตัวควบคุม.docx": lambda: corpus.docx({"word/activeX/activeX1.xml": b"x"}),
    "เดิมเป็น docm.docm": corpus.docx,
    "ระเบิด.docx": lambda: corpus.docx({"word/media/zeros.xml": b"\x00" * (60 * 2**20)}),
    "หลายส่วน.docx": lambda: corpus.docx({f"word/p{n}.xml": b"" for n in range(3_001)}),
    "โกหก.docx": lying_zip,
    "ซ้อน.zip": lambda: corpus.archive({"a.zip": corpus.archive({"b.zip": b"\x00" * 2**20})}),
    "ระเบิดวัตถุ.pdf": object_stream_bomb,
    "ระเบิดตาราง.pdf": lambda: pdf_of({1: b"<</Type/Catalog/Pages 1 0 R>>"}, b"", spaces(100)),
    "วนซ้ำ.pdf": lambda: pdf_of({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 1/Kids[2 0 R]>>"}, b""),
    "ลึก.pdf": lambda: pdf_of({1: b"<</Type/Catalog/Pages 2 0 R/X" + b"[" * 40_000 + b"]" * 40_000 + b">>"}, b""),
    "หมื่นคูณหมื่น.png": lambda: picture_of("PNG", 10_000, 10_000),
    "หมื่นคูณหมื่น.jpg": lambda: picture_of("JPEG", 10_000, 10_000),
    "ข้อความใหญ่.png": lambda: png_with_text(70),
    "สคริปต์.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "สคริปต์.jpg": lambda: b'\xef\xbb\xbf<?xml version="1.0"?><svg><script>alert(1)</script></svg>',
    "ว่าง.pdf": lambda: b"",
    "หนึ่งไบต์.png": lambda: b"\x89",
    "ภาพ\u202egpj.exe": lambda: b"MZ\x90\x00" + b"\x00" * 100,
    "ก" * 300 + ".pdf": lambda: b"MZ\x90\x00" + b"\x00" * 100,
}


def commented(words: str) -> PngImagePlugin.PngInfo:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", words)
    return said


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: name[:20])
def test_refused_in_bounds_and_nothing_kept(name, settings, tmp_path):
    content = HOSTILE[name]()
    began = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(NotComplete) as refusal:
            commands.store(ContentFile(content, name=name), by_ref="x")
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most - len(content) < MOST_BYTES
    assert time.process_time() - began < MOST_SECONDS
    shown = gate.clean_name(name)
    assert len(shown) <= 150
    assert "\u202e" not in shown
    for language, begins in (("th", "\u0e00"), ("en", "A")):
        with translation.override(language):
            said = str(refusal.value)
        assert shown in said
        rest = said.replace(shown, "")
        assert any(begins <= one <= ("\u0e7f" if language == "th" else "z") for one in rest)
    assert not StoredFile.objects.exists()
    assert not Incoming.objects.exists()
    assert not [one for one in Path(tmp_path).rglob("*") if one.is_file() and "drawing-" not in one.name]


@pytest.mark.django_db
def test_long_and_tricky_names_are_kept_readable():
    """Honest contents under names that try something: kept, under a name that is what it looks like."""
    for given, kept in (
        ("น้ำ" * 100 + ".pdf", 150),
        ("รายงาน\u202e\u2066fdp.pdf", len("รายงานfdp.pdf")),
        ("a\u200b\u00ad.pdf", len("a.pdf")),
    ):
        stored = commands.store(ContentFile(corpus.pdf(), name=given), by_ref="x")
        assert len(stored.name) == kept
        assert stored.name.endswith(".pdf")
        assert not any(one in stored.name for one in "\u202e\u2066\u200b\u00ad")
