"""A receiving stamp on PDFs of all kinds."""

import io

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from saduak.documents.stamping import NotStampable, of_picture, stamped
from saduak.documents.tests.examples import LETTER
from saduak.documents.typesetting import typeset

STAMP = {"office": "จังหวัดแพร่", "number": "๑๒/๒๕๖๕", "day": "๕ ม.ค. ๒๕๖๕", "time": "๐๙.๓๐ น."}


def _paper(turn: int = 0, crop: tuple[float, ...] | None = None, size: tuple[float, float] = (595, 842)) -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(*size)
    writer.add_blank_page(*size)
    page.rotate(turn)
    if crop:
        page.cropbox = RectangleObject(crop)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _inked(pdf: bytes, number: int = 0) -> tuple[float, float, float, float]:
    """Where a page that was blank has ink now, as shares of what is shown: left, top, right, bottom."""
    picture = pypdfium2.PdfDocument(pdf)[number].render(scale=1).to_pil().convert("L")
    box = picture.point(lambda grey: 255 if grey < 200 else 0).getbbox()
    assert box, "nothing was drawn"
    return box[0] / picture.width, box[1] / picture.height, box[2] / picture.width, box[3] / picture.height


@pytest.mark.parametrize(
    "paper",
    [
        {}, {"turn": 90}, {"turn": 180}, {"turn": 270}, {"crop": (100, 200, 500, 800)}, {"size": (298, 420)},
        {"size": (1684, 1191)}, {"turn": 90, "crop": (50, 50, 400, 700)},
    ],
    ids=str,
)  # fmt: skip
def test_the_stamp_stands_upright_in_the_upper_right_corner_of_what_is_shown(paper):
    made = stamped(_paper(**paper), STAMP)
    left, top, right, bottom = _inked(made)
    assert left > 0.5
    assert 0 < top < 0.06
    assert 0.94 < right < 1
    assert bottom < 0.45
    with pytest.raises(AssertionError):
        _inked(made, 1)
    text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    assert "จังหวัดแพร่" in text.replace("\r\n", "")
    assert "๑๒/๒๕๖๕" in text


def test_our_own_letter_is_stamped_and_reads_as_before():
    letter = typeset("letter", LETTER)
    made = stamped(letter, STAMP | {"division": "กองคลัง"})
    before, after = PdfReader(io.BytesIO(letter)), PdfReader(io.BytesIO(made))
    assert len(after.pages) == len(before.pages)
    first = after.pages[0].extract_text()
    assert before.pages[0].extract_text()[:40] in first
    assert "กองคลัง" in first
    assert "/Metadata" not in after.root_object  # nobody has looked whether it still is PDF/A
    assert b"/Metadata" in letter


def test_a_picture_becomes_a_page_and_what_is_no_pdf_is_refused():
    out = io.BytesIO()
    Image.new("RGB", (60, 90), "white").save(out, "WEBP")
    assert _inked(stamped(of_picture(out.getvalue()), STAMP))[0] > 0.5
    for wrong in (b"", b"%PDF-1.7\nnothing"):
        with pytest.raises(NotStampable):
            stamped(wrong, STAMP)
    with pytest.raises(NotStampable):
        of_picture(b"GIF89a")
