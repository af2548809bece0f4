"""Days that cannot be: passed before the letter was written, on a closed day, another weekday, a year misread."""

import datetime as dt
import re
from collections.abc import Iterator

from saduak.saraban.checker.chain import Bundle, day, english, thai
from saduak.saraban.model import BodyDate, Finding, Span
from saduak.thai.dates import WEEKDAYS, WEEKDAYS_EN, buddhist_year
from saduak.thai.working_days import holiday_name, is_working_day

_FAR_AHEAD, _FAR_BACK = 10, 150
"""Years from a letter's date in which the days of its body can lie: plans ahead, laws and history back."""
_BUNDLE_YEARS = 3
_BINDING_AHEAD, _BINDING_BACK = 6, 2
"""Years from a letter's date in which what it sets or announces can lie."""
# Words before a day that lies ahead of whoever writes them.
_TO_COME = re.compile(r"กำหนดจัด|กำหนดการประชุม|กำหนดประชุม|จะจัด|จะมีการ|จะดำเนินการจัด|ขอเชิญ|เชิญเข้าร่วม|เชิญประชุม|กำหนดให้มี")
_PAST = re.compile(r"ได้จัด|จัดไปแล้ว|ที่ผ่านมา|เสร็จสิ้น|แล้วนั้น|แล้ว นั้น|เมื่อวัน")
_LEAD = 90
"""Characters before a day in which those words count."""
_EARLIEST = dt.date(1983, 6, 1)
"""The day on which the regulation came into force by which these letters are written (B.E. 2526); an older date was misread."""


def check(bundle: Bundle) -> Iterator[Finding]:
    """Findings on days."""
    for index in range(len(bundle.letters)):
        yield from _passed(bundle, index)
        yield from _weekdays(bundle, index)
        yield from _closed_days(bundle, index)
        yield from _years(bundle, index)


def _binding(date: BodyDate) -> bool:
    return date.role in ("deadline", "event", "period")


def _passed(bundle: Bundle, index: int) -> Iterator[Finding]:
    letter = bundle.letters[index]
    above = [(number, bundle.letters[number].date) for number in sorted(bundle.above(index))]
    for date in letter.dates_in_body:
        last = day(date.last)
        if last is None or not _binding(date):
            continue
        own = day(letter.date.value) if letter.date else None
        if own and not _near(own, last):
            continue  # misread rather than missed: `_years` says so
        if own and letter.date and last < own and date.role == "event" and _announced(bundle, index, date):
            yield Finding(
                "event-before-letter",
                "error",
                f"หนังสือฉบับที่ {index + 1} ลงวันที่ {thai(own)} แต่กำหนดการ “{date.text}” ที่แจ้งหรือเชิญผ่านไปก่อนแล้ว",
                f"Letter {index + 1} is dated {english(own)}, but the event of {english(last)} that it announces had passed by then.",
                (index + 1,),
                (bundle.quote(index, date.span), bundle.quote(index, letter.date.span)),
            )
        if own and letter.date and last < own and date.role == "deadline":
            yield Finding(
                "deadline-before-letter",
                "error",
                f"หนังสือฉบับที่ {index + 1} ลงวันที่ {thai(own)} แต่กำหนด “{date.text}” ผ่านไปก่อนแล้ว",
                f"Letter {index + 1} is dated {english(own)}, but its deadline of {english(last)} had passed by then.",
                (index + 1,),
                (bundle.quote(index, date.span), bundle.quote(index, letter.date.span)),
            )
        late = [
            (number, field) for number, field in above if field and (written := day(field.value)) and written > last
        ]
        if late:
            name_th, name_en = ("กำหนดส่ง", "deadline") if date.role == "deadline" else ("กำหนดการ", "date")
            numbers = ", ".join(str(number + 1) for number, _ in late)
            first = day(late[0][1].value) if late[0][1] else None
            yield Finding(
                "date-passed",
                "warning",
                f"{name_th} “{date.text}” ในหนังสือฉบับที่ {index + 1} ผ่านไปแล้วเมื่อออกหนังสือส่งต่อ (ฉบับที่ {numbers}) ผู้รับทำตามไม่ทัน",
                f"The {name_en} {english(last)} in letter {index + 1} had passed when it was sent on (letter {numbers}"
                + (f", {english(first)}" if first and len(late) == 1 else "")
                + "); whoever receives it cannot meet it.",
                (index + 1, *(number + 1 for number, _ in late)),
                (
                    bundle.quote(index, date.span),
                    *(bundle.quote(number, field.span) for number, field in late if field),
                ),
            )


