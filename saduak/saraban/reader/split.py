"""Where one letter of a file ends and the next begins.

Nothing marks the border. What can be relied on is the head of a letter: "เรื่อง" and soon after it "เรียน"; a number and
"ถึง" (stamped letters); "คำสั่ง…" or "ประกาศ…" and "เรื่อง". From there the border is sought upwards, among numbers, urgency,
stamps, office and date, and never above the signature of the letter before.
"""

import re
from dataclasses import dataclass, replace

from saduak.saraban import numbering
from saduak.saraban.reader import words
from saduak.saraban.reader.layout import Line, lines_of

NUMBER_LINE = re.compile(
    rf"(?:^|[ ]{{2}}|สุด[ ]|มาก[ ]|ด่วน[ ])(?P<label>ที่?|เลขที่(?=[ ]*[ก-ฮ]{{2,4}}[ ]?{words.DIGIT}))[ ]{{0,30}}(?P<number>{numbering.PATTERN})"
)
_STAMP_LINE = re.compile(
    rf"(?:เลข(?:ที่)?[ ]?รับ|รับ(?:เลข)?ที่|ที่รับ|เลขทะเบียน|ทะเบียนรับ"
    rf"|(?:^|[ ]{{2}})(?:เวลา[ ]*[.{words.DIGIT[1:]}|วันที่[ ]*[-.]?[ ]*{words.DIGIT}|เลขที่[ ]*{words.DIGIT})|^{words.DIGIT}{{2,6}}$)"
)
_DATE_LINE = re.compile(
    rf"^(?:วันที่[ ]*)?{words.DIGIT}[ ]?{words.DIGIT}?[ ]+[ก-๎.]{{3,12}}[ ]+(?:พ\.?ศ\.?[ ]*)?(?:{words.DIGIT}[ ]?){{2,4}}$"
)
_BLANK_DATE = re.compile(rf"^[.… ]*[ก-๎]{{5,10}}[ ]+(?:พ\.?ศ\.?[ ]*)?{words.DIGIT}{{4}}$")
_CITED = re.compile(r"(?:ลงวันที่|ฉบับลง|เมื่อวันที่)")
_LONG_LINE = 130
_HEAD_LINES = 40
# A saved web page begins: its title, the day, the button.
_WEB_PAGE = re.compile(
    r"\n(?=[ ]*[^\s][^\n]{4,300}\n(?:[ ]*\n){0,4}[ ]*วัน[^\n]{10,40}\n(?:[ ]*[0-9๐-๙/]{6,10}[ ]*\n)?[ ]*พิมพ์[ ]*\n)"
)
_PRINT_BUTTON = "พิมพ์"  # stands between the head of a saved web page and its text


@dataclass(frozen=True, slots=True)
class Block:
    """One letter: offsets into the cleaned text. `head` is where its own head begins, after stray lines above it."""

    start: int
    head: int
    end: int
    heading: int | None = None
    """Where "คำสั่ง…" or "ประกาศ…" stands."""
    subject: int | None = None
    addressee: int | None = None
    title: int | None = None
    """The title of a saved web page, where the text has no head of its own."""
    certificate: int | None = None
    """Where "หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า" begins."""
    page: bool = False
    """Is it from a saved web page, where every line is a whole paragraph?"""


@dataclass(slots=True)
class _Anchor:
    line: int
    heading: int | None = None
    subject: int | None = None
    addressee: int | None = None
    certificate: int | None = None
    top: int = 0

    @property
    def last(self) -> int:
        """The last of its lines."""
        return max(self.line, self.subject or 0, self.addressee or 0, self.heading or 0, self.certificate or 0)


def split(text: str) -> list[Block]:
    """The letters of a cleaned text, in order; at least one where there is any text."""
    starts = [0, *(match.end() for match in _WEB_PAGE.finditer(text) if len(text[: match.end()].strip()) > 40)]
    blocks: list[Block] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        blocks += [_moved(block, start) for block in _split(text[start:end])]
    return blocks


def _moved(block: Block, by: int) -> Block:
    if not by:
        return block
    places = ("start", "head", "end", "heading", "subject", "addressee", "title", "certificate")
    return replace(block, **{name: at + by for name in places if (at := getattr(block, name)) is not None})


