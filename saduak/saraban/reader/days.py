"""Days and ranges of days in running text, with blanks, mixed digits and the words that stand between the parts."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from saduak.thai.dates import MONTHS, MONTHS_EN, WEEKDAYS, common_year, month_number

_GAP = r"[ \n]{0,12}"
_FULL = [name.replace("\u0e32", "[\u0e32\u0e33]") for name in MONTHS]
_FULL += ["กุมภาพันธุ์", "กรกฏาคม", "พฤษจิกายน", "ธันวาคน"]
_SHORT = r"(?:ม{p}ค|ก{p}พ|มี{p}ค|เม{p}ย|พ{p}ค|มิ{p}ย|ก{p}ค|ส{p}ค|ก{p}ย|ต{p}ค|พ{p}ย|ธ{p}ค)[ ]?\.?(?![ก-๎])".replace(
    "{p}", r"[ ]?\.?[ ]?"
)
_ENGLISH = (
    r"(?i:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS_EN if name != "May") + r"|may|sept)\.?(?![a-z])"
)
MONTH = rf"(?:{'|'.join(_FULL)}|{_SHORT}|{_ENGLISH})"
_ERA = rf"(?:{_GAP}(?:พ[ ]?\.?[ ]?ศ[ ]?[.์]?|พุทธศักราช|ค\.[ ]?ศ\.?)[ ]?)?"
_DAY = r"(?:[12][ ]?[0-9]|3[ ]?[01]|0?[1-9])(?![0-9])"
_YEAR = r"(?:2[ ]?[0-9][ ]?[0-9][ ]?[0-9]|[4-9][0-9])(?![0-9]|[ ]?[.,][0-9]|[ ]?(?:คน|บาท|%))"
_WEEKDAY = rf"(?:{'|'.join([*WEEKDAYS[:3], 'พฤหัสบดี', 'พฤหัสฯ?', *WEEKDAYS[4:]])})"
_AT = rf"(?:วัน)?{_GAP}(?:{_WEEKDAY})?{_GAP}(?:ที่?)?{_GAP}"
_CLOCK = rf"(?:{_GAP}(?:เวลา)?{_GAP}[0-9]{{1,2}}[.:][0-9]{{2}}{_GAP}(?:น\.|นาฬิกา)?)?"
_TO = rf"{_GAP}(?:[-\u2013\u2014]|จนถึง|ถึง|และ(?={_GAP}วัน)){_GAP}"
_BEFORE = re.compile(
    r"(?:ภายใน|ตั้งแต่|(?:ใน)?ระหว่าง|ก่อน|เริ่ม(?:ตั้งแต่)?|นับ(?:ตั้ง)?แต่|ลง|ณ|เมื่อ|ใน|ไม่เกิน|จนถึง|ถึง|ประจำ|เป็น)?"
    rf"{_GAP}(?:วัน(?:{_WEEKDAY})?{_GAP}(?:ที่?)?)?{_GAP}-?{_GAP}$"
)
_BEFORE_WIDTH = 48
_COUNTED = re.compile(r"(?<![ก-๎])(?:เขต|หมู่|หมู่ที่|ชั้น|ภาค|ข้อ)[ ]{1,2}\Z")

_PATTERN = re.compile(
    # 1 มกราคม (2565) - 28 กุมภาพันธ์ 2565; 9 - 11 ก.ย. 65; one day
    rf"(?:(?<![0-9/.,])(?P<day>{_DAY})"
    rf"(?:(?:{_GAP}(?:เดือน)?{_GAP}(?P<month1>{MONTH})(?:{_ERA}{_GAP}(?P<year1>{_YEAR}))?{_CLOCK})?{_TO}{_AT}(?P<day2>{_DAY})"
    rf"|[ ](?P<day3>{_DAY}))?"
    rf"{_GAP}(?:เดือน)?{_GAP}(?P<month>{MONTH}),?(?P<era>{_ERA}){_GAP}(?P<year>{_YEAR})"
    # 12/11/58, 21/05/2567
    rf"|(?<![0-9/.,-])(?P<sday>[0-3]?[0-9])[ ]?/[ ]?(?P<smonth>[01]?[0-9])[ ]?/[ ]?(?P<syear>2[0-9]{{3}}|[4-9][0-9])(?![0-9/])"
    rf")"
)
_LIST = re.compile(
    rf"(?P<day>(?<![0-9/.,]){_DAY})(?=(?:{_GAP}(?:,|และ){_GAP}(?:{_DAY})){{1,6}}{_GAP}(?P<month>{MONTH}),?{_ERA}{_GAP}(?P<year>{_YEAR}))"
)
_MONTHLY = re.compile(
    rf"(?:ภายใน|ใน|สิ้น|ตั้งแต่|เริ่ม|ต้น|ปลาย|ระหว่าง)(?:สิ้น|ต้น|ปลาย|กลาง)?เดือน{_GAP}(?P<month>{MONTH})(?:{_ERA}{_GAP}(?P<year>2[45][0-9]{{2}})(?![0-9]))?"
    rf"(?:{_TO}(?:เดือน)?{_GAP}(?P<month2>{MONTH}){_ERA}{_GAP}(?P<year2>2[45][0-9]{{2}})(?![0-9]))?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A day (or days) in the text: offsets with and without the words before it; ISO dates."""

    start: int
    core: int
    end: int
    first: str
    last: str | None
    before: str
    weekday: int | None = None

    def moved(self, by: int) -> "Found":
        """The same day with its offsets `by` characters further on."""
        return replace(self, start=self.start + by, core=self.core + by, end=self.end + by)


