"""Files of strangers: what is read from them with which page, and the sentence that refuses the rest."""

import io
import os
import re
import struct
import tempfile
import zipfile
import zlib
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from saduak.saraban.reader import read
from saduak.saraban.sources import LIMITS, Unreadable, open_source, plain
from saduak.saraban.sources.document import Document, Doubt, Page, of_pages, of_text
from saduak.saraban.sources.ocr import mended, page_of, rows_of


def packed(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letter_in_word():
    """A letterhead in a table, a centred date, a list that Word numbers, a header and a footer, two pages."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "ด่วนที่สุด"
    section.footer.paragraphs[0].text = "โทร. ๐ ๒๕๕๕ ๐๑๒๓"
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "ที่ มท ๐๘๑๐.๗/ว ๓๑๕๓"
    table.cell(0, 1).text = "กรมตัวอย่างท้องถิ่น\nถนนสมมติ กทม. ๑๐๓๐๐"
    document.add_paragraph("๒๙ ธันวาคม ๒๕๖๔").alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("เรื่อง\tการประเมินศูนย์ตัวอย่าง")
    document.add_paragraph("เรียน\tผู้ว่าราชการจังหวัด ทุกจังหวัด")
    document.add_paragraph("ด้วยกรมตัวอย่างขอให้ดำเนินการ ดังนี้")
    document.add_paragraph("ประชาสัมพันธ์ ภายในวันที่ ๓๑ มกราคม ๒๕๖๕", style="List Number")
    document.add_paragraph("ตอบแบบสำรวจ ภายในวันที่ ๒๘ กุมภาพันธ์ ๒๕๖๕", style="List Number")
    document.add_paragraph("จึงเรียนมาเพื่อพิจารณา")
    document.add_paragraph("ขอแสดงความนับถือ")
    document.add_paragraph("(นายสมมุติ ตัวอย่างดี)")
    document.add_paragraph("อธิบดีกรมตัวอย่างท้องถิ่น").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("สิ่งที่ส่งมาด้วย ๑ รายชื่อ")
    return document


def test_word_is_read_in_order_with_its_pages():
    document = open_source(packed(letter_in_word()))
    (letter,) = read(document).letters
    assert (letter.urgency.value, letter.number.value, letter.date.value) == (
        "ด่วนที่สุด",
        "มท 0810.7/ว 3153",
        "2021-12-29",
    )
    assert letter.agency.value == "กรมตัวอย่างท้องถิ่น"
    assert letter.subject.value == "การประเมินศูนย์ตัวอย่าง"
    assert [item.ordinal for item in letter.action_items] == [1, 2]
    assert [date.start for date in letter.dates_in_body] == ["2022-01-31", "2022-02-28"]
    assert letter.signatory.position.value == "อธิบดีกรมตัวอย่างท้องถิ่น"
    assert document.kind == "docx"
    assert len(document.pages) == 2
    assert document.page_of(letter.subject.span.start) == 1
    assert document.page_of(document.text.index("รายชื่อ")) == 2
    assert "โทร. ๐ ๒๕๕๕ ๐๑๒๓" in document.text


def test_word_text_in_boxes_and_merged_cells_comes_once_and_deleted_text_not():
    document = docx.Document()
    paragraph = document.add_paragraph("ก่อน")
    paragraph._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>เลขรับ ๑๒๓</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
        )
    )
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>ลบแล้ว</w:delText><w:t>ลบแล้ว</w:t></w:r></w:del>")
    )
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "รวมกัน"
    document.add_section(WD_SECTION.NEW_PAGE)
    text = open_source(packed(document)).text
    assert text.count("เลขรับ ๑๒๓") == text.count("รวมกัน") == 1
    assert "ลบแล้ว" not in text


def pdf(change=None) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    writer.write(out)
    return out.getvalue()


def launch(writer):
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
    )


def script(writer):
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def png_bomb() -> bytes:
    """A picture that says of itself to have 900 million dots, in 100 bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(lambda writer: writer.encrypt("secret")), "locked"),
        (pdf(script), "active"),
        (pdf(launch), "active"),
        (pdf(), "empty"),
        (pdf()[:200], "damaged"),
        (b"%PDF-1.4\n" + b"\x00\xff" * 5000, "damaged"),
        (png_bomb(), "too-large"),
        (b"\xff\xd8\xff" + b"\x00" * 500, "damaged"),
        (b"II*\x00" + b"\xff" * 500, "damaged"),
        (zipped(word__document=b"x"), "damaged"),
        (zipped(word__document=b"x", word__vbaProject=b"", **{"word__vbaProject.bin": b"m"}), "active"),
        (zipped(**{"word__document.xml": b"0" * (LIMITS.unpacked_bytes + 1)}), "too-large"),
        (zipped(xl__workbook=b"x"), "kind"),
        (b"GIF89a....", "kind"),
        (b"\x1f\x8b\x08", "kind"),
        (b"\x00" * 5000, "empty"),
        (b" \n\f ", "empty"),
        (bytes(range(256)) * 40, "kind"),
        (b"a" * (LIMITS.file_bytes + 1), "too-large"),
        (b"a " * 1_000_001, "too-long"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value[:8]!r}{len(value)}",
)
def test_what_cannot_be_read_is_refused_with_the_reason(content, code):
    with pytest.raises(Unreadable) as refused:
        open_source(content)
    assert refused.value.code == code
    assert refused.value.english.isascii() or "×" in refused.value.english
    assert "โปรด" in refused.value.thai or "ไม่" in refused.value.thai


def test_too_many_pages_are_refused_before_they_are_read():
    many = pdf(lambda writer: [writer.add_blank_page(200, 200) for _ in range(LIMITS.pages)])
    with pytest.raises(Unreadable) as refused:
        open_source(many)
    assert refused.value.code == "too-many-pages"
    assert "201" in refused.value.english


