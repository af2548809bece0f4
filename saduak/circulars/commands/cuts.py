"""Splitting a letter that is two, joining two that are one, and back to how they were read."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.readings import MOST_LETTERS, subject
from saduak.circulars.models import Reading
from saduak.circulars.queries.visibility import lock_reading
from saduak.journal import commands as journal
from saduak.kernel.refusals import NotPossible
from saduak.people.actor import Actor
from saduak.saraban.reader.pieces import read_pieces

KEPT = ("corrections", "places", "bodies", "asked", "checked")


@transaction.atomic
def split(code: str, place: int, at: int, *, by: Actor, cuts: int) -> Reading:
    """Make two letters of the one at `place` (from 0): the second begins at `at`, counted in the whole text.

    Both are read again; what was done to the other letters stays. Raises NotPossible for a cut that leaves nothing.
    """
    reading = _held(code, place, cuts, by)
    start, end = reading.letters[place]["span"]
    if not (start < at < end and reading.text[start:at].strip() and reading.text[at:end].strip()):
        raise NotPossible(_("A letter is split where text stands before and after. Choose another line."))
    if len(reading.letters) >= MOST_LETTERS:
        raise NotPossible(_("At most 100 letters are read at once. Split the bundle."))
    first = start + len(reading.text[start:at].rstrip())
    second = at + len(reading.text[at:end]) - len(reading.text[at:end].lstrip())
    return _cut(reading, place, 1, [(start, first), (second, end)], "reading.split", by)


@transaction.atomic
def join(code: str, place: int, *, by: Actor, cuts: int) -> Reading:
    """Make one letter of the one at `place` (from 0) and the next. Raises NotPossible for the last one."""
    reading = _held(code, place, cuts, by)
    if place + 1 >= len(reading.letters):
        raise NotPossible(_("No letter follows this one."))
    span = (reading.letters[place]["span"][0], reading.letters[place + 1]["span"][1])
    return _cut(reading, place, 2, [span], "reading.joined", by)


@transaction.atomic
def restore(code: str, *, by: Actor, cuts: int) -> Reading:
    """Back to the letters as they were read first; what was done to letters that are the same stays."""
    reading = _held(code, 0, cuts, by)
    if reading.recut is None:
        raise NotPossible(_("The letters stand as they were read."))
    before, findings = reading.letters, reading.findings
    reading.recut = None
    carry(reading, before, findings)
    return _kept(reading, "reading.restored", {"letters": len(reading.letters)}, by)


def _held(code: str, place: int, cuts: int, by: Actor) -> Reading:
    reading = lock_reading(code, actor=by)
    policy.may_correct(by, reading).require()
    if cuts != reading.cuts:
        raise NotPossible(_("Somebody has split or joined the letters meanwhile. Open the reading again."))
    if not 0 <= place < len(reading.letters):
        raise NotPossible(_("The bundle has no such letter."))
    return reading


def _cut(reading: Reading, place: int, gone: int, pieces: Sequence[tuple[int, int]], event: str, by: Actor) -> Reading:
    """Put pieces in the place of `gone` letters, read them, and keep the others as they are."""
    before, findings = reading.letters, reading.findings
    spans = [(one["span"][0], one["span"][1]) for one in before]
    cut = [*spans[:place], *pieces, *spans[place + gone :]]
    dropped = {
        name: {str(one + 1): getattr(reading, name)[str(one)]}
        for name in KEPT
        for one in range(place, place + gone)
        if str(one) in getattr(reading, name)
    }
    again = read_pieces(reading.text, cut).to_json()
    same = {tuple(one["span"]): one for one in [*before[:place], *before[place + gone :]]}
    again["letters"] = [same.get(tuple(one["span"]), one) for one in again["letters"]]
    # What was noticed about pages holds however the letters are cut.
    again["findings"] = [one for one in findings if one["code"].startswith("page-")] + again["findings"]
    reading.recut = again
    carry(reading, before, findings)
    return _kept(reading, event, {"letter": place + 1, "letters": len(reading.letters), "dropped": dropped}, by)


def carry(
    reading: Reading,
    before: list[dict[str, Any]],
    findings: list[dict[str, Any]],
    to: Callable[[Sequence[int]], tuple[int, int] | None] = lambda span: (span[0], span[1]),
) -> set[int]:
    """Take along what was done to letters and findings that are still there, to their new places; the places (from 0) that letters
    had which are. to: where a stretch of the text stands now, None if it is no longer whole."""
    now = {tuple(one["span"]): str(place) for place, one in enumerate(reading.letters)}
    moved = {str(place): now.get(to(one["span"]) or ()) for place, one in enumerate(before)}
    for name in KEPT:
        kept = getattr(reading, name)
        setattr(reading, name, {moved[key]: value for key, value in kept.items() if moved.get(key) is not None})
    reading.places = {
        place: {name: [list(to(span) or span) for span in spans] for name, spans in fields.items()}
        for place, fields in reading.places.items()
    }
    told = {
        _identity(one["code"], [tuple(quote["span"]) for quote in one["quotes"]]): str(place)
        for place, one in enumerate(reading.findings)
    }
    places = {
        str(place): told.get(_identity(one["code"], [to(quote["span"]) for quote in one["quotes"]]))
        for place, one in enumerate(findings)
    }
    reading.seen = {places[key]: value for key, value in reading.seen.items() if places.get(key) is not None}
    return {int(place) for place, there in moved.items() if there is not None}


def _identity(code: str, spans: Sequence[tuple[int, int] | None]) -> tuple[Any, ...]:
    """What makes a finding the same one: its code and the places it speaks of, not the numbers of the letters."""
    return (code, *spans)


def _kept(reading: Reading, event: str, details: dict[str, Any], by: Actor) -> Reading:
    reading.cuts += 1
    reading.save(update_fields=["recut", "cuts", "seen", *KEPT])
    journal.record(event, subject(reading), by=by, details=details)
    return reading
