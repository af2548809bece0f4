"""Dates as Thai offices write them: Buddhist Era, fiscal year, Bangkok time.

B.E. = C.E. + 543 (in use with years from 1 January since 2484 B.E.). Fiscal year n runs from 1 October n-1
to 30 September n (Budget Procedures Act B.E. 2561, section 4).
"""

import datetime as dt
import re
from typing import Literal
from zoneinfo import ZoneInfo

from saduak.thai.digits import to_arabic, to_thai

BANGKOK = ZoneInfo("Asia/Bangkok")
ERA = 543

MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
MONTHS_SHORT = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
WEEKDAYS_EN = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)

Style = Literal["long", "short", "numeric", "weekday"]
Digits = Literal["arabic", "thai"]
Language = Literal["th", "en"]


def buddhist_year(date: dt.date) -> int:
    """The year of `date` in the Buddhist Era."""
    return date.year + ERA


def from_buddhist_year(be: int) -> int:
    """The Christian Era year of the Buddhist Era year `be`."""
    return be - ERA


def fiscal_year(date: dt.date) -> int:
    """The fiscal year (B.E.) in which `date` lies."""
    return buddhist_year(date) + (1 if date.month >= 10 else 0)


def fiscal_year_bounds(be: int) -> tuple[dt.date, dt.date]:
    """First and last day of the fiscal year `be` (B.E.)."""
    year = from_buddhist_year(be)
    return dt.date(year - 1, 10, 1), dt.date(year, 9, 30)


def format_date(
    date: dt.date,
    style: Style = "long",
    digits: Digits = "arabic",
    language: Language = "th",
) -> str:
    """`date` in words. Thai counts years B.E., English C.E.; a moment is taken as its day in Bangkok.

    long "10 มกราคม 2565", short "10 ม.ค. 2565", numeric "10/01/2565", weekday "วันจันทร์ที่ 10 มกราคม 2565".
    """
    if isinstance(date, dt.datetime):
        date = _in_bangkok(date).date()
    thai = language == "th"
    year = buddhist_year(date) if thai else date.year
    month = date.month - 1
    if style == "numeric":
        text = f"{date.day:02d}/{date.month:02d}/{year}"
    elif style == "short":
        text = f"{date.day} {MONTHS_SHORT[month] if thai else MONTHS_EN[month][:3]} {year}"
    else:
        text = f"{date.day} {MONTHS[month] if thai else MONTHS_EN[month]} {year}"
    if style == "weekday":
        weekday = date.weekday()
        text = f"วัน{WEEKDAYS[weekday]}ที่ {text}" if thai else f"{WEEKDAYS_EN[weekday]} {text}"
    return to_thai(text) if digits == "thai" else text


def format_datetime(
    moment: dt.datetime,
    style: Style = "long",
    digits: Digits = "arabic",
    language: Language = "th",
) -> str:
    """`moment` in Bangkok time: "10 มกราคม 2565 เวลา 16.19 น.", in English "10 January 2022, 16:19".

    Numeric and short leave the word out: "10/01/2565 16.19 น.". A moment without a zone is taken as Bangkok time.
    """
    local = _in_bangkok(moment)
    day = format_date(local.date(), style, "arabic", language)
    if language == "th":
        word = " " if style in ("numeric", "short") else " เวลา "
        text = f"{day}{word}{local:%H.%M} น."
    else:
        text = f"{day}{' ' if style == 'numeric' else ', '}{local:%H:%M}"
    return to_thai(text) if digits == "thai" else text


def _in_bangkok(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=BANGKOK) if moment.tzinfo is None else moment.astimezone(BANGKOK)


# Spellings of a month, loosest first: points and spaces may be missing or spread ("มี . ค", "มค.").
_SHORT_PARTS = tuple(name.rstrip(".").split(".") for name in MONTHS_SHORT)
_MONTH_WORDS: dict[str, int] = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{"".join(parts): number for number, parts in enumerate(_SHORT_PARTS, 1)},
    **{name.lower(): number for number, name in enumerate(MONTHS_EN, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS_EN, 1)},
    "sept": 9,
    "กุมภาพันธุ์": 2,
    "กรกฏาคม": 7,
    "พฤษจิกายน": 11,
}
_DAY = r"(?P<day>[0-9](?: ?[0-9])?)"
_YEAR = r"(?P<year>[0-9](?: ?[0-9]){3}|[0-9] ?[0-9])"
_PREFIX = (
    r"(?:(?:ลง|ณ|ใน|ภายใน|ตั้งแต่)? ?(?:วัน)? ?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์)? ?(?:ที่)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?)"
)
_WORDS = re.compile(
    rf"{_PREFIX} ?-? ?{_DAY} ?(?:st|nd|rd|th)? ?(?:เดือน)? ?(?P<month>[ก-๎a-z][ก-๎a-z. ]*?)\.?,? ?"
    rf"(?P<era>พ\. ?ศ\.?|พศ\.?|พุทธศักราช|ค\. ?ศ\.?|คริสต์ศักราช)? ?{_YEAR}"
)
_SLASHES = re.compile(rf"{_PREFIX} ?{_DAY} ?[/.-] ?(?P<month>[0-9]{{1,2}}) ?[/.-] ?(?P<year>[0-9]{{4}}|[0-9]{{2}})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
# From here on a four-digit year is B.E.; below it is C.E. (2400 C.E. is far off, 2400 B.E. is 1857).
_BUDDHIST_FROM = 2400


def parse_date(text: str) -> dt.date | None:
    """The day that `text` names, or None when it names none, or one that does not exist.

    Understands Thai, Arabic and mixed digits, spread digits ("2 7 ธ.ค. 2 5 6 4"), months in full, shortened with
    or without points, in English or as numbers with slashes; "วันที่", weekday, "เดือน" and "พ.ศ." in between; line
    breaks; years B.E. or C.E., and with two digits (B.E., 2500 + yy) beside a Thai month or slashes.
    Day comes before month. A weekday that does not fit is not looked at.
    """
    folded = " ".join(to_arabic(text).replace("\u0e4d\u0e32", "\u0e33").lower().split())
    if len(folded) > 80:
        return None
    if (match := _ISO.fullmatch(folded)) or (match := _SLASHES.fullmatch(folded)):
        month = int(match["month"])
    elif match := _WORDS.fullmatch(folded):
        month = month_number(match["month"]) or 0
    else:
        return None
    parts = match.groupdict()
    english = bool(re.search("[a-z]", parts["month"]))
    year = common_year(
        parts["year"].replace(" ", ""),
        christian=english or (parts.get("era") or "").startswith("ค"),
    )
    try:
        return dt.date(year, month, int(parts["day"].replace(" ", "")))
    except ValueError:
        return None


def month_number(name: str) -> int | None:
    """1 to 12 for a month's name in Thai or English, full or short, points and spaces anywhere; else None."""
    return _MONTH_WORDS.get(re.sub(r"[.\s]+", "", name).lower())


def common_year(digits: str, *, christian: bool = False) -> int:
    """The C.E. year of a printed year: B.E. from 2400 up, two digits as 25yy B.E. (20yy C.E. if `christian`)."""
    number = int(to_arabic(digits))
    if len(digits) <= 2:
        return 2000 + number if christian else from_buddhist_year(2500 + number)
    return from_buddhist_year(number) if number >= _BUDDHIST_FROM and not christian else number
