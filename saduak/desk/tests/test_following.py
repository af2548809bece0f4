"""How far the units are: sums over the tree, who is silent, and who may look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.applications import commands as applications
from saduak.desk import following
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.people import commands as people
from saduak.people.actor import system
from saduak.people.models import Kind
from saduak.rounds import commands as rounds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_application_window")]


@pytest.fixture
def gecc(world, settings):
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    with clock.at(clock.bangkok(2021, 12, 20, 9)):
        return rounds.open_round("gecc/rounds/2565", by=world.officer)


@pytest.fixture
def begun(world, gecc):
    return applications.start(gecc.code, world.centre.code, by=world.coordinator)


def test_sums_are_those_of_the_subtree(world, gecc, begun):
    province, other = following.units(gecc, [world.province, world.other_province])
    assert province.counts | {"offices": 0} == {"offices": 0, "invited": 0, "begun": 1, "handed_in": 0, "returned": 0, "ready": 0, "certified": 0}  # fmt: skip
    assert other.counts["begun"] == 0
    assert following.total(gecc, world.department).counts["begun"] == 1
    assert following.total(gecc, world.body).counts["begun"] == 1


def test_who_has_begun_is_not_silent_and_the_others_are_named(world, gecc, begun):
    silent = following.silent(gecc, world.department)
    assert world.body.pk not in silent
    assert world.other_body.pk in silent
    found = {one.organisation.pk: one for one in following.describe(gecc, silent)}[world.other_body.pk]
    assert (found.persons, found.last_seen, found.invited_at) == (2, None, None)


def test_the_page_costs_the_same_for_more_units(world, gecc, begun, sign_in):
    browser = sign_in(world.users["officer"])
    address = f"/units/{gecc.code}/DLA/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(address).status_code == 200
        return len(counted)

    before = queries()
    rows = [{"code": f"TH-9{n}", "kind": Kind.PROVINCE, "name_th": f"จังหวัดที่ {n}", "parent": "DLA"} for n in range(3)]
    people.grow_tree(rows, by=system("tests"), source="tests")
    assert queries() == before


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("officer", (200, 200, 200)),
        ("auditor", (200, 200, 200)),
        ("registrar_department", (200, 200, 200)),
        ("observer_province", (404, 200, 404)),
        ("head", (404, 404, 404)),
        ("stranger", (404, 404, 404)),
        ("assessor1", (404, 404, 404)),
        ("committee1", (404, 404, 404)),
        ("operator", (404, 404, 404)),
    ],
)
def test_who_may_look_at_whom(world, gecc, begun, sign_in, name, answers):
    browser = sign_in(world.users[name])
    for code, answer in zip(("DLA", "TH-54", "TH-55"), answers, strict=True):
        for address in (f"/units/{gecc.code}/{code}/", f"/units/{gecc.code}/{code}/silent/", f"/units/{gecc.code}/{code}.csv"):  # fmt: skip
            assert browser.get(address).status_code == answer, (name, address)


def test_of_a_draft_only_the_number_is_told(world, gecc, begun, sign_in):
    browser = sign_in(world.users["observer_province"])
    for address in ("/units/", f"/units/{gecc.code}/TH-5401/", f"/units/{gecc.code}/TH-54/silent/"):
        page = browser.get(address).content.decode()
        assert begun.number not in page
        assert world.centre.name_th not in page


def test_the_spreadsheet_has_every_office_once(world, gecc, begun, sign_in):
    answer = sign_in(world.users["officer"]).get(f"/units/{gecc.code}/DLA.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 7  # the department, two provinces, two districts, two bodies
    assert sum("L-540101" in line for line in lines) == 1
