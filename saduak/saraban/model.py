"""What a letter is made of, each piece with the place in the text it came from.

A `Span` counts characters of the text as it was given: `text[span.start:span.end]` is what a review screen marks.
What a text does not give is None or an empty list: a guess costs more than a gap.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from saduak.saraban.sources.document import Document

Kind = Literal["external", "memo", "stamped", "order", "announcement", "other"]
Role = Literal["deadline", "period", "event", "other"]
Severity = Literal["error", "warning", "notice"]


class Span(NamedTuple):
    """A stretch of the original text, end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A value that was read, where it stands, and how sure the reader is (0 to 1)."""

    value: str
    span: Span
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that a letter names: what a reference, an enclosure or the body says of it."""

    number: str | None
    date: str | None
    span: Span
    urgency: str | None = None
    number_span: Span | None = None
    date_span: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class BodyDate:
    """A day or a range of days in the body, ISO dates in C.E.; `start` may be a month ("2023-01")."""

    text: str
    start: str
    end: str | None
    role: Role
    span: Span
    weekday: int | None = None
    """Monday is 0; as printed, whether or not it fits the date."""
    confidence: float = 1.0

    @property
    def last(self) -> str:
        """The day on which it is over."""
        return self.end or self.start


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A numbered point of the body."""

    ordinal: int
    text: str
    span: Span
    dates: tuple[BodyDate, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed: the person's own post, and the office acted for."""

    name: Field
    position: Field | None = None
    acting_for: Field | None = None
    acting_type: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receiving stamp. Date ISO, time "HH:MM"."""

    number: str | None
    date: str | None
    time: str | None
    span: Span
    office: str | None = None
    date_span: Span | None = None
    office_span: Span | None = None
    confidence: float = 1.0


_RECORDS = ("references", "cited_documents", "dates_in_body", "receipts")


@dataclass(slots=True)
class Letter:
    """One letter of a file."""

    span: Span
    kind: Kind = "other"
    urgency: Field | None = None
    number: Field | None = None
    number_complete: bool = True
    agency: Field | None = None
    address: Field | None = None
    date: Field | None = None
    date_partial: str | None = None
    date_place: Span | None = None
    """Where a date stands whose day is blank."""
    subject: Field | None = None
    addressees: list[Field] = field(default_factory=list)
    references: list[Citation] = field(default_factory=list)
    enclosures: list[Field] = field(default_factory=list)
    cited_documents: list[Citation] = field(default_factory=list)
    dates_in_body: list[BodyDate] = field(default_factory=list)
    action_items: list[ActionItem] = field(default_factory=list)
    urls: list[Field] = field(default_factory=list)
    phones: list[Field] = field(default_factory=list)
    faxes: list[Field] = field(default_factory=list)
    emails: list[Field] = field(default_factory=list)
    contact_person: Field | None = None
    closing: Field | None = None
    signatory: Signatory | None = None
    receipts: list[Receipt] = field(default_factory=list)
    attached: list[Field] = field(default_factory=list)
    """Headings of what stands behind the signature: forms, programmes, lists."""
    body: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """The letter as plain JSON values; dates ISO, spans as [start, end]."""
        signatory = self.signatory
        lists = {
            "addressees": self.addressees,
            "enclosures": self.enclosures,
            "urls": self.urls,
            "phones": self.phones,
            "faxes": self.faxes,
            "emails": self.emails,
            "attached": self.attached,
        }
        single = {
            "urgency": self.urgency,
            "number": self.number,
            "agency": self.agency,
            "address": self.address,
            "date": self.date,
            "subject": self.subject,
            "contact_person": self.contact_person,
            "closing": self.closing,
            "signatory.name": signatory and signatory.name,
            "signatory.position": signatory and signatory.position,
            "signatory.acting_for": signatory and signatory.acting_for,
        }
        spans: dict[str, Any] = {name: list(item.span) for name, item in single.items() if item}
        spans |= {name: [list(item.span) for item in items] for name, items in lists.items()}
        for name in (*_RECORDS, "action_items"):
            spans[name] = [list(item.span) for item in getattr(self, name)]
        if self.date_place:
            spans["date_partial"] = list(self.date_place)
        if self.body:
            spans["body"] = list(self.body)
        return {
            "kind": self.kind,
            **{name: item.value if item else None for name, item in single.items() if "." not in name},
            "number_complete": self.number_complete if self.number else None,
            "date_partial": self.date_partial,
            **{name: [item.value for item in items] for name, items in lists.items()},
            "references": [_citation(item) for item in self.references],
            "cited_documents": [_citation(item) for item in self.cited_documents],
            "dates_in_body": [_body_date(item) for item in self.dates_in_body],
            "signatory": signatory
            and {
                "name": signatory.name.value,
                "position": signatory.position.value if signatory.position else None,
                "acting_for": signatory.acting_for.value if signatory.acting_for else None,
                "acting_type": signatory.acting_type,
            },
            "receipts": [
                {"number": item.number, "date": item.date, "time": item.time, "office": item.office}
                for item in self.receipts
            ],
            "action_items": [
                {
                    "ordinal": item.ordinal,
                    "text": item.text,
                    "span": list(item.span),
                    "dates": [_body_date(date) for date in item.dates],
                }
                for item in self.action_items
            ],
            "span": list(self.span),
            "spans": spans,
            "confidence": {
                **{name: item.confidence for name, item in single.items() if item},
                **{name: [item.confidence for item in items] for name, items in lists.items()},
                **{name: [item.confidence for item in getattr(self, name)] for name in _RECORDS},
            },
        }


@dataclass(frozen=True, slots=True)
class Quote:
    """A place that a finding points at. `letter` counts from 1; None is a place outside every letter."""

    letter: int | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a careful clerk would notice, in words that a clerk understands."""

    code: str
    severity: Severity
    message_th: str
    message_en: str
    letters: tuple[int, ...]
    quotes: tuple[Quote, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The finding as plain JSON values; `message` is the Thai sentence."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message_th,
            "message_th": self.message_th,
            "message_en": self.message_en,
            "letters": list(self.letters),
            "quotes": [{"letter": quote.letter, "text": quote.text, "span": list(quote.span)} for quote in self.quotes],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read: its letters in the order of the file, and what a clerk would notice."""

    text: str
    letters: list[Letter]
    findings: list[Finding]
    source: Document | None = None
    """Where it came from, with its pages; None for a bare text."""

    def to_json(self) -> dict[str, Any]:
        """The JSON that `saduak read-letters` prints.

        Of a file with pages, `pages` says where each page begins and how it was read, and each letter's `pages` on which
        page each of its fields stands, in the form of `spans`.
        """
        letters = [letter.to_json() for letter in self.letters]
        found: dict[str, Any] = {"letters": letters, "findings": [finding.to_json() for finding in self.findings]}
        if self.source is not None:
            found["pages"] = [page.to_json() for page in self.source.pages]
            for letter in letters:
                letter["pages"] = {name: _pages(self.source, place) for name, place in letter["spans"].items()}
        return found


def _pages(source: Document, place: list[Any]) -> int | list[int]:
    if place and isinstance(place[0], int):
        return source.page_of(place[0])
    return [source.page_of(start) for start, _ in place]


def _citation(item: Citation) -> dict[str, Any]:
    return {"number": item.number, "date": item.date, "urgency": item.urgency}


def _body_date(item: BodyDate) -> dict[str, Any]:
    return {"text": item.text, "from": item.start, "to": item.end, "role": item.role, "span": list(item.span)}
