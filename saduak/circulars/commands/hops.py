"""A letter comes to an office: the hop it makes, and the word to those who receive letters there.

Parts of commands that send, readdress or take a letter in; who may do that is for them to ask, and the journal is theirs.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Circular, Delivery
from saduak.circulars.workflow import DELIVERY
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.outbox.commands import notify
from saduak.people import queries as people
from saduak.people.models import Organisation
from saduak.people.roles import Role
from saduak.thai.dates import format_date

ARRIVED = _("A letter has arrived: %(subject)s")


def hops_to(circular: Circular, offices: Sequence[int], at: datetime) -> Iterator[Delivery]:
    """A hop of the letter to each office (by pk), not saved yet. One query, however many they are."""
    places = people.places(offices)
    for pk in offices:
        kind, province, below = places[pk]
        yield Delivery(
            code=public_code("D", 10), circular=circular, root_id=circular.root_pk, organisation_id=pk, kind=kind,
            province_code=province, below=below, state=DELIVERY.initial, sent_at=at,
        )  # fmt: skip


def deliver(circular: Circular, office: Organisation) -> Delivery:
    """Bring the letter to one office now, and tell its registrars."""
    (hop,) = hops_to(circular, [office.pk], clock.now())
    hop.organisation = office
    hop.save()
    notify(
        "circular.arrived",
        to=people.holders([office.pk], Role.REGISTRAR),
        subject=ARRIVED,
        body=_(
            "%(sender)s sent letter %(number)s to your office: %(subject)s\n\nPlease receive it, so that the sender knows."
        ),
        params={"sender": circular.sender.name_th, "number": circular.number, "subject": circular.subject},
        about=("delivery", hop.code),
        url=f"/circulars/hops/{hop.code}/",
    )
    return hop


def tell_many(circular: Circular, offices: Sequence[int]) -> None:
    """Tell the registrars of many offices (by pk) that the letter has come, all with the same words."""
    notify(
        "circular.arrived",
        to=people.holders(offices, Role.REGISTRAR),
        subject=ARRIVED,
        body=_(
            "%(sender)s sent letter %(number)s of %(day)s: %(subject)s\n\nPlease receive it, so that the sender knows."
        ),
        params={
            "sender": circular.sender.name_th,
            "number": circular.number,
            "day": format_date(circular.issued_at) if circular.issued_at else "",
            "subject": circular.subject,
        },
        about=("circular", circular.code),
        url="/circulars/",
    )
