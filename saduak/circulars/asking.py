"""From the numbered requests of a letter to actions: what kind each is, in which window, and whom it asks. Pure.

A proposal is for a person to look at: where the words do not say it, nothing is proposed.
"""

import re
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from saduak.thai.digits import to_arabic

# The kinds an action may have, as rounds know them; OTHER is done freely and shown by a proof.
FREE = "OTHER"
KINDS = ("APPLY", "ANSWER_SURVEY", "NOMINATE", "TAKE_NOTE", "REPLY", FREE)
# Words that tell the kind; the one that comes first in the request decides.
_WORDS = {
    "ANSWER_SURVEY": r"แบบสำรวจ|แบบสอบถาม",
    "NOMINATE": r"รายชื่อ|ผู้แทน|ผู้เข้าร่วม|แบบตอบรับ|เสนอชื่อ|ชื่อผู้ประสานงาน",
    "TAKE_NOTE": r"(?:ตรวจสอบ|ติดตาม|ทราบ|ประกาศ)ผล|เพื่อทราบ|ให้ทราบ|รับทราบ",
    "APPLY": r"สมัคร|ยื่นคำขอ|ขอรับการรับรอง",
    "REPLY": r"รายงาน|แจ้งผล|ตอบกลับ|แจ้งกลับ|แจ้งตอบ|(?:จัด)?ส่งข้อมูล",
    FREE: r"(?:จัด)?ส่งหลักฐาน|แนบหลักฐาน|(?:จัด)?ส่งเอกสาร|ภาพถ่าย",
}
_KIND = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items()))
_LOCAL = r"องค์กรปกครองส่วนท้องถิ่น|อปท\.?|เทศบาล|(?:นายก)?องค์การบริหารส่วน(?:ตำบล|จังหวัด)|อบต\.?|อบจ\.?|นายกเทศมนตรี"
_BODIES = {
    "LOCAL_BODY": _LOCAL,
    "CENTRE": r"ศูนย์ราชการสะดวก|ศูนย์บริการ|หน่วย(?:งาน(?:ผู้|ที่)?ให้)?บริการ|หน่วยงานในพื้นที่",
    "DISTRICT": r"นายอำเภอ|ที่ว่าการอำเภอ|อำเภอ",
    "PROVINCE": r"ผู้ว่าราชการจังหวัด|จังหวัด",
    "STATE_ENTERPRISE": r"รัฐวิสาหกิจ",
    "MINISTRY": r"ปลัดกระทรวง|กระทรวง",
    "DEPARTMENT": r"อธิบดี|กรม(?=[ \n,]|และ|หรือ|$)|ส่วนราชการระดับกรม",
}
# A body named after one of these is asked; one that is merely mentioned ("send it to the province") is not.
_ASKED = re.compile(
    r"(?:ขอ(?:ความร่วมมือ)?ให้|เชิญชวน|ประชาสัมพันธ์(?:ให้)?|มอบหมาย(?:ให้)?|แจ้ง(?:เวียน)?(?:ให้)?|กำชับ(?:ให้)?|ให้)[ ]?"
    r"(?:ทุก|สำนักงาน|ที่ทำการ|หน่วยงาน)?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _BODIES.items()) + ")"
)
_AND = re.compile(
    r"[ ]?(?:และ|หรือ|,)[ ]?(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _BODIES.items()) + ")"
)
_NAMED = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _BODIES.items()))
_NUMBER = re.compile(r"^[ ]*\(?(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})?)[.)]?[ ]+")


@dataclass(frozen=True)
class Asked:
    """One action: opens and due are ISO days in C.E. or empty; to: kinds of organisation. kind empty: take none of it."""

    number: int
    text: str
    kind: str
    opens: str = ""
    due: str = ""
    to: list[str] = field(default_factory=list)

    @property
    def opens_on(self) -> date | None:
        return date.fromisoformat(self.opens) if self.opens else None

    @property
    def due_on(self) -> date | None:
        return date.fromisoformat(self.due) if self.due else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def propose(letter: dict[str, Any], lines: str, addressees: str) -> list[Asked]:
    """The actions of a letter (its JSON) whose numbered points stand in `lines`, one a line, as corrected.

    addressees: to whom the letter goes, one a line; whoever is asked nothing else is asked by the letter.
    """
    dates = {item["ordinal"]: item["dates"] for item in letter.get("action_items", [])}
    everybody = kinds_named(addressees)
    found = []
    for nth, line in enumerate((one for one in lines.splitlines() if one.strip()), 1):
        given = _NUMBER.match(to_arabic(line))
        number = int(given["number"].split(".")[-1]) if given else nth
        text = " ".join(line[given.end() if given else 0 :].split())
        opens, due = _window(dates.get(number, []))
        found.append(Asked(nth, text, kind_of(text), opens, due, _asked(text) or everybody))
    return found


def kind_of(text: str) -> str:
    """The kind that the words of a request tell; REPLY where none does: an answer in writing always fits."""
    match = _KIND.search(text)
    return str(match.lastgroup) if match else "REPLY"


def kinds_named(text: str) -> list[str]:
    """Kinds of organisation that a line of addressees names, in its order."""
    return list(dict.fromkeys(str(match.lastgroup) for match in _NAMED.finditer(text)))


def _asked(text: str) -> list[str]:
    found: list[str] = []
    for match in _ASKED.finditer(text):
        found.append(str(match.lastgroup))
        end = match.end()
        while also := _AND.match(text, end):
            found.append(str(also.lastgroup))
            end = also.end()
    return list(dict.fromkeys(found))


def _window(dates: list[dict[str, Any]]) -> tuple[str, str]:
    """(opens, due) from the dates of a request: a period is a window, a deadline its end; an event is neither."""
    opens = due = ""
    for one in dates:
        last = one.get("to") or one["from"]
        if one["role"] == "period" and one.get("to"):
            opens, due = opens or _day(one["from"]), due or _day(last)
        elif one["role"] == "deadline":
            due = _day(last) or due
    return opens, due


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""  # a month without its day
