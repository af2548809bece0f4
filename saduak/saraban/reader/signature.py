"""Who signed a letter, among all the officials who routed, approved or received it."""

import itertools
import re
from dataclasses import dataclass

from saduak.saraban.model import Field, Signatory
from saduak.saraban.reader import days, words
from saduak.saraban.reader.layout import Line
from saduak.saraban.reader.view import View

_GAP = re.compile(r"[ ]{3,}")
# Behind a position in running text: a gap, or the unit with its telephone.
_END_OF_RUN = re.compile(
    rf"[ ]{{3,}}|[ ](?:{words.ORGANISATION.pattern}[^ \n]*[ ])?(?={words.PHONE_LABEL})"
    r"|[ ](?=https?:|www\.|[a-z0-9.-]{3,40}/[A-Za-z0-9]|เลข(?:ที่)?รับ|เรียน[ ]|ที่มา|\(นา|ด่วน|บันทึกข้อความ|ทราบ[ ]|ที่[ ][ก-ฮ]{1,4}[ ]?[0-9])"
    rf"|[ ](?:-[ ]?)?[0-9][ ]?[0-9]?[ ]{{1,3}}{days.MONTH}"
)
_SIGN_LINE = re.compile(r"\(?(?:ลงชื่อ|ลงนาม)\)?[ .…_]*(?P<role>ผู้[ก-๎]{2,30})?")
_ROLE_ABOVE = re.compile(r"ลงชื่อ[ .…_]*(?P<role>ผู้[ก-๎]{2,30})[ ]*$")
_PLAIN_NAME = re.compile(
    rf"(?:{words.TITLE}[ ]?)?[ก-ฮเ-ไ][ก-๎]{{1,25}}(?:[ ]{{1,3}}(?:ณ[ ])?[ก-ฮเ-ไ][ก-๎]{{1,25}}){{1,2}}"
)
_NO_POSITION = re.compile(
    rf"(?:{words.PHONE_LABEL}|{words.FAX_LABEL}|https?:|www\.|URL|E-?mail|ไปรษณีย์|เรียน|เพื่อ|\(|[0-9./-]|ขอแสดง|ทราบ|อนุมัติ|เห็นชอบ|ที่มา|QR|สำเนา|☐|☑|ความเห็น|ผู้ประสาน|ลงชื่อ|วันที่|พิมพ์)"
)
# A post whose office may stand on the next line.
_POST_ALONE = re.compile(
    r"(?:รอง|ผู้ช่วย)?(?:ผู้อำนวยการ|หัวหน้า|ผู้จัดการ|ประธาน|เลขานุการ|เลขาธิการ|คณบดี|อธิการบดี|อธิบดี|นายก|ปลัด|กรรมการ)"
)
# "ปลัดเทศบาล ปฏิบัติหน้าที่ / นายกเทศมนตรี": at the end of a line, the office on the next.
_ACTING_AS = re.compile(r"(?<=[ ])ปฏิบัติหน้าที่[ ]*$|^ปฏิบัติหน้าที่[ ]*$")
_NAME_ENDS_LINE = re.compile(words.NAME_IN_BRACKETS.pattern + rf"(?=[ ]*\n[ ]*{words.POST})")
_TOLERANCE = 6
# Offices from the highest to the lowest, as far as it matters for which of two is a part of the other.
_RANKS = (
    (0, re.compile(r"กระทรวง")),
    (
        1,
        re.compile(
            r"กรม|จังหวัด|มหาวิทยาลัย|เทศบาล|องค์การ|สถาบัน|สำนักงาน|ธนาคาร|การ(?:ไฟฟ้า|ประปา|รถไฟ|ทาง|ท่าเรือ|เคหะ)|สภา|วิทยาลัย|โรงพยาบาล|โรงเรียน|บริษัท"
        ),
    ),
    (2, re.compile(r"สำนัก|กอง|คณะ|ศูนย์")),
    (3, re.compile(r"กลุ่ม|ฝ่าย|ส่วน|งาน")),
)


@dataclass(frozen=True, slots=True)
class Signed:
    """The signatory, and where in the cleaned text the signature begins and ends."""

    signatory: Signatory | None
    start: int
    end: int


