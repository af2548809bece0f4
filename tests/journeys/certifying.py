"""Steps 7 to 9: the certificate, its check by anybody, the register, the journal."""

import sqlite3
from typing import Any

import pytest

from .walk import CENTRE, EARLIER, Walk
from .walker import Walker


def issue(walk: Walk) -> None:
    """One press issues; number, signed PDF, code."""
    officer = walk.cast("officer")
    officer.goto(f"/certificates/rounds/{walk.round}/")
    officer.press("ออกใบรับรอง 1 ฉบับ")
    officer.waits_for("1 จาก 1")
    officer.look("07-issued")
    walk.certificate = certificate_of(officer, CENTRE)
    officer.sees(CENTRE, "ใช้ได้", "31 สิงหาคม 2568", "กุญแจสาธิต")
    officer.look("07-certificate")
    paper = officer.download("ดาวน์โหลด PDF ที่ลงลายมือชื่อแล้ว")
    assert b"ETSI.CAdES.detached" in paper
    assert officer.page.locator("aside svg").count() > 0


def check_the_paper(walk: Walk) -> None:
    """By the number, and by the code on the paper."""
    citizen = walk.cast("")
    citizen.goto(f"/v/{walk.certificate}/")
    citizen.sees("ใบรับรองนี้ใช้ได้", CENTRE, "31 สิงหาคม 2568", "ไม่ใช่ใบรับรองจริง")
    citizen.look("07-check-valid")
    # A telephone that scans the code on the paper opens this address; its signature is checked as well.
    citizen.goto("/v/")
    citizen.goto(f"/v/{walk.certificate}/#{code_on_paper(walk.house, walk.certificate)}")
    citizen.sees("รหัสบนใบรับรองเป็นของแท้")


def tell_apart(walk: Walk) -> str:
    """Valid but due, expired, revoked, not ours: in plain words."""
    officer = walk.cast("officer")
    citizen = walk.cast("")
    due = certificate_of(officer, EARLIER)
    expired = certificate_of(officer, "ศูนย์บริการประชาชนเทศบาลตำบลบ้านถิ่น")
    revoked = certificate_of(officer, "ศูนย์บริการประชาชนเทศบาลตำบลป่าแมต")
    officer.press("เพิกถอน")
    officer.tick("ศูนย์ไม่เป็นไปตามมาตรฐานแล้ว")
    officer.fill("เหตุผลโดยละเอียด", "ตรวจพบว่าย้ายที่ทำการและไม่มีจุดบริการแล้ว")
    officer.look("07-revoke")
    officer.press("เพิกถอนใบรับรอง", within="form.stack")
    for number, said, name in (
        (due, "ใบรับรองนี้ใช้ได้", "due"),
        (expired, "ใบรับรองนี้หมดอายุแล้ว", "expired"),
        (revoked, "ใบรับรองนี้ถูกเพิกถอนแล้ว", "revoked"),
    ):
        citizen.goto("/")
        citizen.fill("เลขที่ใบรับรอง", number.replace("-", " ").lower())
        citizen.press("ตรวจสอบ", within="main")
        citizen.sees(said)
        citizen.sees_not("ย้ายที่ทำการ")  # the public reads the reason in general terms only
        citizen.look(f"07-check-{name}")
    citizen.goto("/v/GECC-2565-ZZZZZZ/", status=404)
    citizen.sees("ไม่ใช่ใบรับรองที่เราออกให้", "สิ่งที่ท่านทำได้")
    citizen.look("07-check-unknown")
    return revoked


def keep_to_ones_own(walk: Walk, revoked: str) -> None:
    """The unit sees its own certificates."""
    coordinator = walk.cast("coordinator.chohae")
    coordinator.goto("/certificates/")
    coordinator.sees(walk.certificate)
    coordinator.sees_not(revoked)
    coordinator.goto(f"/certificates/{revoked}/", status=404)


