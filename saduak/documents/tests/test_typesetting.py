"""Documents: each template makes a PDF for the archive, and no text of a person is ever more than text."""

import io
import re

import pypdfium2
import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from saduak.documents.printable import TooMuchText
from saduak.documents.tests import examples
from saduak.documents.typesetting import TypesettingFailed, typeset
from saduak.kernel import clock

MOMENT = clock.bangkok(2022, 10, 1, 9, 30)
LONG_NAME = ("ศูนย์บริการประชาชนแบบเบ็ดเสร็จจุดเดียวเพื่อผู้พิการ ผู้สูงอายุ และผู้มีรายได้น้อย " * 5)[:300]
# What is markup in typst, HTML, JSON, Markdown or a template; directions turned around; marks piled up; what no font has.
PAYLOADS = [
    '#import "/etc/passwd": *',
    "#read(\"../../settings.py\")",
    "#sys.inputs",
    "#panic(1)",
    "$ sum_(i=0)^n $",
    "*bold* _it_ `raw` = heading",
    "\\ \\u{41} \\n",
    "@reference <label> [content] {code}",
    "// comment /* more */",
    "]}) #for i in range(9) [x]",
    "<script>alert(1)</script> &lt;",
    "{{ settings.SECRET_KEY }} %(name)s {0}",
    '"\'`\x00\x07\x1b[31m',
    "a\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "😀 中文 العربية ✓ \ue000 \uf70a \ufffe \ufeff",
    "ก" + "\u0e49" * 50,
    "้ก ํ ็",
    "e" + "\u0301" * 30,
    "\n\n\r\n\t\u2028",
    "W" * 300,
    LONG_NAME,
]  # fmt: skip


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def emblem(size: tuple[int, int] = (60, 60), kind: str = "PNG") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, (10, 60, 90)).save(drawn, kind)
    return drawn.getvalue()


@pytest.mark.parametrize("template", examples.ALL)
def test_every_template_claims_archive_and_access(template):
    pdf = typeset(template, examples.ALL[template], at=MOMENT)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    document = PdfReader(io.BytesIO(pdf))
    root = document.trailer["/Root"]
    assert root["/Lang"] == "th"
    assert root["/MarkInfo"]["/Marked"]
    assert document.metadata.title
    for page in document.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "Sarabun" in font["/BaseFont"]
            assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]


@pytest.mark.parametrize("template", examples.ALL)
def test_same_data_gives_same_bytes(template):
    assert typeset(template, examples.ALL[template], at=MOMENT) == typeset(template, examples.ALL[template], at=MOMENT)


@pytest.mark.parametrize(
    ("template", "pages"), [("letter", 1), ("memo", 1), ("receipt", 1), ("certificate", 1), ("register", 2)]
)
def test_number_of_pages(template, pages):
    assert len(PdfReader(io.BytesIO(typeset(template, examples.ALL[template], at=MOMENT))).pages) == pages


@pytest.mark.parametrize("template", examples.ALL)
def test_a_demonstration_says_so_and_the_real_thing_does_not(template):
    for demonstration in (True, False):
        pdf = typeset(template, {**examples.ALL[template], "demonstration": demonstration}, at=MOMENT)
        assert ("DEMONSTRATION" in squeezed(text_of(pdf))) is demonstration


@pytest.mark.parametrize(
    "name", [examples.CERTIFICATE["centre"]["th"], "ก", LONG_NAME, LONG_NAME.replace(" ", ""), "W" * 300]
)
def test_a_certificate_keeps_to_one_page_however_long_the_name(name):
    data = {**examples.CERTIFICATE, "centre": {"th": name, "en": "Centre of Services " * 12}}
    document = PdfReader(io.BytesIO(typeset("certificate", data, at=MOMENT)))
    assert len(document.pages) == 1
    assert document.pages[0].mediabox.width > document.pages[0].mediabox.height


def _poisoned(part, payload: str):
    """The data with the payload in the place of every text a person could have typed."""
    match part:
        case dict():
            return {
                key: value if key in ("qr", "demonstration") else _poisoned(value, payload)
                for key, value in part.items()
            }
        case list():
            return [_poisoned(one, payload) for one in part[:2]]
        case str():
            return payload
    return part