def find(view: View, begin: int) -> Signed | None:
    """The signature of the letter behind `begin` (where its body begins), or None where there is none."""
    block = view.block
    shown = view.cut(begin, block.end)
    courtesy = words.COURTESY.search(shown)
    issued = list(words.ISSUED.finditer(shown))
    if courtesy:
        after, start = begin + courtesy.end(), begin + courtesy.start()
    elif issued:
        after, start = begin + issued[-1].end(), begin + issued[-1].start()
    else:
        closing = [match for match in words.CLOSING.finditer(shown) if _starts_line(shown, match.start())]
        first = _standing_name(shown, 0, words.NAME_IN_BRACKETS)
        before = [match for match in closing if first is None or match.start() < first.start()]
        after, start = (begin + before[-1].end(), -1) if before else (begin, -1)
    shown = view.cut(after, block.end)
    name = _standing_name(shown, 0, words.NAME_IN_BRACKETS)
    if name is None:
        name = _standing_name(shown, 0, words.ANY_NAME_IN_BRACKETS)
        if name and not (courtesy or issued or _rank_before(view, after + name.start())):
            name = None
    if name is None and courtesy:  # beside a routing note, with one blank between them
        name = _NAME_ENDS_LINE.search(shown, 0, 700)
    if name is None:
        plain = _plain_name(view, after) if courtesy or issued else None
        if plain is None:
            return Signed(None, start, start) if start >= 0 else None
        return plain if start < 0 else Signed(plain.signatory, start, plain.end)
    place = after + name.start("name"), after + name.end("name")
    field = view.field(*place)
    if field is None:
        return None
    rank = _rank_before(view, after + name.start())
    if rank and not re.match(words.TITLE, field.value):
        field = Field(f"{rank} {field.value}", field.span, field.confidence)
    position, acting, kind, end = _position(view, after + name.start(), after + name.end())
    if position is None and acting is None:
        position = _role_above(view, after + name.start())
    return Signed(Signatory(field, position, acting, kind), start if start >= 0 else after + name.start(), end)


def _starts_line(shown: str, place: int) -> bool:
    return not shown[shown.rfind("\n", 0, place) + 1 : place].strip()


