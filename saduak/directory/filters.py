"""What a visitor asks the register for, taken from the address without ever failing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from saduak.certificates import provinces

LONGEST_SEARCH = 200
STANDINGS = {
    "VALID": _("valid"),
    "DUE": _("due for renewal"),
    "EXPIRED": _("expired"),
    "SUSPENDED": _("suspended"),
    "REVOKED": _("revoked"),
    "ALL": _("all of these"),
}
ORDERS = {
    "name": (_("name of the centre"), ("sort_name", "pk")),
    "new": (_("newest first"), ("-valid_from", "-pk")),
    "end": (_("ending first"), ("valid_to", "pk")),
}


@dataclass(frozen=True)
class Filters:
    """q: words; province: two digits; office: code of a ministry, department or enterprise; level, year (B.E.): of the
    certificate; stands: of STANDINGS; order: of ORDERS. Empty: everything."""

    q: str = ""
    province: str = ""
    office: str = ""
    level: str = ""
    year: int | None = None
    stands: str = "VALID"
    order: str = "name"

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        """What of a query string makes sense; the rest is as if it had not been asked for."""
        year = asked.get("year", "")
        return cls(
            q=" ".join(asked.get("q", "").replace("\0", " ").split())[:LONGEST_SEARCH],
            province=_known(asked.get("province", ""), provinces.names()),
            office=asked.get("office", "").replace("\0", "")[:40],
            level=asked.get("level", "").replace("\0", "")[:40],
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            stands=_known(asked.get("stands", ""), STANDINGS, "VALID"),
            order=_known(asked.get("order", ""), ORDERS, "name"),
        )

    @property
    def query(self) -> str:
        """The query string that leads here again; empty for the plain register."""
        plain = Filters()
        return urlencode({name: value for name, value in vars(self).items() if value != getattr(plain, name)})

    @property
    def narrowed(self) -> bool:
        return replace(self, order="name") != Filters()


def _known(value: str, known: Mapping[str, object], otherwise: str = "") -> str:
    return value if value in known else otherwise
