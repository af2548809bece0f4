"""What is read from our own letters, and where it stands in them."""

import itertools

import pytest

from saduak.thai.dates import parse_date
from saduak.thai.digits import to_arabic


def values(fields):
    return [field.value for field in fields]


def test_bundle_is_split_into_its_three_letters(bundle):
    assert [letter.kind for letter in bundle.letters] == ["external", "external", "memo"]
    assert values(letter.number for letter in bundle.letters) == ["พร 0017.2/ว", "มท 0819.3/ว 1555", "มท 0201/ว 5512"]
    assert values(letter.date for letter in bundle.letters) == ["2022-01-11", "2021-12-30", "2021-12-22"]
    assert {letter.urgency.value for letter in bundle.letters} == {"ด่วนที่สุด"}


def test_letters_follow_each_other_without_overlap(bundle):
    spans = [letter.span for letter in bundle.letters]
    assert spans[0].start == 0
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


def test_head_of_the_province_letter(bundle):
    letter = bundle.letters[0]
    assert letter.agency.value == "จังหวัดแพร่"
    assert letter.address.value == "ถนนตัวอย่าง พร ๕๔๐๐๐"
    assert values(letter.addressees) == ["นายอำเภอ ทุกอำเภอ", "นายกองค์การบริหารส่วนจังหวัดแพร่", "นายกเทศมนตรีเมืองแพร่"]
    assert letter.subject.value.endswith("ประจำปีงบประมาณ พ.ศ. ๒๕๖๕")
    assert not letter.number_complete
    assert letter.contact_person.value == "นางสาวสมใจ สมมติ"


def test_signatory_and_the_office_acted_for(bundle):
    signatory = bundle.letters[1].signatory
    assert signatory.name.value == "นายตัวอย่าง สมมติวงศ์"
    assert signatory.position.value == "รองอธิบดี"
    assert signatory.acting_for.value == "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น"
    assert signatory.acting_type == "ปฏิบัติราชการแทน"


def test_enclosures_keep_their_numbering_and_are_cited_documents(bundle):
    letter = bundle.letters[1]
    assert len(letter.enclosures) == 3
    assert letter.cited_documents[0].number == "มท 0201/ว 5412"
    assert letter.cited_documents[0].date == "2021-12-22"
    assert letter.cited_documents[0].urgency == "ด่วนที่สุด"
    assert letter.references == []


def test_dates_of_the_memo_have_their_roles(bundle):
    dates = [(date.start, date.end, date.role) for date in bundle.letters[2].dates_in_body]
    assert dates == [
        ("2022-01-01", "2022-02-28", "period"),
        ("2021-12-28", None, "event"),
        ("2021-12-24", None, "deadline"),
        ("2022-01-01", "2022-02-28", "period"),
        ("2022-01-31", None, "deadline"),
    ]


def test_action_items_carry_their_own_dates(bundle):
    items = bundle.letters[2].action_items
    assert [item.ordinal for item in items] == [1, 2, 3, 4]
    assert [len(item.dates) for item in items] == [2, 1, 0, 1]
    assert items[2].text.startswith("๓. รับทราบผลการประเมินความพร้อม")


def test_contacts_apart_from_faxes(bundle):
    province, department, memo = bundle.letters
    assert values(province.phones) == ["0 2555 0123", "0 2555 0124", "0-5455-5142 ต่อ 21"]
    assert values(province.faxes) == ["0 2555 0125"]
    assert values(province.urls) == ["www.gecc.example.go.th", "go.example.go.th/gecc65s"]
    assert values(department.emails) == ["saraban@local.example.go.th"]
    assert values(memo.phones) == ["0 2555 0140", "50555"]


def test_a_form_behind_the_last_letter_is_no_part_of_it(bundle):
    assert "go.example.go.th/Q7dVx" not in values(bundle.letters[2].urls)


