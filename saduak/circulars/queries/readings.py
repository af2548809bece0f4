"""Reading back what was read: each letter's fields with what the officer made of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from saduak.circulars.asking import Asked, propose
from saduak.circulars.models import Reading
from saduak.circulars.queries import reading_pages

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


# How sure the reader has to be for a value to stand without a word, and for one that is not a mere guess.
SURE = 0.9
UNSURE = 0.6
AROUND = 60  # characters shown on either side of a quoted place


@dataclass(frozen=True)
class ReadField:
    """One field of one letter: as read, as it stands now, the places it came from, and the page of the first of them."""

    name: str
    label: Any
    read: str
    value: str
    spans: tuple[tuple[int, int], ...]
    span_ids: str
    confidence: float | None = None
    page: int | None = None

    @property
    def corrected(self) -> bool:
        return self.value != self.read

    @property
    def doubt(self) -> Any:
        """How sure the reader was, in words; empty where it was sure, where nothing was read, and after a correction."""
        if self.corrected or not self.read or self.confidence is None or self.confidence >= SURE:
            return ""
        return _("not quite sure") if self.confidence >= UNSURE else _("not sure")

    @property
    def shown(self) -> Any:
        """The value for reading: codes in words."""
        return KINDS.get(self.value, self.value) if self.name == "kind" else self.value

    @property
    def read_shown(self) -> Any:
        return KINDS.get(self.read, self.read) if self.name == "kind" else self.read


@dataclass(frozen=True)
class Quote:
    """A place that a finding speaks of, with the words around it; letter counts from 1, None is outside every letter."""

    letter: int | None
    before: str
    text: str
    after: str
    mark: str
    start: int
    end: int


@dataclass(frozen=True)
class ReadFinding:
    """A finding with the places it speaks of, and whether, by whom and when it was seen."""

    place: int
    code: str
    severity: str
    message: str
    letters: list[int]
    quotes: list[Quote]
    seen: bool
    note: str
    seen_by: str
    seen_at: datetime | None

    @property
    def marks(self) -> str:
        return " ".join(quote.mark for quote in self.quotes)


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
    letter = reading.letters[place]
    corrections = reading.corrections.get(str(place), {})
    by_hand = reading.places.get(str(place), {})
    sureness = letter.get("confidence", {})
    shown = []
    for name, label in FIELDS.items():
        read = text_of(letter, name)
        value = corrections.get(name, read)
        spans = _spans(by_hand[name] if value != read and name in by_hand else letter.get("spans", {}).get(name))
        ids = " ".join(mark_id(place, name, nth) for nth in range(len(spans)))
        page = reading_pages.page_of(reading, spans[0][0]) if spans else None
        shown.append(ReadField(name, label, read, value, tuple(spans), ids, _least(sureness.get(name)), page))
    return shown


def _least(sureness: Any) -> float | None:
    if isinstance(sureness, list):
        return min(sureness, default=None)
    return float(sureness) if isinstance(sureness, int | float) else None


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
    for place, one in enumerate(reading.findings):
        quotes = [_quote(reading.text, quote, finding_mark_id(place, nth)) for nth, quote in enumerate(one["quotes"])]
        seen = seen_of(reading, place)
        found.append(
            ReadFinding(
                place,
                one["code"],
                one["severity"],
                one[key],
                one["letters"],
                quotes,
                seen is not None,
                (seen or {}).get("note", ""),
                (seen or {}).get("by", ""),
                _moment((seen or {}).get("at")),
            )
        )
    return found


def seen_of(reading: Reading, place: int) -> dict[str, str] | None:
    """{note, by, at} of a finding that was seen, else None. Earlier versions kept the note alone."""
    kept = reading.seen.get(str(place))
    return {"note": kept, "by": "", "at": ""} if isinstance(kept, str) else kept


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _quote(text: str, quote: dict[str, Any], mark: str) -> Quote:
    start, end = quote["span"]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    # Whole lines or words, not the half of one.
    before = before[_first_break(before) :] if start > AROUND else before
    after = after[: _last_break(after)] if end + AROUND < len(text) else after
    flat = [" ".join(part.split()) for part in (before, quote["text"], after)]
    return Quote(quote["letter"], *flat, mark, start, end)


def _first_break(text: str) -> int:
    place = min((text.find(blank) for blank in "\n " if blank in text), default=-1)
    return place + 1


def _last_break(text: str) -> int:
    place = max((text.rfind(blank) for blank in "\n " if blank in text), default=-1)
    return place if place >= 0 else len(text)


def values(reading: Reading, place: int) -> dict[str, str]:
    """The fields of a letter as they stand after correction, by name."""
    return {one.name: one.value for one in fields(reading, place)}


def titles(reading: Reading) -> list[dict[str, Any]]:
    """{number, agency, subject, date, kind, place} of each letter, for lists."""
    shown = []
    for place in range(len(reading.letters)):
        here = values(reading, place)
        shown.append({name: here[name] for name in ("number", "agency", "subject", "date", "kind")} | {"place": place})
    return shown


def asked(reading: Reading, place: int) -> list[Asked]:
    """The actions of a letter: as the officer left them, else as its numbered requests propose."""
    kept = reading.asked.get(str(place))
    if kept is not None:
        return [Asked(**one) for one in kept]
    given = values(reading, place)
    return propose(reading.letters[place], given["action_items"], given["addressees"])
