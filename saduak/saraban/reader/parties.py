"""Subject, addressees, references and enclosures: what stands between the head of a letter and its body."""

import re

from saduak.saraban.model import Citation, Letter
from saduak.saraban.reader import words
from saduak.saraban.reader.layout import Line
from saduak.saraban.reader.view import View

_ITEM = re.compile(r"(?:^|[ \n])(?P<ordinal>[0-9]{1,2})[.)][ ]*(?=[^0-9\s])")
# The subject of an order is set in the middle of the page; else its second line begins with a word that goes on.
_SUBJECT_GOES_ON = re.compile(
    r"[ ]{8,}(?!สั่ง|ประกาศ|\()|[ ]*(?:และ|ประจำ|พ\.ศ\.|ของ|แห่ง|สังกัด|\(|ปี|ครั้งที่|ฉบับ|เพิ่มเติม|แบบ|หรือ|ในการ)"
)
_NAMED = re.compile(words.TITLE)
_TICK = re.compile(r"\([ ]*[/✓✔xX√]?[ ]*\)[ ]*")
_GOES_ON = re.compile(r"(?:[0-9]{1,2}[.)]|ลงวันที่|จำนวน|และ|เรื่อง|ที่[ ]|ฉบับ)")
_BROKEN_OFF = re.compile(r"(?:ที่|ลง|และ|เรื่อง|ด่วน(?:ที่สุด|มาก)?|[ ][ก-ฮ]{2,3}|/|/ว|ของ|แห่ง)$")
_LABELS = (words.ADDRESSEE, words.TO, words.REFERENCE, words.ENCLOSURE, words.SUBJECT)


def read_subject(view: View, letter: Letter) -> int | None:
    """Fill in the subject; answer where it ends."""
    block = view.block
    if block.subject is None:
        if block.title is not None:
            line = view.lines(block.title, block.end)[0]
            letter.subject = view.field(line.start, line.end, 0.7)
            return line.end
        if block.heading is None:
            return None
        label = re.search(r"เรื่อง[ ]+", view.cut(block.heading, block.end)[:400])
        if label is None:
            return None
        begin = block.heading + label.end()
    else:
        match = words.SUBJECT.match(view.cut(block.subject, block.end))
        begin = block.subject + (match.end() if match else 0)
    stop = begin
    limit = block.addressee if block.addressee is not None else block.end
    for number, line in enumerate(view.lines(begin, limit)):
        if number and (
            line.blank
            or len(line.bare) > 150
            or words.BODY.match(line.bare)
            or any(label.match(line.bare) for label in _LABELS)
            or number > 4
            or (block.heading is not None and not _SUBJECT_GOES_ON.match(line.text))
            or block.page
        ):
            break
        stop = line.end
    letter.subject = view.field(begin, min(stop, begin + 600))
    return stop


def read_addressees(view: View, letter: Letter) -> int | None:
    """Fill in to whom it goes; answer where that ends."""
    block = view.block
    if block.addressee is None:
        return None
    shown = view.cut(block.addressee, block.end)
    label = words.ADDRESSEE.match(shown) or words.TO.match(shown)
    begin = stop = block.addressee + (label.end() if label else 0)
    for number, line in enumerate(view.lines(begin, block.end)[:25]):
        goes_on = re.match(r"(?:[0-9]{1,2}[.)]|และ|ผ่าน|\()", line.bare) or words.POST_START.match(line.bare)
        if number and (line.blank or not goes_on or words.BODY.match(line.bare) or len(line.bare) > 150):
            break
        if number and any(other.match(line.bare) for other in _LABELS):
            break
        stop = line.end
    for start, end in _addressee_parts(view.cut(begin, stop)):
        field = view.field(begin + start, begin + end)
        if field:
            letter.addressees.append(field)
    return stop


