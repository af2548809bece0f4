"""Registers kept by hand: letters on paper, cancelled numbers, divisions, looking for lines, and printing them."""

import threading
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from openpyxl import load_workbook
from pypdf import PdfReader

from saduak.circulars import commands, register_paper
from saduak.circulars.models import Counter, Division, RegisterEntry
from saduak.circulars.queries import registers
from saduak.circulars.queries.registers import Days, Place
from saduak.circulars.tests.conftest import hop
from saduak.files.tests.corpus import pdf, picture
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.people import commands as people
from saduak.people.actor import Actor, system
from saduak.people.models import Kind, Organisation

AT = clock.bangkok
LETTER = {"letter_number": "นค ๐๐๑๗/ว ๒๒", "from_name": "จังหวัดหนองคาย", "subject": "ขอความอนุเคราะห์"}


def enter(world, book="IN", **more):
    texts = {**LETTER, **more.pop("texts", {})}
    return commands.enter_letter("TH-54", book, by=world.registrar_province, texts=texts, **more)


def place(entry: RegisterEntry) -> Place:
    return Place(entry.organisation.code, entry.book, entry.year, entry.number)


def test_a_letter_on_paper_gets_the_next_number_and_its_scan_is_kept(world, root):
    with clock.at(AT(2022, 1, 5, 9, 30)):
        scan = SimpleUploadedFile("scan.pdf", pdf(), content_type="application/pdf")
        first = enter(world, letter_on=date(2022, 1, 3), scan=scan)
        # The same letter again is noticed, however its number is typed; it took no number.
        with pytest.raises(NotComplete) as refused:
            enter(world, letter_on=date(2022, 1, 3), texts={"letter_number": "นค 0017/ว22"})
        assert (refused.value.field, refused.value.params) == ("again", {"number": "1/2565"})
        second = enter(world, letter_on=date(2022, 1, 3), again=True)
        for wrong, field in (
            ({"texts": {"from_name": " ", "subject": ""}}, {"#id_from_name", "#id_subject"}),
            ({"texts": {"subject": "ก" * 401}}, {"#id_subject"}),
        ):
            with pytest.raises(NotComplete) as refused:
                enter(world, **wrong)
            assert {one.where for one in refused.value.items} == field
        with pytest.raises(NotComplete):
            enter(world, letter_on=date(2022, 1, 6))
    assert (first.number, first.year, second.number, first.to_name) == (1, 2565, 2, world.province.name_th)
    assert first.scan.name == "scan.pdf"
    assert Counter.objects.get(organisation=world.province, direction="IN").last == 2
    assert Entry.objects.filter(event="register.entered", subject_id="TH-54/IN/2565/1").exists()
    for stranger in (world.registrar_district, world.officer, world.stranger):
        with pytest.raises((NotAllowed, Organisation.DoesNotExist)):
            commands.enter_letter("TH-54", "IN", by=stranger, texts=LETTER)


def test_a_letter_that_leaves_on_paper_gets_a_number_of_the_office(world):
    Organisation.objects.filter(pk=world.province.pk).update(letter_prefix="")
    with clock.at(AT(2022, 1, 5)):
        with pytest.raises(NotPossible):
            enter(world, "OUT", texts={"to_name": "นายอำเภอ"})
        Organisation.objects.filter(pk=world.province.pk).update(letter_prefix="พร 0023.7")
        letter = enter(world, "OUT", texts={"to_name": "นายอำเภอ"}, circular=True)
        plain = enter(world, "OUT", texts={"to_name": "นายอำเภอ"})
    assert (letter.letter_number, letter.letter_on) == ("พร 0023.7/ว 1", date(2022, 1, 5))
    assert plain.letter_number == "พร 0023.7/2"


def test_a_cancelled_number_stays_and_is_never_given_again(world, root):
    with clock.at(AT(2022, 1, 5)):
        entry = enter(world)
        with pytest.raises(NotComplete):
            commands.cancel_number(place(entry), by=world.registrar_province, reason=" ")
        commands.cancel_number(place(entry), by=world.registrar_province, reason="ลงซ้ำ")
        assert enter(world).number == 2
        with pytest.raises(NotPossible):
            commands.cancel_number(place(entry), by=world.registrar_province, reason="อีกครั้ง")
        with pytest.raises(NotPossible):
            commands.note_line(place(entry), by=world.registrar_province, action="ทำแล้ว", remark="")
        # What left under a number, or stands received under one, is not cancelled; what went back is.
        with pytest.raises(NotPossible):
            commands.cancel_number(Place("OPM", "OUT", 2564, 1), by=world.officer, reason="ผิด")
        received = commands.receive(hop(root, world.ministry).code, by=world.registrar_ministry)
        here = Place("MOI", "IN", 2565, 1)
        with pytest.raises(NotPossible):
            commands.cancel_number(here, by=world.registrar_ministry, reason="ผิด")
        commands.send_back(received.code, by=world.registrar_ministry, reason="ไม่ใช่ของกระทรวง")
        assert commands.cancel_number(here, by=world.registrar_ministry, reason="ส่งคืน").cancelled_at
    book = registers.book(world.province, "IN")
    rows = [
        list(row)
        for row in load_workbook(
            BytesIO(register_paper.as_workbook(book, 2565, registers.lines(book, 2565)))
        ).active.values
    ]
    assert [row[0] for row in rows[2:]] == [1, 2]
    assert rows[2][7].startswith("ยกเลิก")


