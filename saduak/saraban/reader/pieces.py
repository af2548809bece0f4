"""Reading a text in pieces that a person has cut: each piece is one letter, wherever the reader would set the borders."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from saduak.saraban import checker
from saduak.saraban.model import Letter, Reading, Span
from saduak.saraban.reader import read, read_one


def read_pieces(text: str, pieces: Sequence[tuple[int, int]]) -> Reading:
    """One letter for each (start, end) of `text` that holds more than blanks, and what a careful clerk would notice.

    A piece that the reader itself would have cut is read as in the whole text, so nothing about it changes.
    """
    own = {tuple(letter.span): letter for letter in read(text).letters}
    letters = []
    for start, end in pieces:
        letter = own.get((start, end)) or _shifted(read_one(text[start:end]), start)
        if letter is not None:
            letters.append(letter)
    return Reading(text=text, letters=letters, findings=checker.check(letters, text=text))


def _shifted(letter: Letter | None, by: int) -> Letter | None:
    """The letter with its places counted in the whole text."""
    return None if letter is None else _moved(letter, by)


def _moved(value: Any, by: int) -> Any:
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)
    if isinstance(value, list):
        return [_moved(one, by) for one in value]
    if isinstance(value, tuple):
        return tuple(_moved(one, by) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _moved(getattr(value, one.name), by) for one in fields(value)})
    return value
