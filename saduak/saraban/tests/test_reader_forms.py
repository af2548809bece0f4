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


CERTIFICATE = """ที่ อว ๐๖๓๒/๔๕๖                                      มหาวิทยาลัยราชภัฏตัวอย่าง
                                                     ๑๑๓ หมู่ ๑๒ ตำบลเกาะแก้ว
          หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า นางสาวสมหญิง ขยัน เป็นพนักงาน ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๐ จนถึงปัจจุบัน
                    ให้ไว้ ณ วันที่ ๕ กุมภาพันธ์ พ.ศ. ๒๕๖๖

                              (ผู้ช่วยศาสตราจารย์ ดร.วีระ มั่นคง)
                              รองอธิการบดีฝ่ายบริหาร
                    ปฏิบัติราชการแทน รักษาราชการแทนอธิการบดีมหาวิทยาลัยราชภัฏตัวอย่าง
"""


def test_a_certificate_is_told_from_a_letter():
    (letter,) = read(CERTIFICATE).letters
    assert (letter.kind, letter.number.value, letter.date.value) == ("other", "อว 0632/456", "2023-02-05")
    assert letter.agency.value == "มหาวิทยาลัยราชภัฏตัวอย่าง"
    assert letter.signatory.acting_for.value == "อธิการบดีมหาวิทยาลัยราชภัฏตัวอย่าง"


def test_the_number_of_a_memo_may_stand_without_its_label():
    (letter,) = read(
        "บันทึกข้อความ\nส่วนงาน  ภาควิชาตัวอย่าง    โทร 6121, 6122\nมอ 520/123                วันที่ 5 มกราคม 2566\n"
        "เรื่อง ขอใช้รถยนต์\nเรียน คณบดี\nด้วยภาควิชาขอใช้รถ\nจึงเรียนมาเพื่อโปรดพิจารณา\n"
    ).letters
    assert (letter.number.value, letter.date.value) == ("มอ 520/123", "2023-01-05")
    assert [phone.value for phone in letter.phones] == ["6121", "6122"]


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        ("ที่ทำการองค์การบริหารส่วนตำบลบ้านใหม่\nอำเภอเมือง จังหวัดลำปาง ๕๒๐๐๐", "ที่ทำการองค์การบริหารส่วนตำบลบ้านใหม่"),
        ("สำนักงานเขตพื้นที่การศึกษา\nประถมศึกษาลำปาง เขต ๓\nถนนสมมติ", "สำนักงานเขตพื้นที่การศึกษา ประถมศึกษาลำปาง เขต ๓"),
        ("ศาลากลางจังหวัดแพร่\nถนนสมมติ แพร่ ๕๔๐๐๐", "จังหวัดแพร่"),
        ("เทศบาลตำบลตัวอย่าง\n๙๙ หมู่ ๑ ตำบลในเมือง", "เทศบาลตำบลตัวอย่าง"),
        ("กองควบคุมอาคาร\nถนนสมมติ", "กองควบคุมอาคาร"),
    ],
)
def test_where_the_office_ends_and_its_address_begins(head, agency):
    (letter,) = read(f"ที่ ลป ๑๒๓/๔๕\n{head}\n๕ มกราคม ๒๕๖๗\nเรื่อง ทดสอบ\nเรียน นายอำเภอ\nด้วยขอแจ้ง\n").letters
    assert letter.agency.value == agency


@pytest.mark.parametrize(
    ("lines", "position", "acting_for"),
    [
        ("ปลัดเทศบาล ปฏิบัติหน้าที่\nนายกเทศมนตรีตำบลตัวอย่าง", "ปลัดเทศบาล", "นายกเทศมนตรีตำบลตัวอย่าง"),
        ("รองอธิการบดี ปฏิบัติราชการแทน\nอธิการบดีมหาวิทยาลัยตัวอย่าง", "รองอธิการบดี", "อธิการบดีมหาวิทยาลัยตัวอย่าง"),
        ("นายกสมาคมตัวอย่าง\nผู้ประสานงาน: นายก้อง โทร 081-234-5678", "นายกสมาคมตัวอย่าง", None),
    ],
)
def test_own_post_and_the_office_acted_for(lines, position, acting_for):
    text = f"เรื่อง ทดสอบ\nเรียน นายอำเภอ\nด้วยขอแจ้ง\nจึงเรียนมาเพื่อทราบ\nขอแสดงความนับถือ\n(นายวีระ มั่นคง)\n{lines}\n"
    (letter,) = read(text).letters
    assert letter.signatory.position.value == position
    assert (letter.signatory.acting_for.value if letter.signatory.acting_for else None) == acting_for


def test_saved_pages_one_after_the_other_are_as_many_letters():
    page = "ข่าว-{0}\n\n\nวันศุกร์ที่ 1 กรกฎาคม 2565\nพิมพ์\n{0}\nประกาศกรมตัวอย่าง\nเรื่อง {0}\nด้วยขอแจ้ง\nประกาศ ณ วันที่ 30 มิถุนายน 2565\n\nที่มา : https://news.example.go.th/{0}\n"
    letters = read(page.format("หนึ่ง") + "\n" + page.format("สอง")).letters
    assert [letter.subject.value for letter in letters] == ["หนึ่ง", "สอง"]
    assert [letter.date.value for letter in letters] == ["2022-06-30", "2022-06-30"]


def test_the_number_of_an_office_is_no_day_of_the_month_below_it():
    (letter,) = read("ที่ ศธ ๑๒๓/๔๕ สำนักงานเขตพื้นที่การศึกษา เขต ๑\nมกราคม ๒๕๕๙\nเรื่อง ก\nเรียน ข\nด้วยขอแจ้ง\n").letters
    assert letter.date is None
    assert letter.date_partial == "2016-01"


def test_an_office_between_number_and_stamp_is_the_letters():
    stamp = "รับที่ ๘๓๐๖/๖๑\nวันที่ ๑๑ ก.พ. ๒๕๖๑\nเวลา ๑๖.๐๒ น.\n"
    (letter,) = read(
        f"ที่ กษ ๗๒๑๒.๔/๔๙๑๙\nกรมตัวอย่าง\n{stamp}๒ กุมภาพันธ์ ๒๕๖๑\nเรื่อง ก\nเรียน ข\nด้วยขอแจ้ง\nขอแสดงความนับถือ\n"
    ).letters
    assert letter.agency.value == "กรมตัวอย่าง"
    assert (letter.receipts[0].number, letter.receipts[0].office) == ("8306/61", None)


def test_half_a_number_is_none_and_a_stray_blank_hides_no_urgency():
    (letter,) = read(" ด่วนที่สุด\nที่ มท ๐๕๑๐. ฒ/ว ๓๑๕๓    กรมตัวอย่าง\n๑ มกราคม ๒๕๖๕\nเรื่อง ก\nเรียน ข\nด้วยขอแจ้ง\n").letters
    assert letter.number is None
    assert letter.urgency.value == "ด่วนที่สุด"
