"""Reading a bundle of letters in, correcting what was read, confirming it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.asking import KINDS, Asked
from saduak.circulars.bundles import checked
from saduak.circulars.commands import reading_bodies as bodies_kept
from saduak.circulars.models import Reading
from saduak.circulars.queries import readings as queries
from saduak.circulars.queries.visibility import lock_reading
from saduak.circulars.workflow import READING
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.people.actor import Actor
from saduak.saraban import reader
from saduak.saraban.sources import Document
from saduak.thai.dates import parse_date
from saduak.thai.digits import to_arabic

MOST_LETTERS = 100
LONGEST_VALUE = 8000
_DATES = re.compile(r"\d{4}-\d{2}(-\d{2})?( – \d{4}-\d{2}(-\d{2})?)?( \(.*\))?")


def subject(reading: Reading) -> journal.Subject:
    return journal.Subject("reading", reading.code, reading.source_name or reading.code)


def read(given: str | Document, *, by: Actor, source_name: str = "") -> Reading:
    """Read a bundle (a text, or a document with pages) at once and keep what was read for review. Files and long texts are
    handed in instead (`hand_in`) and read in the background.

    Raises NotAllowed, NotComplete (nothing that can be read).
    """
    policy.may_read_letters(by).require()
    text = given.text if isinstance(given, Document) else checked(given, field="text")
    found = reader.read(given if isinstance(given, Document) else text)  # takes a while: before anything is locked
    if not found.letters:
        raise NotComplete(_("No letter was found in the text."), field="text")
    if len(found.letters) > MOST_LETTERS:
        raise NotComplete(_("At most 100 letters are read at once. Split the bundle."), field="text")
    details = {"letters": len(found.letters), "findings": [one.code for one in found.findings]}
    with transaction.atomic():
        reading = Reading.objects.create(
            code=public_code("RD"),
            state="READ",
            source_name=" ".join(source_name.split())[:200],
            text=text,
            result=found.to_json(),
            created_at=clock.now(),
            created_by=by.name,
        )
        journal.record("reading.read", subject(reading), by=by, details=details)
    return reading


@transaction.atomic
def correct(
    code: str,
    corrections: Mapping[int, Mapping[str, str]],
    *,
    by: Actor,
    seen: Mapping[int, str | None] | None = None,
    places: Mapping[int, Mapping[str, tuple[int, int]]] | None = None,
    bodies: Mapping[int, Mapping[str, str]] | None = None,
    asked: Mapping[int, Sequence[Asked]] | None = None,
    checked: int | None = None,
    cuts: int | None = None,
) -> Reading:
    """Keep what the officer makes of a reading beside what was read; only what is named changes.

    corrections: letter's place (from 0) → field → text; a text equal to what was read undoes the correction. places: where
    in the text such a text was taken from. seen: finding's place → note, or None to take the tick back. bodies: place →
    name as `queries.reading_bodies` counts it → code of the body, "" for none of ours. asked: place → its actions. checked:
    the place of a letter that has been gone through. cuts: as often as the page knew the letters to be split or joined.

    Raises NotComplete naming every field that does not fit, NotPossible where the letters were cut otherwise meanwhile.
    """
    reading = lock_reading(code, actor=by)
    policy.may_correct(by, reading).require()
    if cuts is not None and cuts != reading.cuts:
        raise NotPossible(_("Somebody has split or joined the letters meanwhile. Open the reading again."))
    for place in {*corrections, *(bodies or {}), *(asked or {})}:
        if not 0 <= place < len(reading.letters):
            raise NotPossible(_("The bundle has no such letter."))
    changed = _write(reading, corrections, places or {})
    ticked = _tick(reading, seen or {}, by)
    bound = bodies_kept.keep(reading, bodies or {})
    acted = _ask(reading, asked or {})
    if checked is not None and str(checked) not in reading.checked:
        reading.checked = {**reading.checked, str(checked): {"by": by.name, "at": clock.now().isoformat()}}
        acted["checked"] = checked + 1
    details = {"changed": changed, "seen": ticked, "bodies": bound, **acted}
    details = {name: value for name, value in details.items() if value}
    if details:
        reading.save(update_fields=["corrections", "places", "seen", "bodies", "asked", "checked"])
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


def _write(
    reading: Reading,
    corrections: Mapping[int, Mapping[str, str]],
    places: Mapping[int, Mapping[str, tuple[int, int]]],
) -> dict[str, list[str]]:
    """Write the corrections; returns what changed, "1 number" → [before, now]."""
    changed: dict[str, list[str]] = {}
    wrong: list[Item] = []
    for place, given in corrections.items():
        letter, here = reading.letters[place], dict(reading.corrections.get(str(place), {}))
        taken = dict(reading.places.get(str(place), {}))
        for name, text in given.items():
            if name not in queries.FIELDS:
                continue
            read, value = queries.text_of(letter, name), _value(name, text)
            before = here.get(name, read)
            if value == _tidy(before):
                continue
            problem = _problem(name, value)
            if problem:
                label = _("Letter %(number)s, %(field)s: %(problem)s")
                words = {"number": place + 1, "field": queries.FIELDS[name], "problem": problem}
                wrong.append(Item(str(label) % words, f"#id_{place}-{name}"))
            changed[f"{place + 1} {name}"] = [before, value]
            here.pop(name, None)
            taken.pop(name, None)
            if value != _tidy(read):
                here[name] = value
                start, end = places.get(place, {}).get(name, (0, 0))
                if 0 <= start < end <= len(reading.text):
                    taken[name] = [[start, end]]
        reading.corrections = _with(reading.corrections, place, here)
        reading.places = _with(reading.places, place, taken)
    if wrong:
        raise NotComplete(_("Some fields cannot be kept as they are written."), items=wrong)
    return changed


def _with(kept: Mapping[str, Any], place: int, here: Any) -> dict[str, Any]:
    return {**{key: value for key, value in kept.items() if key != str(place)}, **({str(place): here} if here else {})}


def _tick(reading: Reading, seen: Mapping[int, str | None], by: Actor) -> dict[str, str | None]:
    """Tick findings as seen, with who and when; returns what changed, code → note."""
    changed: dict[str, str | None] = {}
    for place, note in seen.items():
        if not 0 <= place < len(reading.findings):
            continue
        before = queries.seen_of(reading, place)
        note = None if note is None else _tidy(note)[:500]
        if (before or {}).get("note") == note:
            continue
        changed[f"{place + 1} {reading.findings[place]['code']}"] = note
        now = None if note is None else {"note": note, "by": by.name, "at": clock.now().isoformat()}
        reading.seen = _with(reading.seen, place, now)
    return changed


def _ask(reading: Reading, asked: Mapping[int, Sequence[Asked]]) -> dict[str, Any]:
    """Keep the actions of letters as the officer left them; returns what changed."""
    wrong = [
        Item(str(problem), f"#id_{place}-ask-{number}-due")
        for place, actions in asked.items()
        for number, one in enumerate(actions)
        if (problem := _wrong_action(one))
    ]
    if wrong:
        raise NotComplete(_("Some actions cannot be asked for like this."), items=wrong)
    changed = {}
    for place, actions in asked.items():
        now = [one.as_json() for one in actions]
        if now != [one.as_json() for one in queries.asked(reading, place)]:
            reading.asked = {**reading.asked, str(place): now}
            changed[str(place + 1)] = [{"kind": one.kind, "opens": one.opens, "due": one.due} for one in actions]
    return {"actions": changed} if changed else {}


def _wrong_action(one: Asked) -> Any:
    words = {"number": one.number}
    if one.kind and one.kind not in KINDS:
        return _("Action %(number)s: choose one of the kinds.") % words
    if one.opens and one.due and one.opens > one.due:
        return _("Action %(number)s: it would be due before it begins.") % words
    return None


def _value(name: str, text: str) -> str:
    """A text as it is kept: blanks tidied, days in any Thai writing as ISO, numbers in Arabic digits."""
    value = _tidy(text)
    if name == "date" and value and not _is_day(value):
        day = parse_date(value)
        return day.isoformat() if day else value
    return to_arabic(value) if name in {"number", "phones", "faxes"} else value


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