def _split(text: str) -> list[Block]:
    lines = lines_of(text)
    first = _after_page_head(lines)
    anchors = _anchors(lines, first)
    floor = first
    for anchor in anchors:
        anchor.top = _top(lines, anchor, floor)
        floor = anchor.last
    anchors = _without_titles(lines, anchors)
    if not anchors:
        begin = lines[first].start if first < len(lines) else 0
        return [Block(begin, begin, len(text), title=begin if first else None, page=first > 0)] if text.strip() else []
    begin, head = lines[first].start, lines[anchors[0].top].start
    headless: list[Block] = []
    if words.ISSUED.search(text, begin, head) or words.COURTESY.search(text, begin, head):
        # A document without a head that can be told, but with its own end, stands before the first one that has a head.
        headless = [Block(begin, begin, head, title=begin if first else None, page=first > 0)]
    tops = [
        anchors[0].top if headless else _first_start(lines, anchors[0].top, first),
        *(anchor.top for anchor in anchors[1:]),
    ]
    ends = [*(lines[top].start for top in tops[1:]), len(text)]

    def place(line: int | None) -> int | None:
        return None if line is None else lines[line].start + len(lines[line].text) - len(lines[line].text.lstrip())

    return headless + [
        Block(
            start=lines[top].start,
            head=lines[anchor.top].start,
            end=end,
            heading=place(anchor.heading),
            subject=place(anchor.subject),
            addressee=place(anchor.addressee),
            certificate=place(anchor.certificate),
            page=first > 0,
        )
        for anchor, top, end in zip(anchors, tops, ends, strict=True)
    ]


def _after_page_head(lines: list[Line]) -> int:
    for index, line in enumerate(lines[:12]):
        if line.bare == _PRINT_BUTTON:
            return index + 1
    return 0


def _anchors(lines: list[Line], first: int) -> list[_Anchor]:
    anchors: list[_Anchor] = []
    index = floor = first
    while index < len(lines):
        anchor = (
            _order_at(lines, index, first)
            or _letter_at(lines, index)
            or _addressed_at(lines, index, floor)
            or _certificate_at(lines, index, floor)
        )
        if anchor:
            anchors.append(anchor)
            floor = anchor.last
            index = floor + 1
        else:
            index += 1
    return anchors


def _letter_at(lines: list[Line], index: int) -> _Anchor | None:
    if not words.SUBJECT.match(lines[index].bare):
        return None
    seen = 0
    for ahead in range(index + 1, min(index + 14, len(lines))):
        line = lines[ahead]
        if line.blank:
            continue
        if words.ADDRESSEE.match(line.bare) or words.TO.match(line.bare):
            return _Anchor(index, subject=index, addressee=ahead)
        seen += 1
        reference = words.REFERENCE.match(line.bare) or words.ENCLOSURE.match(line.bare)
        if not reference and (seen > 5 or words.SUBJECT.match(line.bare) or words.BODY.match(line.bare)):
            return None
    return None


def _addressed_at(lines: list[Line], index: int, floor: int) -> _Anchor | None:
    """A letter without a subject: a number, and below it "ถึง" (stamped letters) or "เรียน"."""
    if not (words.TO.match(lines[index].bare) or words.ADDRESSEE.match(lines[index].bare)):
        return None
    seen = 0
    for back in range(index - 1, max(index - 14, floor - 1), -1):
        if lines[back].blank:
            continue
        if _ends_a_letter(lines[back].bare):
            return None
        if NUMBER_LINE.match(lines[back].bare):
            return _Anchor(back, addressee=index)
        seen += 1
        if seen > 8 or len(lines[back].bare) > _LONG_LINE:
            return None
    return None


def _certificate_at(lines: list[Line], index: int, floor: int) -> _Anchor | None:
    """A certificate (หนังสือรับรอง): a number, and below it what it certifies, without subject and addressee."""
    if not words.CERTIFIES.match(lines[index].bare) or len(lines[index].bare) < 20:
        return None
    seen = 0
    for back in range(index - 1, max(index - 12, floor - 1), -1):
        bare = lines[back].bare
        if lines[back].blank:
            continue
        if _ends_a_letter(bare) or words.SUBJECT.match(bare) or len(bare) > _LONG_LINE:
            return None
        if NUMBER_LINE.match(bare):
            return _Anchor(back, certificate=index)
        seen += 1
        if seen > 6:
            return None
    return None


