"""Reading back what was read: each letter's fields with what the officer made of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Reading

# Fields of a letter in the order of the paper. Lists stand one a line; dates as ISO days.
FIELDS: dict[str, Any] = {
    "kind": _("Kind of letter"),
    "urgency": _("Urgency"),
    "number": _("Number"),
    "agency": _("Issuing agency"),
    "address": _("Address of the agency"),
    "date": _("Date"),
    "subject": _("Subject"),
    "addressees": _("To"),
    "references": _("Refers to"),
    "enclosures": _("Enclosures"),
    "action_items": _("Numbered actions"),
    "dates_in_body": _("Dates in the body"),
    "urls": _("Links"),
    "phones": _("Telephones"),
    "faxes": _("Fax numbers"),
    "emails": _("E-mail addresses"),
    "contact_person": pgettext_lazy("letter", "Contact person"),
    "closing": _("Closing"),
    "signatory.name": _("Signed by"),
    "signatory.position": _("Position"),
    "signatory.acting_for": _("Acting for"),
    "receipts": _("Receiving stamps"),
}
LONG = {"subject", "addressees", "references", "enclosures", "action_items", "dates_in_body", "receipts", "address"}
KINDS = {
    "external": _("External letter"),
    "memo": _("Memorandum"),
    "stamped": _("Stamped letter"),
    "order": _("Order"),
    "announcement": _("Announcement"),
    "other": _("Other document"),
}


@dataclass(frozen=True)
class ReadField:
    """One field of one letter: as read, as it stands now, and the places it came from."""

    name: str
    label: Any
    read: str
    value: str
    spans: tuple[tuple[int, int], ...]
    span_ids: str

    @property
    def corrected(self) -> bool:
        return self.value != self.read

    @property
    def shown(self) -> Any:
        """The value for reading: codes in words."""
        return KINDS.get(self.value, self.value) if self.name == "kind" else self.value

    @property
    def read_shown(self) -> Any:
        return KINDS.get(self.read, self.read) if self.name == "kind" else self.read


@dataclass(frozen=True)
class ReadFinding:
    """A finding with its quotes as (letter or None, text, id of the mark)."""

    place: int
    code: str
    severity: str
    message: str
    letters: list[int]
    quotes: list[tuple[int | None, str, str]]
    seen: bool
    note: str


def text_of(letter: dict[str, Any], name: str) -> str:
    """One field of a letter's JSON as a person edits it; empty where nothing was found."""
    outer, _dot, inner = name.partition(".")
    value = letter.get(outer)
    if inner:
        value = (value or {}).get(inner)
    if value is None:
        return ""
    if not isinstance(value, list):
        return str(value)
    return "\n".join(_line(name, one) for one in value)


def _line(name: str, one: Any) -> str:
    if not isinstance(one, dict):
        return " ".join(str(one).split())
    if name == "action_items":
        return " ".join(one["text"].split())  # begins with its number, as printed
    if name == "dates_in_body":
        return f"{one['from']}" + (f" – {one['to']}" if one.get("to") else "") + f" ({' '.join(one['text'].split())})"
    if name == "receipts":
        return " · ".join(str(one[key]) for key in ("office", "number", "date", "time") if one.get(key))
    return " · ".join(str(one[key]) for key in ("urgency", "number", "date") if one.get(key))


def fields(reading: Reading, place: int) -> list[ReadField]:
    """Every field of the letter at a place (from 0), found or not."""
    letter = reading.result["letters"][place]
    corrections = reading.corrections.get(str(place), {})
    shown = []
    for name, label in FIELDS.items():
        spans = _spans(letter.get("spans", {}).get(name))
        read = text_of(letter, name)
        ids = " ".join(mark_id(place, name, nth) for nth in range(len(spans)))
        shown.append(ReadField(name, label, read, corrections.get(name, read), tuple(spans), ids))
    return shown


def _spans(value: Any) -> list[tuple[int, int]]:
    if not value:
        return []
    if isinstance(value[0], list):
        return [(one[0], one[1]) for one in value]
    return [(value[0], value[1])]


def mark_id(place: int, name: str, nth: int) -> str:
    return f"m{place}-{name.replace('.', '-')}-{nth}"


def finding_mark_id(place: int, nth: int) -> str:
    return f"f{place}-q{nth}"


def findings(reading: Reading) -> list[ReadFinding]:
    """What a careful clerk would notice, in the reader's language."""
    key = "message_en" if get_language() == "en" else "message_th"
    found = []
    for place, one in enumerate(reading.result["findings"]):
        quotes = [
            (quote["letter"], " ".join(quote["text"].split()), finding_mark_id(place, nth))
            for nth, quote in enumerate(one["quotes"])
        ]
        seen = str(place) in reading.seen
        note = reading.seen.get(str(place), "")
        found.append(ReadFinding(place, one["code"], one["severity"], one[key], one["letters"], quotes, seen, note))
    return found


def marks(reading: Reading) -> list[tuple[int, int, str, str]]:
    """(start, end, id, label) of every place that a field or a finding points at."""
    shown = list(_field_marks(reading))
    for place, one in enumerate(reading.result["findings"]):
        for nth, quote in enumerate(one["quotes"]):
            start, end = quote["span"]
            shown.append((start, end, finding_mark_id(place, nth), str(_("Finding"))))
    return sorted(shown)


def _field_marks(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    for place in range(len(reading.result["letters"])):
        for one in fields(reading, place):
            for nth, (start, end) in enumerate(one.spans):
                yield start, end, mark_id(place, one.name, nth), str(one.label)


def values(reading: Reading, place: int) -> dict[str, str]:
    """The fields of a letter as they stand after correction, by name."""
    return {one.name: one.value for one in fields(reading, place)}


def titles(reading: Reading) -> list[dict[str, Any]]:
    """{number, agency, subject, date} of each letter, for tabs and lists."""
    shown = []
    for place in range(len(reading.result["letters"])):
        here = values(reading, place)
        shown.append({name: here[name] for name in ("number", "agency", "subject", "date", "kind")} | {"place": place})
    return shown


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
    for place, letter in enumerate(reading.result["letters"]):
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
