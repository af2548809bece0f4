"""The types of questions: what each accepts, and the sentence with which it refuses.

A type is a function from a question and what was given to a clean value; it raises Refused with a sentence
that says what to do. Texts are Thai or Arabic in their digits alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.scoring import shown
from saduak.packs.text import Text
from saduak.thai.dates import parse_date
from saduak.thai.digits import to_arabic

TEXT_AT_MOST = 300
LONG_TEXT_AT_MOST = 6000
FILES_AT_MOST = 20
_TENTH_OF_A_METRE = Decimal("0.000001")  # of a degree

_YES = frozenset({"yes", "true", "1", "on", "y", "ใช่", "ผ่าน", "มี"})
_NO = frozenset({"no", "false", "0", "off", "n", "ไม่ใช่", "ไม่ผ่าน", "ไม่มี"})
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,18})?")
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{3,63}")
# Controls and bidirectional overrides have no business in an answer; line ends and tabs are handled before.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its type and limits. ``scores`` lists the only scores that can be given, if they are
    listed.
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

    def __post_init__(self) -> None:
        if self.type not in TYPES:
            raise ValueError(f"{self.id}: unknown type of question {self.type}")


@dataclass(frozen=True, slots=True)
class Place:
    """A place on earth in degrees (WGS 84)."""

    latitude: Decimal
    longitude: Decimal


class Refused(Exception):
    """The answer is not accepted; the argument says why and what to do."""


def nothing(raw: Any) -> bool:
    return (
        raw is None or (isinstance(raw, str) and not raw.strip()) or (isinstance(raw, Sequence | Mapping) and not raw)
    )


def _clean(raw: Any) -> str:
    """Text in NFC, line ends as \\n, without the invisible signs that make it read otherwise than it is."""
    if not isinstance(raw, str | int | Decimal) or isinstance(raw, bool):
        raise Refused(_("Answer with text."))
    text = unicodedata.normalize("NFC", str(raw)).replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", text).strip()


def _short(raw: Any) -> str:
    return to_arabic(_clean(raw)).casefold()


def _yes_no(question: Question, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = _short(raw)
    if word in _YES or word in _NO:
        return word in _YES
    raise Refused(_("Choose yes or no."))


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, Decimal) and raw.is_finite():
        return raw
    # A JSON number arrives as float; its shortest notation is the number that was written.
    word = repr(raw) if isinstance(raw, float) else _short(raw).replace(" ", "")
    if not _NUMBER.fullmatch(word):
        raise Refused(_("Write a number, such as 12 or 0.5."))
    return Decimal(word.replace(",", ""))


def _number(question: Question, raw: Any) -> Decimal:
    value, low, high = _decimal(raw), question.minimum, question.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise Refused(_out_of_range(low, high))
    if question.step is not None and (value - (low or 0)) % question.step != 0:
        raise Refused(_filled(_("Write a number in steps of %(step)s."), step=shown(question.step)))
    return value


def _score(question: Question, raw: Any) -> Decimal:
    value = _decimal(raw)
    if question.scores:
        if value in question.scores:
            return value
        scores = ", ".join(shown(one) for one in question.scores)
        raise Refused(_filled(_("Choose one of these scores: %(scores)s."), scores=scores))
    return _number(question, value)


def _out_of_range(low: Decimal | None, high: Decimal | None) -> Any:
    if low is not None and high is not None:
        return _filled(_("Write a number from %(low)s to %(high)s."), low=shown(low), high=shown(high))
    if low is not None:
        return _filled(_("Write a number of at least %(low)s."), low=shown(low))
    return _filled(_("Write a number of at most %(high)s."), high=shown(high or Decimal(0)))


def _text(question: Question, raw: Any) -> str:
    text = " ".join(_clean(raw).split())
    return _no_longer(text, question.length or TEXT_AT_MOST)


def _long_text(question: Question, raw: Any) -> str:
    return _no_longer(_clean(raw), question.length or LONG_TEXT_AT_MOST)


def _no_longer(text: str, most: int) -> str:
    if len(text) > most:
        raise Refused(
            _filled(_("Shorten this to %(most)s characters; it has %(length)s."), most=most, length=len(text))
        )
    return text


def _date(question: Question, raw: Any) -> date:
    found = raw if isinstance(raw, date) else parse_date(_clean(raw)[:60])
    if found is None:
        raise Refused(_("Write a day, such as 31 มกราคม 2565 or 2022-01-31."))
    return found


def _one_of(question: Question, raw: Any) -> str:
    code = _clean(raw)
    if all(option.code != code for option in question.options):
        raise Refused(_("Choose one of the answers."))
    return code


def _some_of(question: Question, raw: Any) -> list[str]:
    given = {_one_of(question, one) for one in _several(raw)}
    low, high = question.minimum, question.maximum
    if (low is not None and len(given) < low) or (high is not None and len(given) > high):
        least, most = shown(low or Decimal(0)), shown(high if high is not None else Decimal(len(question.options)))
        raise Refused(_filled(_("Choose from %(least)s to %(most)s answers."), least=least, most=most))
    return [option.code for option in question.options if option.code in given]


def _several(raw: Any) -> list[Any]:
    return list(raw) if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]


def _file(question: Question, raw: Any) -> list[str]:
    """References to stored files; whether they exist and may be used is for the app that stores them."""
    refs = list(dict.fromkeys(_clean(one) for one in _several(raw)))
    most = int(question.maximum) if question.maximum is not None else FILES_AT_MOST
    if len(refs) > most:
        raise Refused(_filled(_("Give at most %(most)s files."), most=most))
    if not all(_REF.fullmatch(ref) for ref in refs):
        raise Refused(_("Upload the file again: it was not recognised."))
    return refs


def _place(question: Question, raw: Any) -> Place:
    if isinstance(raw, Place):
        return raw
    parts = [raw.get("latitude"), raw.get("longitude")] if isinstance(raw, Mapping) else raw
    if isinstance(parts, str):
        parts = [one for one in re.split(r"[,\s]+", parts.strip()) if one]
    if not isinstance(parts, Sequence) or len(parts) != 2 or any(map(nothing, parts)):
        raise Refused(_("Give latitude and longitude, such as 18.1446, 100.1403."))
    latitude, longitude = _decimal(parts[0]), _decimal(parts[1])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Refused(_("This place does not exist: latitude goes to 90 degrees, longitude to 180."))
    return Place(latitude.quantize(_TENTH_OF_A_METRE), longitude.quantize(_TENTH_OF_A_METRE))


class _Filled:
    """A lazy sentence with its values: it is put into the reader's language when it is shown, not when it is
    made.
    """

    def __init__(self, sentence: Any, values: dict[str, Any]) -> None:
        self.sentence, self.values = sentence, values

    def __str__(self) -> str:
        return str(self.sentence) % self.values


def _filled(sentence: Any, **values: Any) -> _Filled:
    return _Filled(sentence, values)


TYPES: dict[str, Callable[[Question, Any], Any]] = {
    "yes_no": _yes_no,
    "score": _score,
    "text": _text,
    "long_text": _long_text,
    "number": _number,
    "date": _date,
    "one_of": _one_of,
    "some_of": _some_of,
    "file": _file,
    "place": _place,
}
LABELS: dict[str, Any] = {
    "yes_no": _("yes or no"),
    "score": _("score"),
    "text": _("short text"),
    "long_text": _("long text"),
    "number": _("number"),
    "date": _("date"),
    "one_of": _("one answer"),
    "some_of": _("several answers"),
    "file": _("files"),
    "place": _("place on the map"),
}
