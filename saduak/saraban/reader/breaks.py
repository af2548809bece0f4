"""Line breaks for texts that have lost theirs, or have twice too many."""

import itertools
import re
from collections.abc import Generator, Iterator

from saduak.saraban import numbering
from saduak.saraban.reader import words
from saduak.saraban.reader.clean import Source
from saduak.saraban.reader.layout import lines_of

LONG = 220
"""Characters from which a line is taken for running text that has lost its breaks."""
_NOISE = 60
"""Characters that OCR may have put before the first word of a page."""

_THAI = "[ก-ฮเ-ไ]"
_MEMO = re.compile(
    r"บันทึกข้อความ(?=[^\n]{0,400}?เรื่อง[ ])|(?:ส่วนราชการ|หน่วยงาน|ส่วนงาน(?:ภายใน)?)[ ](?=[^\n]{3,250}?(?<![ก-๎])ที่[ ][^\n]{0,150}?เรื่อง[ ])"
)
_NUMBER = re.compile(
    rf"(?:{words.URGENT}[ ]{{1,3}})?(?<![ก-๎])ที่?[ ]{{0,12}}(?=[ก-ฮ]|[^\n ]{{1,12}}/)"
    rf"(?={numbering.PATTERN}(?![ ]{{0,3}}(?:ลง|เมื่อ))[^\n]{{0,320}}?เรื่อง[ ])"
)
_ORDER = re.compile(rf"(?:คำสั่ง|ประกาศ|แถลงการณ์)(?={_THAI}[^\n]{{2,110}}?เรื่อง[ ])")
_DATED = re.compile(r"(?<=2[45][0-9]{2}[ ])เรื่อง[ ](?=[^\n]{3,300}?[ ](?:กราบ)?เรียน[ ])")
_SUBJECT = re.compile(r"เรื่อง[ ]+")
_ADDRESSEE = re.compile(r"(?<=[ ])(?:กราบ)?เรียน[ ]+(?=\S)")
_LABELS = re.compile(r"(?<=[ ])(?:อ้างถึง|สิ่งที่ส่งมาด้วย)[ ]")
_BODY = re.compile(
    rf"ด้วย(?=[ ]|{_THAI}[^ก-๎]|โรง|บริษัท|กรม|กระ|สำนัก|จังหวัด|มหา|คณะ|องค์|เทศ|อำเภอ|ศูนย์)|(?<=[ ])ด้วย(?={_THAI})"
    r"|(?<=[ ])(?:ด้วย/|ตาม(?:ที่|[ ]?หนังสือ|[ ]?บันทึก)|เนื่อง(?:จาก|ด้วย|ใน)|โดยที่|อนุสนธิ|สืบเนื่อง|เพื่อโปรด|(?:[0-9๐-๙][.)][ ]{0,8})?เรื่องเดิม)"
)
_CLOSE = re.compile(r"จึงเรียนมา|จึงเรียน(?=เสนอ|มา)|ขอแสดงความนับถือ|(?:สั่ง|ประกาศ)[ ]?ณ[ ]?วันที่")
_SIGNED = re.compile(words.NAME_IN_BRACKETS.pattern + rf"(?=[ ]*(?:{words.POST}|[ก-ฮ]{{3,4}}\.[ ]?[0-9๐-๙]|$))")
_STAMP = re.compile(
    r"(?:เลข(?:ที่)?รับ(?:ที่)?|รับ(?:เลข)?ที่)[ ]*[0-9]{1,7}(?:/[0-9]{2,4})?[ ]{1,3}(?P<day>วันที่[ ][^\n]{5,22}?[0-9]{2,4})(?![0-9])"
    r"(?:[ ]*เวลา[ ]*[0-9.:]{3,6}(?:[ ]?น\.)?)?(?:[ ]?ผู้รับ)?"
)


def restore(source: Source) -> None:
    """Give `source` the line breaks of a letter: close up double spacing, break what stands in one long line."""
    if _double_spaced(source.text):
        source.replace(r"\n[ ]*\n", "\n")
    places: list[int] = []
    for line in lines_of(source.flat):
        if len(line.text) > LONG:
            places += [line.start + place for place in _places(line.text) if place]
    source.insert_breaks(places)


def _double_spaced(text: str) -> bool:
    """Is there a blank line behind (almost) every line?"""
    lines = [bool(line.strip()) for line in text.split("\n")]
    written = sum(lines)
    adjacent = sum(one and other for one, other in itertools.pairwise(lines))
    return written >= 8 and adjacent * 25 < written


def _places(text: str) -> Iterator[int]:
    for match in _MEMO.finditer(text):
        yield match.start()
    position = 0
    while head := _NUMBER.search(text, position):
        position = yield from _letter(text, head.start(), head.end())
    for dated in _DATED.finditer(text):
        before = text[max(0, dated.start() - 45) : dated.start()]
        if not re.search("ลงวันที่|เมื่อวันที่", before):
            yield from _letter(text, _date_start(text, dated.start()), dated.start())
    order = _ORDER.search(text, 0, _NOISE + 140)
    if order and order.start() <= _NOISE:
        yield from _order(text, order.start())
    body_break = _line_that_begins_with_addressee(text)
    if body_break:
        yield body_break
    for pattern in (_CLOSE, _SIGNED):
        for match in pattern.finditer(text):
            yield match.start()
    for match in _STAMP.finditer(text):
        yield from (match.start(), match.start("day"), match.end())


def _letter(text: str, start: int, end: int) -> Generator[int, None, int]:
    """The places of one letter whose head begins at `start`; answers from where to search on."""
    subject = _SUBJECT.search(text, end, end + 330)
    addressee = subject and _ADDRESSEE.search(text, subject.end(), subject.end() + 400)
    if subject is None or addressee is None:
        return end
    yield from (start, subject.start(), addressee.start())
    position = addressee.end()
    for label in _LABELS.finditer(text, position, position + 600):
        yield label.start()
        position = label.end()
    body = _BODY.search(text, position, position + 800)
    if body:
        yield body.start()
        position = body.end()
    return position


def _order(text: str, start: int) -> Iterator[int]:
    yield start
    subject = _SUBJECT.search(text, start, start + 200)
    if subject:
        yield subject.start()
        body = _BODY.search(text, subject.end(), subject.end() + 800)
        if body and body[0] == "เนื่องใน":  # which a subject may hold as well
            body = _BODY.search(text, body.end(), subject.end() + 300) or body
        if body:
            yield body.start()


def _date_start(text: str, end: int) -> int:
    day = re.search(r"[0-9]{1,2}[ ]+[ก-๎.]{3,12}[ ]+(?:พ\.ศ\.[ ]*)?[0-9]{4}[ ]*$", text[max(0, end - 40) : end])
    return max(0, end - 40) + day.start() if day else end


def _line_that_begins_with_addressee(text: str) -> int | None:
    """Where the body begins in a long line whose start is the addressee."""
    start = re.match(r"[ ]*(?:กราบ)?เรียน[ ]", text)
    body = start and _BODY.search(text, start.end(), start.end() + 400)
    return body.start() if body else None
