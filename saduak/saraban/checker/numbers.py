"""Numbers: of letters (blank, cited otherwise), of telephones; enclosures that are not there."""

import re
from collections.abc import Iterator

from saduak.saraban.checker.chain import Bundle, day, english, thai
from saduak.saraban.model import Field, Finding
from saduak.thai.text import fold

_COUNT = re.compile(r"^[ ]*(?:[0-9๐-๙]{1,2}[.)])?[ ]*|[ ]*(?:จำนวน|อย่างละ)[ ]*[0-9๐-๙][^\n]*$")


def check(bundle: Bundle) -> Iterator[Finding]:
    """Findings on numbers."""
    yield from _cited(bundle)
    for index, letter in enumerate(bundle.letters):
        if letter.number and not letter.number_complete:
            yield Finding(
                "number-blank",
                "warning",
                f"หนังสือฉบับที่ {index + 1} ยังไม่ได้ลงเลขที่หนังสือ (พิมพ์ไว้เพียง “{letter.number.value}”)",
                f"Letter {index + 1} has no running number yet (it prints only “{letter.number.value}”).",
                (index + 1,),
                (bundle.quote(index, letter.number.span),),
            )
        if letter.date is None and letter.date_partial and letter.date_place:
            yield Finding(
                "date-blank",
                "warning",
                f"หนังสือฉบับที่ {index + 1} ยังไม่ได้ลงวันที่",
                f"The day of the date of letter {index + 1} is blank.",
                (index + 1,),
                (bundle.quote(index, letter.date_place),),
            )
        yield from _phones(bundle, index)
        yield from _enclosures(bundle, index)


def _cited(bundle: Bundle) -> Iterator[Finding]:
    for link in bundle.links:
        cited, own = link.citation, bundle.letters[link.below]
        above, below = link.above + 1, link.below + 1
        if link.number_differs and own.number:
            yield Finding(
                "cited-number-differs",
                "error",
                f"หนังสือฉบับที่ {above} อ้างถึงหนังสือเลขที่ “{cited.number}” แต่ฉบับที่แนบมา (ฉบับที่ {below}) "
                f"ลงเลขที่ “{own.number.value}” วันที่เดียวกัน โปรดสอบทานกับต้นฉบับ",
                f"Letter {above} cites “{cited.number}”, but the letter enclosed (letter {below}) of the same date "
                f"bears “{own.number.value}”. Please check the original.",
                (above, below),
                (
                    bundle.quote(link.above, cited.number_span or cited.span),
                    bundle.quote(link.below, own.number.span),
                ),
            )
        if link.date_differs and own.date:
            first, second = day(cited.date or ""), day(own.date.value)
            if first is None or second is None:
                continue
            yield Finding(
                "cited-date-differs",
                "error",
                f"หนังสือฉบับที่ {above} อ้างถึง “{cited.number}” ลงวันที่ {thai(first)} แต่ฉบับที่แนบมา (ฉบับที่ {below}) "
                f"ลงวันที่ {thai(second)}",
                f"Letter {above} cites “{cited.number}” of {english(first)}, but the letter enclosed (letter {below}) "
                f"is dated {english(second)}.",
                (above, below),
                (bundle.quote(link.above, cited.date_span or cited.span), bundle.quote(link.below, own.date.span)),
            )


def _phones(bundle: Bundle, index: int) -> Iterator[Finding]:
    letter = bundle.letters[index]
    for field, thai_name, english_name in [
        *((field, "โทรศัพท์", "telephone") for field in letter.phones),
        *((field, "โทรสาร", "fax") for field in letter.faxes),
    ]:
        if right_length(field.value):
            continue
        yield Finding(
            "phone-digits",
            "warning",
            f"หมายเลข{thai_name} “{field.value}” ในหนังสือฉบับที่ {index + 1} มีจำนวนหลักไม่ถูกต้อง",
            f"The {english_name} number “{field.value}” in letter {index + 1} does not have the right count of digits.",
            (index + 1,),
            (bundle.quote(index, field.span),),
        )


def right_length(number: str) -> bool:
    """Has a Thai telephone number the digits it must have?

    Nine with a landline's 02 to 05 and 07, ten with a mobile's 06, 08 and 09 (numbering plan of the NBTC); four for
    1xxx services; three to six inside a house. Extensions and ranges ("ต่อ 12", "- 7") do not count.
    """
    main = re.split(r"[ ]*(?:ต่อ|#|กด|ext)", number)[0]
    main = re.sub(r"[ ]?[-–][ ]?[0-9]{1,2}$", "", main.strip())
    digits = re.sub("[^0-9]", "", main)
    if main.startswith("+66"):
        return len(digits) in (10, 11)
    if digits.startswith("0"):
        return len(digits) == (10 if digits[1:2] in ("6", "8", "9") else 9) and digits[1:2] not in ("0", "1")
    return 3 <= len(digits) <= 6 or (len(digits) == 10 and digits.startswith(("1800", "1900")))


def _enclosures(bundle: Bundle, index: int) -> Iterator[Finding]:
    letter = bundle.letters[index]
    cited = {link.citation.span for link in bundle.links if link.above == index}
    absent = [
        field
        for field in letter.enclosures
        if not any(field.span.start <= span.start < field.span.end for span in cited)
        and not _present(bundle, index, field)
    ]
    if absent:
        names = "; ".join(_title(field.value) for field in absent)
        yield Finding(
            "enclosure-absent",
            "notice",
            f"หนังสือฉบับที่ {index + 1} แจ้งสิ่งที่ส่งมาด้วย แต่ไม่พบในไฟล์นี้: {names}",
            f"Letter {index + 1} announces enclosures that are not in this file: {names}.",
            (index + 1,),
            tuple(bundle.quote(index, field.span) for field in absent),
        )


def _title(value: str) -> str:
    return _COUNT.sub("", value).strip()


def _present(bundle: Bundle, index: int, field: Field) -> bool:
    """Does a line behind the letter's body begin with the name of the enclosure?"""
    name = fold(_title(field.value)).replace(" ", "")[:40]
    body = bundle.letters[index].body
    return bool(name) and bundle.has_line(name, body.end if body else field.span.end)
