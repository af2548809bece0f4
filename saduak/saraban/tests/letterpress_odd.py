"""The harder half of the press: saved web pages, Gazette pages, routing notes around a signature, lists of committees, wrapped
subjects, several addressees, forms behind the letter, words that a PDF split and signs that OCR lost."""

import datetime as dt
import re
from typing import Any

from saduak.saraban.tests.letterpress import Letters, Pressed
from saduak.saraban.tests.letterpress_words import ADDRESSEES, NAMES, OFFICES
from saduak.thai.dates import MONTHS, MONTHS_SHORT, WEEKDAYS

LONG_SUBJECTS = [
    "ขอเชิญสมัครเพื่อขอรับการรับรองมาตรฐานการให้บริการของศูนย์บริการ ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ และการจัดประชุมชี้แจงแนวทางการประเมินผ่านระบบออนไลน์",
    "แต่งตั้งคณะกรรมการดำเนินการจัดงานเทศกาลประจำปีของจังหวัด และคณะทำงานฝ่ายต่าง ๆ ประจำปี พ.ศ. ๒๕๖๗",
    "การดำเนินการตามมติคณะรัฐมนตรี เรื่อง มาตรการลดการใช้กระดาษในหน่วยงานของรัฐ (ฉบับที่ ๒)",
]
DUTIES = ["ประธานกรรมการ", "รองประธานกรรมการ", "กรรมการ", "กรรมการ", "กรรมการและเลขานุการ"]
ROUTES = ["เพื่อโปรดทราบ", "เห็นควรแจ้งงานที่เกี่ยวข้องทราบ", "มอบกลุ่มนโยบายดำเนินการ", "- ทราบ / แจ้งเวียน", "อนุมัติ"]


