"""A line of a register that was entered wrongly is corrected as on paper: the old text stays readable, struck through, with
who corrected it, when and why. Its number and year never change."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.numbers import searched
from saduak.circulars.commands.registers import clean_text, clean_texts, subject
from saduak.circulars.models import RegisterCorrection, RegisterEntry
from saduak.circulars.queries import registers
from saduak.circulars.queries.registers import Place
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor

CORRECTED = ("letter_number", "letter_on", "from_name", "to_name", "subject")


@transaction.atomic
def correct_line(
    place: Place, *, by: Actor, texts: dict[str, str], letter_on: date | None, reason: str
) -> RegisterEntry:
    """Correct the letter's columns of a line entered by hand; of an outgoing letter its number is ours and stays.

    texts: letter_number, from_name, to_name, subject. Raises NotPossible for a line of a letter of Saduak and for a cancelled
    one; NotComplete without a reason, without any change, or naming each field that is missing or too long.
    """
    entry = registers.lock_line(place, actor=by)
    policy.may_correct_line(by, entry).require()
    reason = clean_text("reason", reason)
    if not reason:
        raise NotComplete(_("Write why the line is corrected."), field="reason")
    if letter_on is not None and letter_on > clock.today():
        raise NotComplete(_("This day has not come yet."), field="letter_on")
    wanted: dict[str, Any] = clean_texts(texts, registers.Book(entry.organisation, entry.direction, entry.division))
    wanted["letter_on"] = letter_on
    if entry.direction == "OUT":
        wanted["letter_number"], wanted["letter_on"] = entry.letter_number, letter_on or entry.letter_on
    before = {name: getattr(entry, name) for name in CORRECTED if getattr(entry, name) != wanted[name]}
    if not before:
        raise NotComplete(_("Nothing is different from what stands there already."), field="reason")
    for name in before:
        setattr(entry, name, wanted[name])
    entry.search = searched(entry)
    entry.save(update_fields=[*before, "search"])
    kept, after = _plain(before), _plain({name: wanted[name] for name in before})
    RegisterCorrection.objects.create(entry=entry, at=clock.now(), by_name=by.name, reason=reason, before=kept)
    details = {"reason": reason, "before": kept, "after": after}
    journal.record("register.corrected", subject(entry), by=by, details=details)
    return entry


def _plain(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in columns.items()}
