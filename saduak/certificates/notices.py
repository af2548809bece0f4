"""What a unit is told about its certificate."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.certificates.models import Certificate
from saduak.outbox.commands import notify
from saduak.people import queries as people
from saduak.people.models import Organisation
from saduak.people.roles import Role
from saduak.thai.dates import format_date

ISSUED_SUBJECT = _("Certificate %(number)s has been issued")
ISSUED_BODY = _(
    "%(centre)s holds the certificate %(number)s, level %(level)s, from %(from)s to %(to)s.\n"
    "The signed PDF can be downloaded here; anybody can check the certificate by its QR code."
)
MOVED: dict[str, tuple[Any, Any]] = {
    "suspend": (
        _("Certificate %(number)s has been suspended"),
        _("The certificate %(number)s of %(centre)s is suspended for now.\nReason: %(reason)s"),
    ),
    "reinstate": (
        _("Certificate %(number)s holds again"),
        _("The certificate %(number)s of %(centre)s is no longer suspended.\nReason: %(reason)s"),
    ),
    "revoke": (
        _("Certificate %(number)s has been revoked"),
        _(
            "The certificate %(number)s of %(centre)s has been revoked. Take down the paper and the mark; both are "
            "shown as revoked to everybody who checks.\nReason: %(reason)s"
        ),
    ),
}


def unit(centre: Organisation) -> Any:
    """The coordinators and heads of the centre and of the office it belongs to."""
    office = Organisation.objects.get_parent(centre)
    places = [place.pk for place in (centre, office) if place is not None]
    return people.holders(places, Role.COORDINATOR, Role.HEAD)


def issued(certificate: Certificate) -> None:
    params = {
        "number": certificate.number,
        "centre": certificate.centre_name_th,
        "level": certificate.level_name_th,
        "from": format_date(certificate.valid_from),
        "to": format_date(certificate.valid_to),
    }
    _tell(certificate, "certificate.issued", ISSUED_SUBJECT, ISSUED_BODY, params)


def moved(certificate: Certificate, move: str) -> None:
    title, body = MOVED[move]
    params = {"number": certificate.number, "centre": certificate.centre_name_th, "reason": certificate.reason_text}
    _tell(certificate, f"certificate.{move}", title, body, params)


def _tell(certificate: Certificate, kind: str, title: Any, body: Any, params: dict[str, str]) -> None:
    notify(
        kind,
        to=unit(certificate.centre),
        subject=title,
        body=body,
        params=params,
        about=("certificate", certificate.number),
        url=f"/certificates/{certificate.number}/",
    )
