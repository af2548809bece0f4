"""Reading a bundle of letters in, correcting what was read, confirming it."""

import re
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.bundles import checked
from saduak.circulars.models import Reading
from saduak.circulars.queries import readings as queries
from saduak.circulars.queries.visibility import lock_reading
from saduak.circulars.workflow import READING
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.people.actor import Actor
from saduak.people.commands import public_code
from saduak.saraban import reader
from saduak.saraban.sources import Document

MOST_LETTERS = 100
LONGEST_VALUE = 8000
_DATES = re.compile(r"\d{4}-\d{2}(-\d{2})?( – \d{4}-\d{2}(-\d{2})?)?( \(.*\))?")


def subject(reading: Reading) -> journal.Subject:
    return journal.Subject("reading", reading.code, reading.source_name or reading.code)


@transaction.atomic
def read(given: str | Document, *, by: Actor, source_name: str = "") -> Reading:
    """Read a bundle (a text, or a document with pages) and keep what was read for review.

    Raises NotAllowed, NotComplete (nothing that can be read).
    """
    policy.may_read_letters(by).require()
    text = given.text if isinstance(given, Document) else checked(given, field="text")
    found = reader.read(given if isinstance(given, Document) else text)
    if not found.letters:
        raise NotComplete(_("No letter was found in the text."), field="text")
    if len(found.letters) > MOST_LETTERS:
        raise NotComplete(_("At most 100 letters are read at once. Split the bundle."), field="text")
    reading = Reading.objects.create(
        code=public_code("RD"),
        source_name=" ".join(source_name.split())[:200],
        text=text,
        result=found.to_json(),
        created_at=clock.now(),
        created_by=by.name,
    )
    details = {"letters": len(found.letters), "findings": [one.code for one in found.findings]}
    journal.record("reading.read", subject(reading), by=by, details=details)
    return reading


@transaction.atomic
def correct(code: str, corrections: Mapping[int, Mapping[str, str]], *, by: Actor, seen: Mapping[int, str]) -> Reading:
    """Keep the officer's corrections beside what was read, and which findings were seen, each with its note.

    corrections: letter's place (from 0) → field → text; a text equal to what was read is no correction. seen: finding's
    place → note, all of them. Raises NotComplete naming every field that does not fit.
    """
    reading = lock_reading(code, actor=by)
    policy.may_correct(by, reading).require()
    _write(reading, corrections, seen)
    reading.save(update_fields=["corrections", "seen"])
    details = {"corrected": {place: sorted(kept) for place, kept in reading.corrections.items()}}
    journal.record("reading.corrected", subject(reading), by=by, details=details)
    return reading


@transaction.atomic
def confirm(code: str, *, by: Actor) -> Reading:
    """Say that the fields are right as they stand. Raises NotComplete while an error among the findings is unseen."""
    reading = lock_reading(code, actor=by)
    policy.may_confirm(by, reading).require()
    reading.state = READING.move(reading.state, "confirm")
    unseen = [one for one in queries.findings(reading) if one.severity == "error" and not one.seen]
    if unseen:
        items = [Item(one.message, f"#finding-{one.place}") for one in unseen]
        raise NotComplete(_("Look at these findings and tick them as seen first."), items=items)
    _settle(reading, by)
    journal.record("reading.confirmed", subject(reading), by=by, details={"corrections": reading.corrections})
    return reading


@transaction.atomic
def discard(code: str, *, by: Actor) -> Reading:
    """Put the reading away; it stays readable."""
    reading = lock_reading(code, actor=by)
    policy.may_discard(by, reading).require()
    reading.state = READING.move(reading.state, "discard")
    _settle(reading, by)
    journal.record("reading.discarded", subject(reading), by=by)
    return reading


def _settle(reading: Reading, by: Actor) -> None:
    reading.settled_at, reading.settled_by = clock.now(), by.name
    reading.save(update_fields=["state", "settled_at", "settled_by"])


def _write(reading: Reading, corrections: Mapping[int, Mapping[str, str]], seen: Mapping[int, str]) -> None:
    kept: dict[str, dict[str, str]] = dict(reading.corrections)
    wrong: list[Item] = []
    for place, given in corrections.items():
        if not 0 <= place < len(reading.result["letters"]):
            raise NotPossible(_("The bundle has no such letter."))
        letter = reading.result["letters"][place]
        here = {}
        for name, value in given.items():
            value = _tidy(value)
            if name not in queries.FIELDS or value == _tidy(queries.text_of(letter, name)):
                continue
            problem = _problem(name, value)
            if problem:
                label = _("Letter %(number)s, %(field)s: %(problem)s")
                words = {"number": place + 1, "field": queries.FIELDS[name], "problem": problem}
                wrong.append(Item(str(label) % words, f"#id_{place}-{name}"))
            here[name] = value
        kept[str(place)] = here
    if wrong:
        raise NotComplete(_("Some fields cannot be kept as they are written."), items=wrong)
    reading.corrections = {place: here for place, here in kept.items() if here}
    count = len(reading.result["findings"])
    reading.seen = {str(place): _tidy(note)[:500] for place, note in seen.items() if 0 <= place < count}


def _tidy(value: str) -> str:
    return "\n".join(line.strip() for line in value.replace("\r\n", "\n").strip().split("\n"))


def _problem(name: str, value: str) -> object | None:
    if len(value) > LONGEST_VALUE:
        return _("at most 8,000 characters.")
    if name == "kind" and value not in queries.KINDS:
        return _("choose one of the kinds.")
    if name == "date" and value and not _is_day(value):
        return _("write the day as 2021-12-29.")
    if name == "dates_in_body" and any(not _DATES.fullmatch(line) for line in value.splitlines() if line):
        return _("write one a line, as 2022-01-01 – 2022-02-28 (words of the letter).")
    return None


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10
