"""Mending the text, and the way back to where each character came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saduak.saraban.reader.clean import Source


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("ก\u0e4d\u0e32หนด", "กำหนด"),
        ("จานวน ๑ ฉบับ", "จำนวน ๑ ฉบับ"),
        ("อ านาจ ส านักงาน", "อำนาจ สำนักงาน"),
        ("รำษฎร", "ราษฎร"),
        ("หนา้ ๕", "หน้า ๕"),
        ("ผูแ้ ทน", "ผู้แทน"),
        ("ตัง้", "ตั้ง"),
        ("ร\uf70aวม", "ร่วม"),
        ("เร\u200bื่อง\u00a0ก", "เรื่อง ก"),
        ("\ufeffที่\u202e ๑", "ที่ ๑"),
        ("| : เรื่อง ก", "เรื่อง ก"),
        ("ผู ้ ร ั บ ผิ ด ชอบ ที ่ ชั ด เจน", "ผู้ รับผิดชอบ ที่ ชัดเจน"),
        ("บรรทัด\r\nใหม่\rอีก", "บรรทัด\nใหม่\nอีก"),
        ("ราคาสั่งซื้อ เวลาดับไฟ วาจาเป็นเอก ประจาน", "ราคาสั่งซื้อ เวลาดับไฟ วาจาเป็นเอก ประจาน"),
    ],
)
def test_mending(broken, mended):
    assert Source(broken).text == mended


def test_a_span_leads_back_to_the_original():
    original = "\ufeffเร\u200bื่อง  ก\u0e4d\u0e32หนดการ"
    source = Source(original)
    start = source.text.index("กำหนด")
    span = source.span(start, start + len("กำหนด"))
    assert original[span.start : span.end] == "ก\u0e4d\u0e32หนด"


@given(st.text(st.sampled_from("กขาำ\u0e4d\u0e48\u0e31เแ \n\t\u200b\u00a0|:1๑./(")), st.data())
def test_spans_stay_in_the_text_and_in_order(original, data):
    source = Source(original)
    assert len(source.flat) == len(source.text)
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    span = source.span(start, end)
    assert 0 <= span.start <= len(original)
    assert span.end <= len(original)
    whole = source.span(0, len(source.text))
    assert whole.start <= whole.end


def test_sound_text_is_left_alone():
    text = "ด้วยสำนักงานกำหนดจัดประชุม ณ ห้องประชุม ก ชั้น ๒ ในวันที่ ๑ มกราคม ๒๕๖๕\n    ทั้งนี้ ฯลฯ"
    assert Source(text).text == text