@pytest.mark.parametrize("template", examples.ALL)
def test_payloads_stay_text(template):
    """Every payload in every field of every template: it is set, and nothing of it is obeyed."""
    for payload in PAYLOADS:
        pdf = typeset(template, _poisoned(examples.ALL[template], payload or "x"), at=MOMENT)
        assert pdf.startswith(b"%PDF-")
        assert b"root:" not in pdf


@pytest.mark.parametrize("payload", [p for p in PAYLOADS if p.isascii() and p.isprintable() and len(p) < 60])
def test_payloads_are_printed_as_typed(payload):
    pdf = typeset("letter", {**examples.LETTER, "addressee": payload, "subject": "x"}, at=MOMENT)
    assert squeezed(payload) in squeezed(text_of(pdf))


def test_what_the_typeface_lacks_is_shown_and_directions_are_not_turned():
    data = {**examples.RECEIPT, "submitted_by": "A\u202eB\u202c😀中C"}
    text = squeezed(text_of(typeset("receipt", data, at=MOMENT)))
    assert "AB??C" in text


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_set(text):
    typeset("receipt", {**examples.RECEIPT, "submitted_by": text or "x", "centre": text or "x"}, at=MOMENT)


def test_floods_are_refused():
    with pytest.raises(TooMuchText):
        typeset("letter", {**examples.LETTER, "paragraphs": ["ก" * 20_001]})
    with pytest.raises(TooMuchText):
        typeset("letter", {**examples.LETTER, "paragraphs": ["ก" * 19_000] * 30})


def test_missing_parts_and_unknown_templates_are_named():
    with pytest.raises(TypesettingFailed, match="subject, date"):
        typeset("letter", {"addressee": "x", "signatory": {"name": "x"}})
    with pytest.raises(TypesettingFailed, match="no template"):
        typeset("../page", {})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_drawn_anew(kind):
    pdf = typeset("letter", examples.LETTER, images={"emblem": emblem(kind=kind)}, at=MOMENT)
    assert len(PdfReader(io.BytesIO(pdf)).pages[0].images) == 1


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", b'<svg xmlns="http://www.w3.org/2000/svg"/>', emblem()[:-40]]
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(TypesettingFailed, match="emblem"):
        typeset("letter", examples.LETTER, images={"emblem": content})


def test_without_the_typeface_it_says_what_to_do(settings, tmp_path):
    settings.NODE_MODULES = tmp_path
    with pytest.raises(ImproperlyConfigured, match="npm ci"):
        typeset("letter", examples.LETTER)


SENTENCE = "ประโยคทดสอบ ขอความร่วมมือหน่วยงานในสังกัดดำเนินการตามแนวทางที่กำหนดและรายงานผลให้ทราบ "


@pytest.mark.parametrize(
    ("form", "example"), [("letter", examples.LETTER), ("memo", examples.MEMO), ("stamped_letter", examples.STAMPED)]
)
def test_what_ends_a_letter_never_stands_alone_on_a_page(form, example):
    """Whatever the length of the text, lines of it go with the signature; on one page it stands wherever that is possible."""
    sizes = []
    for many in (0, 5, 6, 7, 8, 20):
        closing = [f"{SENTENCE * 2}ปิดท้าย"] if many % 2 else ["ปิดท้าย"]
        data = example | {"paragraphs": [SENTENCE * 3] * many, "closing_paragraphs": closing}
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(typeset(form, data))]
        sizes.append(len(pages))
        assert "ปิดท้าย" in pages[-1], many
        assert "ตอบแบบสำรวจ" in pages[-1] or many % 2, many  # one line of text does not go alone
        if form != "stamped_letter":
            assert "ตัวอย่างดี" in pages[-1], many
    assert sizes[0] == 1
    assert sizes == sorted(sizes)
    assert sizes[-1] > 1


def test_many_enclosures_leave_the_end_of_the_letter_in_one_piece():
    for many, size in ((20, 1), (60, 2)):
        pages = list(
            pypdfium2.PdfDocument(
                typeset("letter", examples.LETTER | {"enclosures": examples.LETTER["enclosures"] * many})
            )
        )
        assert len(pages) == size
        last = pages[-1].get_textpage().get_text_range()
        assert all(words in last for words in ("จึงเรียนมาเพื่อโปรดพิจารณา", "ตัวอย่างดี", "๐ ๒๐๐๐ ๐๐๐๐"))
