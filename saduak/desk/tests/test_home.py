"""The first page: what waits, until when; a stranger meets the doors that stand open to all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.applications import commands as applications
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.people.models import Organisation
from saduak.rounds import commands as rounds
from saduak.web.language import COOKIE

pytestmark = pytest.mark.django_db


def test_a_midnight_is_the_end_of_the_day_before(world, sign_in, settings):
    """A window that closes on 1 March 00:00 is over at the end of 28 February; nobody should read "1 March"."""
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        packs.publish_all(settings.PACKS, by=world.officer)
        made = rounds.open_round("gecc/rounds/2565", by=world.officer)
        applications.start(made.code, world.centre.code, by=world.coordinator)
        page = sign_in(world.users["coordinator"]).get("/").content.decode()
    assert "28 ก.พ. 2565 24.00 น." in page
    assert "1 มี.ค. 2565" not in page


def test_a_stranger_sees_no_work(client, world):
    page = client.get("/").content.decode()
    assert "ตรวจสอบใบรับรอง" in page
    assert "งานที่รอท่าน" not in page


def test_a_coordinator_sees_her_application_and_what_it_still_needs(world, sign_in, settings):
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        packs.publish_all(settings.PACKS, by=world.officer)
        made = rounds.open_round("gecc/rounds/2565", by=world.officer)
        begun = applications.start(made.code, world.centre.code, by=world.coordinator)
        hers = sign_in(world.users["coordinator"]).get("/").content.decode()
        strangers = sign_in(world.users["stranger"]).get("/").content.decode()
    assert "ใบสมัครของหน่วยงานท่าน" in hers
    assert f"/applications/{begun.number}/check/" in hers
    assert "เปิดรับสมัคร" in hers  # the phase the round is in
    assert begun.number not in strangers


def test_an_officer_sees_how_far_the_round_is_at_the_same_cost_for_any_number(
    world, sign_in, settings, django_assert_num_queries
):
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        packs.publish_all(settings.PACKS, by=world.officer)
        made = rounds.open_round("gecc/rounds/2565", by=world.officer)
        browser = sign_in(world.users["officer"])
        with CaptureQueriesContext(connection) as before:
            assert "ความคืบหน้าของรอบ" in browser.get("/").content.decode()
        applications.start(made.code, world.centre.code, by=world.coordinator)
        applications.start(made.code, world.other_centre.code, by=world.stranger)
        with django_assert_num_queries(len(before)):
            page = browser.get("/").content.decode()
    assert "ใบสมัครที่เริ่มแล้ว" in page
    assert "ใบสมัครของหน่วยงานท่าน" not in page


def test_a_registrar_sees_no_funnel(world, sign_in, settings):
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        packs.publish_all(settings.PACKS, by=world.officer)
        rounds.open_round("gecc/rounds/2565", by=world.officer)
        page = sign_in(world.users["registrar_district"]).get("/").content.decode()
    assert "ความคืบหน้าของรอบ" not in page


def test_when_no_window_is_open_the_next_one_is_named(world, sign_in, settings):
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        packs.publish_all(settings.PACKS, by=world.officer)
        rounds.open_round("gecc/rounds/2565", by=world.officer)
    with clock.at(clock.bangkok(2021, 12, 30, 10)):
        page = sign_in(world.users["officer"]).get("/").content.decode()
    assert "เปิดวันที่" in page
    assert "1 ม.ค. 2565" in page


def test_the_rail_names_person_and_office_in_the_readers_language(world, sign_in):
    Organisation.objects.filter(pk=world.secretariat.pk).update(name_en="Permanent Secretariat")
    browser = sign_in(world.users["officer"])
    assert world.secretariat.name_th in browser.get("/").content.decode()
    browser.cookies[COOKIE] = "en"
    page = browser.get("/").content.decode()
    assert "Permanent Secretariat" in page
    assert world.secretariat.name_th not in page
