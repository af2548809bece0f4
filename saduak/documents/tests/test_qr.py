"""QR codes: what is drawn is what was asked for, and nothing of the text gets out of the drawing."""

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from saduak.documents.qr import qr_png, qr_svg

URL = "https://saduak.example.go.th/v/GECC-2565-7K4M9"


def test_svg_is_one_drawing_without_the_text():
    svg = ElementTree.fromstring(qr_svg(URL))
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert [child.tag for child in svg] == ["{http://www.w3.org/2000/svg}path"]
    assert svg.get("viewBox")
    assert "width" not in svg.attrib, "it takes the size of its box"


def test_markup_in_the_text_is_only_dots():
    assert "script" not in qr_svg('"><script>alert(1)</script>')


def test_png_is_black_and_white_with_a_quiet_zone():
    with Image.open(io.BytesIO(qr_png(URL, scale=4))) as picture:
        grey = picture.convert("L")
        assert grey.getextrema() == (0, 255)
        assert grey.crop((0, 0, picture.width, 16)).getextrema() == (255, 255)


@pytest.mark.parametrize("text", ["", "x" * 3000])
def test_empty_and_too_long_are_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - segno says it in its own words
        qr_svg(text)
