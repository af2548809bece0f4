"""The head of a letter: urgency, number, office, date, subject, addressees, references, enclosures."""

import itertools
import re

from saduak.saraban import numbering
from saduak.saraban.model import Field, Kind, Letter
from saduak.saraban.reader import days, words
from saduak.saraban.reader.layout import Line
from saduak.saraban.reader.split import NUMBER_LINE
from saduak.saraban.reader.view import View, urgency
from saduak.thai.dates import common_year, month_number

_ORDER_NUMBER = re.compile(
    r"(?<!ฉบับ)ที่?[ ]*(?P<number>(?:พิเศษ[ ]*)?[0-9]{1,6}[ ]*/[ ]*(?:[0-9]{1,4}/)?[0-9]{4})(?![0-9])"
)
_BARE_NUMBER = re.compile(
    r"[ ]*(?P<number>[ก-ฮ][ก-ฮ.]{0,9}[ ]{0,3}[0-9][0-9.()]{0,14}[ ]?/[ ]?(?:ว[ ]?)?[0-9]{1,6})(?=[ ]{2,}|[ ]*วันที่)"
)
_TORN = re.compile(r"[ ]?[^ /]{0,3}[ ]?/")
_BLANK_DAY = re.compile(
    rf"(?:วันที่[ .…_]*|[ /.…]{{2,}}|^[ ]*|/)(?<![0-9] )(?P<month>{days.MONTH})[ ]*(?:พ[ ]?\.?[ ]?ศ[ ]?\.?[ ]*)?(?P<year>2[45][0-9]{{2}})(?![0-9])",
    re.MULTILINE,
)
_BEFORE_LABEL = re.compile(rf"[ ,/-]*\(?(?:{words.PHONE_LABEL}|{words.FAX_LABEL}|E-?mail)", re.IGNORECASE)
_URGENT_LABEL = re.compile(rf"(?:^[ ]?|[ ]{{2}})(?P<grade>{words.URGENT})(?=[ ]*(?:$|[ ]{{3}}|บันทึก|ที่?[ ]))")
_STRAY = re.compile(r"[ ]+(?:[0-9]{3,}|[0-9]+(?:/[0-9]+)+)$")
_STRAY_MONTH = re.compile(rf"[ ]+{days.MONTH}[ ]*(?:พ\.[ ]?ศ\.)?[ ]*2[45][0-9]{{2}}")
# Behind the office that issued an order or announcement: number, subject, date, a rule or a blank line.
_END_OF_ISSUER = re.compile(
    r"(?<!ฉบับ)[ \n]*(?:(?<!พื้น)(?<!หน้า)ที่?[ ]*(?:พิเศษ[ ]*)?[0-9]|เรื่อง|วันที่|\(?ฉบับที่|ว่าด้วย|ลงวันที่|\n[ ]*\n|\n[ ]*[-=_*(]|$)"
)
# What follows the office on the next line: where it lies, or the rest of a long name.
_DISTRICT = re.compile(r"ทำเนียบรัฐบาล|(?:อำเภอ|จังหวัด)[ก-๎]+[ ]+(?:จังหวัด[ก-๎]+|[ก-๎]+[ ]+[0-9]{5}|[0-9]{5})")
_OFFICE_GOES_ON = re.compile(
    r"(?:ประถมศึกษา|มัธยมศึกษา|ประจำ|แห่ง(?=[ก-ฮ])|และ(?=[ก-ฮ])|เพื่อ|เขต[ ]?[0-9]|ที่[ ]?[0-9]{1,2}[ ]*$|\()"
)
_CITY_HALL = re.compile(r"(?:ศาลากลาง(?=จังหวัด)|ที่ว่าการ(?=อำเภอ))")


def kind(view: View, head_end: int) -> Kind:
    """Which of the kinds of the Regulation the letter is, by its outward form."""
    block, shown = view.block, view.flat
    if block.heading is not None:
        return "order" if words.ORDER.match(view.cut(block.heading, block.heading + 40)) else "announcement"
    if block.certificate is not None:
        return "other"
    head = view.cut(block.start, head_end)
    if words.MEMO.search(head) or any(words.MEMO_AGENCY.match(line.strip()) for line in head.split("\n")):
        return "memo"
    if block.addressee is not None and words.TO.match(view.cut(block.addressee, block.addressee + 20)):
        return "stamped"
    if words.COURTESY.search(shown):
        return "external"
    if block.addressee is not None:
        # An office with its telephone above the number is the head of a memo that has lost its title.
        above = [line for line in head.split("\n") if line.strip()]
        numbers = [index for index, line in enumerate(above) if NUMBER_LINE.search(line)]
        return (
            "memo"
            if numbers and any(re.search(words.PHONE_LABEL, line) for line in above[: numbers[0] + 1])
            else "external"
        )
    issued = words.ISSUED.search(shown)
    if issued and not issued[0].startswith("ให"):
        return "order" if issued[0].startswith("สั่ง") else "announcement"
    return "other"


