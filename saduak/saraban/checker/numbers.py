"""Numbers: of letters (blank, cited otherwise, borne twice), of telephones."""

import re
from collections.abc import Iterator

from saduak.saraban import numbering
from saduak.saraban.checker.chain import Bundle, day, english, thai
from saduak.saraban.model import Finding, Letter


def check(bundle: Bundle) -> Iterator[Finding]:
    """Findings on numbers."""
    yield from _cited(bundle)
    yield from _later(bundle)
    yield from _shared(bundle)
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


def _later(bundle: Bundle) -> Iterator[Finding]:
    """A letter cannot answer what was written after it."""
    for index, letter in enumerate(bundle.letters):
        own = day(letter.date.value) if letter.date else None
        for cited in letter.references:
            written = day(cited.date or "")
            if own and letter.date and written and written > own:
                yield Finding(
                    "cited-after-letter",
                    "error",
                    f"หนังสือฉบับที่ {index + 1} ลงวันที่ {thai(own)} แต่อ้างถึงหนังสือที่ลงวันที่ {thai(written)} ซึ่งเป็นวันหลังจากนั้น",
                    f"Letter {index + 1} is dated {english(own)}, but refers to a letter of {english(written)}, which is later.",
                    (index + 1,),
                    (bundle.quote(index, cited.date_span or cited.span), bundle.quote(index, letter.date.span)),
                )


def _shared(bundle: Bundle) -> Iterator[Finding]:
    """One number belongs to one letter of a year."""
    known: dict[tuple[str, str], int] = {}
    for index, letter in enumerate(bundle.letters):
        if letter.number is None:
            continue
        year = (letter.date.value if letter.date else letter.date_partial or "")[:4]
        first = known.setdefault((numbering.bare(letter.number.value), year), index)
        other = bundle.letters[first]
        if first == index or other.number is None or not _filled_in(letter):
            continue
        if _words(letter) == _words(other):
            continue  # a copy of the same letter
        yield Finding(
            "number-shared",
            "warning",
            f"หนังสือฉบับที่ {first + 1} และฉบับที่ {index + 1} ลงเลขที่เดียวกัน (“{letter.number.value}”) แต่เป็นคนละฉบับ",
            f"Letters {first + 1} and {index + 1} bear the same number (“{letter.number.value}”) but are not the same letter.",
            (first + 1, index + 1),
            (bundle.quote(first, other.number.span), bundle.quote(index, letter.number.span)),
        )


def _filled_in(letter: Letter) -> bool:
    """Is a running number there? Drafts of one office share what stands before the slash."""
    return letter.number is not None and (letter.number_complete or letter.number.value[:1].isdigit())


def _words(letter: Letter) -> tuple[str, ...]:
    return tuple("".join(field.value.split()) for field in (letter.subject, *letter.addressees) if field)


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
