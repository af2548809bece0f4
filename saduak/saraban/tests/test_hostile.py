"""Text that nobody should send: the reader answers, in time that grows with the length and not beyond."""

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.saraban.reader import read

SIZE = 120_000
PARTS = [
    "ก", " ", "\n", "1", "1 ", ".", "(", "(นาย", "-", "- ", "/", "1/", "www.", "a.", "a@", "โทร. ", "โทร. 0 2222 3333, ", "วันที่ ", "1 มกราคม - ",
    "มกราคม ", "๑ มกราคม ๒๕๖๕ ", "2 5 6 ", "ที่ มท 0810/ว 1 เรื่อง ", "เรื่อง ก\n", "เรื่อง ก\nเรียน ข\n", "คำสั่งกรม เรื่อง ", "คำสั่งกรม\nเรื่อง ก\n",
    "เลขรับ 1\nวันที่ 1 ม.ค. 65\nเวลา 10.00\n", "จึงเรียนมา\n", "1. ก\n", "สิ่งที่ส่งมาด้วย 1. ก\n", "1234\n", "ตามที่ ก ", "ขอแสดงความนับถือ\n(นายก ข)\n", "สั่ง ณ วันที่ ",
    "\u202e", "\u0e4d\u0e32", "\u0e48", " \u0e48", "เ", "| ", "\t", "\r", "\U0001f600", "ด่วนที่สุด ", "ลงวันที่ ", "ที่ ", "เรียน ", "เลขที่ 1 ", "ประกาศ ณ วันที่ 1",
    "สิ่งที่ส่งมาด้วย ๑ รวม ๕ ฉบับ ", "หนังสือฉบับนี้ให้ไว้เพื่อรับรอง\n", "ที่ มท 1/2\nหนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า\n", "วันศุกร์ที่ 1 มกราคม 2565\nพิมพ์\n", "ที่ มา ผู้ แ ทน\n", "ขอแสดงความนับถือ (นาย",
    "แบบตอบรับ\n", "ถึง 10 ", "กอง ฝ่าย กลุ่ม ",
]  # fmt: skip


@pytest.mark.parametrize("part", PARTS, ids=repr)
def test_any_run_of_anything_is_answered_in_time(part):
    text = part * (SIZE // len(part))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 120  # what is not linear takes hours; coverage slows tenfold


def test_one_line_of_two_megabytes():
    text = "ด้วยกรมตัวอย่าง ที่ มท ๐๘๑๐/ว ๑ ลงวันที่ ๑ มกราคม ๒๕๖๕ โทร. ๐ ๒๕๕๕ ๐๑๒๓ " * 9_500
    assert len(text.encode()) < 2 * 1024 * 1024
    started = time.process_time()
    tracemalloc.start()
    read(text[:200_000])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 120 * 1024 * 1024
    read(text)
    assert time.process_time() - started < 600


def test_a_hundred_letters_take_a_hundred_times_one(bundle):
    three = bundle.text + "\n\n"
    read(three)
    started = time.process_time()
    for _ in range(5):
        read(three)
    one_letter = (time.process_time() - started) / 15
    started = time.process_time()
    reading = read(three * 34)
    many = time.process_time() - started
    assert len(reading.letters) == 102
    assert many < 102 * one_letter * 4 + 0.5


def test_direction_marks_and_markup_stay_text():
    text = "เรื่อง \u202eกลับ <script>alert(1)</script> {{ x }}\nเรียน ผู้อำนวยการ\n\nด้วยขอแจ้ง\n"
    (letter,) = read(text).letters
    assert "<script>" in letter.subject.value
    assert "\u202e" not in letter.subject.value
    start, end = letter.subject.span
    assert "กลับ <script>" in text[start:end]


@pytest.mark.parametrize("text", ["", "\n\n", " ", "\ufeff", "\u200b\u200b"])
def test_nothing_gives_nothing(text):
    reading = read(text)
    assert reading.letters == []
    assert reading.findings == []


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from([*PARTS, "ข้อความ", "บันทึกข้อความ\n", "ส่วนราชการ กอง ", "เรียน ", "(นายก ข)\n", "๕ ม.ค. ๖๕\n"]),
        max_size=60,
    ).map("".join)
)
def test_any_mixture_is_read_and_every_span_lies_in_the_text(text):
    reading = read(text)
    for letter in reading.letters:
        found = letter.to_json()
        for spans in found["spans"].values():
            for start, end in [spans] if spans and isinstance(spans[0], int) else spans:
                assert 0 <= start <= end <= len(text)
    for finding in reading.findings:
        assert all(text[quote.span.start : quote.span.end] == quote.text for quote in finding.quotes)
