"""Registers kept by hand: letters on paper, cancelled numbers, what was done, and the registers of divisions."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands import numbers
from saduak.circulars.commands.division_members import tell_division
from saduak.circulars.models import Direction, Division, RegisterEntry
from saduak.circulars.queries import registers
from saduak.circulars.queries.registers import Place
from saduak.files import commands as files
from saduak.files.models import StoredFile
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.saraban.numbering import compose
from saduak.thai.text import fold

LONGEST = {
    "letter_number": 60, "from_name": 300, "to_name": 400, "subject": 400, "action": 500, "remark": 500, "reason": 500,
    "name_th": 200, "prefix": 40,
}  # fmt: skip
WANTED = {"from_name": _("Write who sent the letter."), "to_name": _("Write to whom the letter goes."),
          "subject": _("Write the subject of the letter.")}  # fmt: skip
LETTER_FIELDS = ("letter_number", "from_name", "to_name", "subject", "remark")


def enter_letter(
    office_code: str,
    book_key: str,
    *,
    by: Actor,
    texts: dict[str, str],
    letter_on: date | None = None,
    scan: File | None = None,
    circular: bool = False,
    again: bool = False,
) -> RegisterEntry:
    """Enter a letter on paper under the next number of a register.

    texts: letter_number, from_name, to_name, subject, remark. Of an outgoing letter the number is made here, from the code
    of the office or the division, with ว for a `circular`, and its sender is the office; its day is today if none is given.
    An incoming letter that seems to stand in the register is entered only with `again`. Raises NotComplete naming every
    field that is missing or too long, Organisation.DoesNotExist and Division.DoesNotExist for what the actor may not see.
    The scan is looked at before the transaction begins, because that takes a while.
    """
    found = registers.book(registers.office(office_code, by), book_key)
    policy.may_keep_registers(by, found.office).require()
    clean = clean_texts(texts, found)
    stored = files.store(scan, by_ref=by.ref) if scan is not None else None
    return _enter_letter(
        found, by=by, clean=clean, letter_on=letter_on, scan=stored, circular=circular, again=again
    )  # fmt: skip


@transaction.atomic
def _enter_letter(
    found: registers.Book, *, by: Actor, clean: dict[str, str], letter_on: date | None, scan: StoredFile | None,
    circular: bool, again: bool,
) -> RegisterEntry:  # fmt: skip
    office = Organisation.objects.get(pk=found.office.pk)
    policy.may_keep_registers(by, office).require()
    division = _open_division(found.division)
    now, today = clock.now(), clock.today()
    if letter_on is not None and letter_on > today:
        raise NotComplete(_("This day has not come yet."), field="letter_on")
    number, year = numbers.take(office, found.direction, now, division=division)
    if found.direction == Direction.OUTGOING:
        prefix = division.prefix if division else office.letter_prefix
        if not prefix:
            raise NotPossible(_("The office has no code for its letter numbers yet. Enter it on the office's page."))
        clean["letter_number"] = compose(prefix, number, circular=circular, digits="arabic")
        letter_on = letter_on or today
    elif not again:
        _not_twice(found, year, clean, letter_on)
    entry = numbers.enter(
        office, found.direction, number=number, year=year, at=now, letter_on=letter_on, by_name=by.name,
        division=division, scan=scan, **clean,
    )  # fmt: skip
    details = {
        **clean,
        "letter_on": letter_on.isoformat() if letter_on else None,
        "scan": scan.sha256 if scan else None,
    }
    journal.record("register.entered", subject(entry), by=by, details=details)
    return entry


@transaction.atomic
def cancel_number(place: Place, *, by: Actor, reason: str) -> RegisterEntry:
    """Cancel a number that was given: its line stays, struck through, and the number is never given again.

    Raises NotComplete without a reason, NotPossible for a number under which a letter still stands.
    """
    entry = registers.lock_line(place, actor=by)
    inside = RegisterEntry.objects.filter(parent=entry, cancelled_at=None).exists()
    policy.may_cancel_number(by, entry, inside).require()
    reason = clean_text("reason", reason)
    if not reason:
        raise NotComplete(_("Write why the number is cancelled."), field="reason")
    entry.cancelled_at, entry.cancelled_by, entry.cancel_reason = clock.now(), by.name, reason
    entry.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    journal.record("register.cancelled", subject(entry), by=by, details={"reason": reason})
    return entry


@transaction.atomic
def note_line(place: Place, *, by: Actor, action: str, remark: str) -> RegisterEntry:
    """Write what was done with a letter, and a remark, into their columns; the journal keeps what stood there."""
    entry = registers.lock_line(place, actor=by)
    policy.may_note_line(by, entry).require()
    before = {"action": entry.action, "remark": entry.remark}
    entry.action, entry.remark = clean_text("action", action), clean_text("remark", remark)
    after = {"action": entry.action, "remark": entry.remark}
    if after == before:
        return entry
    entry.save(update_fields=["action", "remark"])
    journal.record("register.noted", subject(entry), by=by, details={"before": before, "after": after})
    return entry


@transaction.atomic
def pass_inside(place: Place, *, by: Actor, division_code: str) -> RegisterEntry:
    """Pass a letter that the office received on to one of its divisions, under the division's own next number.

    Raises NotComplete for a division that is none or is closed, NotPossible when it has the letter already.
    """
    entry = registers.lock_line(place, actor=by)
    policy.may_pass_inside(by, entry).require()
    division = registers.divisions(entry.organisation).filter(code=division_code).first()
    if division is None:
        raise NotComplete(_("Choose one of the office's divisions."), field="division")
    had = RegisterEntry.objects.filter(parent=entry, division=division, cancelled_at=None).first()
    if had is not None:
        raise NotPossible(
            _("%(division)s has this letter already, under number %(number)s."),
            params={"division": division.name_th, "number": f"{had.number}/{had.year}"},
        )
    now = clock.now()
    number, year = numbers.take(entry.organisation, Direction.INCOMING, now, division=division)
    made = numbers.enter(
        entry.organisation, Direction.INCOMING, number=number, year=year, at=now, letter_on=entry.letter_on,
        letter_number=entry.letter_number, from_name=entry.from_name, to_name=division.name_th, subject=entry.subject,
        by_name=by.name, division=division, parent=entry, circular=entry.circular, delivery=entry.delivery,
    )  # fmt: skip
    journal.record("register.passed_inside", subject(made), by=by, details={"from": str(entry)})
    tell_division(made)
    return made


@transaction.atomic
def open_division(office_code: str, *, by: Actor, name_th: str, prefix: str) -> Division:
    """Let a division count its letters by itself. With the code of a closed one that is opened again, and counts on.

    Raises NotComplete for a missing name or code, or a code that the office or an open division bears already.
    """
    office = registers.office(office_code, by)
    policy.may_keep_registers(by, office).require()
    Organisation.objects.select_for_update().get(pk=office.pk)  # two at once open one after the other
    name, code = clean_text("name_th", name_th), " ".join(clean_text("prefix", prefix).rstrip("/").split())
    code = compose(code, None, digits="arabic").rstrip("/") if code else ""
    missing = [
        Item(label, f"#id_{field}")
        for field, label, text in (
            ("name_th", _("Name of the division"), name),
            ("prefix", _("Code of the division"), code),
        )
        if not text
    ]
    if missing:
        raise NotComplete(_("This is missing:"), items=missing)
    had = Division.objects.select_for_update().filter(organisation=office, prefix=code).first()
    if (had is not None and had.closed_at is None) or fold(code) == fold(office.letter_prefix):
        raise NotComplete(_("Letters of %(name)s bear this code already. A division needs one of its own."),
                          params={"name": had.name_th if had else office.name}, field="prefix")  # fmt: skip
    if had is None:
        had = Division(code=public_code("V"), organisation=office, prefix=code)
    had.name_th, had.opened_at, had.opened_by, had.closed_at = name, clock.now(), by.name, None
    had.save()
    journal.record("division.opened", _of_division(had), by=by, details={"prefix": code})
    return had


@transaction.atomic
def close_division(office_code: str, code: str, *, by: Actor) -> Division:
    """No number is given in the division's registers any more; they stay readable. Raises Division.DoesNotExist."""
    office = registers.office(office_code, by)
    policy.may_keep_registers(by, office).require()
    division = Division.objects.select_for_update().get(organisation=office, code=code)
    if division.closed_at is not None:
        raise NotPossible(_("This division is closed already."))
    division.closed_at = clock.now()
    division.save(update_fields=["closed_at"])
    journal.record("division.closed", _of_division(division), by=by)
    return division


