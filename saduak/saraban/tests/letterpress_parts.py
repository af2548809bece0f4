"""What letters of the press are made of: numbers, days, parties, stamps, bodies, signatures."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from saduak.saraban.tests.letterpress_words import (
    ADDRESSEES,
    CLOSINGS,
    CODES,
    ENCLOSURES,
    HEADS,
    NAMES,
    OFFICES,
    PROVINCES,
    REASONS,
    SUBJECTS,
    UNITS,
    URLS,
)
from saduak.thai.dates import MONTHS, MONTHS_SHORT, WEEKDAYS
from saduak.thai.digits import to_thai


@dataclass
class Pressed:
    """A text and what it says, letter by letter, in the form of `Letter.to_json()`."""

    text: str
    letters: list[dict[str, Any]] = field(default_factory=list)
    style: dict[str, Any] = field(default_factory=dict)


class Press:
    """One text from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        dice = self.dice
        self.style = {
            "digits": dice.choice(["thai", "thai", "arabic", "mixed"]),
            "layout": dice.choice(["columns", "columns", "stacked", "tabs", "line"]),
            "spaces": dice.choice([1, 1, 2, 3]),
            "noise": dice.choice(["", "", "", "am-apart", "am-lost", "nbsp", "double", "spread"]),
            "months": dice.choice(["long", "long", "long", "short"]),
        }

    def one_of(self, values: list[str]) -> str:
        return self.dice.choice(values).format(p=self.dice.choice(PROVINCES))

    def chance(self, part: float) -> bool:
        return self.dice.random() < part

    def figures(self, text: str) -> str:
        system = self.style["digits"]
        if system == "mixed":
            system = self.dice.choice(["thai", "arabic"])
        return to_thai(text) if system == "thai" else text

    def gap(self) -> str:
        return " " * self.style["spaces"]

    def day(self, least: dt.date, days: int) -> dt.date:
        return least + dt.timedelta(days=self.dice.randint(0, days))

    def written(self, date: dt.date, *, short: bool = False, year: bool = True) -> str:
        months = MONTHS_SHORT if short else MONTHS
        era = self.dice.choice(["", "", "", "พ.ศ. "]) if year and not short else ""
        shown = f"{date.year + 543}" if not short or self.chance(0.5) else f"{date.year + 543}"[2:]
        gap = self.gap()
        return f"{date.day}{gap}{months[date.month - 1]}" + (f"{gap}{era}{shown}" if year else "")


