"""An officer enters an application for an office that cannot; everybody reads who did, and the office has the last word."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from saduak.applications import commands, queries, receipts
from saduak.applications.models import Application, AssistedEntry
from saduak.kernel import clock
from saduak.outbox.models import Message

pytestmark = pytest.mark.django_db
GIVEN = {
    "channel": "PAPER",
    "told_by": "นายบุญส่ง นำพา นายกเทศมนตรี",
    "told_on": "1 ก.พ. 2565",
    "reference": "ที่ พร 5401/77 ไฟฟ้าขัดข้อง",
}
MARK = "กรอกโดย วรรณา ใจงาม"


def test_from_finding_the_office_to_the_receipt(world, opened, fill_by, sign_in):
    officer = sign_in(world.users["officer"])
    assert "/applications/assist/" in officer.get("/applications/").content.decode()
    by_office = officer.get("/applications/assist/", {"q": world.body.name_th}).content.decode()
    assert world.centre.name_th in by_office
    assert world.centre.name_th in officer.get("/applications/assist/", {"q": world.centre.code}).content.decode()
    assert "ไม่พบศูนย์บริการ" in officer.get("/applications/assist/", {"q": "ไม่มีจริง"}).content.decode()
    form = f"/applications/assist/{world.centre.code}/"
    for wrong in ({"channel": "PIGEON"}, {"told_by": ""}, {"told_on": "1 ก.พ. 2599"}, {"reference": ""}):
        refused = officer.post(form, GIVEN | wrong)
        assert refused.status_code == 422
        assert Application.objects.count() == 0
        assert "5401/77" in refused.content.decode() or wrong == {"reference": ""}  # what was typed stays
    begun = officer.post(form, GIVEN)
    number = Application.objects.get().number
    assert begun.headers["Location"] == f"/applications/{number}/"
    again = officer.post(form, GIVEN)
    assert again.status_code == 409
    assert number in again.content.decode()
    assert {one.recipient_name for one in Message.objects.filter(kind="application.started_for_unit")} == {
        "สมหญิง ขยันยิ่ง", "มานี ช่วยงาน", "บุญส่ง นำพา",
    }  # fmt: skip
    page = f"/applications/{number}/"
    for place in (page, f"{page}check/"):
        assert MARK in officer.get(place).content.decode()
    assert officer.get(f"{page}sections/profile/").status_code == 200  # the same form
    assert officer.get(f"{page}enter/").headers["Location"] == f"{page}check/"  # things are missing
    application = fill_by(Application.objects.get(), world.officer)
    assert f"{page}enter/" in officer.get(page).content.decode()
    assert officer.get(f"{page}enter/").status_code == 200
    assert officer.post(f"{page}enter/").status_code == 302
    assert officer.get(page).status_code == 200  # it lies before the head; nothing was handed in yet
    assert officer.get(f"{page}read/").status_code == 200
    head = sign_in(world.users["head"])
    for place in (page, f"{page}read/"):
        shown = head.get(place).content.decode()
        assert MARK in shown
        assert "ที่ พร 5401/77" in shown
    assert head.post(f"{page}submit/", {"endorse": "on"}).status_code == 302
    assert MARK in head.get(f"{page}receipts/1/").content.decode()
    application.refresh_from_db()
    paper = receipts.pdf(queries.latest_submission(application))
    assert "กรอกแทนโดย" in PdfReader(BytesIO(paper)).pages[0].extract_text().replace(" ", "")
    assert AssistedEntry.objects.get().confirmed_by_name == world.head.name


def test_the_office_takes_it_into_its_own_hands_until_the_close(world, opened, fill_by, sign_in):
    officer = sign_in(world.users["officer"])
    officer.post(f"/applications/assist/{world.centre.code}/", GIVEN)
    application = fill_by(Application.objects.get(), world.officer)
    commands.enter(application.number, by=world.officer)
    commands.send_back(application.number, by=world.head, note="เราแก้ไขเอง")
    page = f"/applications/{application.number}/"
    assert "รับไปดำเนินการเองแล้ว" in sign_in(world.users["coordinator"]).get(page).content.decode()
    commands.save_answers(application.number, {"g-01": {"justification": "แก้โดยหน่วยงาน"}}, by=world.coordinator)
    commands.submit(application.number, by=world.head)
    paper = receipts.pdf(queries.latest_submission(application))
    assert "กรอกแทนโดย" not in PdfReader(BytesIO(paper)).pages[0].extract_text().replace(" ", "")


def test_who_may_not_and_when_not(world, opened, sign_in):
    form = f"/applications/assist/{world.centre.code}/"
    for name in ("stranger", "coordinator", "assessor1", "registrar_province", "auditor"):
        browser = sign_in(world.users[name])
        assert browser.get("/applications/assist/").status_code == 403
        assert browser.post(form, GIVEN).status_code == 403
    officer = sign_in(world.users["officer"])
    assert officer.get("/applications/assist/C-NOBODY/").status_code == 404
    with clock.at(clock.bangkok(2022, 3, 1)):
        late = officer.post(form, GIVEN)
        assert late.status_code == 409
        assert "28 กุมภาพันธ์ 2565" in late.content.decode()
        assert "5401/77" in late.content.decode()
        assert "28 กุมภาพันธ์ 2565" in officer.get("/applications/assist/", {"q": world.centre.code}).content.decode()
    assert not Application.objects.exists()
