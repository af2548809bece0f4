"""The offices' pages: who meets which, what a press does, and as many queries for three rows as for one."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from saduak.certificates import commands, queries
from saduak.certificates.models import Certificate
from saduak.certificates.tests.conftest import ISSUED
from saduak.journal import queries as journal
from saduak.kernel import clock
from saduak.people import commands as people


def get(browser, address: str):
    with clock.at(ISSUED):
        return browser.get(address)


def post(browser, address: str, **given):
    with clock.at(ISSUED):
        return browser.post(address, given)


OFFICES = ["coordinator", "head", "observer_province", "registrar_department", "auditor", "officer", "committee1"]


@pytest.mark.parametrize("name", [*OFFICES, "stranger", "stranger_head", "assessor1", "operator"])
def test_a_certificate_is_met_by_its_unit_and_the_bodies_above(world, issued, sign_in, name):
    browser = sign_in(world.users[name])
    found = 200 if name in OFFICES else 404
    assert get(browser, f"/certificates/{issued.number}/").status_code == found
    assert get(browser, f"/certificates/{issued.number}/pdf/").status_code == found
    listed = get(browser, "/certificates/").content.decode()
    assert (issued.number in listed) == (found == 200)
    if name != "officer":
        for move in ("suspend", "reinstate", "revoke"):
            answer = post(browser, f"/certificates/{issued.number}/{move}/", reason="ERROR", text="ก")
            assert answer.status_code == (403 if found == 200 else 404)
        issued.refresh_from_db()
        assert issued.state == "VALID"


def test_nobody_meets_anything_behind_the_sign_in_without_one(client, issued):
    for address in (
        "",
        f"{issued.number}/",
        f"{issued.number}/pdf/",
        "cohort/",
        "cohort.csv",
        "keys/",
        "rounds/GECC-2565/",
    ):
        assert get(client, f"/certificates/{address}").status_code == 302


def test_the_paper_is_handed_out_as_a_download_only(world, issued, sign_in):
    answer = get(sign_in(world.users["coordinator"]), f"/certificates/{issued.number}/pdf/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_revoking_asks_first_and_keeps_what_was_typed(world, issued, sign_in):
    browser = sign_in(world.users["officer"])
    address = f"/certificates/{issued.number}/revoke/"
    assert get(browser, address).status_code == 200
    without = post(browser, address, text="เหตุผลที่พิมพ์ไว้แล้ว")
    assert without.status_code == 200
    assert "เหตุผลที่พิมพ์ไว้แล้ว" in without.content.decode()
    issued.refresh_from_db()
    assert issued.state == "VALID"
    assert post(browser, address, reason="STANDARD", text="ไม่ผ่านการตรวจติดตาม").status_code == 302
    assert queries.check(issued.number).code == "REVOKED"
    assert get(browser, address).status_code == 409


def test_an_officer_issues_a_round_by_one_press_and_sees_how_far_it_is(world, gecc, certified, sign_in):
    certified()
    browser = sign_in(world.users["officer"])
    assert "ศูนย์ที่ได้รับการรับรองในรอบ" in get(browser, "/certificates/").content.decode()
    page = get(browser, f"/certificates/rounds/{gecc.code}/").content.decode()
    assert "ออกใบรับรอง 1 ฉบับ" in page
    assert post(browser, f"/certificates/rounds/{gecc.code}/issue/").status_code == 302
    assert DBTaskResult.objects.filter(task_path="saduak.certificates.jobs.carry_on").count() == 1
    assert "hx-trigger" in get(browser, f"/certificates/rounds/{gecc.code}/progress/").content.decode()
    with clock.at(ISSUED):
        assert commands.carry_on(queries.progress(gecc.pk).run.pk) == 1
    done = get(browser, f"/certificates/rounds/{gecc.code}/progress/").content.decode()
    assert "hx-trigger" not in done
    assert post(browser, f"/certificates/rounds/{gecc.code}/issue/").status_code == 409


@pytest.mark.parametrize("name", ["coordinator", "stranger", "observer_province", "assessor1"])
def test_what_waits_to_be_issued_is_nobody_elses_business(world, gecc, certified, sign_in, name):
    certified()
    browser = sign_in(world.users[name])
    assert get(browser, f"/certificates/rounds/{gecc.code}/").status_code == 403
    assert get(browser, f"/certificates/rounds/{gecc.code}/progress/").status_code == 403
    assert post(browser, f"/certificates/rounds/{gecc.code}/issue/").status_code == 403
    assert get(browser, "/certificates/cohort/").status_code == 403
    assert get(browser, "/certificates/earlier/new/").status_code == 403
    assert not Certificate.objects.exists()


def test_the_cohort_names_whom_to_invite_and_who_has_applied(world, earlier, certified, sign_in):
    certified()
    browser = sign_in(world.users["officer"])
    page = get(browser, "/certificates/cohort/?year=2565").content.decode()
    assert earlier.centre_name_th in page
    assert "A-" in page
    world.centre.name_th = "=HYPERLINK(1)"
    world.centre.save()
    Certificate.objects.filter(pk=earlier.pk).update(centre_name_th="=HYPERLINK(1)")
    assert world.department.name_th in page  # counted by the body above
    assert "/circulars/new/?certificate=2565&amp;round=GECC-2565" in page
    answer = get(browser, "/certificates/cohort.csv?year=2565")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["เลขที่", "ศูนย์"]
    assert rows[1][:2] == [earlier.number, "'=HYPERLINK(1)"]
    assert get(browser, "/certificates/cohort/?year=9999999").status_code == 200
    assert get(browser, "/certificates/cohort/?year=๒๕๖๕").status_code == 200


def test_an_earlier_certificate_is_entered_in_the_browser(world, gecc, sign_in):
    browser = sign_in(world.users["officer"])
    given = {"centre": "c-test33", "round": "GECC-2562", "level": "basic", "valid_from": "๑๒ กันยายน ๒๕๖๒", "number": ""}
    wrong = post(browser, "/certificates/earlier/new/", **{**given, "valid_from": "เมื่อวาน"})
    assert wrong.status_code == 200
    assert "c-test33" in wrong.content.decode()
    assert post(browser, "/certificates/earlier/new/", **given).status_code == 302
    entered = Certificate.objects.get()
    assert (entered.valid_from, entered.valid_to) == (date(2019, 9, 12), date(2022, 9, 11))
    assert entered.pdf is None
    assert get(browser, f"/certificates/{entered.number}/").status_code == 200
    assert get(browser, f"/certificates/{entered.number}/pdf/").status_code == 404


def test_a_key_is_withdrawn_with_a_reason(world, issued, sign_in):
    browser = sign_in(world.users["operator"])
    assert get(browser, "/certificates/keys/").status_code == 200
    address = f"/certificates/keys/{issued.key_id}/withdraw/"
    assert post(browser, address, text="").status_code == 200
    assert post(browser, address, text="เครื่องถูกบุกรุก").status_code == 302
    assert journal.entries().filter(event="certificates.key_withdrawn").count() == 1
    assert get(sign_in(world.users["coordinator"]), "/certificates/keys/").status_code == 403


def test_what_waits_for_whom(world, earlier, certified):
    with clock.at(ISSUED):
        assert [one.title for one in queries.waiting_for(world.coordinator)] == [earlier.centre_name_th]
        assert queries.waiting_for(world.stranger) == []
        assert queries.waiting_for(world.officer) == []
        certified()
        waiting = queries.waiting_for(world.officer)
        assert queries.waiting_for(world.coordinator) == [], "who has applied again is not told to apply again"
    assert [one.count for one in waiting] == [1]


def test_the_list_asks_as_often_for_three_rows_as_for_one(world, earlier, sign_in):
    browser = sign_in(world.users["officer"])

    def asked(address: str) -> int:
        get(browser, address)
        with CaptureQueriesContext(connection) as made:
            assert get(browser, address).status_code == 200
        return len(made)

    addresses = ("/certificates/", "/certificates/cohort/?year=2565", "/certificates/?q=ทดสอบ&standing=DUE")
    before = [asked(address) for address in addresses]
    for number in range(2):
        with clock.at(ISSUED):
            centre = people.register_centre(world.body.code, by=world.coordinator, name_th=f"ศูนย์ทดสอบแห่งที่ {number}")
            commands.enter_earlier(
                "GECC-2562", centre.code, by=world.officer, level="basic", valid_from=date(2019, 9, 12)
            )
    assert [asked(address) for address in addresses] == before
