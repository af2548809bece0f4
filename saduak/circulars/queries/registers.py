"""Registers of letters: which there are, their lines, and what was done with each letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet

from saduak.circulars.models import Circular, Direction, Division, DivisionMember, RegisterEntry
from saduak.kernel.clock import BANGKOK
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Organisation, User
from saduak.people.roles import OFFICE_ROLES, Role
from saduak.thai.dates import format_date
from saduak.thai.text import fold


@dataclass(frozen=True)
class Book:
    """One register: an office's own, or that of one of its divisions."""

    office: Organisation
    direction: str
    division: Division | None = None

    @property
    def key(self) -> str:
        """As addresses name it: IN, OUT, or IN-V-7KQ2MX of a division."""
        return f"{self.direction}-{self.division.code}" if self.division else self.direction

    @property
    def owner(self) -> str:
        """Whose register it is, in Thai: the office, with its division."""
        return f"{self.division.name_th} {self.office.name_th}" if self.division else self.office.name_th


class Place(NamedTuple):
    """The public name of a line: office's code, book's key, year (B.E.) and number."""

    office: str
    book: str
    year: int
    number: int


class Days(NamedTuple):
    """From the first to the last day, both counted; of the letter, or else of its entry."""

    since: date | None = None
    until: date | None = None
    of_letter: bool = False


def offices(actor: Actor) -> QuerySet[Organisation]:
    """The offices whose registers the actor reads: their own, or for the secretariat any."""
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return Organisation.objects.all()
    if not (actor.has(Role.REGISTRAR, Role.HEAD) and actor.path):
        return Organisation.objects.none()
    if actor.subtree:
        return Organisation.objects.filter(path__startswith=actor.path)
    return Organisation.objects.filter(pk=actor.organisation_id)


def divisions_of(actor: Actor) -> QuerySet[Division]:
    """The divisions of the office for which the actor acts in which he works: he reads their registers."""
    if actor.organisation_id is None or not actor.has(*OFFICE_ROLES):
        return Division.objects.none()
    mine = DivisionMember.objects.filter(person_id=actor.user_id, ended_at=None)
    return Division.objects.filter(organisation_id=actor.organisation_id, pk__in=mine.values("division_id"))


def members(division: Division) -> list[User]:
    """Those who work in a division and hold a post at its office today."""
    there = set(division.members.filter(ended_at=None).values_list("person_id", flat=True))
    return [one for one in people.holders([division.organisation_id], *OFFICE_ROLES) if one.pk in there]


def staff(organisation: Organisation) -> dict[str, User]:
    """Public name → person, of those who hold a post at an office."""
    return {one.ref: one for one in people.holders([organisation.pk], *OFFICE_ROLES)}


def may_read(found: Book, actor: Actor) -> bool:
    """Does the actor read this register: his office's, or that of a division in which he works?"""
    if offices(actor).filter(pk=found.office.pk).exists():
        return True
    return found.division is not None and divisions_of(actor).filter(pk=found.division.pk).exists()


def office(code: str, actor: Actor) -> Organisation:
    """One of them; the actor's own for "". Raises Organisation.DoesNotExist, also for those who may not see it."""
    found = offices(actor) | Organisation.objects.filter(pk__in=divisions_of(actor).values("organisation_id"))
    return found.get(code=code) if code else found.get(pk=actor.organisation_id)


def divisions(organisation: Organisation, *, closed: bool = False) -> QuerySet[Division]:
    """The divisions that count by themselves, by name; the closed ones too if they are wanted."""
    found = Division.objects.filter(organisation=organisation)
    return (found if closed else found.filter(closed_at=None)).order_by("name_th", "pk")


def book(organisation: Organisation, key: str) -> Book:
    """The register behind a key. Raises Division.DoesNotExist for one that the office has not."""
    direction, _dash, code = key.partition("-")
    if direction not in Direction.values:
        raise Division.DoesNotExist
    return Book(organisation, direction, Division.objects.get(organisation=organisation, code=code) if code else None)


def lines(found: Book, year: int, q: str = "", days: Days = Days()) -> QuerySet[RegisterEntry]:  # noqa: B008
    """Lines of a register in their order, narrowed by words of the letter and by days."""
    rows = RegisterEntry.objects.filter(
        organisation=found.office, division=found.division, direction=found.direction, year=year
    )
    for word in fold(q).split():
        rows = rows.filter(search__contains=word)
    if days.since:
        rows = rows.filter(letter_on__gte=days.since) if days.of_letter else rows.filter(at__gte=_midnight(days.since))
    if days.until:
        after = days.until + timedelta(days=1)
        rows = rows.filter(letter_on__lt=after) if days.of_letter else rows.filter(at__lt=_midnight(after))
    found_rows = rows.select_related("delivery", "circular", "division").prefetch_related("corrections")
    return found_rows.order_by("number")