def _addressee_parts(text: str) -> list[tuple[int, int]]:
    """Cut where a comma stands outside brackets, at ticked brackets, and where a new post begins behind a blank."""
    cuts = [(match.start(), match.end()) for match in re.finditer(r"[ ]*,[ ]*(?![^()]*\))", text)]
    cuts += [match.span() for match in _TICK.finditer(text)]
    cuts += [(match.start(), match.end()) for match in re.finditer(r"(?:^|[ \n])[0-9]{1,2}[.)][ ]*(?=[^0-9 ])", text)]
    cuts += [
        match.span() for match in re.finditer(rf"[ \n]+(?:และ[ ]?)?(?={words.POST})(?!รอง|ผู้แทน)(?![^()]*\))", text)
    ]
    parts, position = [], 0
    for start, end in sorted(cuts):
        if start < position:
            position = max(position, end)
            continue
        before = text[position:start].lstrip()
        if not re.search(r"[,0-9(]", text[start:end]) and _NAMED.match(before) and not words.POST_START.match(before):
            continue  # "ดร.… คณบดีคณะ…" is one person with a post
        parts.append((position, start))
        position = end
    parts.append((position, len(text)))
    kept: list[tuple[int, int]] = []
    for start, end in parts:
        piece = text[start:end].strip()
        if kept and re.search(r"(?:ผ่าน|และ|หรือ|/)$", text[: kept[-1][1]].rstrip()):
            kept[-1] = (kept[-1][0], end)
        elif piece:
            kept.append((start, end))
    return kept


def read_references(view: View, letter: Letter, begin: int) -> int:
    """Fill in references and enclosures, from the end of the addressees on; answer where the body begins."""
    position = begin
    lines = view.lines(begin, view.block.end)[:80]
    index = 0
    while index < len(lines):
        line = lines[index]
        reference, enclosure = words.REFERENCE.match(line.bare), words.ENCLOSURE.match(line.bare)
        if not (reference or enclosure):
            if not line.blank and line.start > begin:
                break
            index += 1
            continue
        indent = len(line.text) - len(line.text.lstrip())
        start = line.start + indent + (reference or enclosure).end()  # type: ignore[union-attr]
        index, stop = _item_lines(lines, index)
        for first, last in _items(view.cut(start, stop)):
            if reference:
                letter.references += _references(view, start + first, start + last)
                continue
            field = view.field(start + first, start + last)
            if field and field.value.strip(" -."):
                letter.enclosures.append(field)
                letter.cited_documents += _references(view, start + first, start + last)
        position = stop
    return position


def _item_lines(lines: list[Line], index: int) -> tuple[int, int]:
    stop, gap = lines[index].end, False
    for ahead in range(index + 1, len(lines)):
        line = lines[ahead]
        if line.blank:
            gap = True
            continue
        label = any(other.match(line.bare) for other in (words.REFERENCE, words.ENCLOSURE, words.ADDRESSEE))
        body = words.BODY.match(line.bare) or words.CLOSING.match(line.bare)
        goes_on = (_GOES_ON.match(line.bare) or (not gap and _BROKEN_OFF.search(lines[ahead - 1].bare))) and len(
            line.bare
        ) < 200
        indented = not gap and len(line.text) - len(line.text.lstrip()) >= 8 and len(line.bare) < 150
        if label or (body and not re.match("[0-9]", line.bare)) or not (goes_on or indented):
            return ahead, stop
        stop, gap = line.end, False
    return len(lines), stop


def _items(text: str) -> list[tuple[int, int]]:
    """The parts of a numbered list that begins at its beginning, or the whole."""
    marks, expected = [], 1
    for match in _ITEM.finditer(text):
        if int(match["ordinal"]) == expected and (expected > 1 or not text[: match.start()].strip()):
            marks.append(match.start("ordinal"))
            expected += 1
    if not marks:
        return [(0, len(text))]
    return list(zip(marks, [*marks[1:], len(text)], strict=True))


def _references(view: View, start: int, end: int) -> list[Citation]:
    found = view.citations(start, end)
    if found:
        return found
    day = next(iter(view.days(start, end)), None)
    if day is None:
        return []
    place = view.source.span(day.core, day.end)
    return [Citation(number=None, date=day.first, span=view.source.span(start, end), date_span=place)]
