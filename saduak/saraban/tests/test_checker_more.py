"""Enclosures, events, years and stamps: one fault in each letter; and letters of the press, which have none, stay unmarked."""

import pytest

from saduak.saraban.reader import read
from saduak.saraban.tests.letterpress import press
from saduak.saraban.tests.letterpress_odd import press_odd


def letter(
    body, *, enclosures="", references="", stamp="", foot="", number="กก ๐๑๐๑/๑", to="อธิบดีกรมปลายทาง", behind=""
):
    return (
        f"ที่ {number}\n{stamp}กรมตัวอย่าง\n๑๐ มกราคม ๒๕๖๕\nเรื่อง ทดสอบ\nเรียน {to}\n{references}{enclosures}\n"
        f"          ด้วย{body}\n\n          จึงเรียนมาเพื่อทราบ\n\nขอแสดงความนับถือ\n\n(นายทดสอบ สมมติ)\nอธิบดีกรมตัวอย่าง\n\n{foot}\n{behind}"
    )


TWO = "สิ่งที่ส่งมาด้วย  ๑. แบบตอบรับ จำนวน ๑ ฉบับ\n                  ๒. กำหนดการ จำนวน ๓ ฉบับ\n"
STAMP = "กรมที่ดิน\nเลขรับ ๑๒๓\nวันที่ ๑๒ ม.ค. ๒๕๖๕\nเวลา ๑๐.๐๐ น.\n"


@pytest.mark.parametrize(
    ("text", "code", "quoted"),
    [
        (letter("ขอส่งรายละเอียดตามสิ่งที่ส่งมาด้วย ๓", enclosures=TWO), "enclosure-number-missing", "สิ่งที่ส่งมาด้วย ๓"),
        (letter("ขอส่งเอกสารมาพร้อมนี้ รวม ๕ ฉบับ", enclosures=TWO), "enclosure-total", "รวม ๕ ฉบับ"),
        (letter("ขอแจ้ง", behind="\nแบบสำรวจความต้องการ\nชื่อ .........\n"), "enclosure-unannounced", "แบบสำรวจความต้องการ"),
        (letter("กำหนดจัดประชุมในวันที่ ๕ มกราคม ๒๕๖๕"), "event-before-letter", "ในวันที่ ๕ มกราคม ๒๕๖๕"),
        (letter("ขอให้รายงานภายในวันที่ ๓๑ มกราคม ๒๕๐๕"), "year-implausible", "ภายในวันที่ ๓๑ มกราคม ๒๕๐๕"),
        (letter("ขอแจ้ง", stamp=STAMP.replace("๒๕๖๕", "๒๕๐๕")), "year-implausible", "๑๒ ม.ค. ๒๕๐๕"),
        (
            letter("ขอแจ้ง", references="อ้างถึง หนังสือกรมปลายทาง ที่ ขข ๐๒๐๒/๒ ลงวันที่ ๒๐ มกราคม ๒๕๖๕\n"),
            "cited-after-letter",
            "๒๐ มกราคม ๒๕๖๕",
        ),
        (letter("ขอแจ้ง", stamp=STAMP), "receipt-outside-chain", "กรมที่ดิน"),
        (letter("ขอแจ้ง") + letter("ขอแจ้งอีกเรื่อง", to="ปลัดกระทรวงตัวอย่าง"), "number-shared", "กก ๐๑๐๑/๑"),
        (
            letter("ขอแจ้ง", references="อ้างถึง หนังสือกรมตัวอย่าง ที่ กก ๐๑๐๑/๒ ลงวันที่ ๑๐ มกราคม ๒๕๖๕\n")
            + letter("ขอแจ้ง", number="กก ๐๑๐๑/๒")
            + letter("ขอแจ้ง", number="คค ๐๙๐๙/๙"),
            "letter-unlinked",
            "คค ๐๙๐๙/๙",
        ),
    ],
)
def test_one_fault_is_found_quoted_and_explained(text, code, quoted):
    (finding,) = [finding for finding in read(text).findings if finding.code == code]
    assert quoted in [quote.text for quote in finding.quotes]
    assert "ฉบับที่" in finding.message_th
    assert "etter" in finding.message_en


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (letter("ขอส่งรายละเอียดตามสิ่งที่ส่งมาด้วย ๑ และสิ่งที่ส่งมาด้วย ๒", enclosures=TWO), "enclosure-number-missing"),
        (letter("ขอส่งสิ่งที่ส่งมาด้วย ๔ ฉบับ", enclosures=TWO), "enclosure-number-missing"),
        (letter("ขอส่งเอกสารมาพร้อมนี้ รวม ๔ ฉบับ", enclosures=TWO), "enclosure-total"),
        (letter("ขอส่งเอกสารมาพร้อมนี้ รวม ๒ รายการ", enclosures=TWO), "enclosure-total"),
        (letter("มีผู้สมัครรวม ๕ ชุด", enclosures=TWO), "enclosure-total"),
        (letter("โปรดกรอกแบบสำรวจที่แนบ", behind="\nแบบสำรวจความต้องการ\nชื่อ .........\n"), "enclosure-unannounced"),
        (letter("ขอแจ้ง", enclosures=TWO, behind="\nแบบตอบรับการประชุม\nชื่อ .........\n"), "enclosure-unannounced"),
        (letter("ได้จัดประชุมเมื่อวันที่ ๕ มกราคม ๒๕๖๕ ไปแล้ว"), "event-before-letter"),
        (letter("พระราชบัญญัติประกาศ ณ วันที่ ๕ มกราคม ๒๕๔๕"), "year-implausible"),
        (letter("ขอแจ้ง", stamp=STAMP, to="อธิบดีกรมที่ดิน"), "receipt-outside-chain"),
        (letter("ขอแจ้ง", stamp=STAMP, to="อธิบดีทุกกรม"), "receipt-outside-chain"),
        (letter("ขอแจ้ง", stamp=STAMP.replace("กรมที่ดิน", "กองการเจ้าหน้าที่")), "receipt-outside-chain"),
        (letter("ขอแจ้ง") + letter("ขอแจ้ง"), "number-shared"),
        (letter("ขอแจ้ง", number="กก ๐๑๐๑/๑") + letter("ขอแจ้ง", number="คค ๐๙๐๙/๙"), "letter-unlinked"),
    ],
)
def test_what_is_sound_is_not_marked(text, code):
    assert code not in [finding.code for finding in read(text).findings]


def test_letters_of_the_press_raise_no_false_alarm():
    """The press blanks numbers and days, sets deadlines on any day of the week and encloses nothing: that is told, nothing else."""
    expected = {"number-blank", "date-blank", "deadline-on-closed-day", "enclosure-absent"}
    faults = [
        (make.__name__, seed, finding.code)
        for make in (press, press_odd)
        for seed in range(200)
        for pressed in [make(seed)]
        for finding in read(pressed.text).findings
        if finding.code not in expected
        and not (finding.code == "enclosure-unannounced" and pressed.style.get("form") == "attached")
    ]
    assert faults == []
