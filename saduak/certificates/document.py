"""What is printed on a certificate. The words around the names come from the catalogue, in both languages at once."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from saduak.certificates.models import Certificate
from saduak.documents.typesetting import typeset
from saduak.packs.standard import Standard
from saduak.people.models import Kind, Organisation
from saduak.thai.dates import format_date
from saduak.thai.digits import to_thai

TITLE = _("Certificate of standard")
STATEMENT = _("is certified under the %(standard)s")
LEVEL = _("Level: %(level)s")
ROUND = _("Round of fiscal year %(year)s")


def page_url(number: str) -> str:
    """Where anybody checks it; printed below the QR code."""
    return f"{settings.BASE_URL}/v/{number}/"


def print_certificate(certificate: Certificate, *, standard: Standard) -> bytes:
    """The PDF, not yet signed. The certificate's credential goes into the QR code, so that the paper alone proves it.

    Raises documents.typesetting.TypesettingFailed or TooMuchText.
    """
    issuer = Organisation.objects.filter(kind=Kind.SECRETARIAT).order_by("path").first()
    url = page_url(certificate.number)
    data: dict[str, Any] = {
        "number": certificate.number,
        "title": _both(TITLE),
        "statement": _both(STATEMENT, standard=standard.title.to_json()),
        "centre": _names(certificate, "centre_name"),
        "organisation": _names(certificate, "office_name"),
        "level": _both(LEVEL, level=_names(certificate, "level_name")),
        "round": _both(ROUND, year={"th": str(certificate.fiscal_year), "en": str(certificate.fiscal_year)}),
        "valid_from": _day(certificate.valid_from),
        "valid_to": _day(certificate.valid_to),
        "issuer": {"th": issuer.name_th, "en": issuer.name_en} if issuer else standard.title.to_json(),
        "url": url,
        "qr": f"{url}#{certificate.credential}",
        "demonstration": certificate.demonstration,
    }
    return typeset("certificate", data, at=certificate.issued_at)


def _names(certificate: Certificate, what: str) -> dict[str, str]:
    return {"th": to_thai(getattr(certificate, f"{what}_th")), "en": getattr(certificate, f"{what}_en")}


def _day(day: date) -> dict[str, str]:
    return {"th": format_date(day, digits="thai"), "en": format_date(day, language="en")}


def _both(text: Any, **params: dict[str, str]) -> dict[str, str]:
    """A phrase of the catalogue in both languages, filled with names in the same language."""
    told = {}
    for language in ("th", "en"):
        with translation.override(language):
            filled = str(text) % {name: value[language] or value["th"] for name, value in params.items()}
        told[language] = to_thai(filled) if language == "th" else filled
    return told