class OddLetters(Letters):
    """As `Letters`, each in one of the harder forms."""

    def press(self) -> Pressed:
        form = self.dice.choice(
            ["page", "gazette", "routed", "committee", "wrapped-form", "attached", "split", "bent", "one-space"]
        )
        self.style["form"] = form
        if self.style["layout"] == "line" or form in ("gazette", "one-space"):
            self.style["layout"] = "stacked"
        if form in ("page", "split", "bent", "gazette"):
            self.style["noise"] = ""
        text, golds = getattr(self, form.replace("-", "_"))()
        return Pressed(self.damaged(text) if form not in ("page", "split", "bent") else text, golds, self.style)

    def page(self) -> tuple[str, list[dict[str, Any]]]:
        """A saved page of news: title, day, the button "พิมพ์", title again, a teaser, the document, where it came from."""
        kind = self.dice.choice(["announcement", "order", "external"])
        self.style["layout"] = "stacked"
        self.wrapped = lambda paragraph, width=0: [paragraph.strip()]  # type: ignore[method-assign]
        text, gold = self.letter(kind)
        lines = [line.strip() for line in text.split("\n") if line.strip() and not set(line.strip()) <= set("-*_")]
        if self.chance(0.3) and kind != "external":  # heading, number and subject in one line
            place = next(i for i, line in enumerate(lines) if line.startswith("เรื่อง"))
            lines = [" ".join(lines[: place + 1]), *lines[place + 1 :]]
        day = dt.date.fromisoformat(gold["date"]) if gold["date"] else dt.date(2021, 4, 5)
        title = gold["subject"]
        top = [
            f"ข่าวหน่วยงาน-{title}",
            "",
            "",
            f"วัน{WEEKDAYS[day.weekday()]}ที่ {day.day} {MONTHS[day.month - 1]} {day.year + 543}",
        ]
        if self.chance(0.5):
            top.append(f"{day.day:02d}/{day.month:02d}/{day.year + 543}")
        teaser = "หน่วยงานได้เผยแพร่เอกสารฉบับนี้ให้ประชาชนทราบ เพื่อประโยชน์ในการติดต่อราชการ และขอความร่วมมือจากทุกภาคส่วนในการปฏิบัติ"
        tail = ["", f"ที่มา : https://news.example.go.th/{self.dice.randint(1000, 99999)}"]
        return "\n".join([*top, "พิมพ์", title, *([teaser] if self.chance(0.6) else []), *lines, *tail]), [gold]

    def gazette(self) -> tuple[str, list[dict[str, Any]]]:
        """A page of the Gazette: its own head and date, the name of who signs without brackets."""
        text, gold = self.letter("announcement")
        day = dt.date.fromisoformat(gold["date"]) + dt.timedelta(days=self.dice.randint(1, 20))
        head = f"เล่ม {self.figures(str(day.year - 1883))} ตอนพิเศษ {self.figures(str(self.dice.randint(1, 300)))} ง          ราชกิจจานุเบกษา          {self.figures(f'{day.day} {MONTHS[day.month - 1]} {day.year + 543}')}"
        page = f"หน้า   {self.figures(str(self.dice.randint(1, 90)))}"
        name = f"({gold['signatory']['name']})"
        for shown in (name, f"( {gold['signatory']['name']} )"):
            bare = self.dice.choice(["วีระ มั่นคง", "ศิริพร พูนผล", "กรกฎ สิงหา", "พลเอก เดชา ชัยศรี"])
            if shown in text:
                text = text.replace(shown, bare)
                gold["signatory"]["name"] = bare
                break
        top = [page, head] if self.chance(0.5) else [head, page]
        return "\n".join([*(" " * 20 + line for line in top), "", text]), [gold]

    def routed(self) -> tuple[str, list[dict[str, Any]]]:
        """Officials pass the letter on below the signature, with names, posts and days of their own."""
        kind = self.dice.choice(["memo", "memo", "external"])
        text, gold = self.letter(kind)
        day = dt.date.fromisoformat(gold["date"]) if gold["date"] else dt.date(2020, 2, 3)
        notes: list[str] = []
        for _ in range(self.dice.choice([1, 2, 3])):
            day += dt.timedelta(days=self.dice.randint(0, 3))
            notes += [
                "",
                f"เรียน  {self.one_of(ADDRESSEES)}",
                self.dice.choice(ROUTES),
                "",
                f"({self.dice.choice(NAMES)})",
                self.dice.choice(["หัวหน้าฝ่ายอำนวยการ", "ผู้อำนวยการกลุ่มบริหาร", "รองคณบดีฝ่ายวางแผน"]),
            ]
            notes.append(self.figures(f"{day.day} {MONTHS_SHORT[day.month - 1]} {day.year + 543}"))
        return text + "\n" + "\n".join(notes), [gold]

    def committee(self) -> tuple[str, list[dict[str, Any]]]:
        """An order that names people: none of them signed it."""
        office = self.one_of(OFFICES)
        gold = self.blank("order", office)
        date = self.day(dt.date(2016, 1, 4), 3000)
        subject = self.dice.choice([*LONG_SUBJECTS[1:2], "แต่งตั้งคณะกรรมการตรวจรับพัสดุ", "มอบหมายหน้าที่ความรับผิดชอบ"])
        running = f"{self.dice.choice(['', '', 'พิเศษ '])}{self.dice.randint(1, 999)} / {date.year + 543}"
        gold |= {"subject": subject, "number": running, "date": date.isoformat()}
        lines = [
            self.centred(f"คำสั่ง{office}"),
            self.centred(f"ที่  {self.figures(running)}"),
            self.centred(f"เรื่อง  {self.figures(subject)}"),
            self.centred("-" * 25),
        ]
        lines += self.body(office, date, gold, order=True)
        people = self.dice.sample(NAMES, 5)
        for group in (1, 2):
            lines.append(
                f"          {self.figures(str(group))}. คณะกรรมการฝ่าย{self.dice.choice(['อำนวยการ', 'สถานที่', 'ประชาสัมพันธ์'])} ประกอบด้วย"
            )
            lines += [
                f"               {self.figures(f'{group}.{place}')} {person}          {duty}"
                for place, (person, duty) in enumerate(zip(people, DUTIES, strict=True), 1)
            ]
        lines += [
            "          ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
            "",
            self.centred(
                f"สั่ง   ณ   วันที่  {self.figures(f'{date.day}  เดือน  {MONTHS[date.month - 1]}  พ.ศ. {date.year + 543}')}"
            ),
            "",
        ]
        return "\n".join([*lines, *self.signature(office, gold)]), [gold]

    def blank(self, kind: str, office: str) -> dict[str, Any]:
        return {
            "kind": kind, "urgency": None, "number": None, "agency": office, "date": None, "subject": None, "addressees": [], "references": [], "enclosures": [],
            "dates_in_body": [], "urls": [], "phones": [], "emails": [], "receipts": [], "signatory": {"name": None, "position": None, "acting_for": None},
        }  # fmt: skip

    def wrapped_parties(self, gold: dict[str, Any]) -> tuple[str, str]:
        gold["subject"] = self.dice.choice(LONG_SUBJECTS)
        shown = self.figures(gold["subject"])
        words = shown.split(" ")
        half = len(words) // 2
        subject = " ".join(words[:half]) + "\n        " + " ".join(words[half:])
        first, second = self.one_of(ADDRESSEES), "ปลัดกรุงเทพมหานคร"
        form = self.dice.choice(["comma", "numbered", "through"])
        if form == "comma":
            gold["addressees"] = [first, second]
            return subject, f"{first}, {second}"
        if form == "numbered":
            gold["addressees"] = [first, second]
            return subject, f"{self.figures('1')}. {first}\n        {self.figures('2')}. {second}"
        gold["addressees"] = [f"{first} (ผ่านหัวหน้ากลุ่มบริหาร)"]
        return subject, gold["addressees"][0]

    def wrapped_form(self) -> tuple[str, list[dict[str, Any]]]:
        self.parties = self.wrapped_parties  # type: ignore[method-assign]
        text, gold = self.letter(self.dice.choice(["external", "memo"]))
        return text, [gold]

    def attached(self) -> tuple[str, list[dict[str, Any]]]:
        """A form stands behind the letter with days and telephones of its own."""
        text, gold = self.letter(self.dice.choice(["external", "external", "memo"]))
        form = self.dice.choice(["แบบตอบรับการเข้าร่วมประชุม", "กำหนดการประชุมชี้แจง", "แบบสำรวจข้อมูลผู้ประสานงาน"])
        rows = [
            "",
            "",
            " " * 20 + form,
            "ชื่อ ...................................... ตำแหน่ง ...........................",
            "หน่วยงาน .......................................................",
            "โทรศัพท์ ........................... โทรสาร ...........................",
        ]
        return text + "\n" + "\n".join(rows), [gold]

    def split(self) -> tuple[str, list[dict[str, Any]]]:
        """Blanks around signs above and below, as some PDFs give them in places."""
        text, gold = self.letter(self.dice.choice(["external", "memo", "order"]))
        lines = text.split("\n")
        for place, line in enumerate(lines):
            if len(line) > 60 and self.chance(0.7):
                after = re.sub("(?<=[ิ-ฺั็-๎])(?=[ก-ะเ-ไ])", " ", line)
                lone = re.sub("([ิ-ฺั็-๎] [ก-ฮเ-ไ])(?=[ก-ฮเ-ไ])", r"\1 ", after)
                lines[place] = after if self.style["spaces"] == 1 else lone
        return "\n".join(lines), [gold]

    def bent(self) -> tuple[str, list[dict[str, Any]]]:
        """Tone marks that OCR lost here and there."""
        text, gold = self.letter(self.dice.choice(["external", "memo", "order", "announcement"]))
        return re.sub("[่้]", lambda m: "" if self.chance(0.12) else m[0], text), [gold]

    def one_space(self) -> tuple[str, list[dict[str, Any]]]:
        """A text layer that lost its columns: one blank between number, office and date."""
        text, gold = self.letter(self.dice.choice(["external", "memo"]))
        lines = [" ".join(line.split()) for line in text.split("\n")]
        if gold["kind"] == "external" and not gold["receipts"]:
            place = next((i for i, line in enumerate(lines) if line.startswith("ที่ ")), None)
            if place is not None and place + 1 < len(lines) and lines[place + 1].startswith(gold["agency"][:6]):
                lines[place : place + 2] = [f"{lines[place]} {lines[place + 1]}"]
        return "\n".join(line for line in lines if line), [gold]


def press_odd(seed: int) -> Pressed:
    """The harder text of `seed`; the same for ever."""
    return OddLetters(seed).press()
