"""Receiving stamps that lie in the wrong time or come from an office outside the chain."""

import datetime as dt
import re
from collections.abc import Iterator

from saduak.saraban.checker.chain import Bundle, day, english, thai
from saduak.saraban.model import Field, Finding, Receipt, Span

# Offices of which there are many, by name: a stamp of one is strange on a letter that names another of the same kind.
_NAMED = re.compile(
    r"(?P<kind>กรม(?!ธรรม|การ(?:[ ]|$))|เทศบาล(?:นคร|เมือง|ตำบล)|องค์การบริหารส่วนตำบล|องค์การบริหารส่วนจังหวัด|มหาวิทยาลัย)(?P<name>[ก-ฮเ-ไ][ก-๎]{2,40})"
)
_ALL = re.compile(r"ทุก|ในสังกัด|ทั่วประเทศ|ตามบัญชี|แห่ง[ ]*$")
_PROVINCE = re.compile(r"(?:จังหวัด|จ\.[ ]?)(?P<name>[ก-ฮเ-ไ][ก-๎]{2,20})")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Findings on stamps."""
    for index, letter in enumerate(bundle.letters):
        known: set[tuple[str, dt.date]] = set()
        for receipt in letter.receipts:
            received = day(receipt.date) if receipt.date else None
            if received is None:
                continue
            for finding in _on(bundle, index, receipt, received):
                if (finding.code, received) not in known:
                    known.add((finding.code, received))
                    yield finding
            yield from _foreign(bundle, index, receipt)


def _on(bundle: Bundle, index: int, receipt: Receipt, received: dt.date) -> Iterator[Finding]:
    letter = bundle.letters[index]
    stamp = _place(receipt)
    missed = [
        (date, last)
        for date in letter.dates_in_body
        if date.role in ("deadline", "period", "event") and (last := day(date.last)) and last < received
    ]
    if missed:
        days_th = ", ".join(dict.fromkeys(thai(last) for _, last in missed))
        days_en = ", ".join(dict.fromkeys(english(last) for _, last in missed))
        yield Finding(
            "receipt-after-deadline",
            "warning",
            f"ตรารับหนังสือฉบับที่ {index + 1} ลงวันที่ {thai(received)} ซึ่งพ้นกำหนดในหนังสือแล้ว ({days_th})",
            f"The receiving stamp on letter {index + 1} is of {english(received)}, after dates the letter sets ({days_en}).",
            (index + 1,),
            (bundle.quote(index, stamp), *(bundle.quote(index, date.span) for date, _ in missed)),
        )
    written = day(letter.date.value) if letter.date else None
    if written and letter.date and received < written:
        yield Finding(
            "receipt-before-date",
            "error",
            f"ตรารับหนังสือฉบับที่ {index + 1} ลงวันที่ {thai(received)} ก่อนวันที่ของหนังสือ ({thai(written)})",
            f"The receiving stamp on letter {index + 1} ({english(received)}) is older than the letter ({english(written)}).",
            (index + 1,),
            (bundle.quote(index, stamp), bundle.quote(index, letter.date.span)),
        )
    for number in sorted(bundle.above(index)):
        field = bundle.letters[number].date
        sent_on = day(field.value) if field else None
        if field and sent_on and received > sent_on:
            yield Finding(
                "receipt-after-forwarding",
                "warning",
                f"ตรารับหนังสือฉบับที่ {index + 1} ลงวันที่ {thai(received)} หลังหนังสือฉบับที่ {number + 1} ที่ส่งต่อ ({thai(sent_on)}) อาจเป็นสำเนาจากอีกสายหนึ่งหรืออ่านเดือนผิด",
                f"The receiving stamp on letter {index + 1} ({english(received)}) is later than letter {number + 1}, which sends it on "
                f"({english(sent_on)}); it may be another copy, or the month was misread.",
                (index + 1, number + 1),
                (bundle.quote(index, stamp), bundle.quote(number, field.span)),
            )
            return


def _place(receipt: Receipt) -> Span:
    return receipt.date_span or receipt.span


def _foreign(bundle: Bundle, index: int, receipt: Receipt) -> Iterator[Finding]:
    office = _PROVINCE.search(receipt.office or "")
    if office is None:
        yield from _another(bundle, index, receipt)
        return
    letter = bundle.letters[index]
    named = [field for field in letter.addressees if _PROVINCE.search(field.value)]
    places = [(index, field) for field in named]
    places += [
        (number, agency)
        for number in sorted(bundle.above(index))
        if (agency := bundle.letters[number].agency) and _PROVINCE.search(agency.value)
    ]
    own = letter.agency and office["name"] in letter.agency.value
    if not places or own or any(office["name"] in field.value for _, field in places):
        return
    yield _outside(bundle, index, receipt, *places[-1])


def _another(bundle: Bundle, index: int, receipt: Receipt) -> Iterator[Finding]:
    """The stamp of a department, municipality or university on a letter that goes to others of its kind only."""
    office = _NAMED.match(receipt.office or "")
    if office is None:
        return
    named: list[tuple[int, Field]] = []
    for number in sorted({index, *bundle.above(index)}):
        letter = bundle.letters[number]
        for field in [*letter.addressees, *([letter.agency] if letter.agency else [])]:
            if office["name"][:12] in field.value or _ALL.search(field.value):
                return
            if any(match["kind"] == office["kind"] for match in _NAMED.finditer(field.value)):
                named.append((number, field))
    addressed = [place for place in named if place[1] in bundle.letters[place[0]].addressees]
    if addressed:
        yield _outside(bundle, index, receipt, *addressed[-1])


def _outside(bundle: Bundle, index: int, receipt: Receipt, number: int, field: Field) -> Finding:
    return Finding(
        "receipt-outside-chain",
        "warning",
        f"ตรารับบนหนังสือฉบับที่ {index + 1} เป็นของ “{receipt.office}” ซึ่งไม่อยู่ในสายหนังสือนี้ ({field.value})",
        f"The receiving stamp on letter {index + 1} is of “{receipt.office}”, which is not in the line of these letters ({field.value}).",
        tuple(dict.fromkeys((index + 1, number + 1))),
        (bundle.quote(index, receipt.office_span or receipt.span), bundle.quote(number, field.span)),
    )
