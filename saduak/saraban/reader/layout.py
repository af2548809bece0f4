"""Lines and columns of a cleaned text, and line breaks for texts that have lost theirs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from saduak.saraban import numbering
from saduak.saraban.reader import words
from saduak.saraban.reader.clean import Source

LONG = 220
"""Characters from which a line is taken for running text that has lost its breaks."""

_NOISE = 60
"""Characters that OCR may have put before the first word of a page."""

_PIECE = re.compile(r"\S+(?:[ ]{1,2}\S+)*")
_HEAD = re.compile(
    rf"(?:(?<![ก-๎])ที่?[ ]{{0,3}}(?=[ก-ฮ]|[^\n ]{{1,12}}/)(?={numbering.PATTERN}(?![ ]{{0,3}}(?:ลง|เมื่อ))[^\n]{{0,250}}?เรื่อง[ ]))"
    r"|(?:คำสั่ง|ประกาศ|แถลงการณ์)(?=[ก-ฮเ-ไ][^\n]{2,110}?เรื่อง[ ])"
)
_SUBJECT = re.compile(r"เรื่อง[ ]+")
_ADDRESSEE = re.compile(r"(?<=[ ])(?:กราบ)?เรียน[ ]+(?=\S)")
_LABELS = re.compile(r"(?<=[ ])(?:อ้างถึง|สิ่งที่ส่งมาด้วย)[ ]")
_BODY = re.compile(
    r"(?:ด้วย(?=[ ]|[ก-ฮเ-ไ][^ก-๎]|โรง|บริษัท|กรม|กระ|สำนัก|จังหวัด|มหา|คณะ|องค์|เทศ|อำเภอ|ศูนย์)|(?<=[ ])(?:ตาม(?:ที่|[ ]?หนังสือ|[ ]?บันทึก)|เนื่อง(?:จาก|ด้วย|ใน)|โดยที่|อนุสนธิ|สืบเนื่อง))"
)
_CLOSE = re.compile(r"จึงเรียนมา|จึงเรียน(?=เสนอ|มา)|ขอแสดงความนับถือ|(?:สั่ง|ประกาศ)[ ]?ณ[ ]?วันที่")
_SIGNED = re.compile(words.NAME_IN_BRACKETS.pattern + rf"(?=[ ]*(?:{words.POST}|$))")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the cleaned text; offsets into it."""

    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        """The line without blanks around it."""
        return self.text.strip()

    @property
    def blank(self) -> bool:
        """Is there nothing on it but blanks, rules and dots?"""
        return not self.text.strip(" -_=.*|:")

    def pieces(self) -> list[tuple[int, int, str]]:
        """The runs of text between gaps of three blanks or more: start, end, text."""
        return [(self.start + m.start(), self.start + m.end(), m[0]) for m in _PIECE.finditer(self.text)]


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of text[start:end], without their line breaks."""
    return list(_lines(text, start, len(text) if end is None else end))


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    while start <= end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Line(start, stop, text[start:stop])
        start = stop + 1


def break_long_lines(source: Source) -> None:
    """Put line breaks before the parts of letters that stand in one long line, so that they can be found."""
    places: list[int] = []
    for line in lines_of(source.text):
        if len(line.text) > LONG:
            places += [line.start + place for place in _places(line.text) if place]
    source.insert_breaks(places)


def _places(text: str) -> Iterator[int]:
    position = 0
    while head := _HEAD.search(text, position):
        if head[0][0] != "ท" and head.start() > _NOISE:
            position = head.end()  # an order or announcement that is only spoken of
            continue
        subject = _SUBJECT.search(text, head.end(), head.end() + 330)
        letter = head[0][0] == "ท"
        if subject is None or (letter and not _ADDRESSEE.search(text, subject.end(), subject.end() + 400)):
            position = head.end()
            continue
        yield head.start()
        yield subject.start()
        position = subject.end()
        addressee = _ADDRESSEE.search(text, position, position + 400)
        if addressee:
            yield addressee.start()
            position = addressee.end()
        for label in _LABELS.finditer(text, position, position + 600):
            yield label.start()
            position = label.end()
        body = _BODY.search(text, position, position + 800)
        if body:
            yield body.start()
            position = body.end()
    body_break = _line_that_begins_with_addressee(text)
    if body_break:
        yield body_break
    for match in _CLOSE.finditer(text):
        yield match.start()
    for match in _SIGNED.finditer(text):
        yield match.start()


def _line_that_begins_with_addressee(text: str) -> int | None:
    """Where the body begins in a long line whose start is the addressee."""
    start = re.match(r"[ ]*(?:กราบ)?เรียน[ ]", text)
    body = start and _BODY.search(text, start.end(), start.end() + 400)
    return body.start() if body else None
