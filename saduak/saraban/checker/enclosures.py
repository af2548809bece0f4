"""What a letter says it encloses, against what is there: absent, not announced, counted or numbered wrongly."""

import re
from collections.abc import Iterator

from saduak.saraban.checker.chain import Bundle
from saduak.saraban.model import Field, Finding, Letter, Quote, Span
from saduak.thai.digits import to_arabic
from saduak.thai.text import fold

_DIGITS = "[0-9๐-๙]"
_UNIT = "(?P<unit>ฉบับ|ชุด|แผ่น|เล่ม|หน้า|รายการ|เรื่อง)"
_COUNT = re.compile(
    rf"^[ ]*(?:{_DIGITS}{{1,2}}[.)])?[ ]*|[ ]*(?:จำนวน|อย่างละ|รวม)[ ]*{_DIGITS}[^\n]*$|[ ]+{_DIGITS}{{1,3}}[ ]*(?:ฉบับ|ชุด|แผ่น|เล่ม)[ ]*$"
)
_AMOUNT = re.compile(rf"(?<!รวม)(?:จำนวน|[ ])[ ]*(?P<amount>{_DIGITS}{{1,4}})[ ]*{_UNIT}")
_TOTAL = re.compile(rf"(?:รวม|ทั้งสิ้น|ทั้งหมด)(?:ทั้งสิ้น|ทั้งหมด|เป็น|จำนวน|[ ])*(?P<amount>{_DIGITS}{{1,4}})[ ]*{_UNIT}")
_MENTION = re.compile(
    rf"(?:สิ่งที่(?:ได้)?ส่งมาด้วย|เอกสารแนบ|สิ่งที่แนบมา(?:ด้วย)?)(?:หมายเลข|ลำดับที่|ที่|[ ])*(?P<ordinal>{_DIGITS}{{1,2}})(?!{_DIGITS}|[ ]*(?:ฉบับ|ชุด|แผ่น|เล่ม|รายการ))"
)
_ENCLOSED = re.compile(r"ส่งมาด้วย|ส่งมาพร้อม|แนบ|พร้อมหนังสือนี้|พร้อมนี้")
_KIND = re.compile(r"แบบ(?:สำรวจ|ฟอร์ม|ตอบรับ|สอบถาม|รายงาน|แสดง)|กำหนดการ|ใบสมัคร|บัญชีรายชื่อ|รายชื่อ|ตาราง")
_NEAR = 160


def check(bundle: Bundle) -> Iterator[Finding]:
    """Findings on enclosures."""
    for index in range(len(bundle.letters)):
        yield from _absent(bundle, index)
        yield from _unannounced(bundle, index)
        yield from _beyond(bundle, index)
        yield from _total(bundle, index)
    yield from _unlinked(bundle)


def _absent(bundle: Bundle, index: int) -> Iterator[Finding]:
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


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")


def _present(bundle: Bundle, index: int, field: Field) -> bool:
    """Does a line behind the letter's body begin with the name of the enclosure?"""
    name = _bare(_title(field.value))[:40]
    body = bundle.letters[index].body
    return bool(name) and bundle.has_line(name, body.end if body else field.span.end)


def _unannounced(bundle: Bundle, index: int) -> Iterator[Finding]:
    """Something stands behind the signature that the letter speaks of nowhere."""
    letter = bundle.letters[index]
    named = [_bare(_title(field.value)) for field in letter.enclosures]
    body = _bare(bundle.text[letter.body.start : letter.body.end]) if letter.body else ""
    silent = [field for field in letter.attached if not _announced(field, letter, named, body)]
    if silent:
        names = "; ".join(field.value for field in silent)
        yield Finding(
            "enclosure-unannounced",
            "notice",
            f"ท้ายหนังสือฉบับที่ {index + 1} มีเอกสารที่หนังสือไม่ได้แจ้งไว้ในสิ่งที่ส่งมาด้วย: {names}",
            f"Behind letter {index + 1} stand papers that it does not announce: {names}.",
            (index + 1,),
            tuple(bundle.quote(index, field.span) for field in silent),
        )


def _announced(field: Field, letter: Letter, named: list[str], body: str) -> bool:
    heading = _bare(_title(field.value))
    ordinal = _MENTION.match(field.value)
    if ordinal or heading.startswith(_bare("สิ่งที่ส่งมาด้วย")):
        return ordinal is None or int(to_arabic(ordinal["ordinal"])) <= max(1, len(letter.enclosures))
    word = _KIND.match(field.value)
    kind = _bare(word[0]) if word else heading[:9]
    return any(kind in name or name[:12] in heading for name in named if name) or kind in body


