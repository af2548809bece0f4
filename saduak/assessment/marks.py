"""Marks as they are stored and typed, and what a sheet still lacks. Pure: no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.kernel.refusals import NotComplete
from saduak.packs.criteria import Criterion, Scoring, SubItem
from saduak.packs.scoring import Mark, ScoreResult, compute, shown
from saduak.packs.standard import Standard
from saduak.packs.text import Text
from saduak.thai.digits import to_arabic

YES, NO = "yes", "no"
REASON_FOR = _("%(item)s: the reason")
MOST_CHOICES = 7  # up to this many scores are shown as buttons; more are typed


@dataclass(frozen=True)
class Entry:
    """One thing that takes a mark: a criterion, or a sub-item of one. choices: (stored value, what it is called)."""

    key: str
    criterion: Criterion
    sub_item: SubItem | None
    scoring: Scoring

    @property
    def number(self) -> str:
        return self.sub_item.number if self.sub_item else self.criterion.number

    @property
    def title(self) -> Text:
        return self.sub_item.title if self.sub_item else self.criterion.title

    @property
    def heading(self) -> str:
        """The title in the reader's language."""
        return self.title.say(get_language())

    @property
    def maximum(self) -> str:
        return shown(self.scoring.maximum)

    @property
    def choices(self) -> list[tuple[str, Any]]:
        if self.scoring.type == "yes_no":
            return [(YES, _("met")), (NO, _("not met"))]
        if self.scoring.type == "bands":
            return [(shown(band.score), band.text) for band in self.scoring.bands]
        count = int(self.scoring.maximum / self.scoring.step) + 1
        if count > MOST_CHOICES:
            return []
        return [(shown(self.scoring.step * place), "") for place in range(count)]


def entries(standard: Standard) -> list[Entry]:
    """Everything that takes a mark, in order."""
    return entries_of(standard.criteria)


def entries_of(criteria: Iterable[Criterion]) -> list[Entry]:
    """What takes a mark in some of the criteria."""
    found = []
    for criterion in criteria:
        subs = {sub.id: sub for sub in criterion.sub_items}
        found += [Entry(key, criterion, subs.get(key), scoring) for key, scoring in criterion.marked()]
    return found


def read(scoring: Scoring, typed: str) -> str:
    """The value as it is stored. Empty stays empty. Raises NotComplete for a mark that cannot be given."""
    text = to_arabic(typed.strip()).replace(",", ".")
    if not text:
        return ""
    if scoring.type == "yes_no":
        if text not in (YES, NO):
            raise NotComplete(_("Choose met or not met."))
        return text
    try:
        value = Decimal(text) if len(text) <= 12 else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not scoring.allows(value):
        raise NotComplete(
            _("“%(typed)s” cannot be given here: %(allowed)s."),
            params={"typed": typed[:20], "allowed": allowed(scoring)},
        )
    return shown(value)


def allowed(scoring: Scoring) -> str:
    """The scores that may be given, as plain figures."""
    if scoring.type == "bands":
        return ", ".join(shown(band.score) for band in scoring.bands)
    return f"0–{shown(scoring.maximum)} (+{shown(scoring.step)})"


def value_of(stored: str) -> Mark:
    """The stored mark as the scoring takes it."""
    return stored == YES if stored in (YES, NO) else Decimal(stored)


def label(stored: str) -> Any:
    """A stored mark as people read it; the figure as it stands, or met / not met."""
    return {YES: _("met"), NO: _("not met"), "": "–"}.get(stored, stored)


def gate_failed(standard: Standard, values: Mapping[str, str]) -> bool:
    """Is an item of the gate marked as not met? Then nothing further has to be marked."""
    return any(values.get(one.id) == NO for one in standard.gate)


def missing(standard: Standard, values: Mapping[str, str]) -> list[Entry]:
    """What has no mark yet and needs one."""
    gates = {one.id for one in standard.gate}
    only_gate = gate_failed(standard, values)
    return [entry for entry in entries(standard) if not values.get(entry.key) and (entry.key in gates or not only_gate)]


def result(standard: Standard, values: Mapping[str, str]) -> ScoreResult:
    """What stored marks come to."""
    return compute(
        standard, {key: value_of(stored) for key, stored in values.items() if stored and key in standard.marks_wanted}
    )


def to_json(standard: Standard, found: ScoreResult) -> dict[str, Any]:
    """A result as it is kept with the case: exact figures as text, every step in both languages."""
    return {
        "standard": {"pack_id": standard.pack_id, "version": standard.version},
        "gate_passed": found.gate_passed,
        "failed_gate": list(found.failed_gate),
        "items": {key: shown(amount) for key, amount in found.items.items()},
        "parts": {key: shown(amount) for key, amount in found.parts.items()},
        "sides": {key: shown(amount) for key, amount in found.sides.items()},
        "total": None if found.total is None else shown(found.total),
        "counted": None if found.counted is None else shown(found.counted),
        "level": found.level,
        "steps": [
            {
                "code": step.code,
                "text": step.text.to_json(),
                "amount": None if step.amount is None else shown(step.amount),
            }
            for step in found.steps
        ],
    }
