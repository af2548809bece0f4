"""Forms of letters that the samples do not show, each as short as it can be."""

import pytest

from saduak.saraban.reader import read

ORDER = """
                              คำสั่งเทศบาลตำบลตัวอย่าง
                                   ที่  ๑๒๓ / ๒๕๖๖
                    เรื่อง   แต่งตั้งคณะกรรมการจัดงานประเพณี
                         ------------------------------------
          ด้วยเทศบาลตำบลตัวอย่าง กำหนดจัดงาน ในวันที่ ๒๗ พฤศจิกายน ๒๕๖๖
          ๑. คณะกรรมการอำนวยการ
               (๑) นายตัวอย่าง ใจดี          นายกเทศมนตรี          ประธานกรรมการ
                         สั่ง   ณ   วันที่  ๒๕  เดือน  ตุลาคม  พ.ศ.  ๒๕๖๖

                                   (นายตัวอย่าง  ใจดี)
                               นายกเทศมนตรีตำบลตัวอย่าง
"""

ANNOUNCEMENT = """ประกาศโรงเรียนตัวอย่างวิทยา
เรื่อง การรับสมัครนักเรียน
****************************
ตามที่มีนโยบายการรับนักเรียน นั้น
รับสมัครวันที่ 11 - 15 มีนาคม 2566
ประกาศ ณ วันที่ 20 กุมภาพันธ์ พ.ศ.2566
ลงชื่อ
(นายครู สมมติ)
ผู้อำนวยการโรงเรียนตัวอย่างวิทยา
"""

ONE_LINE = (
    "ที่ ศธ 04123/456 สำนักงานเขตพื้นที่การศึกษาตัวอย่าง เขต 1 ถนนสมมติ จังหวัดตัวอย่าง 50000 15 มิถุนายน 2566 เรื่อง การประชุมผู้บริหาร "
    "เรียน ผู้อำนวยการโรงเรียนทุกโรงเรียน ด้วยสำนักงานเขตพื้นที่การศึกษากำหนดประชุม ในวันพุธที่ 21 มิถุนายน 2566 เวลา 09.00 น. "
    "จึงเรียนมาเพื่อทราบ ขอแสดงความนับถือ (นายตัวอย่าง สมมติ) ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาตัวอย่าง เขต 1 โทร. 0 5312 3456"
)

BENT = """ที มท ๐๘๐๘.๒/ว ๑๒๐๕
ศาลากลางจังหวัดตัวอย่าง
๔ เมษายน ๒๕๖๖
เรือง การจัดซื้อจัดจ้าง
เรียน นายอำเภอทุกอำเภอ
อ้างถึง หนังสือกรม ด่วนมาก ที่ มท ๐๘๐๘.๒/ว ๗๗๗ ลงวันที่
๑๐ มีนาคม ๒๕๖๖
สิงทีส่งมาด้วย สำเนาหนังสือ จานวน ๑ ฉบับ
ขอให้รายงานผลภายในวันที ๒๐ เมษายน ๒๕๖๖
จึงเรยนมาเพื่อทราบ
ขอแสดงความนับถือ
(นายสมมุติ ใจดี
รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน
ผู้ว่าราชการจังหวัดตัวอย่าง
"""


def test_order():
    (letter,) = read(ORDER).letters
    assert letter.kind == "order"
    assert letter.number.value == "123 / 2566"
    assert letter.agency.value == "เทศบาลตำบลตัวอย่าง"
    assert letter.subject.value == "แต่งตั้งคณะกรรมการจัดงานประเพณี"
    assert letter.date.value == "2023-10-25"
    assert letter.signatory.position.value == "นายกเทศมนตรีตำบลตัวอย่าง"
    assert [date.start for date in letter.dates_in_body] == ["2023-11-27"]


def test_announcement():
    (letter,) = read(ANNOUNCEMENT).letters
    assert letter.kind == "announcement"
    assert letter.agency.value == "โรงเรียนตัวอย่างวิทยา"
    assert letter.date.value == "2023-02-20"
    assert letter.signatory.name.value == "นายครู สมมติ"


