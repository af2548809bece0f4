"""A letter that begins at the top of a page owns that page, whatever a scanner left above its head."""

import pytest

from saduak.saraban.model import Reading
from saduak.saraban.reader import read
from saduak.saraban.sources.document import of_pages
from saduak.saraban.tests.letterpress import press

SPECKS = [".", "'\n\n  ,", "—", "|", "~ .\n\n.\n", "ๆ", "1", "- ๑ -", "¬ ว", ". .  .", "ลับมาก", "\n\n\n", "l\n\n\n\n I"]
SEEDS = range(40, 45)


def bundle(seed: int, above: str) -> Reading:
    """What is read in two pages of letters, with something above the head of the second."""
    pages = [press(seed).text, f"{above}\n{press(seed + 1).text}"]
    return read(of_pages("pdf", [{"text": text, "way": "ocr"} for text in pages]))


def pages(found: Reading) -> list[tuple[int, int]]:
    """On which page each letter begins and ends."""
    document = found.source
    return [(document.page_of(one.span.start), document.page_of(one.span.end - 1)) for one in found.letters]


@pytest.mark.parametrize("speck", SPECKS)
def test_specks_above_a_head_do_not_give_its_page_to_the_letter_before(speck):
    for seed in SEEDS:
        clean, found = bundle(seed, ""), bundle(seed, speck)
        assert pages(found) == pages(clean), seed
        assert (1, 2) not in pages(found), seed
        first = next(one for one in found.letters if found.source.page_of(one.span.start) == 2)
        assert first.span.start <= found.source.pages[1].start + len(speck) + 1, seed


def test_words_above_a_head_stay_with_the_letter_that_they_end():
    """The last lines of a letter may run on to the page on which the next one begins."""
    for seed in SEEDS:
        assert (1, 2) in pages(bundle(seed, "(นายสมมุติ ตัวอย่างดี)\nปลัดกระทรวงสมมุติ\nโทร. ๐ ๒๐๐๐ ๐๐๐๐\n\n")), seed
