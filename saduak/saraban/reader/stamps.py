"""Receiving stamps: number, day and time that an office stamped on a letter when it came in.

A stamp is told by "เลขรับ" (or another of its words) with a day soon after, or by a bare number above a short date and
"เวลา". Its lines may stand in the middle of the head, to the right of other lines, or behind the signature.
"""

import re
from dataclasses import dataclass, replace

from saduak.saraban.model import Receipt
from saduak.saraban.reader import days, words
from saduak.saraban.reader.clean import Source
from saduak.saraban.reader.layout import Line, lines_of

_NUMBER = re.compile(
    r"(?P<label>เลขทะเบียน(?:หนังสือ)?(?:[ ]?รับ)?(?:ที่?)?|ทะเบียนรับ(?:เลข)?(?:ที่?)?|หนังสือรับ(?:เลข)?ที่?|เลข(?:ที่?)?[ ]?(?:หนังสือ)?รับ(?:ที่?)?|"
    r"รับ(?:เลข)?ที่?|ที่?รับ|รับหนังสือ(?:เลข)?ที่?|เลขที่?(?=[ ]*[:.]*[ ]*[0-9]+(?:/[0-9]+)?[ ]*$))[ ]*[:.]*[ ]*"
    r"(?P<number>(?:[A-Zก-ฮ]{1,4}[ .]{0,2})?[0-9][0-9 ]{0,8}(?:/[0-9]{2,4})?(?![0-9])|(?=[ .…]*(?:$|[ ]{3})))",
    re.MULTILINE,
)
_BARE = re.compile(r"[ ]*(?P<number>[0-9]{2,6})[ ]*$")
_DAY = re.compile(r"(?:วันที่|ลงวันที่|รับวันที่|วัน)[ ]*[:.]?[ ]*(?=[-.]?[ ]*[0-9])")
_TIME = re.compile(
    r"เวลา[ ]*[:.]*[ ]*(?P<hour>[0-9]{1,2})[ ]?[.:][ ]?(?P<minute>[0-9]{2})(?![0-9])|เวลา(?=[ .…:]*(?:น\.|$|[ ]{3}|ผู้รับ))",
    re.MULTILINE,
)
_CORE = re.compile(r"[-.]?[ ]*[0-9]")
# What stands on a page and not in the letter: heads of the Gazette, page numbers, catchwords at the foot.
_FURNITURE = re.compile(
    r"เล(?:่ม|ม่)[^\n]{1,30}?ตอน[^\n]{1,40}?ราชกิจจานุเบกษา[^\n]{0,60}|[^\n]{0,40}หน้า[ ]+[0-9]{1,4}[ ]*(?=\n[^\n]{0,10}เล(?:่ม|ม่)|$)"
    r"|^[ ]*-[ ]*[0-9]{1,3}[ ]*-[ ]*$|^[ ]*/[ ]?[^\n]{1,40}(?:\.{2,}|…)[ ]*$",
    re.MULTILINE,
)
_REACH = 5


@dataclass(frozen=True, slots=True)
class Stamp:
    """A receipt and the stretches of the cleaned text that its words take up."""

    receipt: Receipt
    places: tuple[tuple[int, int], ...]


def find(source: Source, start: int, end: int) -> list[Stamp]:
    """The stamps of the letter at [start:end], in the order of the text."""
    lines = lines_of(source.flat, start, end)
    stamps: list[Stamp] = []
    taken: set[tuple[int, int]] = set()
    own = _own_dates(lines)
    for index, line in enumerate(lines):
        if len(line.text) > 250:
            continue
        number = _NUMBER.search(line.text)
        bare = None if number else _BARE.match(line.text)
        if number:
            begin, stop = line.start + number.start(), line.start + number.end()
            column = number.start()
        elif bare and _stamp_follows(lines, index):
            begin, stop = line.start + bare.start("number"), line.start + bare.end("number")
            column = bare.start("number")
        else:
            continue
        stamp = _read(source, lines, index, column, (begin, stop), (number or bare)["number"], taken, own)  # type: ignore[index]
        if stamp:
            stamps.append(stamp)
            taken.update(stamp.places)
    return stamps


def mask(flat: str, stamps: list[Stamp], start: int, end: int) -> str:
    """`flat`[start:end] with stamps and the furniture of pages blanked out, every other character in its place."""
    pieces, position = [], start
    places = [place for stamp in stamps for place in stamp.places]
    places += [match.span() for match in _FURNITURE.finditer(flat, start, end)]
    for begin, stop in sorted(places):
        if begin < position or stop > end:
            continue
        pieces += [flat[position:begin], " " * (stop - begin)]
        position = stop
    return "".join(pieces) + flat[position:end]


def _own_dates(lines: list[Line]) -> set[int]:
    """Where a memo's own date stands: on the line of its number, behind it."""
    places = set()
    for line in lines:
        match = re.search(r"(?:^|[ ]{2})ที่?[ ]+[ก-ฮ0-9].{0,80}?[ ](วันที่)", line.text[:200])
        if match and not _NUMBER.search(line.text[: match.start(1)]):
            places.add(line.start + match.start(1))
    return places


