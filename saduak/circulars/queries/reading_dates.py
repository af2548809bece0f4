"""The days that the letters of a reading name, and what each is about."""

import re
from dataclasses import dataclass
from typing import Any

from saduak.circulars.models import Reading
from saduak.circulars.queries.readings import values


@dataclass(frozen=True)
class DateFound:
    """A date of a letter's body, as it stands after correction: letter counts from 1, days ISO; about: what the words
    before it speak of (a kind of action or window), or empty."""

    letter: int
    start: str
    end: str
    text: str
    about: str


_DATE_LINE = re.compile(r"(?P<start>\d{4}-\d{2}-\d{2})(?: – (?P<end>\d{4}-\d{2}-\d{2}))?(?: \((?P<text>.*)\))?")
# Words that letters of certification rounds use for what a date is about; the nearest one before the date counts.
_ABOUT = {
    "ANSWER_SURVEY": ("แบบสำรวจ",),
    "NOMINATE": ("รายชื่อ", "ผู้แทน", "แบบตอบรับ"),
    "APPLICATION": ("สมัคร",),
    "BRIEFING": ("ประชุมชี้แจง", "ประชุม"),
}
_BEFORE = 400  # characters looked back over


def dates_found(reading: Reading) -> list[DateFound]:
    """Every full date of every letter's body, for setting up a round."""
    found = []
    for place, letter in enumerate(reading.letters):
        by_text = {" ".join(one["text"].split()): one for one in letter.get("dates_in_body", [])}
        for line in values(reading, place)["dates_in_body"].splitlines():
            match = _DATE_LINE.fullmatch(line.strip())
            if match is None:
                continue
            text = match["text"] or line
            read = by_text.get(text)
            about = _about(reading.text, read) if read else ""
            found.append(DateFound(place + 1, match["start"], match["end"] or "", text, about))
    return found


def _about(text: str, read: dict[str, Any]) -> str:
    start = read["span"][0]
    before = text[max(0, start - _BEFORE) : start]
    nearest = max(((before.rfind(word), about) for about, words in _ABOUT.items() for word in words), default=(-1, ""))
    if nearest[0] < 0:
        return ""
    if nearest[1] == "APPLICATION" and read["role"] == "deadline":
        return "APPLY"
    return nearest[1]
