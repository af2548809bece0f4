"""One line of a file: what it would do, and what is wrong with it."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop, override

from saduak.kernel.verdict import Verdict
from saduak.thai.dates import parse_date


@dataclass
class Line:
    """number: of the row; act: add, change, same or wrong; values: what would be written; before: what stands now.

    remarks: [{"text": msgid, "params": …, "stops": bool}], shown by `say`.
    """

    number: int
    cells: dict[str, str]
    act: str = "add"
    label: str = ""
    code: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    remarks: list[dict[str, Any]] = field(default_factory=list)

    def wrong(self, text: str, **params: Any) -> None:
        """Something for which the line cannot be taken in."""
        self._remark(text, params, stops=True)
        self.act = "wrong"

    def note(self, text: str, **params: Any) -> None:
        """Something worth knowing that does not stop the line."""
        self._remark(text, params, stops=False)

    def refused(self, verdict: Verdict) -> None:
        """A no of the policy stands in the report in words."""
        with override("en"):
            reason = str(verdict.reason)  # its msgid, so that each reader has it in his language
        self.wrong(reason, **verdict.params)

    def _remark(self, text: str, params: dict[str, Any], *, stops: bool) -> None:
        self.remarks.append(
            {"text": text, "params": {key: str(value)[:120] for key, value in params.items()}, "stops": stops}
        )

    def report(self) -> dict[str, Any]:
        """The line as the report keeps it."""
        report = {"number": self.number, "act": self.act, "label": self.label[:300], "remarks": self.remarks}
        if self.act == "change":
            before, after = jsonable(self.before), jsonable(self.values)
            report["changes"] = [[key, before[key], after[key]] for key in after]
        return report

    # Reading cells. Each answers the value, or notes what is wrong and answers a harmless one.

    def text(self, key: str, most: int) -> str:
        value = self.cells.get(key, "")
        if len(value) > most:
            self.wrong(gettext_noop("“%(value)s…” is longer than %(most)s characters."), value=value[:40], most=most)
        return value

    def email(self, key: str) -> str:
        value = self.cells.get(key, "").lower()
        if value:
            try:
                validate_email(value)
            except ValidationError:
                self.wrong(gettext_noop("“%(value)s” is no e-mail address."), value=value)
        return value

    def day(self, key: str) -> dt.date | None:
        value = self.cells.get(key, "")
        if not value:
            return None
        day = parse_date(value)
        if day is None:
            self.wrong(
                gettext_noop("“%(value)s” is no date. Write 10 ม.ค. 2565, 10/01/2565 or 2022-01-10."), value=value
            )
        return day

    def coordinate(self, key: str, limit: int) -> Decimal | None:
        value = self.cells.get(key, "").replace(",", ".")
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) > limit:
            self.wrong(
                gettext_noop("“%(value)s” is no degree between −%(limit)s and %(limit)s."), value=value, limit=limit
            )
            return None
        return number.quantize(Decimal("0.00001"))

    def digits(self, key: str, length: int) -> str:
        value = self.cells.get(key, "")
        if value and not re.fullmatch(rf"[0-9]{{{length}}}", value):
            self.wrong(gettext_noop("“%(value)s” must have %(length)s digits."), value=value, length=length)
        return value

    def place(self) -> dict[str, Any]:
        """Address, telephone, e-mail and position, as organisations and centres have them."""
        found = {
            "address_th": self.text("address_th", 400),
            "phone": self.text("phone", 80),
            "email": self.email("email"),
            "latitude": self.coordinate("latitude", 90),
            "longitude": self.coordinate("longitude", 180),
        }
        if (found["latitude"] is None) != (found["longitude"] is None) and self.act != "wrong":
            self.wrong(gettext_noop("Latitude and longitude come together. Give both, or neither."))
        return found


def say(remark: dict[str, Any]) -> str:
    """A remark as a sentence in the reader's language. Words of the house among its values are translated, too."""
    shown = {key: gettext(value) if value else value for key, value in remark["params"].items()}
    return gettext(remark["text"]) % shown


def jsonable(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them: days as ISO, decimals as text."""
    return {
        key: value.isoformat() if isinstance(value, dt.date) else str(value) if isinstance(value, Decimal | Promise) else value
        for key, value in values.items()
    }  # fmt: skip


def twice(lines: Iterable[Line], key: str) -> None:
    """Mark lines that say the same in a column where each must be its own."""
    first: dict[str, int] = {}
    for line in lines:
        value = line.cells.get(key, "")
        if not value:
            continue
        if value in first:
            line.wrong(gettext_noop("“%(value)s” stands in row %(row)s already."), value=value, row=first[value])
        else:
            first[value] = line.number
