"""A text cut by hand: each piece is one letter, and its places count in the whole text."""

from importlib import resources

import pytest

from saduak.saraban import reader
from saduak.saraban.reader.pieces import read_pieces

BUNDLE = (resources.files("saduak.saraban") / "samples" / "gecc-2565-bundle.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def own():
    return reader.read(BUNDLE)


def test_pieces_as_the_reader_cuts_them_change_nothing(own):
    assert read_pieces(BUNDLE, [letter.span for letter in own.letters]).to_json() == own.to_json()


def test_joined_letters_are_read_as_one(own):
    first, second, third = (letter.span for letter in own.letters)
    joined = read_pieces(BUNDLE, [(first.start, second.end), third])
    assert [letter.span.start for letter in joined.letters] == [first.start, third.start]
    assert joined.letters[0].span.end == second.end
    assert joined.letters[1] == own.letters[2]


def test_a_piece_of_a_letter_is_a_letter_with_its_places_in_the_whole_text(own):
    span = own.letters[2].span
    cut = BUNDLE.index("\n", span.start + (span.end - span.start) // 2)
    parts = read_pieces(BUNDLE, [own.letters[0].span, (span.start, cut), (cut, span.end)])
    assert len(parts.letters) == 3
    head = parts.letters[1]
    assert head.number.value == own.letters[2].number.value
    assert head.number.span == own.letters[2].number.span
    for letter in parts.letters[1:]:
        assert span.start <= letter.span.start < letter.span.end <= span.end


def test_blank_pieces_are_no_letters():
    assert read_pieces("เรื่อง ก\nเรียน ข\n\n\n   ", [(0, 17), (18, 22)]).letters[1:] == []
    assert read_pieces("", [(0, 0)]).letters == []
