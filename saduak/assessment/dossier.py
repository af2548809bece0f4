"""What the unit handed in, laid out criterion by criterion for whoever judges it. Pure: from a submission's content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from saduak.applications import questionnaire, reading
from saduak.applications.ageing import Marks
from saduak.assessment.marks import Entry, entries_of
from saduak.packs.asking import Form
from saduak.packs.criteria import Criterion
from saduak.packs.standard import Standard

UNANSWERED = _("no answer given")


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as it was handed in. id: its public id; kind: image, pdf, link …"""

    id: str
    title: str
    shows: str
    kind: str
    name: str
    size: int
    link: str
    holds_from: date | None
    holds_to: date | None
    marks: Marks | None = None  # what must be said of it today

    @property
    def icon(self) -> str:
        return {"image": "photo", "pdf": "file-type-pdf", "link": "link"}.get(self.kind, "file")

    def ended(self, on: date) -> bool:
        """Did it stop holding before the day? Then it may be out of date."""
        return self.holds_to is not None and self.holds_to < on


@dataclass(frozen=True)
class Given:
    """What the unit says of one criterion. claims: (entry, what it claims, in words)."""

    criterion: Criterion
    claims: tuple[tuple[Entry, Any], ...]
    justification: str
    evidence: tuple[Piece, ...]
    details: tuple[tuple[str, SafeString, bool], ...] = ()  # questions asked beside the mark: `reading.details`
    changed: tuple[str, ...] = ()  # parts that differ from the submission before: value, justification, evidence

    @property
    def answered(self) -> bool:
        return bool(self.justification or self.evidence or any(said != UNANSWERED for _entry, said in self.claims))


def dossier(
    standard: Standard,
    content: Mapping[str, Any],
    changed: Mapping[str, tuple[str, ...]] | None = None,
    marks: Mapping[str, Marks] | None = None,
) -> dict[str, Given]:
    """By id of the criterion, in the standard's order. changed: item → parts, as `changed_parts` gives them; marks: what must
    be said of evidence, as `applications.queries.evidence_marks` gives it.
    """
    pieces = [_piece(one, marks or {}) for one in content.get("evidence", ())]
    items = [set(one.get("items", ())) for one in content.get("evidence", ())]
    answers, parts = content.get("answers", {}), changed or {}
    province = content.get("centre", {}).get("province_code", "")
    by_item: dict[str, list[Mapping[str, Any]]] = {}
    for one in content.get("evidence", ()):
        for item in one.get("items", ()):
            by_item.setdefault(item, []).append(one)
    found = {}
    for criterion in standard.criteria:
        keys = questionnaire.keys_of(criterion)
        words = [answers[key]["justification"].strip() for key in keys if key in answers]
        found[criterion.id] = Given(
            criterion,
            tuple((entry, claim(answers.get(entry.key, {}).get("value"))) for entry in entries_of([criterion])),
            "\n\n".join(word for word in words if word),
            tuple(piece for piece, shown_for in zip(pieces, items, strict=True) if shown_for & set(keys)),
            tuple(reading.details(criterion, answers, by_item, province)) if criterion.questions else (),
            tuple(dict.fromkeys(part for key in keys for part in parts.get(key, ()))),
        )
    return found


def claim(value: Any) -> Any:
    """A claim in words: met, not met, or the score as it was given."""
    if value is None:
        return UNANSWERED
    if isinstance(value, bool):
        return _("met") if value else _("not met")
    return str(value)


def profile_rows(form: Form | None, content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The centre's own description, for a summary list: what was answered of the form that its round names."""
    return [row for row in reading.profile_rows(form, content) if row["value"] != "–"] if content else []


def changed_parts(changes: list[Any]) -> dict[str, tuple[str, ...]]:
    """The changes between two submissions, by item."""
    found: dict[str, tuple[str, ...]] = {}
    for one in changes:
        found[one.item] = (*found.get(one.item, ()), one.part)
    return found


def _piece(one: Mapping[str, Any], marks: Mapping[str, Marks]) -> Piece:
    return Piece(
        id=str(one["id"]),
        title=str(one.get("title", "")),
        shows=str(one.get("shows", "")),
        kind=str(one.get("kind", "")).lower(),
        name=str(one.get("name", "")),
        size=int(one.get("size") or 0),
        link=str(one.get("link", "")),
        holds_from=_day(one.get("holds_from")),
        holds_to=_day(one.get("holds_to")),
        marks=marks.get(str(one["id"])),
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
