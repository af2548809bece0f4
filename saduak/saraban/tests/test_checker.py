"""What is noticed: between the letters of the bundle, and in single letters with one fault each."""

import pytest

from saduak.saraban.checker.numbers import right_length
from saduak.saraban.reader import read


def codes(reading):
    return [finding.code for finding in reading.findings]


def one(reading, code):
    (finding,) = [finding for finding in reading.findings if finding.code == code]
    return finding


def letter(body, *, date="๑๐ มกราคม ๒๕๖๕", number="กก ๐๑๐๑/๑", stamp="", foot=""):
    return (
        f"ที่ {number}\n{stamp}\nกรมตัวอย่าง\n{date}\nเรื่อง ทดสอบ\nเรียน ผู้ว่าราชการจังหวัดแพร่\n\nด้วย{body}\n\nจึงเรียนมาเพื่อทราบ\n\n"
        f"ขอแสดงความนับถือ\n\n(นายทดสอบ สมมติ)\nอธิบดีกรมตัวอย่าง\n\n{foot}\n"
    )


def test_a_sound_letter_has_no_findings():
    assert codes(read(letter("ขอให้รายงานภายในวันจันทร์ที่ ๓๑ มกราคม ๒๕๖๕", foot="โทร. ๐ ๒๕๕๕ ๐๑๒๓"))) == []


def test_bundle_findings(bundle):
    assert codes(bundle) == [
        "link-spelling",
        "cited-number-differs",
        "number-blank",
        "receipt-after-deadline",
        "receipt-after-forwarding",
        "receipt-outside-chain",
        "receipt-after-deadline",
        "date-passed",
        "date-passed",
        "enclosure-absent",
    ]


def test_bundle_cited_number_quotes_both_places(bundle):
    finding = one(bundle, "cited-number-differs")
    assert finding.letters == (2, 3)
    assert [quote.text for quote in finding.quotes] == ["มท ๐๒๐๑/ว ๕๔๑๒", "มท ๐๒๐๑/ว ๕๕๑๒"]
    assert "ฉบับที่ 2" in finding.message_th
    assert "Letter 2" in finding.message_en


def test_bundle_link_in_two_spellings(bundle):
    finding = one(bundle, "link-spelling")
    assert [quote.text for quote in finding.quotes] == ["go.example.go.th/gecc65s", "go.example.go.th/gecc65S"]


def test_bundle_dates_passed_when_sent_on(bundle):
    passed = [finding for finding in bundle.findings if finding.code == "date-passed"]
    assert [finding.quotes[0].text for finding in passed] == ["ในวันอังคารที่ ๒๘ ธันวาคม ๒๕๖๔", "ภายในวันศุกร์ที่ ๒๔ ธันวาคม ๒๕๖๔"]
    assert all(finding.letters == (3, 1, 2) for finding in passed)


def test_quotes_are_what_stands_at_their_spans(bundle):
    for finding in bundle.findings:
        assert finding.quotes
        for quote in finding.quotes:
            assert bundle.text[quote.span.start : quote.span.end] == quote.text
            assert quote.letter in finding.letters


def test_findings_as_json(bundle):
    found = bundle.to_json()["findings"][0]
    assert found["message"] == found["message_th"]
    assert set(found) == {"code", "severity", "message", "message_th", "message_en", "letters", "quotes"}


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        (letter("ขอแจ้ง", number="กก ๐๑๐๑/ว"), "number-blank", "warning"),
        (letter("ขอแจ้ง", date="    มกราคม ๒๕๖๕"), "date-blank", "warning"),
        (letter("ประชุมในวันจันทร์ที่ ๑๑ มกราคม ๒๕๖๕"), "weekday-mismatch", "error"),
        (letter("ส่งภายในวันเสาร์ที่ ๕ กุมภาพันธ์ ๒๕๖๕"), "deadline-on-closed-day", "notice"),
        (letter("ส่งภายในวันที่ ๑๖ กุมภาพันธ์ ๒๕๖๕"), "deadline-on-closed-day", "notice"),
        (letter("ส่งภายในวันพุธที่ ๕ มกราคม ๒๕๖๕"), "deadline-before-letter", "error"),
        (letter("ประชุมวันที่ ๗ เมษายน ๒๖๙๕"), "year-implausible", "warning"),
        (letter("สอบถาม โทร. ๐ ๒๕๕๕ ๐๑๒๓๔"), "phone-digits", "warning"),
        (letter("สอบถาม โทร. ๐๘ ๑๒๓๔ ๕๖๗"), "phone-digits", "warning"),
        (letter("ดู go.example.go.th/a1 และ go.example.go.th/al"), "link-spelling", "error"),
        (letter("ขอแจ้ง", stamp="กองตัวอย่าง\nเลขรับ 12\nวันที่ 9 ม.ค. 2565\nเวลา 10.00 น."), "receipt-before-date", "error"),
        (
            letter("ส่งภายในวันที่ ๑๗ มกราคม ๒๕๖๕", stamp="กองตัวอย่าง\nเลขรับ 12\nวันที่ 18 ม.ค. 2565\nเวลา 10.00 น."),
            "receipt-after-deadline",
            "warning",
        ),
        (
            letter("ขอแจ้ง", stamp="สำนักงานท้องถิ่นจังหวัดน่าน\nเลขรับ 12\nวันที่ 18 ม.ค. 2565\nเวลา 10.00 น."),
            "receipt-outside-chain",
            "warning",
        ),
    ],
)
def test_one_fault(text, code, severity):
    reading = read(text)
    assert codes(reading) == [code]
    assert reading.findings[0].severity == severity


def test_cited_date_differs():
    enclosed = letter("ขอแจ้ง", number="ขข ๐๒๐๒/๕๕", date="๕ มกราคม ๒๕๖๕")
    citing = letter("ขอแจ้ง").replace("\n\nด้วย", "\nอ้างถึง หนังสือ ที่ ขข ๐๒๐๒/๕๕ ลงวันที่ ๖ มกราคม ๒๕๖๕\n\nด้วย")
    finding = one(read(citing + enclosed), "cited-date-differs")
    assert [quote.text for quote in finding.quotes] == ["๖ มกราคม ๒๕๖๕", "๕ มกราคม ๒๕๖๕"]


def test_a_deadline_of_the_letter_answered_is_not_held_against_the_answer():
    text = letter("").replace("ด้วย", "ตามหนังสือที่อ้างถึง ขอให้รายงานภายในวันที่ ๕ มกราคม ๒๕๖๕ นั้น\n\nขอรายงานผล")
    assert codes(read(text)) == []


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("0 2555 4475", True),
        ("0-5455-4119 ต่อ 302", True),
        ("02 555 8000 ต่อ 2322", True),
        ("081 234 5678", True),
        ("0 2555 5880 - 7", True),
        ("1111", True),
        ("50830", True),
        ("0 2555 447", False),
        ("081 234 567", False),
        ("0 1234 5678", False),
        ("25554475", False),
    ],
)
def test_digits_of_telephone_numbers(number, right):
    assert right_length(number) is right
