"""Names of letters find their body in the tree; where two bear one name, nothing is guessed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from saduak.circulars import matching
from saduak.people import commands as people
from saduak.people.actor import system
from saduak.people.models import Kind

BODIES = [
    ("L-540102", "องค์การบริหารส่วนตำบลป่าแดง", "district"),
    ("L-550102", "องค์การบริหารส่วนตำบลป่าแดง", "other_district"),
    ("L-540103", "องค์การบริหารส่วนตำบลเหมืองหม้อ", "district"),
    ("L-540104", "เทศบาลตำบลป่าเมตตา", "district"),
    ("L-550104", "เทศบาลเมืองน่านใต้", "other_district"),
    ("L-540105", "เทศบาลตำบลห้วยอ้อ", "district"),
    ("L-540106", "องค์การบริหารส่วนตำบลห้วยอ้อ", "district"),
]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def tree(world):
    rows = [
        {"code": code, "name_th": name, "kind": Kind.LOCAL_BODY, "parent": getattr(world, parent).code}
        for code, name, parent in BODIES
    ]
    people.grow_tree(rows, by=system("test"), source="test")
    return world


def best(name: str) -> tuple[str | None, str]:
    found = matching.match([name])[0]
    return (found.best.code, str(found.best.reasons[0])) if found.best else (None, "")


@pytest.mark.parametrize(
    ("name", "code", "reason"),
    [
        ("จังหวัดแพร่", "TH-54", "same name"),
        ("ศาลากลางจังหวัดแพร่", "TH-54", "its office"),
        ("ผู้ว่าราชการจังหวัดแพร่", "TH-54", "its head"),
        ("จ.น่าน", "TH-55", "abbreviation"),
        ("ที่ว่าการอำเภอเมืองแพร่", "TH-5401", "its office"),
        ("ที่ทำการปกครองอำเภอเมืองแพร่ ถนนไชยบูรณ์ พร ๕๔๐๐๐", "TH-5401", "its office"),
        ("นายอำเภอเมืองน่าน", "TH-5501", "its head"),
        ("สปน.", "OPM", "abbreviation"),
        ("ปลัดสำนักนายกรัฐมนตรี", "OPM", "its head"),
        ("สำนักงานปลัดสำนักนายกรัฐมนตรี", "OPM", "same name"),
        ("กระทรวงมหาดไทย", "MOI", "same name"),
        ("ปลัดกระทรวงมหาดไทย", "MOI", "its head"),
        ("สถ.", "DLA", "abbreviation"),
        ("อธิบดีกรมส่งเสริมการปกครองท้องถิ่น", "DLA", "its head"),
        ("กรมส่งเสริมการปกครองท้องถิ่น ถนนนครราชสีมา กทม. ๑๐๓๐๐", "DLA", "same name"),
        ("อบต.เหมืองหม้อ", "L-540103", "abbreviation"),
        ("อบต. เหมืองหม้อ อ.เมืองแพร่ จ.แพร่", "L-540103", "abbreviation"),
        ("สำนักงานเทศบาลตำบลป่าเมตตา", "L-540104", "its office"),
        ("นายกเทศมนตรีเมืองน่านใต้", "L-550104", "its head"),
        ("องค์การบริหารส่วนตำบลเหมืองหมอ้", "L-540103", "similar name"),  # two marks in the wrong order
        ("องค์การบริหารส่วนตำบลป่าแดง อำเภอเมืองน่าน จังหวัดน่าน", "L-550102", "same name"),
        ("องค์การบริหารส่วนตำบลป่าแดงอำเภอเมืองแพร่จังหวัดแพร่", "L-540102", "same name"),
        ("เทศบาลตำบลห้วยอ้อ", "L-540105", "same name"),
        ("อบต.ห้วยอ้อ", "L-540106", "abbreviation"),
    ],
)
def test_a_name_finds_its_body(tree, name, code, reason):
    assert best(name) == (code, reason)


def test_two_bodies_of_one_name_are_alternatives_and_no_guess(tree):
    found = matching.match(["อบต.ป่าแดง"])[0]
    assert found.best is None
    assert [one.code for one in found.others[:2]] == ["L-540102", "L-550102"]
    assert [str(one.reasons[-1]) for one in found.others[:2]] == ["in จังหวัดแพร่", "in จังหวัดน่าน"]


@pytest.mark.parametrize(
    "name",
    [
        "องค์การบริหารส่วนตำบลป่าแดง อำเภอเมืองเชียงราย จังหวัดเชียงราย",  # elsewhere
        "กระทรวงศึกษาธิการ",
        "เทศบาลตำบลเหมืองหม้อ",  # another body than the องค์การบริหารส่วนตำบล of that name
        "จังหวัดเชียงใหม่",
        "อำเภอแม่สอด",
        "นายสมชาย ใจดี",
        "ธนาคารออมสิน",
        "<script>alert(1)</script>",
        "%_%",
        "",
    ],
)
def test_what_is_not_in_the_tree_finds_no_best(tree, name):
    assert matching.match([name])[0].best is None


@pytest.mark.parametrize(
    "name", ["ผู้ว่าราชการจังหวัด ทุกจังหวัด", "นายอำเภอทุกอำเภอ", "หัวหน้าส่วนราชการ", "ผู้ว่าราชการจังหวัด", "อธิบดี"]
)
def test_many_at_once_are_no_single_body(tree, name):
    found = matching.match([name])[0]
    assert found.group
    assert found.all == ()


def test_as_many_queries_for_one_name_as_for_many(tree):
    counts = []
    for names in (["จังหวัดแพร่"], ["จังหวัดแพร่", "อบต.ป่าแดง", "สปน.", "อำเภอเมืองน่าน"] * 5):
        with CaptureQueriesContext(connection) as asked:
            matching.match(names)
        counts.append(len(asked))
    assert counts == [2, 2]
