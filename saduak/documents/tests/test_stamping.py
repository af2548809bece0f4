"""A receiving stamp on PDFs of all kinds."""

import io
import time
import zlib

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from saduak.documents.stamping import NotStampable, TooComplex, of_picture, stamped
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


def _pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    body, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return bytes(body) + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def _doubled(levels: int) -> bytes:
    """A tree of pages in which every branch leads twice to the next: few objects, pages without end; it says that it has one."""
    nodes = [b"<</Type/Pages/Count 1/Kids[%d 0 R %d 0 R]>>" % (at + 1, at + 1) for at in range(2, 2 + levels)]
    return _pdf(b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>")


def _packed(megabytes: int) -> bytes:
    """A page whose objects lie in a stream that unpacks to so much."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _each in range(megabytes)) + packer.flush()
    held = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 3 0 R>>\nendobj\n"
    second = len(body)
    body += b"2 0 obj\n" + held + b"\nendobj\n"
    rows = b"".join(
        kind + at.to_bytes(4, "big") + b"\x00"
        for kind, at in ((b"\x00", 0), (b"\x01", 9), (b"\x01", second), (b"\x02", 2))
    )
    rows = zlib.compress(rows)
    start = len(body)
    head = b"4 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(rows)
    return body + head + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % start


HOSTILE = {
    "pages without end": (lambda: _doubled(60), TooComplex),
    "a tree that bites its tail": (
        lambda: _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"), NotStampable,
    ),
    "nested beyond sense": (
        lambda: _pdf(b"<</Type/Catalog/Pages 2 0 R/X" + b"[" * 40_000 + b"]" * 40_000 + b">>",
                     b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/MediaBox[0 0 9 9]>>"), NotStampable,
    ),
    "a bomb of objects": (lambda: _packed(100), TooComplex),
    "objects without number": (
        lambda: _pdf(b"<</Type/Catalog/Pages 2 0 R/X[" + b"".join(b"%d 0 R " % at for at in range(4, 90_000)) + b"]>>",
                     b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/MediaBox[0 0 9 9]>>", *[b"<</A[1]>>"] * 90_000),
        TooComplex,
    ),
    "no page": (lambda: _pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"), NotStampable),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_ends_its_process_at_worst(name):
    """Within a second of a processor, and none of it in this process."""
    make, wrong = HOSTILE[name]
    content, began = make(), time.process_time()
    with pytest.raises(NotStampable) as refusal:
        stamped(content, STAMP, seconds=1)
    assert isinstance(refusal.value, wrong)
    assert time.process_time() - began < 1.5
