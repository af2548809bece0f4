"""One assessor's sheet beside what the unit handed in. Other people's sheets are read through `moderation` only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saduak.applications import queries as applications
from saduak.applications import questionnaire
from saduak.applications.models import Evidence
from saduak.assessment import marks
from saduak.assessment.dossier import Given, dossier, profile_rows
from saduak.assessment.interests import interests
from saduak.assessment.models import Case, Mark, Sheet
from saduak.assessment.queries import cases
from saduak.kernel.refusals import Item
from saduak.packs.asking import Form
from saduak.packs.standard import Standard
from saduak.people.actor import Actor
from saduak.rounds import queries as rounds


def sheet_of(case: Case, actor: Actor) -> Sheet | None:
    """The actor's own sheet."""
    return Sheet.objects.filter(case=case, user_id=actor.user_id).first()


def lock_sheet(case: Case, actor: Actor) -> Sheet:
    """The actor's own sheet, held. Raises Sheet.DoesNotExist."""
    return Sheet.objects.select_for_update().get(case=case, user_id=actor.user_id)


def content_of(case: Case) -> tuple[Standard, dict[str, Any]]:
    """The standard and what the unit handed in last."""
    return rounds.standard(case.application.round), applications.submitted_content(case.application)


def profile(case: Case) -> tuple[Form | None, list[dict[str, Any]]]:
    """What the centre says of itself: the form of its round and the answers handed in."""
    form = rounds.profile_form(case.application.round)
    return form, profile_rows(form, applications.submitted_content(case.application))


def evidence(number: str, public_id: str, *, actor: Actor) -> Evidence:
    """Evidence of a case that the actor may read and that was handed in. Raises DoesNotExist of case or evidence."""
    case = cases.full(cases.declared(actor)).get(number=number)
    _standard, content = content_of(case)
    if public_id not in {str(one["id"]) for one in content.get("evidence", ())}:
        raise Evidence.DoesNotExist
    return Evidence.objects.select_related("stored").get(application=case.application, uuid=public_id)


@dataclass(frozen=True)
class Row:
    """One mark on the page: entry, stored value and note, and what the unit claims."""

    entry: marks.Entry
    claim: Any
    mark: Mark | None

    @property
    def value(self) -> str:
        return self.mark.value if self.mark else ""

    @property
    def note(self) -> str:
        return self.mark.note if self.mark else ""


@dataclass(frozen=True)
class Block:
    """One criterion on the page: what the unit gives, and its marks."""

    given: Given
    rows: list[Row]

    @property
    def done(self) -> bool:
        return all(row.value for row in self.rows)


@dataclass(frozen=True)
class Page:
    """A section of the form with its blocks."""

    section: questionnaire.Section
    blocks: list[Block]

    @property
    def rows(self) -> list[Row]:
        return [row for block in self.blocks for row in block.rows]

    @property
    def done(self) -> int:
        return sum(1 for row in self.rows if row.value)


Typed = Mapping[str, Mapping[str, str]]


def pages(case: Case, sheet: Sheet | None, typed: Typed | None = None) -> list[Page]:
    """The whole sheet, section by section; the sections are those in which the unit answered.

    typed: what was sent and refused (item → value, note): shown instead of what is kept, so that it is not lost.
    """
    standard, content = content_of(case)
    given = dossier(standard, content, marks=applications.evidence_marks(case.application, content))
    found = {one.item: one for one in sheet.marks.all()} if sheet else {}
    for item, parts in (typed or {}).items():
        kept = found.get(item) or Mark(item=item)
        found[item] = Mark(item=item, value=parts.get("value", kept.value), note=parts.get("note", kept.note))
    return [
        Page(section, [_block(given[one.id], found) for one in section.criteria])
        for section in questionnaire.sections(standard)
    ]


def _block(given: Given, found: dict[str, Mark]) -> Block:
    return Block(given, [Row(entry, claim, found.get(entry.key)) for entry, claim in given.claims])


def values(sheet: Sheet) -> dict[str, str]:
    return dict(sheet.marks.values_list("item", "value"))


def missing(sheet: Sheet, standard: Standard, url: str) -> list[Item]:
    """Everything that handing in still waits for: marks, and a reason beside each item of the gate that is not met.

    url: address of the sheet with one placeholder for the section.
    """
    found = {one.item: one for one in sheet.marks.all()}
    stored = {key: one.value for key, one in found.items()}
    items = [Item(_label(entry), _where(standard, entry, url)) for entry in marks.missing(standard, stored)]
    gates = {one.id for one in standard.gate}
    for entry in marks.entries(standard):
        if entry.key in gates and stored.get(entry.key) == marks.NO and not found[entry.key].note.strip():
            items.append(Item(marks.REASON_FOR % {"item": _label(entry)}, _where(standard, entry, url)))
    return items


def _label(entry: marks.Entry) -> str:
    return f"{entry.number} {entry.heading}"


def _where(standard: Standard, entry: marks.Entry, url: str) -> str:
    return f"{url % questionnaire.section_of(standard, entry.key)}#item-{entry.key}"


def handed_in(case: Case) -> list[Sheet]:
    """Sheets of people without a conflict that are in, also of those who have left the team since."""
    sheets = list(Sheet.objects.filter(case=case, state="HANDED_IN").select_related("user").prefetch_related("marks"))
    known = interests([case], [one.user for one in sheets])
    return [one for one in sheets if not known[case.pk, one.user_id].conflict]
