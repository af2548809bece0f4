"""What a question is: its type, its limits, and when it is asked. Plain values; no database, no Django models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from saduak.packs.text import Text

#: Types whose answers fit one cell of a table.
OF_CELLS = frozenset({"yes_no", "one_of", "number", "date", "text", "long_text"})
NAMES = OF_CELLS | {"score", "some_of", "file", "table", "place"}
#: Shapes that a text may be asked to have.
FORMATS = ("email", "phone", "url")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from. ``score`` is what it counts in a mean (1 to 5); ``alone`` excludes all others."""

    code: str
    label: Text
    score: Decimal | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """The question is asked when the answer to ``question`` is one of ``codes``; yes and no are ``yes`` and ``no``."""

    question: str
    codes: tuple[str, ...]

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds for clean ``values`` by id of question."""
        given = values.get(self.question)
        if isinstance(given, bool):
            return ("yes" if given else "no") in self.codes
        chosen = given if isinstance(given, list) else [given]
        return any(one in self.codes for one in chosen)


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its type and limits.

    minimum, maximum: of a number, of the count of answers (some_of), files or rows. ``scores`` lists the only scores
    that can be given, if they are listed. ``length`` is in characters. ``accepts`` names the kinds of file wanted
    (as for evidence); ``columns`` are the questions of each row of a table. ``within`` is the country a place must lie in.
    """

    id: str
    type: str
    title: Text
    required: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    scores: tuple[Decimal, ...] = ()
    unit: Text | None = None
    options: tuple[Option, ...] = ()
    length: int | None = None
    hint: Text | None = None
    format: str = ""
    earliest: date | None = None
    latest: date | None = None
    accepts: tuple[str, ...] = ()
    columns: tuple[Question, ...] = ()
    within: str = ""
    applies_when: Condition | None = None
    purpose: str = ""  # what the software knows the answer for: address, place, hours, phone, email
    formerly: tuple[str, ...] = ()  # ids under which its answer was kept before; of a place those of its two numbers

    def __post_init__(self) -> None:
        if self.type not in NAMES:
            raise ValueError(f"{self.id}: unknown type of question {self.type}")
        if self.format and self.format not in FORMATS:
            raise ValueError(f"{self.id}: unknown format {self.format}")
        if (self.type == "table") != bool(self.columns) or any(one.type not in OF_CELLS for one in self.columns):
            raise ValueError(f"{self.id}: a table, and only a table, has columns of plain types")

    def option(self, code: str) -> Option | None:
        return next((one for one in self.options if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Place:
    """A place on earth in degrees (WGS 84)."""

    latitude: Decimal
    longitude: Decimal


class Refused(Exception):
    """The answer is not accepted; the argument says why and what to do."""


class Filled:
    """A lazy sentence with its values: it is put into the reader's language when it is shown, not when it is made."""

    def __init__(self, sentence: Any, values: dict[str, Any]) -> None:
        self.sentence, self.values = sentence, values

    def __str__(self) -> str:
        language = get_language()
        said = {name: one.say(language) if isinstance(one, Text) else one for name, one in self.values.items()}
        return str(self.sentence) % said


def filled(sentence: Any, **values: Any) -> Filled:
    return Filled(sentence, values)


def nothing(raw: Any) -> bool:
    """Whether ``raw`` is no answer at all."""
    return (
        raw is None or (isinstance(raw, str) and not raw.strip()) or (isinstance(raw, Sequence | Mapping) and not raw)
    )