def test_a_letter_in_one_line():
    (letter,) = read(ONE_LINE).letters
    assert letter.number.value == "ศธ 04123/456"
    assert letter.agency.value == "สำนักงานเขตพื้นที่การศึกษาตัวอย่าง เขต 1"
    assert letter.date.value == "2023-06-15"
    assert letter.subject.value == "การประชุมผู้บริหาร"
    assert letter.addressees[0].value == "ผู้อำนวยการโรงเรียนทุกโรงเรียน"
    assert letter.signatory.position.value == "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาตัวอย่าง เขต 1"
    assert [date.start for date in letter.dates_in_body] == ["2023-06-21"]


def test_labels_bent_by_ocr():
    (letter,) = read(BENT).letters
    assert letter.number.value == "มท 0808.2/ว 1205"
    assert letter.subject.value == "การจัดซื้อจัดจ้าง"
    assert [(item.number, item.date, item.urgency) for item in letter.references] == [
        ("มท 0808.2/ว 777", "2023-03-10", "ด่วนมาก")
    ]
    assert letter.enclosures[0].value == "สำเนาหนังสือ จำนวน ๑ ฉบับ"
    assert letter.dates_in_body[0].start == "2023-04-20"
    assert letter.signatory.acting_for.value == "ผู้ว่าราชการจังหวัดตัวอย่าง"
    assert letter.urgency is None, "the urgency is that of the letter cited"


def test_two_letters_without_a_blank_line_between_them():
    head = "ที่ ยธ ๐๒๐๑/{0}\nกระทรวงสมมติ\n{0} สิงหาคม ๒๕๖๕\nเรื่อง {1}\nเรียน ปลัดกระทรวงตัวอย่าง\nด้วยกระทรวงสมมติขอแจ้ง\n"
    tail = "จึงเรียนมาเพื่อโปรดทราบ\nขอแสดงความนับถือ\n(นายหนึ่ง สมมติ)\nปลัดกระทรวงสมมติ\nสำนักนโยบาย\nโทร. ๐ ๒๑๔๑ ๑๑๑๑\n"
    letters = read(head.format("๑๑", "หนึ่ง") + tail + head.format("๑๒", "สอง") + tail).letters
    assert [letter.subject.value for letter in letters] == ["หนึ่ง", "สอง"]
    assert [letter.date.value for letter in letters] == ["2022-08-11", "2022-08-12"]
    assert [len(letter.phones) for letter in letters] == [1, 1]


@pytest.mark.parametrize(
    ("phrase", "dates"),
    [
        ("ภายในวันที่ ๓๑ มกราคม ๒๕๖๕", [("2022-01-31", None, "deadline")]),
        ("ระหว่างวันที่ ๑๐ -\n๑๖ กันยายน ๒๕๕๘", [("2015-09-10", "2015-09-16", "period")]),
        ("ระหว่างวันที่ ๒๙ ธันวาคม - ๔ มกราคม ๒๕๖๗", [("2023-12-29", "2024-01-04", "period")]),
        ("ตั้งแต่วันที่ 9 เดือน ก.ย. พ.ศ. 65 ถึงวันที่ 11 เดือน ก.ย. พ.ศ. 65", [("2022-09-09", "2022-09-11", "period")]),
        ("ตั้งแต่บัดนี้จนถึงวันที่ ๑๕ ก.พ. ๒๕๖๕", [("2022-02-15", None, "deadline")]),
        ("ภายในเดือนมกราคม ๒๕๖๖", [("2023-01", None, "deadline")]),
        ("ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๕ เป็นต้นไป", [("2022-10-01", None, "other")]),
        ("ปีการศึกษา ๒๕๖๕ และปีงบประมาณ ๒๕๖๖ เวลา ๐๘.๓๐ - ๑๖.๓๐ น. ทันที", []),
        ("วันที่ ๓๑ กุมภาพันธ์ ๒๕๖๕", []),
        ("วันที่ ๑ มกราคม ๒๕๖๒๖", []),
    ],
)
def test_days_in_the_body(phrase, dates):
    text = f"เรื่อง ทดสอบ\nเรียน ผู้อำนวยการ\n\nด้วยขอแจ้ง {phrase} ต่อไป\n\nจึงเรียนมาเพื่อทราบ\n"
    (letter,) = read(text).letters
    assert [(date.start, date.end, date.role) for date in letter.dates_in_body] == dates
