"""From numbered requests to actions: kind, window and whom they ask; what the words do not say is left open."""

import pytest

from saduak.circulars.asking import kind_of, kinds_named, propose

LETTER = {
    "action_items": [
        {"ordinal": 1, "text": "", "dates": [{"text": "", "from": "2022-01-01", "to": "2022-02-28", "role": "period"}]},
        {"ordinal": 2, "text": "", "dates": [{"text": "", "from": "2022-01-31", "to": None, "role": "deadline"}]},
        {"ordinal": 3, "text": "", "dates": [{"text": "", "from": "2021-12-28", "to": None, "role": "event"}]},
        {"ordinal": 4, "text": "", "dates": [{"text": "", "from": "2022-03", "to": None, "role": "deadline"}]},
    ]
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("เชิญชวนหน่วยงานสมัครขอรับการรับรองมาตรฐาน", "APPLY"),
        ("ตอบแบบสำรวจแรงจูงใจในการสมัครเข้าร่วม", "ANSWER_SURVEY"),
        ("แจ้งรายชื่อผู้แทนเข้าร่วมการประชุมชี้แจงการสมัคร", "NOMINATE"),
        ("ติดตามผลการตรวจความพร้อมของหน่วยงานที่สมัคร", "TAKE_NOTE"),
        ("รายงานผลการดำเนินการให้จังหวัดทราบ", "REPLY"),
        ("จัดส่งหลักฐานการปรับปรุงสถานที่", "OTHER"),
        ("พิจารณาดำเนินการ", "REPLY"),
        ("", "REPLY"),
    ],
)
def test_the_first_telling_word_gives_the_kind(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ผู้ว่าราชการจังหวัด ทุกจังหวัด", ["PROVINCE"]),
        ("นายกองค์การบริหารส่วนจังหวัด", ["LOCAL_BODY"]),
        ("อธิบดีกรมที่ดิน และรัฐวิสาหกิจ", ["DEPARTMENT", "STATE_ENTERPRISE"]),
        ("กรมธรรม์ประกันภัย", []),
        ("", []),
    ],
)
def test_the_kinds_that_addressees_name(text, kinds):
    assert kinds_named(text) == kinds


def test_actions_have_number_window_and_whom_they_ask():
    lines = "๑. ขอให้เทศบาลและอำเภอสมัครผ่านระบบ\n๒. ตอบแบบสำรวจและส่งให้จังหวัด\n3) ส่งรายชื่อ\n๔. รายงานผล\n"
    found = propose(LETTER, lines, "ผู้ว่าราชการจังหวัด ทุกจังหวัด")
    assert [(one.number, one.kind, one.opens, one.due, one.to) for one in found] == [
        (1, "APPLY", "2022-01-01", "2022-02-28", ["LOCAL_BODY", "DISTRICT"]),
        (2, "ANSWER_SURVEY", "", "2022-01-31", ["PROVINCE"]),
        (3, "NOMINATE", "", "", ["PROVINCE"]),
        (4, "REPLY", "", "", ["PROVINCE"]),
    ]
    assert found[0].text == "ขอให้เทศบาลและอำเภอสมัครผ่านระบบ"
    assert propose({}, "", "") == []
