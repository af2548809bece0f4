"""Daily work beside the cascade: letters on paper, divisions, receipts on paper, a letter before the head, another system."""

from datetime import date
from typing import Any

from django.conf import settings

from saduak.circulars import commands, jobs
from saduak.circulars.models import Circular, Delivery
from saduak.circulars.queries.registers import Place
from saduak.config.demo.letters import actor_at
from saduak.documents.typesetting import typeset
from saduak.kernel import clock
from saduak.people.actor import system
from saduak.people.roles import Role
from saduak.saraban.exchange import (
    Binary,
    CorrespondenceLetter,
    FolderTransport,
    Message,
    Notice,
    NoticeKind,
    Party,
)

OURS, THEIRS = "15001", "15006"  # codes in the exchange: invented
PHRAE = "TH-54"
AT = clock.bangkok

# Letters that came to Phrae on paper: moment, number, day of the letter, from, subject, remark.
ON_PAPER: list[tuple[Any, str, date, str, str, str]] = [
    (AT(2022, 1, 6, 9, 20), "นค 0017/ว 22", date(2022, 1, 3), "จังหวัดหนองคาย",
     "ขอเชิญเข้าร่วมศึกษาดูงานศูนย์ราชการสะดวก", ""),
    (AT(2022, 1, 7, 13, 5), "พร 52001/18", date(2022, 1, 6), "องค์การบริหารส่วนจังหวัดแพร่",
     "ขอหารือการใช้สถานที่จัดตั้งจุดบริการร่วม", "ตัวเล่มเก็บที่สำนักงานจังหวัด"),
    (AT(2022, 1, 7, 13, 40), "พร 52001/18", date(2022, 1, 6), "องค์การบริหารส่วนจังหวัดแพร่",
     "ขอหารือการใช้สถานที่จัดตั้งจุดบริการร่วม", ""),
    (AT(2022, 1, 11, 10, 30), "", date(2022, 1, 10), "ชมรมผู้สูงอายุอำเภอสูงเม่น (ตัวอย่าง)",
     "ขอให้จัดที่นั่งรอสำหรับผู้สูงอายุในที่ว่าการอำเภอ", "ไม่มีเลขที่หนังสือ"),
]  # fmt: skip


def partners() -> None:
    """Before the cascade: the Ministry of Interior exchanges letters with a department that works in another system."""
    folder = str(settings.EXCHANGE_FOLDER)
    for office, side, department in (("MOI", "OURS", OURS), ("DDPM", "THEIRS", THEIRS)):
        commands.set_address(
            office,
            by=system("operator"),
            side=side,
            carrier="FOLDER",
            place=folder,
            department=department,
            ministry="15",
        )


def work() -> None:
    """After the cascade, in the days in which it goes down."""
    _exchange()
    _receipts()
    _registers()
    _divisions()
    _before_the_head()


def _exchange() -> None:
    """The ministry's letter leaves, the department's number and a letter of its own come back."""
    theirs = FolderTransport(settings.EXCHANGE_FOLDER, own=THEIRS)
    settings.EXCHANGE_FOLDER.mkdir(parents=True, exist_ok=True)
    with clock.at(AT(2021, 12, 24, 8, 31)):
        jobs.exchange_now()
    sent = Delivery.objects.select_related("circular").get(organisation__code="DDPM")
    circular = sent.circular
    number = Notice(
        NoticeKind.ACCEPTED, circular.number, date(2021, 12, 23), circular.subject, accept_number="10422",
        accepted_at=AT(2021, 12, 24, 9, 2), department=THEIRS,
    )  # fmt: skip
    theirs.send(Message(f"urn:demo:{sent.code}:accepted", OURS, number), to=OURS)
    letter = CorrespondenceLetter(
        number="มท 0601/ว 1187", date=date(2021, 12, 24), subject="แจ้งรายชื่อผู้ประสานงานศูนย์ราชการสะดวกของกรม",
        sender=Party(THEIRS, "15", "ประเสริฐ", "สมมติรักษ์", "อธิบดีกรมป้องกันและบรรเทาสาธารณภัย"),
        receiver=Party(OURS, "15"), sent_at=AT(2021, 12, 24, 9, 10), main=Binary(_answer(), name="letter.pdf"),
    )  # fmt: skip
    theirs.send(Message(f"urn:demo:{sent.code}:letter", OURS, letter), to=OURS)
    with clock.at(AT(2021, 12, 24, 9, 15)):
        jobs.exchange_now()


def _answer() -> bytes:
    return typeset(
        "letter",
        {
            "number": "มท ๐๖๐๑/ว ๑๑๘๗", "agency": ["กรมป้องกันและบรรเทาสาธารณภัย"], "date": "๒๔ ธันวาคม ๒๕๖๔",
            "subject": "แจ้งรายชื่อผู้ประสานงานศูนย์ราชการสะดวกของกรม", "addressee": "ปลัดกระทรวงมหาดไทย",
            "paragraphs": ["กรมป้องกันและบรรเทาสาธารณภัยขอแจ้งรายชื่อผู้ประสานงานศูนย์ราชการสะดวกของกรม คือ นางสาวลัดดา สมมติดี"],
            "closing_paragraphs": ["จึงเรียนมาเพื่อโปรดทราบ"], "demonstration": True,
            "signatory": {"name": "นายประเสริฐ สมมติรักษ์", "position": ["อธิบดีกรมป้องกันและบรรเทาสาธารณภัย"]},
        },
    )  # fmt: skip