def _order_at(lines: list[Line], index: int, first: int) -> _Anchor | None:
    text = lines[index].bare
    following = lines[index + 1].bare if index + 1 < len(lines) else ""
    alone = text in ("ประกาศ", "คำสั่ง", "แถลงการณ์") and words.ORGANISATION.match(following)
    heading = words.ORDER.match(text) or words.ANNOUNCEMENT.match(text) or alone
    if not heading or _CITED.search(text[:_LONG_LINE]):
        return None
    if index > first:
        before, indent = lines[index - 1], len(lines[index].text) - len(lines[index].text.lstrip())
        signed = words.POST_START.match(before.bare) or words.ACTING.match(before.bare)
        wrapped = len(before.bare) > 60 and not before.blank and indent < 8 and lines[0].bare != "" and first == 0
        wrapped = wrapped and not signed
        if wrapped or re.search(r"(?:ตาม|และ|แห่ง|ของ|ใน|มี|ออก|กับ|หรือ|โดย)$", before.bare):
            return None
    if re.search(r"[ก-๎)\d][ ]?เรื่อง[ ]", text[: _LONG_LINE * 2]):
        return _Anchor(index, heading=index)
    seen = 0
    for ahead in range(index + 1, min(index + 9, len(lines))):
        line = lines[ahead]
        if line.blank:
            continue
        if words.SUBJECT.match(line.bare) or (line.bare.startswith("ว่าด้วย") and text.startswith(("ระเบียบ", "ข้อบังคับ"))):
            return None if _CITED.search(line.bare) else _Anchor(index, heading=index, subject=ahead)
        seen += 1
        if seen > 3 or len(line.bare) > _LONG_LINE:
            break
    return None


def _top(lines: list[Line], anchor: _Anchor, floor: int) -> int:
    """The first line of the head that belongs to `anchor`."""
    top, numbered, memo, letterhead, strays = anchor.line, False, False, False, 0
    if anchor.subject is None and anchor.heading is None:
        numbered = True
    last = anchor.line
    for index in range(anchor.line - 1, max(floor, anchor.line - _HEAD_LINES) - 1, -1):
        line, bare = lines[index], lines[index].bare
        if line.blank:
            continue
        if _ends_a_letter(bare):
            break
        gap = last - index > 2
        if words.MEMO.search(bare) and len(bare) < 80:
            top, memo, strays = index, True, 0
        elif NUMBER_LINE.search(bare) and not _CITED.search(bare) and len(bare) < _LONG_LINE:
            if numbered or anchor.heading is not None:
                break
            top, numbered, strays = index, True, 0
        elif words.URGENCY.fullmatch(bare) or words.MEMO_AGENCY.match(bare):
            top, strays = index, 0
        elif len(bare) < 100 and _STAMP_LINE.search(bare):
            if (numbered or memo) and gap:
                break
            top = index
        elif (_DATE_LINE.match(bare) or _BLANK_DATE.match(bare)) and not numbered and anchor.heading is None:
            top = index
        elif len(bare) < 90 and not numbered and anchor.heading is None and words.ORGANISATION.match(bare):
            top, letterhead = index, True
        elif numbered and not memo and not gap and _names_office_with_phone(bare) and not letterhead:
            top = index
        else:
            strays += 1
            if strays > 4 or len(bare) > _LONG_LINE or (gap and (numbered or memo)):
                break
        last = index
    return top


def _names_office_with_phone(bare: str) -> bool:
    return bool(words.ORGANISATION.match(bare) and re.search(words.PHONE_LABEL, bare))


def _ends_a_letter(bare: str) -> bool:
    return bool(
        words.COURTESY.search(bare)
        or words.NAME_IN_BRACKETS.search(bare)
        or (words.CLOSING.match(bare) and len(bare) > 12)
        or re.match(r"ผู้ประสานงาน|โทรสาร|ไปรษณีย์อิเล็กทรอนิกส์", bare)
    )


def _without_titles(lines: list[Line], anchors: list[_Anchor]) -> list[_Anchor]:
    """Leave out an order or announcement that is no more than the title of the one that follows."""
    kept: list[_Anchor] = []
    for anchor, following in zip(anchors, [*anchors[1:], None], strict=False):
        if anchor.heading is not None and following is not None and following.heading is not None:
            between = "\n".join(line.text for line in lines[anchor.line : following.line])
            if len(between) < 600 and not (words.ISSUED.search(between) or words.CLOSING.search(between)):
                continue
        kept.append(anchor)
    return kept


def _first_start(lines: list[Line], top: int, first: int) -> int:
    """The first letter owns what stands above its head, down from the last running text."""
    start = top
    for index in range(top - 1, first - 1, -1):
        if len(lines[index].bare) > _LONG_LINE:
            break
        start = index
    return start
