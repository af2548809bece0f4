"""The public register: what anybody finds, and what nobody may."""

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.certificates import commands, outlines
from saduak.certificates.models import Certificate
from saduak.directory import provinces_map, queries
from saduak.directory.filters import Filters
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.people import commands as people
from saduak.rounds import commands as rounds

NOW = clock.bangkok(2022, 1, 15)


@pytest.fixture
def gecc(world, settings):
    """The rounds of 2562 and 2565."""
    for pack in ("gecc/rounds/2562", "gecc/rounds/2565"):
        packs.publish(settings.PACKS, pack, by=world.officer)
        with clock.at(clock.bangkok(2018, 12, 1)):
            rounds.open_round(pack, by=world.officer)


@pytest.fixture
def enter(world, gecc):
    """enter(centre, first day, round, level): a certificate as the secretariat's files have it."""

    def make(centre, first: date, code: str = "GECC-2562", level: str = "basic") -> Certificate:
        with clock.at(NOW):
            return commands.enter_earlier(code, centre.code, by=world.officer, level=level, valid_from=first)

    return make


@pytest.fixture
def listed(world, enter) -> dict[str, Certificate]:
    """One that is due and one that has expired."""
    return {
        "due": enter(world.centre, date(2019, 9, 12)),
        "expired": enter(world.other_centre, date(2018, 12, 1), level="advanced"),
    }


def found(**asked: str) -> set[str]:
    with clock.at(NOW):
        return {one.number for one in queries.register(Filters.of(asked))}


def get(client, address: str):
    with clock.at(NOW):
        return client.get(address)


