"""Digits, folding and sorting of Thai text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.thai.digits import to_arabic, to_thai
from saduak.thai.text import fold, join_sara_am, sort_key

THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=20)


def test_digits():
    assert to_thai("มท 0810.7/ว 3153") == "มท ๐๘๑๐.๗/ว ๓๑๕๓"
    assert to_arabic("๒๕๖7") == "2567"


@given(st.text())
def test_digits_keep_the_length(text):
    assert len(to_thai(text)) == len(to_arabic(text)) == len(text)
    assert to_arabic(to_thai(to_arabic(text))) == to_arabic(text)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  สำนัก\u00a0 งาน ", "สำนัก งาน"),
        ("ส\u0e4d\u0e32นัก", "สำนัก"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("ปี ๒๕๖๕ GECC", "ปี 2565 gecc"),
        ("กรม\u200bส่งเสริม\ufeff\u202e", "กรมส่งเสริม"),
        ("เเพร่", "แพร่"),
    ],
)
def test_fold(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_fold_once_is_enough(text):
    assert fold(fold(text)) == fold(text)


def test_join_sara_am_leaves_the_rest():
    assert join_sara_am("กําหนด กา\u0e4d") == "กำหนด กา\u0e4d"


def test_sort_key_is_dictionary_order():
    words = [
        "กก",
        "กา",
        "เก่ง",
        "ไก่",
        "ขา",
        "ข่า",
        "ข้า",
        "เขต",
        "แขก",
        "ฤดู",
        "ลม",
        "สำนัก",
        "สิบ",
        "เอก",
    ]
    assert sorted(set(words), key=sort_key) == words


def test_sort_key_provinces():
    provinces = [
        "กระบี่",
        "กรุงเทพมหานคร",
        "กาญจนบุรี",
        "เชียงใหม่",
        "ตราด",
        "นครพนม",
        "พะเยา",
        "แพร่",
        "เลย",
        "สระแก้ว",
    ]
    assert sorted(set(provinces), key=sort_key) == provinces


@given(THAI)
def test_sort_key_takes_any_text(word):
    assert sort_key(word) == sort_key(fold(word))
