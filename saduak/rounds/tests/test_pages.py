"""The calendar of a round is for everybody who is signed in; opening and ending it is not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.kernel import clock
from saduak.rounds import commands
from saduak.rounds.models import Round


def test_nobody_sees_rounds_without_signing_in(client, gecc):
    assert client.get("/rounds/").status_code == 302
    assert client.get(f"/rounds/{gecc.code}/").status_code == 302


@pytest.mark.parametrize("name", ["officer", "stranger", "coordinator", "assessor1", "auditor"])
def test_everybody_who_is_signed_in_reads_the_calendar(world, gecc, sign_in, name):
    browser = sign_in(world.users[name])
    with clock.at(clock.bangkok(2022, 2, 1)):
        assert gecc.name_th in browser.get("/rounds/").content.decode()
        page = browser.get(f"/rounds/{gecc.code}/").content.decode()
    assert "28 ก.พ. 2565" in page
    assert "แจ้งชื่อผู้แทน" in page
    assert ("/end/" in page) == (name == "officer")


def test_a_round_that_is_not_there(world, gecc, sign_in):
    assert sign_in(world.users["officer"]).get("/rounds/GECC-2999/").status_code == 404


def test_ending_asks_first_and_a_stranger_cannot(world, gecc, sign_in):
    browser = sign_in(world.users["stranger"])
    assert browser.get(f"/rounds/{gecc.code}/end/").status_code == 403
    assert browser.post(f"/rounds/{gecc.code}/end/").status_code == 403
    browser = sign_in(world.users["officer"])
    assert browser.get(f"/rounds/{gecc.code}/end/").status_code == 200
    assert Round.objects.get().state == "OPEN"
    assert browser.post(f"/rounds/{gecc.code}/end/").status_code == 302
    assert Round.objects.get().state == "ENDED"


def test_the_list_asks_as_often_for_three_rounds_as_for_one(world, gecc, sign_in):
    browser = sign_in(world.users["officer"])
    browser.get("/rounds/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/rounds/")
    commands.open_round("gecc/rounds/2565-practice", by=world.officer)
    with CaptureQueriesContext(connection) as more:
        browser.get("/rounds/")
    assert len(more) == len(one)


def test_the_calendar_leads_on_to_what_one_may_do_next(world, gecc, sign_in):
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        hers = sign_in(world.users["coordinator"]).get(f"/rounds/{gecc.code}/").content.decode()
        officers = sign_in(world.users["officer"]).get(f"/rounds/{gecc.code}/").content.decode()
        registrars = sign_in(world.users["registrar_district"]).get(f"/rounds/{gecc.code}/").content.decode()
    with clock.at(clock.bangkok(2022, 3, 1, 0)):
        too_late = sign_in(world.users["coordinator"]).get(f"/rounds/{gecc.code}/").content.decode()
    assert "เริ่มใบสมัคร" in hers
    assert "เขียนหนังสือเวียน" not in hers
    assert f"/circulars/new/?round={gecc.code}" in officers
    for page in (registrars, too_late):
        assert "เริ่มใบสมัคร" not in page