def body(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_filters_find_what_they_say(world, listed):
    due, expired = listed["due"].number, listed["expired"].number
    assert found() == {due}
    assert found(stands="ALL") == {due, expired}
    assert found(stands="DUE") == {due}
    assert found(stands="EXPIRED") == {expired}
    assert found(stands="REVOKED") == set()
    assert found(province="54") == {due}
    assert found(province="55") == set()
    assert found(stands="ALL", level="advanced") == {expired}
    assert found(stands="ALL", year="2562") == {due, expired}
    assert found(stands="ALL", year="2565") == set()
    assert found(stands="ALL", office="DLA") == {due, expired}
    assert found(stands="ALL", office="NOBODY") == set()


def test_search_finds_parts_of_thai_words_however_they_are_typed(world, listed):
    due = listed["due"].number
    assert found(q="ทดสอบใต้") == {due}
    assert found(q="บริการ ใต้") == {due}
    assert found(q=due.lower()) == {due}
    assert found(q=due.replace("-", "")) == {due}
    assert found(q="GECC-๒๕๖๒") == {due}
    assert found(q="ไม่มีที่ไหน") == set()


def test_a_due_one_is_tagged_and_an_expired_one_is_found_with_its_history(client, world, listed):
    page = get(client, "/register/").content.decode()
    assert "ครบกำหนดต่ออายุ" in page
    assert listed["expired"].centre_name_th not in page
    old = get(client, f"/register/{world.other_centre.code}/").content.decode()
    assert "หมดอายุ" in old
    assert listed["expired"].number in old


def test_a_renewed_centre_stands_once_with_both_certificates_behind_it(client, world, listed, enter):
    newer = enter(world.centre, date(2022, 1, 10), code="GECC-2565", level="excellent")
    assert found(stands="ALL", province="54") == {newer.number}
    page = get(client, f"/register/{world.centre.code}/").content.decode()
    assert newer.number in page
    assert listed["due"].number in page
    assert "มีฉบับใหม่แทนแล้ว" in page


def test_a_revoked_one_leaves_the_list_and_stays_findable(client, world, listed):
    with clock.at(NOW):
        commands.revoke(listed["due"].number, by=world.officer, reason="CLOSED", text="ยุบรวม")
    assert found() == set()
    assert found(stands="REVOKED") == {listed["due"].number}
    page = get(client, f"/register/{world.centre.code}/").content.decode()
    assert "ถูกเพิกถอน" in page
    assert "ศูนย์ปิดหรือรวมกับศูนย์อื่น" in page
    assert "ยุบรวม" not in page


def test_a_centre_without_certificate_is_not_public(client, world, gecc):
    assert get(client, f"/register/{world.centre.code}/").status_code == 404
    assert get(client, f"/register/{world.body.code}/").status_code == 404
    assert get(client, "/register/C-NOTHERE/").status_code == 404
    assert get(client, "/register/").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["page=99", "page=x", "year=abc", "year=9999", "order=drop", "stands=<b>", "province=99", "office=%27", "q=%27%22--", "q=" + "ก" * 3000,
     "level=%27%20or%201=1", "q=%25%25", "year=๒๕๖๕"],
)  # fmt: skip
def test_nothing_in_the_address_breaks_the_page(client, listed, query):
    answer = get(client, f"/register/?{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode().split("</main>")[0].split('role="search"')[1].split("</form>")[0]


@pytest.mark.parametrize("query", ["office=%00", "q=%00"])
def test_what_no_text_can_hold_is_refused_before_it_comes_here(client, listed, query):
    assert get(client, f"/register/?{query}").status_code == 400


def test_open_data_says_the_same_as_the_page_and_no_cell_is_a_formula(client, world, listed):
    Certificate.objects.filter(pk=listed["due"].pk).update(centre_name_th="=cmd|' /C calc'!A1", centre_name_en="@x")
    rows = list(csv.DictReader(io.StringIO(body(get(client, "/register/register.csv?stands=ALL")))))
    assert {row["number"] for row in rows} == {one.number for one in listed.values()}
    due = next(row for row in rows if row["number"] == listed["due"].number)
    assert due["centre_th"].startswith("'=")
    assert due["centre_en"] == "'@x"
    assert (due["status"], due["valid_to"], due["province_th"]) == ("DUE", "2022-09-11", "แพร่")
    assert due["ministry_th"] == world.ministry.name_th
    assert due["department_th"] == world.department.name_th
    told = json.loads(body(get(client, "/register/register.json?province=54")))
    assert [one["number"] for one in told["certificates"]] == [listed["due"].number]
    empty = json.loads(body(get(client, "/register/register.json?province=10")))
    assert empty["certificates"] == []


def test_the_map_knows_every_province_and_its_table_says_the_same(client, listed, settings):
    answer = get(client, "/register/map/")
    text = answer.content.decode()
    assert text.count("?province=") >= 77
    assert "แพร่: 1" in text
    assert "CC BY 4.0" in text
    assert len(outlines.outlines(settings.NODE_MODULES)[1]) == 77
    assert [provinces_map.shade(count, 10) for count in (0, 1, 2, 3, 9, 10)] == [0, 1, 1, 2, 5, 5]


def test_the_register_asks_as_often_for_three_centres_as_for_one(client, world, listed, enter):
    def asked(address: str) -> int:
        get(client, address)
        with CaptureQueriesContext(connection) as made:
            assert get(client, address).status_code == 200
        return len(made)

    addresses = ("/register/?stands=ALL", "/register/?q=ทดสอบ", "/register/map/", f"/register/{world.centre.code}/")
    before = [asked(address) for address in addresses]
    for number in range(3):
        with clock.at(NOW):
            centre = people.register_centre(world.body.code, by=world.coordinator, name_th=f"ศูนย์ทดสอบแห่งที่ {number}")
        enter(centre, date(2019, 9, 12))
    assert [asked(address) for address in addresses] == before


def test_both_languages_are_whole(client, world, listed):
    client.cookies["saduak_language"] = "en"
    for address in ("/register/", "/register/map/", f"/register/{world.centre.code}/"):
        page = get(client, address)
        assert page.status_code == 200
        assert 'lang="en"' in page.content.decode()
        assert page["Cache-Control"] == "private, no-cache"
