"""The team's originals beside each other, once all are in, and what is agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saduak.applications import queries as applications
from saduak.applications import questionnaire
from saduak.assessment import marks
from saduak.assessment.dossier import Given, dossier
from saduak.assessment.models import Agreed, Case, Presence, Sheet
from saduak.assessment.queries.cases import Colleague, free_team_of
from saduak.assessment.queries.marks import content_of, handed_in
from saduak.kernel.refusals import Item
from saduak.packs.scoring import ScoreResult


def counted_sheets(case: Case) -> list[Sheet]:
    """Sheets that were handed in by people without a conflict. None before all are in: blind means blind."""
    return [] if case.state == "ASSIGNED" else handed_in(case)


@dataclass(frozen=True)
class Original:
    """One assessor's mark, as it was handed in."""

    name: str
    value: str
    note: str

    @property
    def label(self) -> Any:
        return marks.label(self.value)


@dataclass(frozen=True)
class Comparison:
    """One item: originals, and what is agreed. kept: what was saved for it, if anything."""

    entry: marks.Entry
    claim: Any
    originals: list[Original]
    kept: Agreed | None

    @property
    def given(self) -> list[str]:
        return [one.value for one in self.originals if one.value]

    @property
    def common(self) -> str:
        """The mark that all gave; empty where they differ or fewer than two gave one."""
        return self.given[0] if len(self.given) > 1 and len(set(self.given)) == 1 else ""

    @property
    def value(self) -> str:
        return self.kept.value if self.kept and self.kept.value else self.common

    @property
    def reason(self) -> str:
        return self.kept.reason if self.kept else ""

    @property
    def needs_reason(self) -> bool:
        """Wherever what is agreed is not simply what everybody gave."""
        return bool(self.value) and self.value != self.common

    @property
    def label(self) -> Any:
        return marks.label(self.value)


@dataclass(frozen=True)
class Group:
    """A section of the form; rows by criterion."""

    section: questionnaire.Section
    rows: list[tuple[Given, list[Comparison]]]

    @property
    def differing(self) -> int:
        return sum(1 for _given, rows in self.rows for row in rows if not row.common)

    @property
    def same(self) -> int:
        return sum(1 for _given, rows in self.rows for row in rows if row.common)

    @property
    def changed(self) -> bool:
        """Does it hold a common mark that the team changes?"""
        return any(row.common and row.needs_reason for _given, rows in self.rows for row in rows)

    @property
    def open(self) -> int:
        return sum(1 for _given, rows in self.rows for row in rows if not row.value)


def comparison(case: Case, typed: Mapping[str, Mapping[str, str]] | None = None) -> list[Group]:
    """Every item by section, for whoever may moderate or read what was agreed.

    typed: what was sent and refused (item → value, reason): shown instead of what is kept, so that it is not lost.
    """
    standard, content = content_of(case)
    given = dossier(standard, content, marks=applications.evidence_marks(case.application, content))
    sheets = counted_sheets(case)
    originals = [(sheet.user.name, {one.item: one for one in sheet.marks.all()}) for sheet in sheets]
    kept = {one.item: one for one in Agreed.objects.filter(case=case)}
    for item, parts in (typed or {}).items():
        old = kept.get(item) or Agreed(item=item)
        kept[item] = Agreed(item=item, value=parts.get("value", old.value), reason=parts.get("reason", old.reason))
    return [
        Group(section, [(given[one.id], _rows(given[one.id], originals, kept)) for one in section.criteria])
        for section in questionnaire.sections(standard)
    ]


def _rows(given: Given, originals: list[tuple[str, dict[str, Any]]], kept: dict[str, Agreed]) -> list[Comparison]:
    return [
        Comparison(
            entry,
            claim,
            [
                Original(name, found[entry.key].value, found[entry.key].note)
                for name, found in originals
                if entry.key in found
            ],
            kept.get(entry.key),
        )
        for entry, claim in given.claims
    ]


def flat(groups: list[Group]) -> list[Comparison]:
    return [row for group in groups for _given, rows in group.rows for row in rows]


def agreed_values(groups: list[Group]) -> dict[str, str]:
    """What the team agrees at this moment: what was saved, and the common marks for the rest."""
    return {row.entry.key: row.value for row in flat(groups) if row.value}


def missing(case: Case, groups: list[Group], url: str) -> list[Item]:
    """Everything that agreeing still waits for: a mark, or a reason where the originals differ."""
    standard, _content = content_of(case)
    values = agreed_values(groups)
    wanted = {entry.key for entry in marks.missing(standard, values)}
    scored = set(values) if not marks.gate_failed(standard, values) else {one.id for one in standard.gate}
    items = []
    for row in flat(groups):
        label, where = f"{row.entry.number} {row.entry.heading}", f"{url}#item-{row.entry.key}"
        if row.entry.key in wanted:
            items.append(Item(label, where))
        elif row.entry.key in scored and row.needs_reason and not row.reason.strip():
            items.append(Item(marks.REASON_FOR % {"item": label}, where))
    return items


def preview(case: Case, groups: list[Group]) -> ScoreResult:
    """What the agreed marks come to so far."""
    standard, _content = content_of(case)
    values = agreed_values(groups)
    if marks.gate_failed(standard, values):
        gates = {one.id for one in standard.gate}
        values = {key: value for key, value in values.items() if key in gates}
    return marks.result(standard, values)


@dataclass(frozen=True)
class Attendance:
    """A member who takes part, and what was noted of their presence."""

    colleague: Colleague
    noted: Presence | None


def attendance(case: Case, typed: Mapping[str, Mapping[str, Any]] | None = None) -> list[Attendance]:
    """typed: presence that was sent and refused, by person."""
    noted = {one.user_id: one for one in Presence.objects.filter(case=case)}
    team = free_team_of(case)
    for one in team:
        if typed and one.user.ref in typed:
            noted[one.user.pk] = Presence(**typed[one.user.ref])
    return [Attendance(one, noted.get(one.user.pk)) for one in team]