def test_a_division_counts_by_itself_what_is_passed_on_to_it(world, root, sign_in):
    by = world.registrar_ministry
    with clock.at(AT(2022, 1, 5, 9)):
        division = commands.open_division("MOI", by=by, name_th="กองกลาง", prefix="มท ๐๒๐๑.๒/")
        assert division.prefix == "มท 0201.2"
        for prefix in ("มท 0201.2", world.ministry.letter_prefix, ""):
            with pytest.raises(NotComplete):
                commands.open_division("MOI", by=by, name_th="กองอื่น", prefix=prefix)
        commands.receive(hop(root, world.ministry).code, by=by)
        here = Place("MOI", "IN", 2565, 1)
        sub = commands.pass_inside(here, by=by, division_code=division.code)
        assert (sub.number, sub.year, sub.subject, sub.parent.number) == (1, 2565, root.subject, 1)
        with pytest.raises(NotPossible):
            commands.pass_inside(here, by=by, division_code=division.code)
        with pytest.raises(NotComplete):
            commands.pass_inside(here, by=by, division_code="V-NOWHERE")
        with pytest.raises(NotPossible):
            commands.pass_inside(place(sub), by=by, division_code=division.code)
        # The office's own number cannot go while the division has the letter; cancelled there, it may come again.
        commands.cancel_number(place(sub), by=by, reason="ไม่ใช่งานของกอง")
        assert commands.pass_inside(here, by=by, division_code=division.code).number == 2
        book = f"OUT-{division.code}"
        out = commands.enter_letter("MOI", book, by=by, texts={**LETTER, "to_name": "ผู้ว่าราชการจังหวัด"})
        assert (out.letter_number, out.from_name) == ("มท 0201.2/1", "กองกลาง")
        browser = sign_in(world.users["registrar_ministry"])
        page = browser.get("/circulars/registers/MOI/IN/2565/1/").content.decode()
        assert "ส่งกองกลาง เลขที่ 2" in page
        assert "กองกลาง" in browser.get(f"/circulars/registers/?division={division.code}").content.decode()
        commands.close_division("MOI", division.code, by=by)
        with pytest.raises(NotPossible):
            commands.enter_letter("MOI", book, by=by, texts={**LETTER, "to_name": "x"})
        again = commands.open_division("MOI", by=by, name_th="กองกลางใหม่", prefix="มท 0201.2")
        assert again.pk == division.pk
        assert commands.enter_letter("MOI", book, by=by, texts={**LETTER, "to_name": "x"}).number == 2
    with pytest.raises(Division.DoesNotExist):
        registers.book(world.province, book)


def test_lines_are_found_by_words_and_days_and_the_paper_shows_what_was_found(world, sign_in):
    with clock.at(AT(2022, 1, 5, 23, 59)):
        enter(world, letter_on=date(2022, 1, 3))
    with clock.at(AT(2022, 1, 6)):
        enter(world, texts={"subject": "การประชุม"})
        commands.note_line(
            Place("TH-54", "IN", 2565, 2), by=world.registrar_province, action="มอบ นายสมมุติ", remark="ด่วน"
        )
        commands.cancel_number(Place("TH-54", "IN", 2565, 1), by=world.registrar_province, reason="ลงซ้ำ")
        book = registers.book(world.province, "IN")

        def found(q="", *days):
            return [one.number for one in registers.lines(book, 2565, q, Days(*days))]

        assert found() == [1, 2]
        assert found("หนองคาย ๐๐๑๗") == [1, 2]
        assert found("ประชุม") == [2]
        assert found("", date(2022, 1, 6)) == [2]
        assert found("", None, date(2022, 1, 5)) == [1]
        assert found("", date(2022, 1, 3), date(2022, 1, 3), True) == [1]
        browser = sign_in(world.users["registrar_province"])
        url = "/circulars/registers/TH-54/IN/2565"
        text = PdfReader(BytesIO(browser.get(f"{url}.pdf?q=ประชุม").content)).pages[0].extract_text()
        assert "มอบ นายสมมุติ" in text
        assert "ลงซ้ำ" not in text
        assert "ยกเลิก" in PdfReader(BytesIO(browser.get(f"{url}.pdf").content)).pages[0].extract_text()
        page = browser.get("/circulars/registers/?since=6 ม.ค. 2565").content.decode()
        assert "การประชุม" in page
        assert "line-cancelled" not in page
        assert "line-cancelled" in browser.get("/circulars/registers/?since=วันไหน").content.decode()
        assert browser.get("/circulars/registers/?direction=IN&division=V-NONE").status_code == 404


