"""What of a text can be printed: characters the typeface has, no tricks with direction, no floods.

Data for a document comes from people. Everything in it stays text; here it is made text that Sarabun can show
and that PDF/A and PDF/UA admit.
"""

import unicodedata
from collections.abc import Set
from typing import Any

__all__ = ["TooMuchText", "printable"]

# A character the typeface lacks (an emoji, say) is shown, not swallowed: a reader must see that something stood there.
REPLACEMENT = "?"
# U+200B marks where a Thai line may break; every other invisible control goes, above all those that turn the
# reading direction around (U+202A–202E, U+2066–2069, U+200E, U+200F, U+061C).
KEPT_CONTROLS = frozenset("\n\u200b")
LONGEST_TEXT = 20_000
LONGEST_DOCUMENT = 400_000
MOST_MARKS = 4
# The regulation breaks no word; but a run this long without a place to break would leave the paper.
LONGEST_RUN = 64


class TooMuchText(ValueError):
    """The data is longer than any document of ours could be."""


def printable(value: Any, glyphs: Set[int]) -> Any:
    """A copy of JSON-like data in which every string (keys excepted) can be set with the given code points.

    Raises TooMuchText past 20,000 characters in one text or 400,000 in all, TypeError for what JSON cannot hold.
    """
    total = 0

    def walk(part: Any) -> Any:
        nonlocal total
        match part:
            case None | bool() | int() | float():
                return part
            case str():
                total += len(part)
                if len(part) > LONGEST_TEXT or total > LONGEST_DOCUMENT:
                    raise TooMuchText("The text is too long to be set as a document.")
                return _clean(part, glyphs)
            case dict():
                return {str(key): walk(item) for key, item in part.items()}
            case list() | tuple():
                return [walk(item) for item in part]
            case _:
                # Lazy translations and the like: their text is what they are.
                if hasattr(part, "__str__") and type(part).__name__ == "__proxy__":
                    return walk(str(part))
                raise TypeError(f"{type(part).__name__} cannot be set in a document")

    return walk(value)


def _clean(text: str, glyphs: Set[int]) -> str:
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_RUN:
        return text
    # Composed where that exists: the face has é, but not every base with every mark.
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept: list[str] = []
    marks = run = 0
    for character in text:
        category = unicodedata.category(character)
        if character in "\r\u0085\u2028\u2029\v\f":
            character = "\n"
        elif category == "Zs" or character == "\t":
            character = character if ord(character) in glyphs else " "
        elif character not in KEPT_CONTROLS:
            if category in ("Cc", "Cf"):
                continue
            if ord(character) not in glyphs:
                character = REPLACEMENT
        marks = marks + 1 if category == "Mn" else 0
        if marks > MOST_MARKS:
            continue
        run = 0 if character.isspace() or character == "\u200b" or _is_thai(character) else run + 1
        if run > LONGEST_RUN:
            kept.append("\u200b")
            run = 1
        kept.append(character)
    return "".join(kept)


def _is_thai(character: str) -> bool:
    return "\u0e00" <= character <= "\u0e7f"
