"""What is printed can be searched, copied and read aloud: the text of our PDFs is the text that was typed."""

import io
import re
import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from saduak.documents import textlayer
from saduak.documents.configuration import fonts_folder
from saduak.documents.tests import examples
from saduak.documents.typesetting import typeset
from saduak.kernel import clock

MOMENT = clock.bangkok(2022, 10, 1, 9, 30)
HARD = "ที่ ปั้น น้ำ ผู้ ญี่ ฐุ ฎู ฏุ ญู ป่า ฝั่ง ฟื้น สิ่งที่ส่ง ท้องถิ่น ขึ้น ตั้งแต่ เชื่อมั่น กำ ค้ำ ป้ำ ก็ ศูนย์ ฤๅษี ๑๒๓๔ Office fit"
PDFTOTEXT = shutil.which("pdftotext")


def by_glyphs(pdf: bytes) -> str:
    """As a reader sees it that knows only what each glyph stands for."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def plain(text: str) -> str:
    """Without spaces, and ำ as the two parts it is drawn of; marks in one order."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKD", text.replace("\u0e33", "\u0e4d\u0e32"))).replace(
        "\u200b", ""
    )


def marks_sorted(text: str) -> list[str]:
    return ["".join(sorted(cluster)) for cluster in re.findall(r".[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*", plain(text))]


@pytest.mark.parametrize("template", ["letter", "memo"])
def test_every_glyph_says_its_own_character(template):
    data = {**examples.ALL[template], "addressee": HARD, "paragraphs": [HARD]}
    assert "".join(marks_sorted(HARD)) in "".join(marks_sorted(by_glyphs(typeset(template, data, at=MOMENT))))


@pytest.mark.skipif(not PDFTOTEXT, reason="poppler-utils is not installed")
def test_a_reader_that_knows_notes_reads_each_syllable_once(tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(typeset("letter", {**examples.LETTER, "addressee": HARD, "paragraphs": [HARD]}, at=MOMENT))
    read = subprocess.run([PDFTOTEXT, "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert plain(read).count(plain(HARD)) == 2


@pytest.mark.skipif(not PDFTOTEXT, reason="poppler-utils is not installed")
@settings(max_examples=25, deadline=None)
@given(words=st.lists(st.text("กขฎฏฐญปฝฟณนมท", min_size=1, max_size=3).flatmap(
    lambda base: st.sampled_from(["", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู", "็"]).flatmap(
        lambda vowel: st.sampled_from(["", "่", "้", "๊", "๋", "์"]).map(lambda tone: base + vowel + ("" if vowel == "็" else tone)))),
    min_size=1, max_size=12))  # fmt: skip
def test_any_syllable_reads_as_typed(words, tmp_path_factory):
    text = " ".join(words)
    path = tmp_path_factory.mktemp("pdf") / "receipt.pdf"
    path.write_bytes(typeset("receipt", {**examples.RECEIPT, "submitted_by": text, "role": ""}, at=MOMENT))
    assert "".join(marks_sorted(text)) in "".join(marks_sorted(by_glyphs(path.read_bytes())))
    read = subprocess.run([PDFTOTEXT, "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert plain(text) in plain(read)


@pytest.mark.parametrize("template", examples.ALL)
def test_the_file_is_sound(template):
    """Every object is where the table says; a strict reader finds nothing to repair."""
    document = PdfReader(io.BytesIO(typeset(template, examples.ALL[template], at=MOMENT)), strict=True)
    for page in document.pages:
        assert page.get_contents().get_data()
    for number in range(1, document.trailer["/Size"]):
        assert document.get_object(number) is not None


@pytest.mark.parametrize(
    "pdf", [b"", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n9\n%%EOF", b"%PDF-1.7\nxref\n0 2\nstartxref\n9\n%%EOF"]
)
def test_what_typst_did_not_make_is_an_error(pdf):
    with pytest.raises(textlayer.TextLayerError):
        textlayer.readable(pdf, fonts_folder())
