"""Two submissions side by side: only what differs and what was remarked on, in the order of the form. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.applications import handed_in, profile, questionnaire, reading
from saduak.applications.handed_in import Change
from saduak.applications.models import Remark
from saduak.packs.asking import Form
from saduak.packs.standard import Standard
from saduak.thai.dates import format_date
from saduak.thai.wording import Run, marked


@dataclass(frozen=True)
class Pair:
    """One part in both submissions, as runs of text; no runs at all where it was not given."""

    what: str
    before: list[Run]
    after: list[Run]


@dataclass
class Compared:
    """One field of the profile or one criterion: what differs, and what the secretariat had remarked on it."""

    item: str
    title: str
    pairs: list[Pair] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


@dataclass
class ComparedPiece:
    """A piece of evidence that was added, removed or described anew. items: the criteria it serves, in words."""

    what: str
    title: str
    pairs: list[Pair]
    items: str


@dataclass
class Comparison:
    """items: in the order of the form; untouched: what was remarked on and yet is as it was, by item."""

    items: list[Compared]
    evidence: list[ComparedPiece]
    untouched: list[Compared]

    @property
    def many(self) -> int:
        """How many things differ."""
        return sum(len(one.pairs) for one in self.items) + len(self.evidence)


def compare(
    standard: Standard,
    form: Form | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    remarks: Iterable[Remark] = (),
) -> Comparison:
    """What differs between the contents of two submissions; remarks: those made on the earlier one and until the later."""
    changes = handed_in.changes(before, after, form)
    places = _places(standard, form)
    rows = {item: Compared(item, title) for item, title in _titles(standard, form).items()}
    for change in changes:
        if change.part != "evidence":
            words = reading.said(change, standard, form)
            rows[places[change.item]].pairs.append(_pair(words["what"], words["before"], words["after"]))
    for one in remarks:
        rows[places[one.item]].remarks.append(one)
    touched = {places.get(change.item) for change in changes}
    return Comparison(
        items=[row for row in rows.values() if row.pairs],
        evidence=_evidence(changes, standard, form),
        untouched=[row for row in rows.values() if row.remarks and row.item not in touched],
    )


def _places(standard: Standard, form: Form | None) -> dict[str, str]:
    """item → the row it stands in: a sub-item stands in that of its criterion."""
    found = {item: item for item in profile.questions(form)}
    return found | {item: place.criterion.id for item, place in questionnaire.places(standard).items()}


def _titles(standard: Standard, form: Form | None) -> dict[str, str]:
    language = get_language()
    found = {item: one.title.say(language) for item, one in profile.questions(form).items()}
    return found | {one.id: f"{one.number} {one.title.say(language)}" for one in standard.criteria}


def _pair(what: str, before: str, after: str) -> Pair:
    old, new = marked(before, after)
    return Pair(what, old, new)


def _evidence(changes: list[Change], standard: Standard, form: Form | None) -> list[ComparedPiece]:
    """Each piece once, however many criteria it serves."""
    found: dict[str, ComparedPiece] = {}
    for change in changes:
        if change.part != "evidence":
            continue
        key = (change.after or change.before)["id"]
        if key not in found:
            found[key] = _piece(change, standard, form)
    return list(found.values())


def _piece(change: Change, standard: Standard, form: Form | None) -> ComparedPiece:
    before, after = (_described(one, standard) if one else {} for one in (change.before, change.after))
    pairs = [
        _pair(what, before.get(what, ""), after.get(what, ""))
        for what in dict.fromkeys([*before, *after])
        if before.get(what, "") != after.get(what, "")
    ]
    one = change.after or change.before
    what = reading.said(change, standard, form)["what"]
    return ComparedPiece(what, one["title"], pairs, _numbers(one["items"], standard))


def _described(piece: Mapping[str, Any], standard: Standard) -> dict[str, str]:
    """A piece of evidence in words, by part."""
    holds = [_day(piece[key]) for key in ("holds_from", "holds_to")]
    return {
        _("Title"): piece["title"],
        _("What it shows"): piece["shows"],
        _("File or link"): piece["link"] or piece["name"],
        _("Holds from and until"): " – ".join(holds) if any(holds) else "",
        _("Criteria"): _numbers(piece["items"], standard),
    }


def _day(text: str) -> str:
    return (
        format_date(date.fromisoformat(text), style="short", language="th" if get_language() == "th" else "en")
        if text
        else ""
    )


def _numbers(items: Iterable[str], standard: Standard) -> str:
    wanted = set(items)
    return ", ".join(one.number for one in standard.criteria if wanted.intersection(questionnaire.keys_of(one)))
