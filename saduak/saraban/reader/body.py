"""The body of a letter: where it ends, its days with their roles, its numbered points, its closing words."""

import re

from saduak.saraban.model import ActionItem, BodyDate, Role
from saduak.saraban.reader import days, words
from saduak.saraban.reader.view import View, joined

_DEADLINE = re.compile(r"ภายใน|ไม่เกิน|ก่อนวัน|ก่อน$|หมดเขต|สิ้นสุด|อย่างช้า|ครบกำหนด|จนถึง|^ถึง|ให้แล้วเสร็จ")
_PERIOD = re.compile(r"ระหว่าง|ตั้งแต่|เปิดรับ|รับสมัคร")
_OTHER = re.compile(r"^(?:ลง|ณ|เมื่อ|นับ|เริ่ม|ประจำ)")
_EVENT = re.compile(r"ประชุม|อบรม|สัมมนา|พิธี|จัดงาน|กิจกรรม|ชี้แจง|บรรยาย|แข่งขัน|เข้าร่วม|ร่วมงาน|ตรวจเยี่ยม|แถลงข่าว|จัดขึ้น|สอบ")
_ITEM = re.compile(r"(?:^|\n)[ ]*(?P<ordinal>[0-9]{1,2})[.)](?![0-9])[ ]*(?=\S)")
_HEADING = re.compile(
    r"(?:เรื่องเดิม|ข้อเท็จจริง|ข้อพิจารณา|เรื่องเพื่อพิจารณา|ข้อกฎหมาย|ข้อเสนอ|ความเห็น|ต้นเรื่อง|ความเป็นมา|สรุป|เหตุผล|คณะกรรมการ|เพื่อโปรด|ชื่อ[ ])"
)
_ITEM_END = re.compile(r"\n[ ]*(?:จึง|ขอแสดงความนับถือ|ทั้งนี้|อนึ่ง|รายละเอียด|ลงชื่อ|\()|\n[ ]*\n(?![ ]*[0-9]{1,2}[.)])")
# What an earlier letter had asked for: "ตามหนังสือที่อ้างถึง … นั้น".
_RECITAL = re.compile(r"(?:^|\n)[ ]*(?:ตาม|อนุสนธิ)(?:[^\n]|\n(?![ ]*\n)){1,1500}?[ ]นั้น(?=[ ]*(?:\n|$))")
_ROUTING = re.compile(r"\n[ ]*(?:①|②|③|④)?[ ]*เรียน[ ]")


def end_of(view: View, begin: int, signed: int | None) -> int:
    """Where the body that begins at `begin` ends: at the signature, or at a routing note behind the closing words."""
    end = signed if signed is not None and signed > begin else view.block.end
    shown = view.cut(begin, end)
    closing = list(words.CLOSING.finditer(shown))
    if closing:
        routing = _ROUTING.search(shown, closing[-1].end())
        if routing:
            end = begin + routing.start()
    return end


def read_dates(view: View, begin: int, end: int) -> list[BodyDate]:
    """The days the body names, in order; the same words for the same days count once."""
    shown = view.cut(begin, end)
    found = sorted(
        [*days.find(shown), *days.find_months(shown, 0, len(shown)), *days.find_lists(shown, 0, len(shown))],
        key=lambda day: day.start,
    )
    recitals = [match.span() for match in _RECITAL.finditer(shown)]
    dates: list[BodyDate] = []
    known: set[tuple[str, str, str | None]] = set()
    for day in found:
        text = joined(view.source.text[begin + day.start : begin + day.end])
        key = (re.sub(r"[ \-\u2013]", "", shown[day.start : day.end]).replace("\n", ""), day.first, day.last)
        if key in known:
            continue
        known.add(key)
        around = shown[max(0, day.start - 160) : day.end + 40]
        recited = any(start <= day.start < stop for start, stop in recitals)
        dates.append(
            BodyDate(
                text=text,
                start=day.first,
                end=day.last,
                role="other"
                if recited
                else _role(day, shown[max(0, day.start - 25) : day.start], around, shown[day.end : day.end + 15]),
                span=view.source.span(begin + day.start, begin + day.end),
                weekday=day.weekday,
            )
        )
    return dates


def _role(day: days.Found, before: str, around: str, after: str) -> Role:
    lead = before + day.before
    if re.match(r"[ ]*เป็นต้น", after):
        return "other"
    if _OTHER.match(day.before) or re.search(r"(?:ลง|เมื่อ)[ ]?$", before):
        return "other"
    if day.last is None and (_DEADLINE.search(day.before) or _DEADLINE.search(before[-14:])):
        return "deadline"
    if day.last is not None:
        return (
            "event"
            if _EVENT.search(around[:-40]) and not _PERIOD.search("รับสมัคร" if "สมัคร" in around else "")
            else "period"
        )
    if _PERIOD.search(day.before):
        return "period"
    if _EVENT.search(around) or re.match(r"(?:ใน)?วัน", day.before):
        return "event" if _EVENT.search(around) or "ใน" in lead else "other"
    return "other"


def read_items(view: View, begin: int, end: int, dates: list[BodyDate]) -> list[ActionItem]:
    """The numbered points, counted from 1 without a gap; heads of a memo ("1. เรื่องเดิม") are none."""
    shown = view.cut(begin, end)
    marks: list[re.Match[str]] = []
    for match in _ITEM.finditer(shown):
        if int(match["ordinal"]) == len(marks) + 1:
            marks.append(match)
    heads = [match for match in marks if _HEADING.match(shown, match.end())]
    persons = [match for match in marks if re.compile(words.TITLE).match(shown, match.end())]
    if len(marks) < 2 or heads or persons:
        return []
    items = []
    for match, following in zip(marks, [*marks[1:], None], strict=True):
        start = begin + match.start("ordinal")
        limit = following.start() if following else len(shown)
        stop = _ITEM_END.search(shown, match.end(), limit)
        field = view.field(start, begin + (stop.start() if stop else limit))
        if field is None:
            continue
        inside = tuple(date for date in dates if field.span.start <= date.span.start < field.span.end)
        items.append(ActionItem(int(match["ordinal"]), field.value, field.span, inside))
    return items


def read_closing(view: View, begin: int, end: int) -> tuple[int, int] | None:
    """Where the closing words ("จึงเรียนมาเพื่อ…") stand."""
    if view.block.heading is not None:
        return None
    shown = view.cut(begin, end)
    closings = [
        m for m in words.CLOSING.finditer(shown) if not shown[shown.rfind("\n", 0, m.start()) + 1 : m.start()].strip()
    ]
    if not closings:
        return None
    stop = re.compile(r"\n[ ]*(?:\n|[0-9]{1,2}[.)]|เรียน[ ]|\(|ลงชื่อ)").search(shown, closings[-1].end())
    return begin + closings[-1].start(), begin + (stop.start() if stop else len(shown.rstrip()))
