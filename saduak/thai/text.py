"""Folding of Thai text for search, and keys that sort it as the dictionary does."""

import re
import unicodedata

from saduak.thai.digits import to_arabic

# Zero-width and direction marks, soft hyphen, byte order mark: seen by nobody, in the way of every comparison.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Nikhahit and sara aa typed as two characters, with or without a tone mark between or before them.
_SPLIT_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
# Marks that count only where all else is equal, in the order of the Royal Society's dictionary.
_MARKS = {mark: str(weight) for weight, mark in enumerate("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e", 1)}


def join_sara_am(text: str) -> str:
    """`text` with sara am as one character where it was typed as nikhahit and sara aa."""
    return _SPLIT_SARA_AM.sub("\\1\\2\u0e33", text)


def fold(text: str) -> str:
    """`text` for searching: what looks the same and means the same becomes the same.

    NFC, sara am joined, two sara e as sara ae, Thai digits as Arabic, lower case, invisible characters removed,
    every run of blanks one space, none at the ends.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = join_sara_am(text).replace("\u0e40\u0e40", "\u0e41")
    return " ".join(to_arabic(text).lower().split())


def sort_key(text: str) -> str:
    """A string by which plain comparison of code points sorts as a Thai dictionary does.

    A vowel written before its consonant counts after it; tone marks, maitaikhu and thanthakhat decide only between
    words that are otherwise equal (Royal Society dictionary). Store it in a column with binary ("C") collation.
    """
    letters = _LEADING_VOWEL.sub("\\2\\1", fold(text))
    primary = "".join(letter for letter in letters if letter not in _MARKS)
    secondary = "".join(_MARKS.get(letter, "0") for letter in letters).rstrip("0")
    return f"{primary}\t{secondary}"