def _near(own: dt.date, other: dt.date) -> bool:
    return own.year - _BINDING_BACK <= other.year <= own.year + _BINDING_AHEAD


def _announced(bundle: Bundle, index: int, date: BodyDate) -> bool:
    """Does the letter speak of the day as one to come?"""
    body = bundle.letters[index].body
    start = max(date.span.start - _LEAD, body.start if body else 0)
    before = bundle.text[start : date.span.start].rpartition("\n\n")[2]
    return bool(_TO_COME.search(before)) and not _PAST.search(bundle.text[start : date.span.end + 20])


def _weekdays(bundle: Bundle, index: int) -> Iterator[Finding]:
    for date in bundle.letters[index].dates_in_body:
        first = day(date.start)
        if first is None or date.weekday is None or first.weekday() == date.weekday:
            continue
        right = first.weekday()
        yield Finding(
            "weekday-mismatch",
            "error",
            f"“{date.text}” ในหนังสือฉบับที่ {index + 1} ไม่ตรงกัน วันที่ {thai(first)} เป็นวัน{WEEKDAYS[right]} ไม่ใช่วัน{WEEKDAYS[date.weekday]}",
            f"In letter {index + 1}, {english(first)} is called a {WEEKDAYS_EN[date.weekday]}, but it is a {WEEKDAYS_EN[right]}.",
            (index + 1,),
            (bundle.quote(index, date.span),),
        )


def _closed_days(bundle: Bundle, index: int) -> Iterator[Finding]:
    for date in bundle.letters[index].dates_in_body:
        last = day(date.last)
        if last is None or date.role != "deadline" or is_working_day(last):
            continue
        name_th = holiday_name(last, "th") or f"วัน{WEEKDAYS[last.weekday()]}"
        name_en = holiday_name(last, "en") or f"a {WEEKDAYS_EN[last.weekday()]}"
        yield Finding(
            "deadline-on-closed-day",
            "notice",
            f"กำหนด “{date.text}” ในหนังสือฉบับที่ {index + 1} ตรงกับวันหยุดราชการ ({name_th})",
            f"The deadline {english(last)} in letter {index + 1} is a day on which offices are closed ({name_en}).",
            (index + 1,),
            (bundle.quote(index, date.span),),
        )


def _years(bundle: Bundle, index: int) -> Iterator[Finding]:
    letter = bundle.letters[index]
    own = day(letter.date.value) if letter.date else None
    if own and letter.date:
        others = [
            written
            for link in bundle.links
            if index in (link.above, link.below)
            for field in [bundle.letters[link.below if link.above == index else link.above].date]
            if field and (written := day(field.value))
        ]
        lonely = others and all(abs(other.year - own.year) > _BUNDLE_YEARS for other in others)
        if own < _EARLIEST or lonely:
            yield _implausible(bundle, index, letter.date.span, own)
    for span, date, binding in _other_days(bundle, index):
        if own is None:
            continue
        if not own.year - _FAR_BACK <= date.year <= own.year + _FAR_AHEAD or (binding and not _near(own, date)):
            yield _implausible(bundle, index, span, date)


def _other_days(bundle: Bundle, index: int) -> Iterator[tuple[Span, dt.date, bool]]:
    letter = bundle.letters[index]
    for item in letter.dates_in_body:
        if first := day(item.start):
            yield item.span, first, item.role == "deadline"
    for receipt in letter.receipts:
        if receipt.date_span and receipt.date and (received := day(receipt.date)):
            yield receipt.date_span, received, True


def _implausible(bundle: Bundle, index: int, span: Span, date: dt.date) -> Finding:
    quote = bundle.quote(index, span)
    return Finding(
        "year-implausible",
        "warning",
        f"ปี พ.ศ. {buddhist_year(date)} ใน “{quote.text}” (หนังสือฉบับที่ {index + 1}) ห่างจากวันที่อื่นมาก อาจพิมพ์หรืออ่านผิด",
        f"The year {date.year} in letter {index + 1} is far from all other dates; it may be misprinted or misread.",
        (index + 1,),
        (quote,),
    )