def _beyond(bundle: Bundle, index: int) -> Iterator[Finding]:
    """ "รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย ๓" where only two are listed."""
    letter = bundle.letters[index]
    if letter.body is None:
        return
    count = len(letter.enclosures)
    reported: set[int] = set()
    for match in _MENTION.finditer(bundle.text, letter.body.start, letter.body.end):
        ordinal = int(to_arabic(match["ordinal"]))
        if ordinal <= count or ordinal in reported or (count == 0 and ordinal == 1):
            continue
        reported.add(ordinal)
        last = letter.enclosures[-1].span if letter.enclosures else None
        listed_th = f"แจ้งไว้เพียง {count} รายการ" if count else "ไม่ได้แจ้งสิ่งที่ส่งมาด้วยไว้"
        listed_en = f"lists only {count}" if count else "lists none"
        yield Finding(
            "enclosure-number-missing",
            "warning",
            f"หนังสือฉบับที่ {index + 1} กล่าวถึงสิ่งที่ส่งมาด้วย {ordinal} แต่{listed_th}",
            f"Letter {index + 1} speaks of enclosure {ordinal}, but {listed_en}.",
            (index + 1,),
            (bundle.quote(index, Span(*match.span())), *([bundle.quote(index, last)] if last else [])),
        )


def _total(bundle: Bundle, index: int) -> Iterator[Finding]:
    """ "รวม ๕ ฉบับ" where the list adds up to four."""
    letter = bundle.letters[index]
    if not letter.enclosures:
        return
    start = letter.enclosures[0].span.start
    sums: dict[str, int | None] = {}
    for match in _TOTAL.finditer(bundle.text, start, letter.span.end):
        inside = any(field.span.start <= match.start() < field.span.end for field in letter.enclosures)
        around = bundle.text[max(start, match.start() - _NEAR) : match.end()]
        if not inside and not _ENCLOSED.search(around):
            continue
        said, unit = int(to_arabic(match["amount"])), match["unit"]
        if unit not in sums:
            sums[unit] = _added(letter, unit)
        found = sums[unit]
        if found is not None and found != said:
            quotes: list[Quote] = [bundle.quote(index, Span(*match.span()))]
            quotes += [bundle.quote(index, field.span) for field in letter.enclosures]
            yield Finding(
                "enclosure-total",
                "warning",
                f"หนังสือฉบับที่ {index + 1} ระบุรวม {said} {unit} แต่สิ่งที่ส่งมาด้วยที่แจกแจงไว้รวมได้ {found} {unit}",
                f"Letter {index + 1} gives a total of {said}, but the enclosures it lists add up to {found}.",
                (index + 1,),
                tuple(quotes),
            )
            return


def _added(letter: Letter, unit: str) -> int | None:
    """The sum of the list in that unit; None when an entry is counted otherwise or not at all."""
    if unit in ("รายการ", "เรื่อง"):
        return len([field for field in letter.enclosures if _title(field.value)])
    amounts = []
    for field in letter.enclosures:
        without_total = _TOTAL.sub("", field.value)
        if not _title(without_total):
            continue
        amount = _AMOUNT.search(without_total)
        if amount is None or amount["unit"] != unit:
            return None
        amounts.append(int(to_arabic(amount["amount"])))
    return sum(amounts) if len(amounts) > 1 else None


def _unlinked(bundle: Bundle) -> Iterator[Finding]:
    """A letter in a chain that no other names, and that names none."""
    linked = {place for link in bundle.links for place in (link.above, link.below)}
    if not linked:
        return
    for index, letter in enumerate(bundle.letters):
        field = letter.number or letter.subject
        if index in linked or field is None:
            continue
        yield Finding(
            "letter-unlinked",
            "notice",
            f"หนังสือฉบับที่ {index + 1} (“{field.value}”) อยู่ในไฟล์นี้ แต่ไม่มีหนังสือฉบับใดอ้างถึง",
            f"Letter {index + 1} (“{field.value}”) is in this file, but no other letter refers to it.",
            (index + 1,),
            (bundle.quote(index, field.span),),
        )