def look_it_up(walk: Walk) -> None:
    """In the register, on the map, as open data; an earlier certificate is due for renewal."""
    citizen = walk.cast("")
    citizen.goto("/register/")
    citizen.look("08-register")
    citizen.page.locator("[name=q]").fill("ช่อแฮ")
    citizen.page.locator("[name=q]").press("Enter")
    citizen.sees(CENTRE, EARLIER, "ครบกำหนดต่ออายุ")
    citizen.sees_not("บ้านถิ่น")
    citizen.press(CENTRE)
    citizen.sees(walk.certificate, "ประวัติการรับรอง", "เทศบาลตำบลช่อแฮ")
    citizen.look("08-centre")
    citizen.goto("/register/map/")
    citizen.look("08-map")
    assert walk.certificate.encode() in citizen.fetch("/register/register.csv?q=ช่อแฮ")
    officer = walk.cast("officer")
    officer.goto("/certificates/cohort/?year=2565")
    officer.sees(EARLIER, "11 ก.ย. 2565")
    officer.look("08-cohort")


def prove_the_journal(walk: Walk) -> None:
    """Every step stands in it, nothing can be changed, and both are proved."""
    auditor = walk.cast("auditor")
    auditor.goto(f"/journal/?subject={walk.application}")
    for event in ("started", "submitted", "returned_for_correction", "resubmitted", "readiness_recorded"):
        auditor.sees(f"application.{event}")
    auditor.sees("นายอนันต์ สมมติวงศ์", "หัวหน้าหน่วยงาน", "ส่งคืนให้แก้ไข", "บันทึกผลการพิจารณา")
    auditor.look("09-journal")
    auditor.goto(f"/journal/?subject={walk.case}")
    auditor.sees("แจ้งการมีส่วนได้เสีย", "ส่งคะแนน", "คณะมีมติคะแนน", "คณะกรรมการมีมติ")
    auditor.goto("/journal/")
    auditor.press("พิสูจน์ความครบถ้วน")
    auditor.sees("บันทึกเหตุการณ์ครบถ้วน")
    auditor.look("09-proof")
    proved = walk.house.console("verify-journal")
    assert proved.returncode == 0, proved.stdout + proved.stderr
    with sqlite3.connect(walk.house.data / "saduak.sqlite3") as database, pytest.raises(sqlite3.DatabaseError):
        database.execute("UPDATE journal_entry SET event = 'nothing.happened' WHERE id = 5")
    coordinator = walk.cast("coordinator.chohae")
    coordinator.goto("/journal/", status=403)
    coordinator.goto(f"/cases/{walk.application}/")
    coordinator.sees(walk.certificate, "ลำดับเหตุการณ์")
    coordinator.sees_not("นางรัตนา สมมติไทย")  # who marked is not the unit's to know
    coordinator.look("09-case-file")
    officer = walk.cast("officer")
    officer.goto("/")
    officer.look("09-home-of-officer")
    walk.cast("operator").goto(f"/cases/{walk.application}/", status=404)
    for person in walk.cast.there.values():
        assert not person.faults, person.faults


def certificate_of(officer: Walker, centre: str) -> str:
    """Open the certificate of this centre from the list; returns its number."""
    officer.goto("/certificates/")
    officer.page.locator("[name=q]").fill(centre)
    officer.press("แสดง", within="main")
    officer.page.locator("main table a.code-number").first.click()
    officer.sees(centre, "ข้อมูลใบรับรอง")
    return officer.path.rstrip("/").rpartition("/")[2]


def code_on_paper(house: Any, number: str) -> str:
    """What the QR code of the certificate holds. Telephones read it off the paper; here it comes from the console."""
    asked = (
        f"from saduak.certificates.models import Certificate as C; print(C.objects.get(number='{number}').credential)"
    )
    told = house.console("shell", "--no-imports", "-c", asked)
    assert told.returncode == 0, told.stderr
    return told.stdout.split()[-1]