def test_receipts_with_their_offices(bundle):
    receipts = [(item.number, item.date, item.time, item.office) for item in bundle.letters[2].receipts]
    assert receipts == [
        ("40255", "2021-12-27", None, None),
        ("15301", "2021-12-27", "15:37", "กรมส่งเสริมการปกครองท้องถิ่น"),
        ("1155", "2021-12-27", "16:19", "กองพัฒนาการบริหารงานท้องถิ่น"),
    ]


def test_external_letter_in_columns(external):
    (letter,) = external.letters
    assert letter.kind == "external"
    assert letter.agency.value == "สำนักงานตัวอย่างราชการ"
    assert [(item.number, item.date) for item in letter.references] == [("ศบ 002/112", "2024-03-01")]
    assert values(letter.enclosures) == ["๑. กำหนดการอบรม จำนวน ๑ ฉบับ", "๒. แบบตอบรับการเป็นวิทยากร จำนวน ๑ ฉบับ"]
    assert [(date.start, date.end) for date in letter.dates_in_body] == [
        ("2024-04-22", "2024-04-24"),
        ("2024-04-23", None),
        ("2024-04-05", None),
    ]
    assert letter.signatory.acting_type == "รักษาราชการแทน"
    assert letter.closing.value == "จึงเรียนมาเพื่อโปรดพิจารณา"


def test_memo_with_a_stamp_beside_its_head(memo):
    (letter,) = memo.letters
    assert letter.kind == "memo"
    assert letter.agency.value == "กองตัวอย่าง งานพัสดุ"
    assert letter.number.value == "กต 0501/"
    assert not letter.number_complete
    assert letter.date is None
    assert letter.date_partial == "2023-02"
    assert [(item.number, item.date, item.time) for item in letter.receipts] == [("455", "2023-02-09", "10:15")]


def test_stamped_letter_has_its_office_at_the_foot(stamped):
    (letter,) = stamped.letters
    assert letter.kind == "stamped"
    assert letter.agency.value == "กรมส่งเสริมการปกครองท้องถิ่น"
    assert letter.date.value == "2023-03-02"
    assert letter.signatory is None
    assert values(letter.addressees) == ["สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด ทุกจังหวัด"]


@pytest.mark.parametrize("name", ["bundle", "external", "memo", "stamped"])
def test_every_span_is_the_place_of_its_value(name, request):
    """The text at a span, tidied as the value was, is the value."""
    reading = request.getfixturevalue(name)

    def bare(text):
        return "".join(to_arabic(text).split())

    for letter in reading.letters:
        found = letter.to_json()
        singles = ("urgency", "number", "agency", "address", "subject", "contact_person", "closing")
        for field in singles:
            if found[field]:
                start, end = found["spans"][field]
                assert bare(reading.text[start:end]) == bare(found[field]), field
        for field in ("addressees", "enclosures", "urls", "phones", "faxes", "emails"):
            for value, (start, end) in zip(found[field], found["spans"][field], strict=True):
                assert bare(reading.text[start:end]) == bare(value), field
        if letter.date:
            start, end = letter.date.span
            assert parse_date(reading.text[start:end]).isoformat() == letter.date.value
        for date in letter.dates_in_body:
            assert bare(reading.text[date.span.start : date.span.end]) == bare(date.text)
        for item in letter.action_items:
            assert bare(reading.text[item.span.start : item.span.end]) == bare(item.text)
        for receipt in letter.receipts:
            assert bare(reading.text[receipt.span.start : receipt.span.end]).endswith(bare(receipt.number))
        if letter.signatory:
            start, end = found["spans"]["signatory.name"]
            assert bare(reading.text[start:end]) == bare(letter.signatory.name.value)


def test_what_is_not_given_is_not_guessed(stamped, memo):
    found = stamped.letters[0].to_json()
    assert found["subject"] is None
    assert found["urgency"] is None
    assert found["enclosures"] == []
    assert memo.letters[0].to_json()["date"] is None