def _receipts() -> None:
    """Departments without Saduak got the letter on paper; the ministry's registrar enters what they signed."""
    by = actor_at("MOI", Role.REGISTRAR)
    for office, day, who, number in (
        ("DOPA", date(2021, 12, 24), "นางสาวสายฝน สมมติชัย", "28114"),
        ("DOL", date(2021, 12, 27), "นายบุญมี สมมติสุข", "16903"),
        ("CDD", date(2021, 12, 27), "นางอัมพร สมมติไทย", ""),
    ):
        delivery = Delivery.objects.get(organisation__code=office, circular__sender__code="MOI")
        with clock.at(AT(2021, 12, 28, 10, 15)):
            commands.enter_receipt(delivery.code, by=by, received_on=day, received_by=who, number=number)


def _registers() -> None:
    """Phrae: letters on paper, one entered twice and cancelled, one corrected, and a number for a letter that left on paper."""
    by = actor_at(PHRAE, Role.REGISTRAR)
    lines = []
    for at, number, day, sender, subject, remark in ON_PAPER:
        texts = {"letter_number": number, "from_name": sender, "subject": subject, "remark": remark}
        with clock.at(at):
            lines.append(commands.enter_letter(PHRAE, "IN", by=by, texts=texts, letter_on=day, again=True))
    first, second, twice, last = (Place(PHRAE, "IN", one.year, one.number) for one in lines)
    with clock.at(AT(2022, 1, 7, 13, 45)):
        commands.cancel_number(twice, by=by, reason=f"ลงทะเบียนซ้ำกับเลขที่ {second.number}")
    with clock.at(AT(2022, 1, 7, 14, 2)):
        texts = {"letter_number": "นค 0017/ว 220", "from_name": "จังหวัดหนองคาย", "subject": lines[0].subject}
        commands.correct_line(first, by=by, texts=texts, letter_on=date(2022, 1, 3), reason="อ่านเลขที่หนังสือผิด")
    with clock.at(AT(2022, 1, 12, 11, 0)):
        commands.note_line(last, by=by, action="แจ้งที่ว่าการอำเภอสูงเม่นทางโทรศัพท์แล้ว", remark="ไม่มีเลขที่หนังสือ")
    texts = {"to_name": "ผู้ว่าราชการจังหวัดหนองคาย", "subject": "ตอบรับเข้าร่วมศึกษาดูงานศูนย์ราชการสะดวก"}
    with clock.at(AT(2022, 1, 13, 10, 20)):
        commands.enter_letter(PHRAE, "OUT", by=by, texts=texts)


def _divisions() -> None:
    """Phrae's office has two divisions that count by themselves; letters are passed on to them."""
    by = actor_at(PHRAE, Role.REGISTRAR)
    with clock.at(AT(2022, 1, 4, 9, 0)):
        general = commands.open_division(PHRAE, by=by, name_th="ฝ่ายอำนวยการ", prefix="พร 0023.1")
        local = commands.open_division(PHRAE, by=by, name_th="กลุ่มงานส่งเสริมและพัฒนาท้องถิ่น", prefix="พร 0023.4")
        member = actor_at(PHRAE, Role.OBSERVER).ref
        commands.join_division(PHRAE, local.code, by=by, person_ref=member)
    arrived = Delivery.objects.get(organisation__code=PHRAE, circular__sender__code="DLA")
    here = Place(PHRAE, "IN", arrived.received_year or 0, arrived.received_number or 0)
    for minute, division in ((10, local), (25, general)):
        with clock.at(AT(2022, 1, 6, 14, minute)):
            commands.pass_inside(here, by=by, division_code=division.code)
    with clock.at(AT(2022, 1, 14, 9, 30)):
        texts = {"to_name": "ท้องถิ่นอำเภอ ทุกอำเภอ", "subject": "ขอให้สำรวจความพร้อมของศูนย์ราชการสะดวก"}
        commands.enter_letter(PHRAE, f"OUT-{local.code}", by=by, texts=texts, circular=True)


def _before_the_head() -> Circular:
    """A letter that Phrae's registrar has written waits for the governor."""
    by = actor_at(PHRAE, Role.REGISTRAR)
    with clock.at(AT(2022, 1, 19, 15, 30)):
        made = commands.draft_free(by=by)
        commands.save_draft(
            made.code,
            by=by,
            texts={
                "subject": "ขอเชิญประชุมเตรียมความพร้อมรับการตรวจประเมินศูนย์ราชการสะดวก",
                "addressee": "นายอำเภอ ทุกอำเภอ",
                "paragraphs": "ด้วยจังหวัดแพร่กำหนดประชุมเตรียมความพร้อมรับการตรวจประเมินศูนย์ราชการสะดวก ในวันที่ ๒ กุมภาพันธ์ ๒๕๖๕ เวลา ๐๙.๓๐ น. ณ ห้องประชุมศาลากลางจังหวัดแพร่\n\nจึงเรียนมาเพื่อโปรดเข้าร่วมประชุมโดยพร้อมเพรียงกัน",
                "signatory": "นายสุรชัย สมมติธรรม",
                "position": "ผู้ว่าราชการจังหวัดแพร่",
            },
            selection={"kinds": ["DISTRICT"]},
        )
        return commands.propose(made.code, by=by, remark="เรียนท่านผู้ว่าราชการจังหวัดเพื่อโปรดพิจารณาลงนาม")