def subject(entry: RegisterEntry) -> journal.Subject:
    place = f"{entry.organisation.code}/{entry.book}/{entry.year}/{entry.number}"
    return journal.Subject("register", place, f"{entry} {entry.subject}"[:200])


def _of_division(division: Division) -> journal.Subject:
    return journal.Subject("division", division.code, division.name_th)


def _open_division(division: Division | None) -> Division | None:
    """The division, held, if numbers are still given there. Raises NotPossible."""
    if division is None:
        return None
    held = Division.objects.select_for_update().get(pk=division.pk)
    if held.closed_at is not None:
        raise NotPossible(_("This division is closed; no number is given there any more."))
    return held


def clean_texts(texts: dict[str, str], found: registers.Book) -> dict[str, str]:
    """The fields of a letter, cleaned. Raises NotComplete naming each that is missing or too long."""
    clean = {name: " ".join(texts.get(name, "").split()) for name in LETTER_FIELDS}
    own = found.division.name_th if found.division else found.office.name_th
    if found.direction == Direction.OUTGOING:
        clean["from_name"] = own
    else:
        clean["to_name"] = clean["to_name"] or own
    wrong: list[Item] = [Item(words, f"#id_{name}") for name, words in WANTED.items() if not clean[name]]
    wrong += [
        Item(_too_long(name), f"#id_{name}") for name, text in clean.items() if len(text) > LONGEST[name]
    ]  # fmt: skip
    if wrong:
        raise NotComplete(_("The letter is not entered yet:"), items=wrong)
    return clean


def _not_twice(found: registers.Book, year: int, clean: dict[str, str], letter_on: date | None) -> None:
    if not clean["letter_number"]:
        return
    had = registers.same_letter(
        found, year, number=clean["letter_number"], sender=clean["from_name"], letter_on=letter_on
    )
    if had is not None:
        words = _(
            "This letter seems to stand in the register already, under number %(number)s. If it is another one, tick “enter it all the same”."
        )
        raise NotComplete(words, params={"number": str(had)}, field="again")


def _too_long(name: str) -> Any:
    return _("At most %(longest)s characters.") % {"longest": LONGEST[name]}


def clean_text(name: str, text: str) -> str:
    """One field of a letter on one line. Raises NotComplete when it is too long."""
    text = " ".join(text.split())
    if len(text) > LONGEST[name]:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": LONGEST[name]}, field=name)
    return text