def _standing_name(shown: str, begin: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first name in brackets that stands for itself: nothing, or only a gap or dots, before it on its line."""
    for match in pattern.finditer(shown, begin):
        before = shown[shown.rfind("\n", 0, match.start()) + 1 : match.start()]
        if pattern is words.ANY_NAME_IN_BRACKETS and (
            words.ORGANISATION.match(match["name"]) or len(match["name"]) > 60
        ):
            continue
        sign = _SIGN_LINE.match(before.strip())
        rank = re.fullmatch(words.TITLE, before.strip())
        if not before.strip() or before.endswith("   ") or sign or rank or re.search(r"[.…_]{4,}[ ]*$", before):
            return match
    return None


def _rank_before(view: View, place: int) -> str | None:
    """A rank that is printed before the brackets or on the line above ("พลเอก")."""
    shown = view.cut(view.block.start, place).rstrip()
    tail = re.split(r"\n|[ ]{3,}", shown)[-1].strip()
    return tail if re.fullmatch(words.TITLE, tail) and len(tail) > 3 else None


def _position(view: View, start: int, end: int) -> tuple[Field | None, Field | None, str | None, int]:
    """Post and office acted for, from the lines under the name, in its column."""
    lines = view.lines(_line_start(view, start), view.block.end)[:9]
    left, right = start - lines[0].start, end - lines[0].start
    columned = len(_GAP.findall(lines[0].text.strip())) > 0 or left >= 10
    parts: list[tuple[int, int]] = []
    rest = re.match(r"[ ]{1,2}(?=\S)", lines[0].text[right:])
    if rest and not _NO_POSITION.match(lines[0].text[right:].strip()):
        stop = _END_OF_RUN.search(lines[0].text, right + 1)
        last = stop.start() if stop else len(lines[0].text)
        parts.append((end, lines[0].start + _before_unit(lines[0].text, right, last)))
    else:
        for number, line in enumerate(lines[1:]):
            if line.blank:
                if parts or number > 1:
                    break
                continue
            piece = _piece_below(line, left, right) if columned else (line.start, line.end, line.bare)
            if piece is None or not _is_position(piece[2], parts, view, after_gap=number > 0 and lines[number].blank):
                break
            parts.append(piece[:2])
            if len(parts) == 4:
                break
    if not parts:
        return None, None, None, end
    return *_split_acting(view, parts), parts[-1][1]


def _before_unit(text: str, start: int, end: int) -> int:
    """Where a post in running text ends: before the unit that gives its telephone, which is lower than the post's office."""
    office = next((rank for rank, pattern in _RANKS if pattern.search(text, start, end)), None)
    for unit in re.compile(r"[ ]+(?=กอง|ฝ่าย|กลุ่ม|งาน|สำนัก|ส่วน)").finditer(text, start + 2, end):
        before = text[start : unit.start()].rstrip()
        if office is not None and len(before) > 12 and not words.ACTING.search(before[-20:]):
            if next((rank for rank, pattern in _RANKS if pattern.match(text, unit.end())), 0) > office:
                return unit.start()
    return end


def _line_start(view: View, place: int) -> int:
    found = view.flat.rfind("\n", 0, place - view.block.start)
    return view.block.start + found + 1


def _piece_below(line: Line, left: int, right: int) -> tuple[int, int, str] | None:
    """The piece of `line` under the columns left to right: the one whose middle is nearest, if it overlaps."""
    nearest, distance = None, float("inf")
    for start, end, text in line.pieces():
        first, last = start - line.start, end - line.start
        away = abs((first + last) - (left + right))
        if first <= right + _TOLERANCE and last >= left - _TOLERANCE and away < distance:
            nearest, distance = (start, end, text), away
    return nearest


def _is_position(text: str, parts: list[tuple[int, int]], view: View, *, after_gap: bool) -> bool:
    text = text.strip()
    if not text or len(text) > 120 or words.COURTESY.match(text) or words.ATTACHMENT.match(text):
        return False
    if next(days.find(text, 0, len(text)), None):
        return False
    if re.match(r"ผู้(?:ประสานงาน|ติดต่อ)", text) and re.search(rf":|{words.PHONE_LABEL}|{words.TITLE}", text):
        return False
    post = words.POST_START.match(text) or words.ACTING.match(text) or text.startswith("ปฏิบัติหน้าที่")
    if not post and _NO_POSITION.match(text):
        return False
    if not parts:
        return bool(post) or not (after_gap or words.ORGANISATION.match(text))
    if words.ACTING.search(view.cut(*parts[-1])[-25:]):
        return True
    office = words.ORGANISATION.match(text)
    alone = _POST_ALONE.fullmatch(view.cut(*parts[-1]).strip())
    return bool(words.ACTING.match(text) or text.startswith("ปฏิบัติหน้าที่") or (alone and office) or (post and not office))


def _split_acting(view: View, parts: list[tuple[int, int]]) -> tuple[Field | None, Field | None, str | None]:
    for pattern in (words.ACTING, _ACTING_AS):
        for index, (start, end) in enumerate(parts):
            acting = pattern.search(view.cut(start, end))
            own = [*parts[:index], (start, start + acting.start())] if acting else []
            if acting and (pattern is words.ACTING or _merged(view, own)):
                begin = start + acting.end()
                again = words.ACTING.match(view.cut(begin, end).lstrip())  # "ปฏิบัติราชการแทน รักษาราชการแทนอธิการบดี"
                if again:
                    begin = end - len(view.cut(begin, end).lstrip()) + again.end()
                return _merged(view, own), _merged(view, [(begin, end), *parts[index + 1 :]]), acting[0].strip()
    return _merged(view, parts), None, None


def _merged(view: View, parts: list[tuple[int, int]]) -> Field | None:
    label = re.match(r"[ ]*ตำแหน่ง[ .:]+", view.cut(*parts[0])) if parts else None
    if label:
        parts = [(parts[0][0] + label.end(), parts[0][1]), *parts[1:]]
    fields = [field for field in (view.field(*part) for part in parts) if field]
    if not fields:
        return None
    return Field(" ".join(field.value for field in fields), fields[0].span._replace(end=fields[-1].span.end))


def _role_above(view: View, place: int) -> Field | None:
    """ "ลงชื่อ ……… ผู้ขออนุญาต" on the line above the name."""
    begin = _line_start(view, place)
    above = view.cut(max(view.block.start, begin - 200), begin).rstrip()
    match = _ROLE_ABOVE.search(above)
    if not match:
        return None
    offset = max(view.block.start, begin - 200)
    return view.field(offset + match.start("role"), offset + match.end("role"), 0.8)


def _plain_name(view: View, after: int) -> Signed | None:
    """A name without brackets on a line of its own, with a post under it (announcements in the Gazette)."""
    lines = [line for line in view.lines(after, view.block.end)[1:10] if not line.blank][:4]
    for line, following in itertools.pairwise(lines):
        if words.ORGANISATION.match(line.bare) or words.POST_START.match(line.bare):
            return None
        shown = line.text.strip(" ()")
        if _PLAIN_NAME.fullmatch(shown) and words.POST_START.match(following.bare):
            start = line.start + line.text.index(shown)
            name = view.field(start, start + len(shown), 0.9)
            position, acting, kind, end = _position(view, start, start + len(shown))
            return Signed(Signatory(name, position, acting, kind), line.start, end) if name else None
    return None
