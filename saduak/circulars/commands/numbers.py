"""Giving out register numbers: one after the other per office or division, direction and calendar year."""

from datetime import date, datetime
from typing import Any

from saduak.circulars.models import Counter, Division, RegisterEntry
from saduak.kernel.clock import BANGKOK
from saduak.people.models import Organisation
from saduak.thai.dates import buddhist_year
from saduak.thai.text import fold


def take(
    organisation: Organisation, direction: str, at: datetime, *, division: Division | None = None
) -> tuple[int, int]:
    """The next number and its year (B.E., calendar). Call inside the transaction that uses it.

    The counter's row is held until the transaction ends: if that fails the number is given to the next one, so there
    are no gaps; and nobody else gets the same.
    """
    year = buddhist_year(at.astimezone(BANGKOK).date())
    key = {"organisation": organisation, "division": division, "direction": direction, "year": year}
    Counter.objects.get_or_create(**key)
    counter = Counter.objects.select_for_update().get(**key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last, year


def enter(
    organisation: Organisation, direction: str, *, number: int, year: int, letter_on: date | None, **columns: Any
) -> RegisterEntry:
    """Write the line of the register that belongs to a number."""
    entry = RegisterEntry(
        organisation=organisation, direction=direction, number=number, year=year, letter_on=letter_on, **columns
    )
    entry.search = searched(entry)
    entry.save(force_insert=True)
    return entry


def searched(entry: RegisterEntry) -> str:
    """The words of a line by which it is found."""
    return fold(f"{entry.number} {entry.letter_number} {entry.from_name} {entry.to_name} {entry.subject}")[:1600]
