"""Who works in a division of an office: named by whoever keeps its registers."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.models import Division, DivisionMember, RegisterEntry
from saduak.circulars.queries import registers
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox.commands import notify
from saduak.people.actor import Actor
from saduak.people.models import User


@transaction.atomic
def join_division(office_code: str, code: str, *, by: Actor, person_ref: str) -> DivisionMember:
    """Let somebody of the office read the registers of a division, and be told of its letters.

    Raises NotComplete for somebody who holds no post there, NotPossible for a closed division; Division.DoesNotExist.
    """
    division = _held(office_code, code, by)
    if division.closed_at is not None:
        raise NotPossible(_("This division is closed already."))
    person = registers.staff(division.organisation).get(person_ref)
    if person is None:
        raise NotComplete(_("Choose somebody who holds a post at %(office)s."),
                          params={"office": division.organisation.name}, field="person")  # fmt: skip
    made, new = DivisionMember.objects.get_or_create(
        division=division, person=person, ended_at=None, defaults={"since": clock.now(), "by_name": by.name}
    )
    if new:
        journal.record("division.joined", _subject(division), by=by, details=_details(person))
    return made


@transaction.atomic
def leave_division(office_code: str, code: str, *, by: Actor, person_ref: str) -> None:
    """Somebody no longer works in a division. Raises Division.DoesNotExist; harmless for who does not."""
    division = _held(office_code, code, by)
    for member in division.members.filter(ended_at=None).select_related("person"):
        if member.person.ref == person_ref:
            member.ended_at = clock.now()
            member.save(update_fields=["ended_at"])
            journal.record("division.left", _subject(division), by=by, details=_details(member.person))


def tell_division(entry: RegisterEntry) -> None:
    """Tell those who work in a division of the letter that was passed on to it. Part of passing it on."""
    if entry.division is None:
        return
    notify(
        "register.passed_inside",
        to=registers.members(entry.division),
        subject=_("Passed on to your division: %(subject)s"),
        body=_("%(by)s passed letter %(letter)s on to %(division)s under number %(number)s: %(subject)s"),
        params={
            "by": entry.by_name,
            "letter": entry.letter_number or "–",
            "division": entry.division.name_th,
            "number": str(entry),
            "subject": entry.subject,
        },
        about=("register", f"{entry.organisation.code}/{entry.book}/{entry.year}/{entry.number}"),
        url=f"/circulars/registers/{entry.organisation.code}/{entry.book}/{entry.year}/{entry.number}/",
    )


def _held(office_code: str, code: str, by: Actor) -> Division:
    office = registers.office(office_code, by)
    policy.may_keep_registers(by, office).require()
    found = Division.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.get(organisation=office, code=code)


def _subject(division: Division) -> journal.Subject:
    return journal.Subject("division", division.code, division.name_th)


def _details(person: User) -> dict[str, str]:
    return {"person": person.ref, "name": person.name_th}