def test_lines_are_entered_and_cancelled_in_the_browser(world, sign_in):
    browser = sign_in(world.users["registrar_province"])
    with clock.at(AT(2022, 1, 6)):
        url = "/circulars/registers/TH-54/IN/enter/"
        assert browser.get(url).status_code == 200
        wrong = browser.post(url, {**LETTER, "subject": "", "letter_on": "วันไหน"})
        assert wrong.status_code == 422
        assert "จังหวัดหนองคาย" in wrong.content.decode()
        hostile = {**LETTER, "subject": "<script>alert(1)</script>", "letter_on": "5 ม.ค. 2565"}
        line = browser.post(url, hostile)
        assert line.url == "/circulars/registers/TH-54/IN/2565/1/"
        assert "<script>alert" not in browser.get(line.url).content.decode()
        twice = browser.post(url, hostile)
        assert twice.status_code == 422
        assert 'name="again"' in twice.content.decode()
        assert browser.post(url, {**hostile, "again": "on"}).status_code == 302
        assert browser.post(f"{line.url}cancel/", {"reason": ""}).status_code == 422
        assert browser.post(f"{line.url}cancel/", {"reason": "ลงผิด"}).url == line.url
        assert browser.post(f"{line.url}note/", {"action": "x"}).status_code == 409
        assert browser.get(f"{line.url}scan/").status_code == 404
        assert browser.get("/circulars/registers/TH-54/IN/99999999999/1/").status_code == 404
        stranger = sign_in(world.users["registrar_district"])
        assert stranger.get(line.url).status_code == 404
        assert stranger.post(f"{line.url}cancel/", {"reason": "x"}).status_code == 404


def test_the_receiving_stamp_goes_on_our_letters_and_on_scans(world, root, sign_in):
    by = world.registrar_province
    with clock.at(AT(2022, 1, 5, 9, 7)):
        Organisation.objects.filter(pk=world.province.pk).update(letter_prefix="พร 0017")
        for upload in (
            SimpleUploadedFile("scan.pdf", pdf(), content_type="application/pdf"),
            SimpleUploadedFile("scan.png", picture("PNG", (300, 420)), content_type="image/png"),
            None,
        ):
            enter(world, scan=upload, again=True)
        division = commands.open_division("TH-54", by=by, name_th="กองคลัง", prefix="พร 0017.9")
        commands.pass_inside(Place("TH-54", "IN", 2565, 1), by=by, division_code=division.code)
        delivery = commands.receive(hop(root, world.ministry).code, by=world.registrar_ministry)
        browser = sign_in(world.users["registrar_province"])
        for book, number, words in (("IN", 1, "เลขรับ"), ("IN", 2, "๐๙.๐๗"), (f"IN-{division.code}", 1, "กองคลัง")):
            made = browser.get(f"/circulars/registers/TH-54/{book}/2565/{number}/stamped.pdf")
            assert words in PdfReader(BytesIO(made.content)).pages[0].extract_text()
        assert browser.get("/circulars/registers/TH-54/IN/2565/3/stamped.pdf").status_code == 409
        assert browser.get("/circulars/registers/TH-54/OUT/2565/1/stamped.pdf").status_code == 404
        ministry = sign_in(world.users["registrar_ministry"])
        text = PdfReader(BytesIO(ministry.get(f"/circulars/hops/{delivery.code}/stamped.pdf").content)).pages[0]
        assert "กระทรวงมหาดไทย" in text.extract_text()
        page = ministry.get(f"/circulars/hops/{delivery.code}/").content.decode()
        assert "/circulars/registers/MOI/IN/2565/1/" in page


@pytest.mark.django_db(transaction=True)
def test_letters_entered_at_once_get_numbers_without_a_gap_in_each_register():
    people.grow_tree(
        [{"code": "OPM", "kind": Kind.SECRETARIAT, "name_th": "สปน.", "parent": None, "letter_prefix": "นร 0106"}],
        by=system("set-up"), source="tests",
    )  # fmt: skip
    top = Organisation.objects.get(code="OPM")
    officer = Actor(ref="officer", name="เจ้าหน้าที่", role="OFFICER", organisation_id=top.pk, path=top.path, subtree=True)
    division = commands.open_division("OPM", by=officer, name_th="กองกลาง", prefix="นร 0106.1")
    books, start, got = ["IN", f"IN-{division.code}"], threading.Barrier(12), []

    def go(number: int) -> None:
        start.wait()
        try:
            texts = {**LETTER, "letter_number": f"นค 1/{number}"}
            got.append(commands.enter_letter("OPM", books[number % 2], by=officer, texts=texts))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for division_id in (None, division.pk):
        assert sorted(one.number for one in got if one.division_id == division_id) == list(range(1, 7))
