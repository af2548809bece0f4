"""Text, long text and dates."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.packs.question_types.asking import Filled, Question, Refused, filled
from saduak.thai.dates import format_date, parse_date
from saduak.thai.digits import to_arabic

TEXT_AT_MOST = 300
LONG_TEXT_AT_MOST = 6000

# Controls and bidirectional overrides have no business in an answer; line ends and tabs are handled before.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_EMAIL = re.compile(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s<>\"',;:.]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{4,}[0-9](?: ?(?:ext\.?|ต่อ|#) ?[0-9]{1,6})?", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.IGNORECASE)


def clean(raw: Any) -> str:
    """Text in NFC, line ends as \\n, without the invisible signs that make it read otherwise than it is."""
    if not isinstance(raw, str | int | Decimal) or isinstance(raw, bool):
        raise Refused(_("Answer with text."))
    text = unicodedata.normalize("NFC", str(raw)).replace("\r\n", "\n").replace("\r", "\n")
    # A lone surrogate cannot be stored.
    return _INVISIBLE.sub("", text).encode("utf-8", "ignore").decode().strip()


def word(raw: Any) -> str:
    """The same for a short answer: Arabic digits, small letters."""
    return to_arabic(clean(raw)).casefold()


def text(question: Question, raw: Any) -> str:
    found = _no_longer(" ".join(clean(raw).split()), question.length or TEXT_AT_MOST)
    return _SHAPES[question.format](found) if question.format else found


def long_text(question: Question, raw: Any) -> str:
    return _no_longer(clean(raw), question.length or LONG_TEXT_AT_MOST)


def _no_longer(found: str, most: int) -> str:
    if len(found) > most:
        raise Refused(
            filled(_("Shorten this to %(most)s characters; it has %(length)s."), most=most, length=len(found))
        )
    return found


def _email(found: str) -> str:
    if not _EMAIL.fullmatch(found):
        raise Refused(_("Write an e-mail address such as name@example.go.th."))
    return found


def _phone(found: str) -> str:
    if not _PHONE.fullmatch(to_arabic(found)):
        raise Refused(_("Write a telephone number with its area code, such as 0 5452 1234."))
    return found


def _url(found: str) -> str:
    if not _URL.fullmatch(found):
        raise Refused(_("Write a web address that begins with https://."))
    return found


_SHAPES = {"email": _email, "phone": _phone, "url": _url}


def day(question: Question, raw: Any) -> date:
    found = raw if isinstance(raw, date) else parse_date(clean(raw)[:60])
    if found is None:
        raise Refused(_("Write a day, such as 31 มกราคม 2565 or 2022-01-31."))
    early = question.earliest is not None and found < question.earliest
    if early or (question.latest is not None and found > question.latest):
        raise Refused(_out_of_span(question.earliest, question.latest))
    return found


class _Day:
    """A day in the language of whoever reads it."""

    def __init__(self, date: date) -> None:
        self.date = date

    def __str__(self) -> str:
        return said_day(self.date)


def said_day(date: date) -> str:
    """The day in the reader's language."""
    return format_date(date, language="en" if (get_language() or "").startswith("en") else "th")


def _out_of_span(earliest: date | None, latest: date | None) -> Filled:
    low, high = (_Day(one) if one else None for one in (earliest, latest))
    if low and high:
        return filled(_("Write a day from %(earliest)s to %(latest)s."), earliest=low, latest=high)
    if low:
        return filled(_("Write a day on or after %(earliest)s."), earliest=low)
    return filled(_("Write a day on or before %(latest)s."), latest=high)