def find(flat: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
    """All days in `flat` (Arabic digits) from `start` to `end`. A day without a year, or that does not exist, is left out."""
    end = len(flat) if end is None else end
    position = start
    while match := _PATTERN.search(flat, position, end):
        position = match.end()
        if _COUNTED.search(flat, max(start, match.start() - 12), match.start()):
            position = match.start() + 1  # "เขต 1" and the month on the next line
            continue
        before = _before(flat, match.start(), max(start, match.start() - _BEFORE_WIDTH))
        found = _slashed(match, before) if match["sday"] else _worded(match, before)
        if found:
            yield found
        elif match["day"]:
            position = match.start("day") + 1


def find_months(flat: str, start: int, end: int) -> Iterator[Found]:
    """Months named as a limit ("ภายในเดือนมกราคม 2566"), as "2023-01"."""
    for match in _MONTHLY.finditer(flat, start, end):
        month, year = month_number(_plain(match["month"])), match["year"] or match["year2"]
        last = month_number(_plain(match["month2"])) if match["month2"] else None
        if month and year:
            until = f"{common_year(match['year2']):04d}-{last:02d}" if last else None
            iso = f"{common_year(year):04d}-{month:02d}"
            yield Found(match.start(), match.start(), match.end(), iso, until, match[0][:6])


def find_lists(flat: str, start: int, end: int) -> Iterator[Found]:
    """The days of "วันที่ 3, 5 และ 7 มกราคม 2565" but the last, which `find` gives."""
    for match in _LIST.finditer(flat, start, end):
        day = _iso(match["day"], match["month"], match["year"])
        if day:
            yield Found(match.start(), match.start(), match.end(), day, None, "")


def _before(flat: str, end: int, start: int) -> str:
    """The words that lead up to a day, from their first letter to the day itself."""
    match = _BEFORE.search(flat, start, end)
    return match[0].lstrip() if match else ""


def _worded(match: re.Match[str], before: str) -> Found | None:
    last_year, era = match["year"].replace(" ", ""), match["era"] or ""
    last = _iso(match["day2"] or match["day3"] or match["day"], match["month"], last_year, era)
    if last is None:
        return None
    first: str | None = last
    weekday = next((number for number, name in enumerate(WEEKDAYS) if name[:4] in before), None)
    if match["day3"] and not re.match(r"(?:ใน)?ระหว่าง|ตั้งแต่", before):
        return None
    if match["day2"] or match["day3"]:
        first = _iso(match["day"], match["month1"] or match["month"], match["year1"] or last_year, era)
        if first and first > last and match["month1"] and not match["year1"]:
            first = f"{int(first[:4]) - 1:04d}{first[4:]}"
        if first is None or first > last:
            return None
    return Found(
        match.start() - len(before),
        match.start(),
        match.end(),
        first or last,
        last if first != last else None,
        before,
        weekday,
    )


def _slashed(match: re.Match[str], before: str) -> Found | None:
    try:
        day = dt.date(common_year(match["syear"]), int(match["smonth"]), int(match["sday"])).isoformat()
    except ValueError:
        return None
    return Found(match.start() - len(before), match.start(), match.end(), day, None, before)


def _iso(day: str, month: str, year: str, era: str = "") -> str | None:
    number = month_number(_plain(month))
    if not number:
        return None
    english = bool(re.match("[A-Za-z]", month)) or "ค" in era
    try:
        return dt.date(
            common_year(year.replace(" ", ""), christian=english), number, int(day.replace(" ", ""))
        ).isoformat()
    except ValueError:
        return None


def _plain(month: str) -> str:
    return month.replace("ธันวาคน", "ธันวาคม").replace("\u0e33", "\u0e32")
