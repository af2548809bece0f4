"""Many letters in one go, told apart again and joined for the printer."""

import io

import pytest
from pypdf import PdfReader

from saduak.documents import batches
from saduak.documents.tests.examples import LETTER, MEMO, STAMPED
from saduak.documents.typesetting import typeset


def _words(pdf: bytes, page: int = 0) -> str:
    return PdfReader(io.BytesIO(pdf)).pages[page].extract_text()


@pytest.mark.parametrize(("form", "data"), [("letter", LETTER), ("memo", MEMO), ("stamped_letter", STAMPED)])
def test_letters_set_together_are_the_letters_set_alone(form, data):
    long = {**data, "addressee": "ผู้รับยาว", "paragraphs": data["paragraphs"] * 30}
    letters = [{**data, "addressee": "ผู้รับหนึ่ง"}, long, {**data, "addressee": "ผู้รับสาม"}]
    batch = batches.set_letters(form, letters)
    parts = list(batches.split(batch))
    alone = [typeset(form, one) for one in letters]
    assert [len(PdfReader(io.BytesIO(one)).pages) for one in parts] == [
        len(PdfReader(io.BytesIO(one)).pages) for one in alone
    ]
    assert _words(parts[1]).split() == _words(alone[1]).split()
    assert _words(parts[1], 1).split() == _words(alone[1], 1).split()  # also its number of page: 2, not 3
    assert "ผู้รับสาม" in _words(parts[2])
    assert "– ๒ –" not in _words(parts[2])


def test_letters_joined_for_both_sides_begin_on_a_front():
    letters = [{**LETTER, "addressee": f"ผู้รับ {n}"} for n in range(3)]
    batch = batches.set_letters("letter", letters)
    pages = len(PdfReader(io.BytesIO(typeset("letter", LETTER))).pages)
    plain = batches.join(iter([batch, batch]))
    assert len(PdfReader(io.BytesIO(plain)).pages) == 6 * pages
    both = PdfReader(io.BytesIO(batches.join(iter([batch]), duplex=True))).pages
    assert len(both) == 3 * (pages + pages % 2)
    assert "ผู้รับ 1" in both[pages + pages % 2].extract_text()


def test_long_letters_are_set_in_smaller_batches():
    assert batches.how_many(LETTER) == 100
    assert batches.how_many({**LETTER, "paragraphs": ["ก" * 19_000] * 3}) == 5
    assert batches.how_many({**LETTER, "paragraphs": ["ก" * 19_000] * 30}) == 1