def test_a_worker_that_takes_too_long_or_too_much_is_stopped():
    picture = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(picture, "PNG")
    with pytest.raises(Unreadable) as refused:
        open_source(picture.getvalue(), limits=replace(LIMITS, seconds=0.0))
    assert refused.value.code in ("too-slow", "no-ocr")
    with pytest.raises(Unreadable) as refused:
        open_source(picture.getvalue(), limits=replace(LIMITS, memory_bytes=20 << 20))
    assert refused.value.code in ("damaged", "too-complex")


def test_what_a_killed_reader_left_on_the_disk_is_swept_away_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, fresh = tmp_path / "saduak-reading-old", tmp_path / "saduak-reading-fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "page.png").write_bytes(b"x")
    os.utime(old, (0, 0))
    document = docx.Document()
    document.add_paragraph("เรื่อง ทดสอบ")
    assert "ทดสอบ" in open_source(packed(document)).text
    assert [one.name for one in tmp_path.iterdir()] == ["saduak-reading-fresh"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_thai_offices_is_read(encoding):
    text = "ที่ มท ๐๘๑๐/ว ๑ “ด่วน” – ทดสอบ\nเรียน ผู้ว่าราชการจังหวัด (ก) [ข] 123\n" * 3
    assert plain.decode(text.encode(encoding)) == text


def test_a_damaged_byte_in_old_text_does_not_lose_the_letter():
    content = ("เรื่อง ทดสอบการอ่านหนังสือราชการ\nเรียน ผู้อำนวยการ\n" * 5).encode("cp874") + b"\xff\xfc"
    assert plain.decode(content).startswith("เรื่อง ทดสอบ")


def test_form_feeds_divide_pages():
    document = of_text("หนึ่ง\n\fสอง")
    assert [page.number for page in document.pages] == [1, 2]
    assert document.page_of(document.text.index("สอง")) == 2
    assert Document("", ()).page_of(5) == 1


def test_a_field_is_as_sure_as_its_least_sure_word():
    document = of_pages(
        "picture",
        [
            {"text": "เรื่อง ก ข\nเรียน ค", "way": "ocr", "doubts": [(7, 8, 0.9), (9, 10, 0.4)]},
            {"text": "", "way": "unread"},
        ],
    )
    assert document.confidence(0, 6) == 1.0
    assert document.confidence(7, 10) == 0.4
    assert document.pages[0] == Page(1, 0, 18, "ocr", 0.65)
    reading = read(document)
    (letter,) = reading.letters
    assert letter.subject.value == "ก ข"
    assert letter.subject.confidence == 0.4
    assert {finding.code for finding in reading.findings} >= {"page-unread", "page-unsure"}
    found = reading.to_json()
    assert found["letters"][0]["pages"]["subject"] == 1
    assert found["letters"][0]["pages"]["addressees"] == [1]
    assert [page["way"] for page in found["pages"]] == ["ocr", "unread"]
    assert Doubt(7, 8, 0.9) in document.doubts


def test_thai_digits_of_a_scan_are_doubted_even_when_ocr_is_sure():
    text = "ที่ มท ๐๘๑๐/๑\nกรมตัวอย่าง\n๑ มกราคม ๒๕๖๕\nเรื่อง ก\nเรียน ข\nด้วยขอแจ้ง\n"
    words = [(match.start(), match.end(), 0.95) for match in re.finditer(r"\S+", text)]
    scan = read(of_pages("picture", [{"text": text, "way": "ocr", "doubts": words}]))
    assert scan.letters[0].subject.confidence == 0.95
    assert scan.letters[0].date.confidence == 0.57
    assert scan.letters[0].number.confidence == 0.57
    assert "page-thai-digits" in {finding.code for finding in scan.findings}
    plain_text = read(of_pages("pdf", [{"text": text, "way": "text"}]))
    assert plain_text.letters[0].date.confidence == 1.0
    assert plain_text.findings == []


TABLE = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" + "\n".join(
    "\t".join(map(str, row))
    for row in [
        (5, 1, 1, 1, 1, 1, 900, 100, 200, 40, 91.5, "กรมตัวอย่าง"),
        (5, 1, 2, 1, 1, 1, 100, 98, 50, 40, 96, "ที่"),
        (5, 1, 2, 1, 1, 2, 170, 98, 30, 40, 80, "ม"),
        (5, 1, 2, 1, 1, 3, 200, 98, 30, 40, 40, "ท"),
        (5, 1, 3, 1, 1, 1, 0, 0, 2000, 900, 10, "|"),
        (5, 1, 3, 1, 2, 1, 100, 160, 90, 40, 70, "จํานวน"),
    ]
)


def test_words_of_ocr_are_put_into_lines_and_columns():
    page = page_of(rows_of(TABLE), "กรมตัวอย่าง\n\nที่ มท\n\n|\nจํานวน\n")
    first, second = page["text"].split("\n")
    assert first.split() == ["ที่", "มท", "กรมตัวอย่าง"]
    assert "   กรมตัวอย่าง" in first
    assert second.strip() == "จำนวน"
    by_text = {page["text"][start:end]: sure for start, end, sure in page["doubts"]}
    assert by_text == {"ที่": 0.96, "มท": 0.4, "กรมตัวอย่าง": 0.915, "จำนวน": 0.7}


@pytest.mark.parametrize(("word", "right"), [("ที่่", "ที่"), ("เเละ", "และ"), ("๒๕o๕", "๒๕๐๕"), ("น้ำ", "น้ำ")])
def test_words_of_ocr_are_mended(word, right):
    assert mended(word) == right


def test_an_empty_page_of_ocr_is_empty():
    assert page_of([], "")["way"] == "empty"