class Parts(Press):
    """The parts of a letter, each noted in what a careful reader finds."""

    def number(self, gold: dict[str, Any], *, circular: float = 0.3) -> str:
        dice = self.dice
        code = f"{dice.choice(CODES)} {dice.randint(1, 9999):04d}" + dice.choice(
            ["", "", f".{dice.randint(1, 9)}", f".{dice.randint(1, 30)}"]
        )
        if self.chance(0.1):
            code = code.replace(" ", dice.choice(["", "  "]))
        slash = dice.choice(["/", "/", "/", " /", "/ "])
        mark = dice.choice(["ว ", "ว", "ว. "]) if self.chance(circular) else ""
        running = "" if self.chance(0.08) else str(dice.randint(1, 9999))
        gold["number"] = (code + slash + mark + running).strip()
        gold["_blank"] = not running
        return self.figures(gold["number"])

    def own_date(self, date: dt.date, gold: dict[str, Any]) -> str:
        if self.chance(0.06):
            gold["date"] = None
            return "       " + MONTHS[date.month - 1] + " " + self.figures(str(date.year + 543))
        gold["date"] = date.isoformat()
        return self.figures(self.written(date))

    def urgency(self, gold: dict[str, Any]) -> str:
        if self.chance(0.3):
            gold["urgency"] = self.dice.choice(["ด่วน", "ด่วนมาก", "ด่วนที่สุด"])
        return gold["urgency"] or ""

    # -- their parts -----------------------------------------------------------------------------------------------

    def label_gap(self) -> str:
        return "\t" if self.style["layout"] == "tabs" else " " * self.dice.choice([1, 2, 3])

    def centred(self, text: str) -> str:
        return text if self.style["layout"] in ("stacked", "line") else " " * 30 + text

    def parties(self, gold: dict[str, Any]) -> tuple[str, str]:
        gold["subject"] = self.dice.choice(SUBJECTS)
        addressee = self.one_of(ADDRESSEES)
        gold["addressees"] = [addressee]
        return self.figures(gold["subject"]), addressee

    def references(self, date: dt.date, gold: dict[str, Any]) -> list[str]:
        if not self.chance(0.4):
            return []
        lines = []
        many = self.chance(0.3)
        for count in range(2 if many else 1):
            other: dict[str, Any] = {}
            number = self.number(other)
            if other["_blank"]:
                other["number"] += "55"
                number += self.figures("55")
            day = date - dt.timedelta(days=self.dice.randint(3, 200))
            gold["references"].append({"number": other["number"], "date": day.isoformat()})
            urgent = self.dice.choice(["", "", "ด่วนที่สุด ", "ด่วนมาก "])
            begin = f"{self.figures(str(count + 1))}. " if many else ""
            lead = "อ้างถึง  " if count == 0 else "         "
            lines.append(
                f"{lead}{begin}หนังสือ{self.one_of(OFFICES)} {urgent}ที่ {number} ลงวันที่ {self.figures(self.written(day))}"
            )
        return lines

    def enclosures(self, gold: dict[str, Any]) -> list[str]:
        if not self.chance(0.5):
            return []
        found = self.dice.sample(ENCLOSURES, self.dice.choice([1, 2, 3]))
        amounts = [
            self.figures(f"จำนวน {self.dice.randint(1, 9)} {self.dice.choice(['ฉบับ', 'ชุด', 'เล่ม', 'แผ่น'])}")
            for _ in found
        ]
        begins = ["" if len(found) == 1 else f"{self.figures(str(number))}. " for number in range(1, len(found) + 1)]
        gold["enclosures"] = [
            f"{begin}{name} {amount}" for begin, name, amount in zip(begins, found, amounts, strict=True)
        ]
        gap = self.dice.choice([" ", "     "])
        lines = [f"{begin}{name}{gap}{amount}" for begin, name, amount in zip(begins, found, amounts, strict=True)]
        return [f"สิ่งที่ส่งมาด้วย  {lines[0]}", *(f"                {line}" for line in lines[1:])]

    def closing(self) -> str:
        return "          " + self.dice.choice(CLOSINGS)

    def signature(self, office: str, gold: dict[str, Any]) -> list[str]:
        name = self.dice.choice(NAMES)
        gold["signatory"]["name"] = name
        head = next(
            (title.format(o=office) for start, title in HEADS.items() if office.startswith(start)), f"ผู้อำนวยการ{office}"
        )
        lines = [self.dice.choice([f"({name})", f"( {name} )"])]
        if self.chance(0.35):
            own = self.dice.choice(
                ["รองอธิบดี", "รองผู้ว่าราชการจังหวัด", "ปลัดเทศบาล", "หัวหน้าสำนักปลัด", "รองผู้อำนวยการ", "ผู้อำนวยการกองการเจ้าหน้าที่"]
            )
            words = self.dice.choice(["ปฏิบัติราชการแทน", "รักษาราชการแทน", "รักษาการแทน", "ปฏิบัติหน้าที่แทน"])
            gold["signatory"]["position"], gold["signatory"]["acting_for"] = own, head
            lines += self.dice.choice(
                [[f"{own} {words}", head], [own, f"{words} {head}"], [own, words, head], [own, f"{words}{head}"]]
            )
        else:
            gold["signatory"]["position"] = head
            lines.append(head)
        return [self.centred(line) for line in lines]

    def telephone(self) -> str:
        dice = self.dice
        kind = dice.choice(["bangkok", "province", "mobile"])
        if kind == "mobile":
            first, rest = (
                f"0{dice.choice('689')}{dice.randint(0, 9)}",
                f"{dice.randint(100, 999)} {dice.randint(1000, 9999)}",
            )
            return dice.choice(
                [f"{first} {rest}", f"{first}-{rest.replace(' ', '')}", f"{first}-{rest.replace(' ', '-')}"]
            )
        area = "2" if kind == "bangkok" else dice.choice(["53", "54", "38", "74", "45"])
        tail = (
            f"{dice.randint(100, 999)}{dice.choice([' ', '-'])}{dice.randint(1000, 9999)}"
            if kind == "bangkok"
            else f"{dice.randint(10, 99)} {dice.randint(1000, 9999)}"
        )
        if kind == "bangkok":
            return dice.choice([f"0 {area}{tail}", f"0-{area}{tail.replace(' ', '-')}", f"0{area} {tail}"])
        return dice.choice([f"0 {area}{tail}", f"0{area}-{tail.replace(' ', '')}", f"0 {area[0]}{area[1]}{tail}"])

    def inside_phone(self, gold: dict[str, Any]) -> str:
        if not self.chance(0.5):
            return ""
        number = str(self.dice.randint(1000, 59999)) if self.chance(0.5) else self.telephone()
        gold["phones"].append(number)
        return f"{self.dice.choice(['โทร.', 'โทร. ', 'โทรศัพท์ '])}{self.figures(number)}"

    def contacts(self, gold: dict[str, Any]) -> list[str]:
        lines = [self.dice.choice(UNITS)]
        if self.chance(0.8):
            number = self.telephone()
            extension = f" ต่อ {self.dice.randint(10, 999)}" if self.chance(0.25) else ""
            gold["phones"].append(number + extension)
            lines.append(
                f"{self.dice.choice(['โทร. ', 'โทร ', 'โทรศัพท์ ', 'โทรศัพท์. '])}{self.figures(number + extension)}"
            )
        if self.chance(0.3):
            lines.append(f"{self.dice.choice(['โทรสาร ', 'โทรสาร. '])}{self.figures(self.telephone())}")
        if self.chance(0.4):
            mail = f"saraban{self.dice.randint(1, 99)}@{self.dice.choice(['dla', 'moph', 'sample'])}.go.th"
            gold["emails"].append(mail)
            lines.append(f"{self.dice.choice(['ไปรษณีย์อิเล็กทรอนิกส์ ', 'E-mail : ', 'อีเมล '])}{mail}")
        return lines

    def stamp(self, date: dt.date, gold: dict[str, Any]) -> list[str]:
        if not self.chance(0.3) or self.style["layout"] == "line":
            return []
        day = date + dt.timedelta(days=self.dice.randint(0, 9))
        number = self.dice.choice(
            [str(self.dice.randint(1, 9999)), f"{self.dice.randint(1, 9999)}/{(day.year + 543) % 100}"]
        )
        hour = f"{self.dice.randint(8, 16):02d}.{self.dice.randint(0, 59):02d}"
        gold["receipts"].append({"number": number, "date": day.isoformat()})
        label = self.dice.choice(["เลขรับ", "เลขที่รับ", "รับที่", "เลขทะเบียนรับ", "รับเลขที่"])
        shown = self.figures(self.written(day, short=True))
        place = " " * self.dice.choice([0, 40])
        lines = [
            self.one_of(UNITS),
            f"{label} {self.figures(number)}",
            f"วันที่ {shown}",
            f"เวลา {self.figures(hour)} น.",
        ]
        return [*(place + line for line in lines[0 if self.chance(0.7) else 1 :]), ""]

    def body(self, office: str, date: dt.date, gold: dict[str, Any], *, order: bool = False) -> list[str]:
        dice = self.dice
        paragraphs = ["          " + (dice.choice(REASONS).format(o=office))]
        for _ in range(dice.choice([0, 1, 1, 2])):
            paragraphs.append("          " + self.sentence_with_day(date, gold))
        if not order and self.chance(0.3):
            paragraphs += [
                f"          {self.figures(str(number))}. {dice.choice(['แจ้งหน่วยงานในสังกัดทราบ', 'จัดส่งรายชื่อผู้ประสานงาน', 'ประชาสัมพันธ์ให้ประชาชนทราบ', 'รายงานผลการดำเนินงาน'])}"
                for number in (1, 2)
            ]
        if not order and self.chance(0.3):
            url = dice.choice(URLS)
            gold["urls"].append(url)
            paragraphs.append(f"          ทั้งนี้ สามารถดาวน์โหลดเอกสารได้ที่ {url} หรือสอบถามได้ตามช่องทางด้านล่าง")
        if self.style["layout"] == "line":
            return [paragraph.strip() for paragraph in paragraphs]
        return [line for paragraph in paragraphs for line in self.wrapped(paragraph)]

    def sentence_with_day(self, date: dt.date, gold: dict[str, Any]) -> str:
        dice, day = self.dice, self.day(date + dt.timedelta(days=5), 90)
        later = day + dt.timedelta(days=dice.randint(1, 20))
        short = self.style["months"] == "short"
        form = dice.choice(["deadline", "event", "weekday", "range", "range-short", "from", "month", "trap"])
        found: dict[str, Any] | None = {"from": day.isoformat(), "to": None}
        if form == "deadline":
            text = dice.choice(
                [
                    "และรายงานผลให้ทราบภายในวันที่ {d}",
                    "ขอให้จัดส่งข้อมูลไม่เกินวันที่ {d}",
                    "โปรดตอบแบบสำรวจก่อนวันที่ {d}",
                    "ส่งแบบตอบรับภายใน {d}",
                ]
            ).format(d=self.written(day, short=short))
        elif form == "event":
            text = f"กำหนดจัดประชุมในวันที่ {self.written(day, short=short)} เวลา 09.30 น. ณ ห้องประชุมใหญ่ ชั้น 3"
        elif form == "weekday":
            text = f"จะจัดสัมมนาในวัน{WEEKDAYS[day.weekday()]}ที่ {self.written(day)} เวลา 08.30 - 16.30 น."
        elif form == "range":
            found["to"] = later.isoformat()
            text = f"เปิดรับสมัครตั้งแต่วันที่ {self.written(day, short=short)} ถึงวันที่ {self.written(later, short=short)}"
        elif form == "range-short":
            later = day + dt.timedelta(days=1) if day.day < 27 else day
            if later == day:
                text = f"กำหนดตรวจเยี่ยมในวันที่ {self.written(day)}"
            else:
                found["to"] = later.isoformat()
                dash = dice.choice([" - ", "-", " – "])
                text = f"จัดอบรมระหว่างวันที่ {day.day}{dash}{self.written(later)} ณ โรงแรมตัวอย่าง"
        elif form == "from":
            text = f"ให้ถือปฏิบัติตั้งแต่วันที่ {self.written(day)} เป็นต้นไป"
        elif form == "month":
            found = {"from": f"{day.year:04d}-{day.month:02d}", "to": None}
            text = f"ให้แล้วเสร็จภายในเดือน{MONTHS[day.month - 1]} {day.year + 543}"
        else:
            found = None
            text = f"ในปีการศึกษา {day.year + 543} ระหว่างเวลา 08.30 - 16.30 น. ตามแผนระยะ 5 ปี (พ.ศ. {day.year + 543} - {day.year + 548})"
        if found and found not in gold["dates_in_body"]:
            gold["dates_in_body"].append(found)
        return self.figures(text)

    # -- how it looks ------------------------------------------------------------------------------------------------

    def wrapped(self, paragraph: str, width: int = 88) -> list[str]:
        lines, line = [], ""
        for word in paragraph.split(" "):
            if len(line) + len(word) > width and line.strip():
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line or not lines else word
        return [*lines, line]

    def laid(self, lines: list[str]) -> str:
        if self.style["layout"] == "line":
            return " ".join(
                " ".join(line.split()) for line in lines if line.strip() and not set(line.strip()) <= set("-*_")
            )
        return "\n".join(lines)

    def damaged(self, text: str) -> str:
        noise = self.style["noise"]
        if noise == "am-apart":
            return text.replace("ำ", "ํา")
        if noise == "am-lost":
            return text.replace("ำ", self.dice.choice(["า", " า"]))
        if noise == "nbsp":
            return text.replace("  ", "\u00a0 ")
        if noise == "double":
            return text.replace("\n", "\n\n")
        if noise == "spread":
            return text.replace("ที่ ", "ที่  ").replace("เรื่อง ", "เรื่อง   ")
        return text