def read_number(view: View, letter: Letter, end: int) -> tuple[int, int] | None:
    """Fill in urgency and number; answer where the number stands."""
    block = view.block
    for line in view.lines(block.start, end):
        grade = _URGENT_LABEL.search(line.text) if len(line.text) < 150 else None
        if grade and letter.urgency is None:
            place = line.start + grade.start("grade"), line.start + grade.end("grade")
            letter.urgency = Field(urgency(grade["grade"]), view.source.span(*place))
    if block.heading is not None:
        match = _ORDER_NUMBER.search(view.cut(block.heading, end))
        if match:
            begin = block.heading + match.start("number")
            letter.number = view.field(begin, begin + len(match["number"]), digits=True)
            return begin, begin + len(match["number"])
        return None
    for line in view.lines(block.head, end):
        for match in NUMBER_LINE.finditer(line.text):
            number = match["number"].rstrip()
            if not ("/" in number or re.search(r"[ก-ฮ].*(?:[0-9]\.[0-9]|[0-9]{4})", number)):
                continue
            if re.match(r"[ ]*(?:ลงวันที่|ลง[ ]|เมื่อ)", line.text[match.end() :]):
                continue
            if "/" not in number and _TORN.match(line.text, match.end()):
                continue  # OCR broke it: half a number is none
            begin = line.start + match.start("number")
            letter.number = view.field(begin, begin + len(number), digits=True)
            parsed = numbering.parse(number)
            letter.number_complete = parsed is None or parsed.complete
            return begin, begin + len(number)
    return _unlabelled_number(view, letter, end) if letter.kind == "memo" else None


def _unlabelled_number(view: View, letter: Letter, end: int) -> tuple[int, int] | None:
    """The number of a memo that stands before its date without "ที่"."""
    for line in view.lines(view.block.head, end):
        match = _BARE_NUMBER.match(line.text)
        if match:
            begin = line.start + match.start("number")
            letter.number = view.field(begin, begin + len(match["number"]), 0.8, digits=True)
            return begin, begin + len(match["number"])
    return None


def read_date(view: View, letter: Letter, end: int, number_at: int | None) -> tuple[int, int] | None:
    """Fill in the letter's own date; answer where it stands."""
    block = view.block
    if letter.kind in ("order", "announcement") or block.certificate is not None:
        return _issued_date(view, letter, end)
    found = [
        day
        for day in view.days(block.head, end)
        if not day.before.startswith(("ลง", "เมื่อ", "ภายใน", "ระหว่าง")) and day.last is None
    ]
    after = [day for day in found if number_at is None or day.core > number_at] or found
    labelled = [day for day in after if "วันที่" in day.before]
    plain = [day for day in after if "วันที่" not in day.before]
    chosen = (labelled[0] if labelled else None) if letter.kind == "memo" else (plain[-1] if plain else None)
    chosen = chosen or (after[-1] if after else None)
    if chosen is None and block.addressee is not None and block.subject is not None:
        later = [day for day in view.days(block.subject, block.addressee) if not day.before]
        chosen = later[-1] if later else None
    if chosen:
        sure = 1.0 if chosen in labelled or chosen in plain[-1:] else 0.7
        letter.date = Field(chosen.first, view.source.span(chosen.core, chosen.end), sure)
        return chosen.start, chosen.end
    blank = _BLANK_DAY.search(view.cut(block.head, end))
    if blank:
        month = month_number(blank["month"].replace("\u0e33", "\u0e32"))
        letter.date_partial = f"{common_year(blank['year']):04d}-{month:02d}" if month else None
        place = block.head + blank.start(), block.head + blank.end()
        letter.date_place = view.source.span(block.head + blank.start("month"), place[1])
        return place
    return None


def _issued_date(view: View, letter: Letter, end: int) -> tuple[int, int] | None:
    issued = list(words.ISSUED.finditer(view.flat))
    base = view.block.start
    if issued:
        begin = issued[-1].end() + base
        day = next(iter(view.days(begin, min(begin + 45, view.block.end))), None)
        if day and day.core - begin < 6:
            letter.date = Field(day.first, view.source.span(day.core, day.end))
        return begin, day.end if day else begin
    if view.block.heading is not None:
        for day in view.days(view.block.heading, end):
            if not day.before.startswith("ลง"):
                letter.date = Field(day.first, view.source.span(day.core, day.end), 0.9)
                return day.start, day.end
        return read_foot(view, letter, end)
    return None


