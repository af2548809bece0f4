"""Numbers of letters: `มท ๐๘๑๐.๗/ว ๓๑๕๓` is letters of the ministry or province, office code, `ว` for a circular and
the running number of the calendar year (Regulation of the Office of the Prime Minister on Correspondence B.E. 2526,
appendix 1). Orders count `๐๑๒๓/๒๕๖๓`: running number and year.
"""

import re
from dataclasses import dataclass
from typing import Literal

from saduak.thai.digits import to_arabic, to_thai

PATTERN = (
    r"(?:(?P<letters>พิเศษ|[ก-ฮ][ก-ฮ.]{0,9}?)[ ]{0,3}(?P<unit>\([^()\n]{1,15}\))?[ ]{0,3})?"
    r"(?P<code>[0-9๐-๙][0-9๐-๙.]{0,14}(?:[ ]?\([^()\n]{1,12}\))?)"
    r"(?:[ ]{0,3}/[ ]{0,3}(?:(?P<circular>ว(?![ก-๎])(?:[ ]?\.)?(?:[ ]?\([^()\n]{1,6}\))?)|[ก-ฮ](?=[ ]?[0-9๐-๙]))?[ ]{0,3}"
    r"(?P<running>[0-9๐-๙]{0,7})(?:/(?P<year>[0-9๐-๙]{4}))?)?"
)
"""Finds a number in running text; an office code without letters is one only together with a slash."""

_WHOLE = re.compile(r"(?:ที่[ ]{0,3})?" + PATTERN)


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A number taken apart. Digits are Arabic; `running` is None where it is still blank."""

    letters: str | None
    code: str
    running: str | None
    circular: bool = False
    unit: str | None = None
    year: str | None = None

    @property
    def complete(self) -> bool:
        """Is nothing left to be filled in?"""
        return self.running is not None

    @property
    def prefix(self) -> str:
        """All before the slash, as a register keeps it: "มท 0810.7"."""
        return " ".join(part for part in (self.letters, self.unit, self.code) if part)


def parse(text: str) -> LetterNumber | None:
    """Take a printed number apart, with or without "ที่"; None for what is no letter number."""
    match = _WHOLE.fullmatch(re.sub(r"\s+", " ", text).strip())
    if match is None or not (match["letters"] or "/" in text):
        return None
    code = to_arabic(match["code"]).rstrip(".")
    running = to_arabic(match["running"] or "") or None
    if "/" not in text and match["letters"]:
        # "วท๒.๐๕๕๖": the running number follows the last point.
        head, point, tail = code.rpartition(".")
        if point:
            code, running = head, tail
    year = to_arabic(match["year"]) if match["year"] else None
    if not match["letters"] and running and re.fullmatch("2[45][0-9]{2}", running):
        code, running, year = "", code, running  # an order: running number / year
    return LetterNumber(match["letters"], code, running, match["circular"] is not None, match["unit"], year)


def compose(
    prefix: str, running: int | None, *, circular: bool = False, digits: Literal["thai", "arabic"] = "thai"
) -> str:
    """The number as it is printed: compose("มท 0810.7", 3153, circular=True) is "มท ๐๘๑๐.๗/ว ๓๑๕๓".

    `running` None leaves the running number blank. Raises ValueError for a running number below 1.
    """
    if running is not None and running < 1:
        raise ValueError("A running number starts at 1.")
    text = f"{prefix.strip()}/{'ว ' if circular else ''}{'' if running is None else running}".rstrip()
    return to_thai(text) if digits == "thai" else to_arabic(text)


def same(one: str, other: str) -> bool:
    """Do two printed numbers name the same letter? Digits, blanks and a point after `ว` do not count."""
    return bare(one) == bare(other)


def bare(number: str) -> str:
    """A number as it is compared: Arabic digits, no blanks, no point after `ว`."""
    return re.sub(r"\s+", "", to_arabic(number)).replace("ว.", "ว").lower()