def _stamp_follows(lines: list[Line], index: int) -> bool:
    """Does a bare number stand above a day, and the day above a time?"""
    following = [line.text for line in lines[index + 1 : index + 4] if not line.blank][:2]
    return len(following) == 2 and bool(_DAY.match(following[0].strip())) and following[1].strip().startswith("เวลา")


def _read(
    source: Source,
    lines: list[Line],
    index: int,
    column: int,
    place: tuple[int, int],
    number: str,
    taken: set[tuple[int, int]],
    own: set[int],
) -> Stamp | None:
    flat, places = source.flat, [place]
    found_day: days.Found | None = None
    time: str | None = None
    for offset, line in enumerate(lines[index : index + _REACH]):
        text = line.text
        if offset and _NUMBER.search(text):
            break
        if found_day is None:
            for match in _DAY.finditer(text):
                begin = line.start + match.start()
                if begin in own or (begin, line.start + match.end()) in taken:
                    continue
                found = next(
                    days.find(flat, line.start + match.end(), min(line.end, line.start + match.end() + 40)), None
                )
                if found and _CORE.match(flat, line.start + match.end()):
                    found_day = found
                    places.append((begin, found.end))
                    break
        if found_day is None and offset:
            for start, stop, _ in line.pieces():
                alone = next(days.find(flat, start, stop), None)
                if alone and _is_stamped_day(flat, alone, start, stop) and abs(start - line.start - column) < 25:
                    found_day = alone
                    places.append((start, stop))
                    break
        clock = _TIME.search(text)
        if clock and (found_day or offset):
            if clock["hour"]:
                time = _clock(clock["hour"], clock["minute"])
            tail = re.match(r"[ .…:]*(?:น\.)?[ ]*(?:ผู้รับ)?[ .…]*", text[clock.end() :])
            places.append((line.start + clock.start(), line.start + clock.end() + (tail.end() if tail else 0)))
            break
    if found_day is None:
        found_day = _day_above(flat, lines, index, column, own)
        if found_day is None:
            return None
        places.append((found_day.start, found_day.end))
    office = _office(lines, index, column)
    if office:
        places.append(office[:2])
    value = " ".join(number.split())
    first = min(begin for begin, _ in places)
    last = max(stop for _, stop in places)
    return Stamp(
        Receipt(
            number=value or None,
            date=found_day.first,
            time=time,
            span=source.span(*place) if len(value) else source.span(first, last),
            office=source.text[office[0] : office[1]].strip() if office else None,
            date_span=source.span(found_day.core, found_day.end),
            office_span=source.span(*office) if office else None,
        ),
        tuple(places),
    )


def _is_stamped_day(flat: str, day: days.Found, start: int, stop: int) -> bool:
    """Does a stamp's short date fill the piece? A date with its month in full is the letter's own."""
    return day.core - start < 3 and day.end >= stop - 1 and "." in flat[day.core : day.end]


def _day_above(flat: str, lines: list[Line], index: int, column: int, own: set[int]) -> days.Found | None:
    """The day of a stamp that prints it above its number."""
    if index == 0:
        return None
    above = lines[index - 1]
    for match in _DAY.finditer(above.text):
        begin = above.start + match.start()
        day = next(days.find(flat, above.start + match.end(), above.end), None)
        if (
            day
            and begin not in own
            and abs(match.start() - column) < 25
            and not re.search("เรื่อง|ที่[ ]", above.text[: match.start()])
        ):
            return replace(day, start=begin)
    return None


def _clock(hour: str, minute: str) -> str | None:
    return f"{int(hour):02d}:{minute}" if int(hour) < 24 and int(minute) < 60 else None


def _office(lines: list[Line], index: int, column: int) -> tuple[int, int] | None:
    """The office named on the stamp: on the line above, in the same column."""
    if index == 0 or lines[index - 1].blank:
        return None
    above = lines[index - 1]
    if re.search(r"(?:^|[ ]{2})ที่?[ ]+[ก-ฮ]{1,4}[ .]{0,3}[0-9]", above.text):
        return None  # the letterhead, beside the letter's own number
    indent = len(lines[index].text) - len(lines[index].text.lstrip())
    for start, stop, piece in above.pieces():
        near = abs(start - above.start - column) < 25 or (column == indent < 30 and start - above.start < 10)
        if near and len(piece) < 70 and _names_office(piece):
            return start, stop
    return None


def _names_office(piece: str) -> bool:
    if words.MEMO.search(piece) or re.match(r"ที่[ ]|เรื่อง|วันที่|เวลา|เรียน|ส่วนราชการ|หน่วยงาน|\(", piece):
        return False
    return bool(words.ORGANISATION.match(piece) or re.fullmatch(r"(?:[ก-๎]{1,5}\.[ ]?){1,5}(?:[ก-๎]{2,20})?", piece))