def years(found: Book) -> list[int]:
    """Years (B.E.) in which something was written into it, newest first."""
    rows = RegisterEntry.objects.filter(
        organisation=found.office, division=found.division, direction=found.direction
    ).order_by()
    return sorted(rows.values_list("year", flat=True).distinct(), reverse=True)


def line(place: Place, actor: Actor) -> RegisterEntry:
    """One line. Raises RegisterEntry.DoesNotExist, also for those who may not see it."""
    found = RegisterEntry.objects.select_related(
        "organisation", "division", "scan", "circular__sender", "delivery__circular", "parent__scan",
        "parent__delivery__circular", "parent__organisation",
    )  # fmt: skip
    return found.get(Q(organisation__in=offices(actor)) | Q(division__in=divisions_of(actor)), _at(place))


def lock_line(place: Place, *, actor: Actor) -> RegisterEntry:
    """The line, held. Raises RegisterEntry.DoesNotExist, also for those who may not see it."""
    found = RegisterEntry.objects.select_for_update(of=("self",)).select_related("organisation", "division", "delivery")
    return found.get(_at(place), organisation__in=offices(actor).values("pk"))


def _at(place: Place) -> Q:
    direction, _dash, code = place.book.partition("-")
    division = Q(division__code=code) if code else Q(division=None)
    return division & Q(
        organisation__code=place.office, direction=direction, year=place.year, number=place.number
    )  # fmt: skip


def same_letter(found: Book, year: int, *, number: str, sender: str, letter_on: date | None) -> RegisterEntry | None:
    """A line of the same register that seems to be the same letter: its number, its sender and its day are the same."""
    rows = lines(found, year).filter(letter_on=letter_on, cancelled_at=None)
    wanted = fold(f"{number} {sender}").replace(" ", "")
    return next((one for one in rows if fold(f"{one.letter_number} {one.from_name}").replace(" ", "") == wanted), None)


def done(entries: Iterable[RegisterEntry]) -> dict[int, list[str]]:
    """What was done with each letter, in Thai, by the key of its line: what the registrar wrote, to whom it was passed
    on, under which letter, and when it was acknowledged. Two queries for all lines.
    """
    entries = list(entries)
    passed: dict[int, list[str]] = {}
    letters = Circular.objects.filter(parent__in=[one.delivery_id for one in entries if one.delivery_id])
    for parent, number in letters.exclude(state="DRAFT").order_by("issued_at").values_list("parent_id", "number"):
        passed.setdefault(parent, []).append(f"ส่งต่อตามหนังสือที่ {number}")
    inside: dict[int, list[str]] = {}
    below = RegisterEntry.objects.filter(parent__in=[one.pk for one in entries], cancelled_at=None).order_by("at")
    for parent, name, number in below.values_list("parent_id", "division__name_th", "number"):
        inside.setdefault(parent, []).append(f"ส่ง{name} เลขที่ {number}")
    return {
        one.pk: [
            *([one.action] if one.action else []),
            *inside.get(one.pk, []),
            *(passed.get(one.delivery_id or 0, []) if one.division_id is None else []),
            *_acknowledged(one),
        ]
        for one in entries
    }


def remarks(entry: RegisterEntry) -> str:
    """The remark in Thai; before it when, by whom and why the line was corrected, and since when and why it is cancelled."""
    parts = []
    if entry.cancelled_at is not None:
        parts.append(f"ยกเลิก {_day(entry.cancelled_at)}: {entry.cancel_reason}")
    parts += [f"แก้ไข {_day(one.at)} โดย {one.by_name}: {one.reason}" for one in entry.corrections.all()]
    return " ".join(part for part in (*parts, entry.remark) if part)


def _day(at: datetime) -> str:
    return format_date(at.astimezone(BANGKOK).date(), "short")


def _acknowledged(entry: RegisterEntry) -> list[str]:
    at = entry.delivery.acknowledged_at if entry.delivery and entry.division_id is None else None
    return [f"รับทราบ {format_date(at.astimezone(BANGKOK).date(), 'short')}"] if at else []


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BANGKOK)
