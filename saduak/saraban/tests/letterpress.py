"""Makes letters with known contents: invented offices, people and subjects in the forms that Thai offices use.

`press(seed)` answers a text of one to four letters and what a careful reader finds in each. Forms, digits, ways to write days,
stamps, what is missing and damage by scanning vary; nothing is taken from a real letter.
"""

import datetime as dt
from typing import Any

from saduak.saraban.tests.letterpress_parts import Parts, Pressed
from saduak.saraban.tests.letterpress_words import (
    OFFICES,
    PROVINCES,
    SUBJECTS,
    UNITS,
)
from saduak.thai.dates import MONTHS


class Letters(Parts):
    """Letters, memos, stamped letters, orders, announcements."""

    def press(self) -> Pressed:
        made = []
        count = self.dice.choice([1, 1, 1, 1, 2, 2, 3, 4]) if self.style["layout"] != "line" else 1
        for _ in range(count):
            kind = self.dice.choice(["external", "external", "memo", "memo", "stamped", "order", "announcement"])
            if self.style["layout"] == "line" and kind == "stamped":
                kind = "external"
            made.append(self.letter(kind))
        text = self.dice.choice(["\n", "\n\n", "\n\n\n"]).join(text for text, _ in made)
        return Pressed(self.damaged(text), [gold for _, gold in made], self.style)

    def letter(self, kind: str) -> tuple[str, dict[str, Any]]:
        office = self.one_of(OFFICES)
        gold: dict[str, Any] = {
            "kind": kind, "urgency": None, "number": None, "agency": office, "date": None, "subject": None, "addressees": [], "references": [],
            "enclosures": [], "dates_in_body": [], "urls": [], "phones": [], "emails": [], "receipts": [],
            "signatory": {"name": None, "position": None, "acting_for": None},
        }  # fmt: skip
        date = self.day(dt.date(2015, 1, 5), 3600)
        body = self.body(office, date, gold, order=kind in ("order", "announcement"))
        head = {"external": self.external, "memo": self.memo, "stamped": self.stamped}.get(kind, self.issued)
        return head(kind, office, date, gold, body), gold

    # -- the heads -------------------------------------------------------------------------------------------------

    def external(self, kind: str, office: str, date: dt.date, gold: dict[str, Any], body: list[str]) -> str:
        number, day, urgent = self.number(gold), self.own_date(date, gold), self.urgency(gold)
        gold["agency"] = office.removeprefix("ที่ว่าการ")  # where it stands; what writes is the district
        address = self.dice.choice(
            [
                "",
                "ถนนราชดำเนิน เขตพระนคร กทม. ๑๐๒๐๐",
                "๑๒๓ หมู่ ๔ ต.ในเมือง อ.เมือง จ.{p} ๕๔๐๐๐",
                "ถนนสุขุมวิท อำเภอเมือง {p} 20000",
                "อาคารรวมหน่วยราชการ ชั้น ๕ ถนนแจ้งวัฒนะ กรุงเทพมหานคร ๑๐๒๑๐",
            ]
        )
        address = self.figures(address.format(p=self.dice.choice(PROVINCES)))
        lines: list[str] = []
        stamp = self.stamp(date, gold)
        layout = self.style["layout"]
        if stamp and self.chance(0.5):
            lines += stamp
            stamp = []
        if urgent:
            lines.append(urgent)
        if layout in ("columns", "tabs"):
            wide = " " * 30 if layout == "columns" else "\t\t\t\t"
            lines.append(f"ที่{self.gap()}{number}{wide}{office}")
            lines += [" " * 52 + address if layout == "columns" else "\t\t\t\t\t" + address] if address else []
            lines += [*stamp] if stamp else []
            lines += ["", " " * 32 + day, ""]
        else:
            lines += [f"ที่ {number}", office, *([address] if address else []), *stamp, day]
        subject, addressee = self.parties(gold)
        lines += [
            f"เรื่อง{self.label_gap()}{subject}",
            f"{self.dice.choice(['เรียน', 'เรียน', 'กราบเรียน'])}{self.label_gap()}{addressee}",
        ]
        lines += [
            *self.references(date, gold),
            *self.enclosures(gold),
            *body,
            self.closing(),
            "",
            self.centred("ขอแสดงความนับถือ"),
            "",
        ]
        lines += [*self.signature(office, gold), "", *self.contacts(gold)]
        return self.laid(lines)

    def memo(self, kind: str, office: str, date: dt.date, gold: dict[str, Any], body: list[str]) -> str:
        number, urgent = self.number(gold, circular=0.15), self.urgency(gold)
        phone = self.inside_phone(gold)
        unit = self.dice.choice(["", f"{self.dice.choice(UNITS)} "])
        gold["agency"] = f"{unit}{office}".strip()
        label = self.dice.choice(["ส่วนราชการ", "ส่วนราชการ", "หน่วยงาน", "ส่วนงาน"])
        lines: list[str] = self.stamp(date, gold)
        title = "บันทึกข้อความ"
        lines.append(f"{urgent}{' ' * 20}{title}" if urgent and self.chance(0.5) else " " * 24 + title)
        if urgent and title == lines[-1].strip():
            lines.insert(len(lines) - 1, urgent)
        day = self.own_date(date, gold)
        wide = "\t\t" if self.style["layout"] == "tabs" else " " * 20
        lines += [f"{label}{self.label_gap()}{gold['agency']}{'   ' + phone if phone else ''}"]
        lines += [f"ที่{self.label_gap()}{number}{wide}วันที่{self.gap()}{day}"]
        subject, addressee = self.parties(gold)
        lines += [f"เรื่อง{self.label_gap()}{subject}", "", f"เรียน{self.label_gap()}{addressee}", ""]
        lines += [*body, self.closing(), "", *self.signature(office, gold)]
        return self.laid(lines)

    def stamped(self, kind: str, office: str, date: dt.date, gold: dict[str, Any], body: list[str]) -> str:
        number, urgent = self.number(gold), self.urgency(gold)
        _, addressee = self.parties(gold)
        gold["subject"] = None
        day = self.figures(self.written(date))
        gold["date"] = date.isoformat()
        lines = [
            *([urgent] if urgent else []),
            f"ที่ {number}",
            "",
            f"ถึง{self.label_gap()}{addressee}",
            "",
            *body,
            "",
            self.centred(office),
            self.centred(day),
            "",
        ]
        gold["signatory"] = {"name": None, "position": None, "acting_for": None}
        return self.laid([*lines, *self.contacts(gold)])

    def issued(self, kind: str, office: str, date: dt.date, gold: dict[str, Any], body: list[str]) -> str:
        word = {"order": "คำสั่ง", "announcement": "ประกาศ"}[kind]
        subject = self.dice.choice(SUBJECTS)
        gold["subject"], gold["date"] = subject, date.isoformat()
        lines = [self.centred(f"{word}{office}")]
        if kind == "order" or self.chance(0.2):
            running = f"{self.dice.randint(1, 999)}/{date.year + 543}"
            gold["number"] = running
            lines.append(self.centred(f"ที่ {self.figures(running)}"))
        lines += [
            self.centred(f"เรื่อง {self.figures(subject)}"),
            self.centred(self.dice.choice(["-" * 30, "*" * 20, "_" * 24, ""])),
            *body,
        ]
        ends = {"order": "สั่ง ณ วันที่", "announcement": "ประกาศ ณ วันที่"}[kind]
        era = self.dice.choice(["", "พ.ศ. "])
        month = self.dice.choice(["", "เดือน "])
        shown = self.figures(f"{date.day} {month}{MONTHS[date.month - 1]} {era}{date.year + 543}")
        lines += [
            self.dice.choice(["ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป", "จึงประกาศให้ทราบโดยทั่วกัน" if kind == "announcement" else ""]),
            self.centred(f"{ends} {shown}"),
            "",
        ]
        return self.laid([*lines, *self.signature(office, gold)])


def press(seed: int) -> Pressed:
    """The text of `seed`; the same for ever."""
    return Letters(seed).press()
