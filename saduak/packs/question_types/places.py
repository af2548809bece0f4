"""A place on earth: degrees as numbers, or as people copy them from a map or a telephone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.question_types.asking import Place, Question, Refused, filled, nothing
from saduak.packs.question_types.figures import decimal
from saduak.thai.digits import to_arabic
from saduak.web import thailand

_TENTH_OF_A_METRE = Decimal("0.000001")  # of a degree
# 18°08'40.5"N, 18.14459° N, N 18.14459
_AMOUNT = (
    r"(?P<degrees>[0-9]{1,3}(?:\.[0-9]{1,12})?)\s*°?\s*"
    r"(?:(?P<minutes>[0-9]{1,2}(?:\.[0-9]{1,12})?)\s*['′’](?!')\s*)?"
    r"(?:(?P<seconds>[0-9]{1,2}(?:\.[0-9]{1,12})?)\s*(?:[\"″”]|'')\s*)?"
)
_SIDE_FIRST = re.compile(r"(?P<side>[NSEW])\s*" + _AMOUNT, re.IGNORECASE)
_SIDE_LAST = re.compile(_AMOUNT + r"(?P<side>[NSEW])", re.IGNORECASE)


def place(question: Question, raw: Any) -> Place:
    if isinstance(raw, Place):
        return raw
    parts = [raw.get("latitude"), raw.get("longitude")] if isinstance(raw, Mapping) else raw
    if isinstance(parts, str):
        parts = _marked(parts) or [one for one in re.split(r"[,\s]+", parts.strip()) if one]
    if not isinstance(parts, Sequence) or len(parts) != 2 or any(map(nothing, parts)):
        raise Refused(_("Give latitude and longitude, such as 18.1446, 100.1403."))
    try:
        latitude, longitude = decimal(parts[0]), decimal(parts[1])
    except Refused:
        raise Refused(_("Give latitude and longitude, such as 18.1446, 100.1403.")) from None
    if 90 < abs(latitude) <= 180 and abs(longitude) <= 90:
        swapped = f"{longitude:f}, {latitude:f}"
        raise Refused(filled(_("Latitude comes first. Did you mean %(swapped)s?"), swapped=swapped))
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Refused(_("This place does not exist: latitude goes to 90 degrees, longitude to 180."))
    if question.within == "TH" and not thailand.in_thailand(float(latitude), float(longitude)):
        raise Refused(
            _("This place does not lie in Thailand. Look at the numbers again: latitude 5 to 21, longitude 97 to 106.")
        )
    return Place(latitude.quantize(_TENTH_OF_A_METRE), longitude.quantize(_TENTH_OF_A_METRE))


def _marked(text: str) -> list[Decimal] | None:
    """Latitude and longitude of a text that says north, south, east and west; None for any other text."""
    found: dict[str, Decimal] = {}
    rest = to_arabic(text).strip()[:100]
    while rest:
        match = (_SIDE_FIRST if rest[0].isalpha() else _SIDE_LAST).match(rest)
        if match is None:
            return None
        degrees = Decimal(match["degrees"])
        for name, share in (("minutes", 60), ("seconds", 3600)):
            part = Decimal(match[name] or 0)
            if part >= 60:
                return None
            degrees += part / share
        side = match["side"].upper()
        axis = "latitude" if side in "NS" else "longitude"
        if axis in found:
            return None
        found[axis] = -degrees if side in "SW" else degrees
        rest = rest[match.end() :].lstrip(" ,;\t\n")
    return [found["latitude"], found["longitude"]] if len(found) == 2 else None