def read_agency(view: View, letter: Letter, end: int, taken: list[tuple[int, int]]) -> None:
    """Fill in the office that wrote, and the address under it. `taken` are the places of number and date."""
    block = view.block
    if block.heading is not None:
        text = view.cut(block.heading, end)
        label = re.match(r"(?:คำสั่ง|ระเบียบ|ข้อบังคับ|ประกาศ|แถลงการณ์)[ \n]*", text)
        begin = label.end() if label else 0
        stop = _END_OF_ISSUER.search(text, begin)
        letter.agency = view.field(block.heading + begin, block.heading + (stop.start() if stop else begin))
        return
    if letter.kind == "memo":
        letter.agency = _memo_agency(view, end)
        return
    if block.subject is None and block.addressee is None and block.certificate is None:
        letter.agency = _agency_below(view)
        return
    _letterhead(view, letter, end, taken)


def _memo_agency(view: View, end: int) -> Field | None:
    lines = view.lines(view.block.start, end)
    for line in lines:
        label = words.MEMO_AGENCY.match(line.bare)
        if label:
            begin = line.start + len(line.text) - len(line.text.lstrip()) + label.end()
            phone = _BEFORE_LABEL.search(view.cut(begin, line.end))
            return view.field(begin, begin + phone.start() if phone else line.end)
    for line in reversed(lines):
        phone = re.search(words.PHONE_LABEL, line.text)
        if phone and words.ORGANISATION.match(line.bare) and not re.search("[A-Za-z]{3}", line.text[: phone.start()]):
            return view.field(line.start, line.start + phone.start(), 0.6)
    return None  # two columns of a letterhead run together, or no office at all


def read_foot(view: View, letter: Letter, begin: int) -> tuple[int, int] | None:
    """Fill in office and date that stand under the body (stamped letters, statements); answer where."""
    lines = [line for line in view.lines(begin, view.block.end) if not line.blank]
    for above, line in itertools.pairwise(lines):
        day = next(iter(view.days(line.start, line.end)), None)
        whole = day and day.before.strip() in ("", "วันที่") and view.cut(day.start, day.end).strip() == line.bare
        if day and whole and len(above.bare) < 90:
            letter.date = Field(day.first, view.source.span(day.core, day.end))
            office = words.ORGANISATION.match(above.bare)
            if office and letter.agency is None:
                letter.agency = view.field(above.start, above.end)
            return above.start if office else line.start, day.end
    return None


def _agency_below(view: View) -> Field | None:
    """The office under "ประกาศ ณ วันที่ …" where no head names it."""
    issued = list(words.ISSUED.finditer(view.flat))
    if not issued:
        return None
    begin = view.flat.find("\n", issued[-1].end())
    for line in view.lines(view.block.start + begin + 1, view.block.end)[:6] if begin >= 0 else []:
        if line.blank:
            continue
        return view.field(line.start, line.end, 0.8) if words.ORGANISATION.match(line.bare) else None
    return None


def _letterhead(view: View, letter: Letter, end: int, taken: list[tuple[int, int]]) -> None:
    agency: tuple[int, int] | None = None
    address: tuple[int, int] | None = None
    for start, stop, piece in _free_pieces(view, view.block.head, end, taken):
        place = words.ADDRESS.search(piece)
        if agency is None or (address is None and start - agency[1] < 120 and words.ORGANISATION.match(piece)):
            if agency is None and not words.ORGANISATION.match(_CITY_HALL.sub("", piece)):
                continue
            if agency is not None and ((place and place.start() == 0) or _DISTRICT.match(piece)):
                address = (start, stop)
                continue
            cut = place.start() if place and place.start() > 3 else len(piece)
            stray = _STRAY.search(piece[:cut].rstrip()) or _STRAY_MONTH.search(piece[:cut])
            agency = (agency[0] if agency else start, start + (stray.start() if stray else cut))
            if place and place.start() > 3:
                address = (start + cut, stop)
        elif agency and address is None and start - agency[1] < 120 and not place and _OFFICE_GOES_ON.match(piece):
            agency = (agency[0], stop)
        elif place and (address is None or start - address[1] < 120):
            address = (address[0] if address else start, stop)
    if agency:
        hall = _CITY_HALL.match(view.cut(*agency))
        letter.agency = view.field(agency[0] + (hall.end() if hall else 0), agency[1], lines=" ")
    if address:
        letter.address = view.field(*address, lines=" ")


def _free_pieces(view: View, start: int, end: int, taken: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    pieces = []
    for line in view.lines(start, end):
        if len(line.text) > 320:
            continue
        text = line.text
        for begin, stop in taken:
            if begin < line.end and stop > line.start:
                left, right = max(begin - line.start, 0), min(stop, line.end) - line.start
                text = text[:left] + " " * (right - left) + text[right:]
        text = re.sub(r"(?:^|(?<=[ ]{2}))ที่(?=[ ]|$)", "   ", text)
        pieces += Line(line.start, line.end, text).pieces()
    return pieces
