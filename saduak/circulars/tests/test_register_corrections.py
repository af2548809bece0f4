"""A line entered by hand is corrected as on paper: struck through and readable, with who, when and why."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from saduak.circulars import commands, register_paper
from saduak.circulars.models import RegisterCorrection, RegisterEntry
from saduak.circulars.queries import registers
from saduak.circulars.queries.registers import Place
from saduak.circulars.tests.conftest import hop
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible

AT = clock.bangkok
LETTER = {"letter_number": "นค 0017/ว 22", "from_name": "จังหวัดหนองคาย", "subject": "ขอความอนุเคราะห์"}
LINE = Place("TH-54", "IN", 2565, 1)
URL = "/circulars/registers/TH-54/IN/2565/1/"


@pytest.fixture
def entry(world) -> RegisterEntry:
    with clock.at(AT(2022, 1, 5, 9)):
        return commands.enter_letter(
            "TH-54", "IN", by=world.registrar_province, texts=LETTER, letter_on=date(2022, 1, 3)
        )


def correct(world, by=None, reason="อ่านเลขผิด", letter_on=date(2022, 1, 3), place=LINE, **texts):
    by = by or world.registrar_province
    with clock.at(AT(2022, 1, 6, 9)):
        return commands.correct_line(place, by=by, texts={**LETTER, **texts}, letter_on=letter_on, reason=reason)


def test_the_old_text_stays_readable_and_the_number_never_changes(world, entry):
    correct(world, letter_number="นค 0017/ว 220", letter_on=date(2022, 1, 4))
    done = correct(world, letter_number="นค 0017/ว 221", letter_on=None, reason="อ่านผิดอีก")
    assert (done.number, done.year, done.letter_number, done.letter_on) == (1, 2565, "นค 0017/ว 221", None)
    assert done.struck == {
        "letter_number": ["นค 0017/ว 22", "นค 0017/ว 220"], "letter_on": [date(2022, 1, 3), date(2022, 1, 4)]
    }  # fmt: skip
    said = Entry.objects.filter(event="register.corrected").latest("number")
    assert said.details["before"] == {"letter_number": "นค 0017/ว 220", "letter_on": "2022-01-04"}
    assert said.details["after"] == {"letter_number": "นค 0017/ว 221", "letter_on": None}
    book = registers.book(world.province, "IN")
    assert registers.lines(book, 2565, "221").count() == 1
    rows = list(registers.lines(book, 2565))
    remark = f"แก้ไข 6 ม.ค. 2565 โดย {world.registrar_province.name}: อ่านเลขผิด"
    assert remark in registers.remarks(rows[0])
    cells = list(load_workbook(BytesIO(register_paper.as_workbook(book, 2565, rows))).active.values)[2]
    assert remark in cells[7]
    assert "ที่เดิม: นค 0017/ว 22 / นค 0017/ว 220" in cells[7]
    text = PdfReader(BytesIO(register_paper.as_pdf(book, 2565, rows))).pages[0].extract_text()
    assert "๒๒๐" in text
    assert "๒๒๑" in text


def test_what_cannot_be_corrected_is_refused_without_a_trace(world, entry, root):
    for wrong, field in (
        ({"reason": " "}, "reason"),
        ({}, "reason"),  # nothing is different
        ({"letter_on": date(2022, 1, 7)}, "letter_on"),
    ):
        with pytest.raises(NotComplete) as refused:
            correct(world, **wrong)
        assert refused.value.field == field
    with pytest.raises(NotComplete) as refused:
        correct(world, subject="", from_name="ก" * 301)
    assert {one.where for one in refused.value.items} == {"#id_subject", "#id_from_name"}
    for stranger in (world.registrar_district, world.officer, world.stranger):
        with pytest.raises((NotAllowed, RegisterEntry.DoesNotExist)):
            correct(world, by=stranger, subject="อื่น")
    with clock.at(AT(2022, 1, 5)):
        commands.receive(hop(root, world.ministry).code, by=world.registrar_ministry)
        with pytest.raises(NotPossible):  # what Saduak wrote stands as the letter does
            correct(world, by=world.registrar_ministry, place=Place("MOI", "IN", 2565, 1), subject="อื่น")
        commands.cancel_number(LINE, by=world.registrar_province, reason="ลงซ้ำ")
        with pytest.raises(NotPossible):
            correct(world, subject="อื่น")
    assert not RegisterCorrection.objects.exists()


def test_the_registrar_corrects_it_on_its_page(world, entry, sign_in):
    browser = sign_in(world.users["registrar_province"])
    given = {**LETTER, "to_name": entry.to_name, "letter_on": "3 ม.ค. 2565", "subject": "ขอเชิญประชุม"}
    wrong = browser.post(f"{URL}correct/", given | {"why": ""})
    assert wrong.status_code == 422
    assert "ขอเชิญประชุม" in wrong.content.decode()  # nothing typed is lost
    assert browser.post(f"{URL}correct/", given | {"why": "ลงเรื่องผิด"}).status_code == 302
    page = browser.get(URL).content.decode()
    assert '<s class="struck">ขอความอนุเคราะห์</s>' in page
    assert "ลงเรื่องผิด" in page
    listed = browser.get("/circulars/registers/?direction=IN&year=2565").content.decode()
    assert '<s class="struck">ขอความอนุเคราะห์</s>' in listed
    assert sign_in(world.users["registrar_district"]).post(f"{URL}correct/", given | {"why": "x"}).status_code == 404


def test_of_an_outgoing_letter_the_number_is_ours_and_stays(world):
    with clock.at(AT(2022, 1, 5)):
        made = commands.enter_letter(
            "TH-54", "OUT", by=world.registrar_province, texts={"to_name": "นายอำเภอ", "subject": "แจ้งเวียน"}
        )
    place = Place("TH-54", "OUT", made.year, made.number)
    texts = {"letter_number": "ปลอม 1/1", "from_name": "ปลอม", "to_name": "ปลัดอำเภอ", "subject": "แจ้งเวียน"}
    done = correct(world, place=place, letter_on=None, **texts)
    assert (done.letter_number, done.from_name, done.letter_on) == (made.letter_number, made.from_name, made.letter_on)
    assert done.struck == {"to_name": ["นายอำเภอ"]}
