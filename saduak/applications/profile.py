"""What a centre tells about itself, whatever the standard asks: one table of fields."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.thai.digits import to_arabic

PREFIX = "profile."
LONGEST_TEXT = 4000
LONGEST_LINE = 300

CHANNELS = (
    ("counter", _("Counter at the centre")),
    ("telephone", _("Telephone")),
    ("website", _("Web site")),
    ("application", _("Mobile application")),
    ("chat", _("Chat or social media")),
    ("post", _("By post")),
    ("mobile_unit", _("Mobile unit in the area")),
    ("kiosk", _("Self-service kiosk")),
)


class BadValue(ValueError):
    """What was given cannot be kept. `sentence` tells the person what to write instead."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class Field:
    """type: line, text, number, some_of, latitude, longitude, email. `required`: handing in waits for it."""

    key: str
    type: str
    label: Any
    help: Any = ""
    required: bool = True
    options: tuple[tuple[str, Any], ...] = ()
    group: str = "service"

    @property
    def item(self) -> str:
        return PREFIX + self.key

    @property
    def short(self) -> bool:
        """Does a few characters' width do?"""
        return self.type in ("number", "latitude", "longitude")


FIELDS = (
    Field("address", "text", _("Address of the place of service"), group="place"),
    Field("latitude", "latitude", _("Latitude"), _("For example 18.14459."), False, group="place"),
    Field("longitude", "longitude", _("Longitude"), _("For example 100.14028."), False, group="place"),
    Field(
        "transport", "text", _("How people get there"), _("Public transport, parking, landmarks."), False, group="place"
    ),
    Field("hours", "line", _("Service hours"), _("For example: Monday to Friday 08.30–16.30, no lunch break.")),
    Field("services_own", "text", _("Services of the office's own mission")),
    Field("services_information", "text", _("Information of state agencies that is given")),
    Field("services_complaints", "text", _("How complaints are received")),
    Field("channels", "some_of", _("Channels of service"), options=CHANNELS),
    Field("staff", "number", _("Officials who serve at the centre"), _("Number of persons.")),
    Field("visitors", "number", _("People served in an average month"), _("Number of persons, all channels.")),
    Field("contact_name", "line", _("Contact person"), _("Name and position."), group="contact"),
    Field("contact_phone", "line", _("Telephone of the contact person"), group="contact"),
    Field("contact_email", "email", _("E-mail of the contact person"), required=False, group="contact"),
    Field(
        "previous",
        "line",
        _("Earlier certificate"),
        _("Year and level; leave empty if there was none."),
        False,
        group="contact",
    ),
)
GROUPS = (
    ("place", _("Place")),
    ("service", _("Services")),
    ("contact", _("Contact")),
)
BY_ITEM = {field.item: field for field in FIELDS}
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


def clean_text(raw: Any, longest: int) -> str:
    """Text as it may be kept: line breaks unified, no control characters. Raises BadValue when too long."""
    text = str(raw).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    if len(text) > longest:
        raise BadValue(
            _("Too long: %(length)s characters, at most %(longest)s.") % {"length": len(text), "longest": longest}
        )
    return text


def parse(field: Field, raw: Any) -> Any:
    """The value to keep, or None when nothing was given. Raises BadValue."""
    if field.type == "some_of":
        given = [raw] if isinstance(raw, str) else list(raw or ())
        known = {code for code, _label in field.options}
        return [code for code, _label in field.options if code in given and code in known] or None
    if raw is None:
        return None
    text = clean_text(raw, LONGEST_TEXT if field.type == "text" else LONGEST_LINE).strip()
    if not text:
        return None
    if field.type == "number":
        return _number(text)
    if field.type in ("latitude", "longitude"):
        return _degrees(text, 90 if field.type == "latitude" else 180)
    if field.type == "email" and not _EMAIL.match(text):
        raise BadValue(_("Write an e-mail address such as name@example.go.th."))
    return text if field.type == "text" else " ".join(text.split())


def _number(text: str) -> int:
    digits = to_arabic(text).replace(",", "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise BadValue(_("Write a whole number."))
    return int(digits)


def _degrees(text: str, most: int) -> str:
    """Degrees are kept as text, so that what was handed in stays exact."""
    try:
        value = Decimal(to_arabic(text))
    except InvalidOperation:
        raise BadValue(_("Write degrees with a decimal point, such as 18.14459.")) from None
    if not value.is_finite() or abs(value) > most or len(text) > 20:
        raise BadValue(_("Write degrees between −%(most)s and %(most)s.") % {"most": most})
    return f"{value:f}"


def shown(field: Field, value: Any) -> str:
    """The value as people read it."""
    if value in (None, "", []):
        return ""
    if field.type == "some_of":
        return ", ".join(str(label) for code, label in field.options if code in value)
    return f"{value:,}" if isinstance(value, int) else str(value)
