"""Results by branch: computed, of groups that are large enough, and never to be told by subtraction. Exports say the same."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saduak.kernel import clock
from saduak.people import commands as people
from saduak.people.actor import system
from saduak.people.models import Kind, Organisation
from saduak.surveys import commands, export, queries
from saduak.surveys.tests.conftest import ALL, CLOSES, answered

AFTER = clock.bangkok(2022, 2, 3, 9)
IN_DISTRICT = 6  # bodies that answer in the first district, with the one of the world 7


def grow(world, district: Organisation, many: int, prefix: str) -> list[Organisation]:
    rows = [
        {"code": f"{prefix}{number:02}", "kind": Kind.LOCAL_BODY, "name_th": f"เทศบาล {prefix}{number}", "parent": district.code,
         "province_code": district.province_code, "district_code": district.district_code}
        for number in range(many)
    ]  # fmt: skip
    people.grow_tree(rows, by=system("set-up"), source="tests")
    return list(Organisation.objects.filter(code__startswith=prefix).order_by("path"))


def of(world, office: Organisation):
    """The coordinator of an office."""
    return replace(world.coordinator, path=office.path, organisation_id=office.pk, organisation_name=office.name_th)


@pytest.fixture
def surveyed(world, survey):
    """Seven bodies of the first province and five of the other one have answered; the department itself has, too."""
    for number, office in enumerate(grow(world, world.district, IN_DISTRICT, "P-")):
        plan = {"plan": "later", "obstacles": ["people"]} if number < 4 else {}
        answered(survey, office, by=of(world, office), **plan)
    answered(survey, world.body, by=world.coordinator, worth="s1", words="=ลับ")
    for office in grow(world, world.other_district, 5, "N-"):
        answered(survey, office, by=of(world, office))
    return survey


def test_results_are_computed_of_what_was_handed_in(world, surveyed):
    found = queries.results(surveyed, world.secretariat)
    assert (found.shown, found.answered) == (True, 12)
    worth = found.tallies["worth"]
    assert {one.code: one.many for one in worth.lines if one.many} == {"s4": 11, "s1": 1}
    assert str(worth.mean) == "3.75"
    assert found.tallies["obstacles"] is None  # four answered it: fewer than five
    with clock.at(clock.bangkok(2022, 1, 21)):
        commands.withdraw(surveyed.code, world.body.code, by=world.coordinator)
    again = queries.results(surveyed, world.secretariat)
    assert again.answered == 11
    assert again.tallies["worth"].counts == {"s4": 11}


def test_a_branch_is_hidden_when_the_rest_would_tell_a_small_group(world, surveyed):
    def shown(body):
        return queries.results(surveyed, body).shown

    assert [shown(one) for one in (world.department, world.province, world.other_province)] == [True, True, True]
    assert not shown(world.body)  # one answer
    assert not queries.results(surveyed, world.body).tallies
    own = of(world, world.department)
    answered(surveyed, world.department, by=own)  # one answer of its own: the whole less the provinces would tell it
    assert shown(world.department)
    assert shown(world.province)
    assert not shown(world.other_province)  # the smaller one goes with it
    assert not shown(world.other_district)  # and all below
    assert queries.results(surveyed, world.department).branches == {
        world.province.path: True,
        world.other_province.path: False,
    }
    # A question that few answered is hidden by itself: here 7 answered `words`, beside it would be told who did not.
    assert queries.results(surveyed, world.province).tallies["words"].answered == 7


def test_a_body_above_the_top_sees_the_whole_and_one_beside_it_nothing(world, surveyed):
    with clock.at(clock.bangkok(2022, 1, 4)):
        local = commands.open_survey(
            surveyed.pack.pack_id, by=world.officer, opens_at=surveyed.opens_at, closes_at=CLOSES, top_code=world.province.code,
            for_kinds=["LOCAL_BODY"],
        )  # fmt: skip
    assert queries.results(local, world.department).top == world.province.path
    assert not queries.results(local, world.other_province).shown


def test_texts_are_for_the_secretariat_and_say_nothing_of_who_wrote(world, surveyed):
    found = queries.texts(surveyed, "words")
    assert sorted(found) == sorted(["=ลับ"] + [ALL["words"]] * 11)
    assert queries.texts(surveyed, "worth_nothing") == []
    with clock.at(AFTER):
        answer = {}
        for name in ("officer", "auditor", "observer_province"):
            client = Client()
            client.force_login(world.users[name])
            answer[name] = client.get(f"/surveys/{surveyed.code}/texts/words/").status_code
    assert answer == {"officer": 200, "auditor": 403, "observer_province": 403}


def test_pages_and_exports_say_the_same_in_as_many_queries_for_any_number_of_answers(world, surveyed):
    client = Client()
    client.force_login(world.users["observer_province"])
    base = f"/surveys/{surveyed.code}/results/{world.province.code}/"
    with clock.at(AFTER):
        client.get(base)
        with CaptureQueriesContext(connection) as few:
            page = client.get(base).content.decode()
        assert "คุ้มค่ามาก" in page
        assert "=ลับ" not in page  # what was written in words stays with the secretariat
        text = b"".join(client.get(f"{base}results.csv").streaming_content).decode()
        book = openpyxl.load_workbook(BytesIO(client.get(f"{base}results.xlsx").content), read_only=True)
        assert client.get(f"/surveys/{surveyed.code}/results/{world.secretariat.code}/").status_code == 404
    sheet = [tuple(row) for row in book.active.iter_rows(values_only=True)]
    assert any(row[4] == "คุ้มค่ามาก" and row[5] in (6, "6") for row in sheet)
    assert "คุ้มค่ามาก,6,85.7" in text
    assert "=ลับ" not in text
    for office in grow(world, world.district, 3, "Q-"):
        answered(surveyed, office, by=of(world, office))
    with clock.at(AFTER), CaptureQueriesContext(connection) as more:
        client.get(base)
    assert len(more) == len(few)


def test_an_export_of_too_few_says_so(world, survey):
    answered(survey, world.body, by=world.coordinator)
    rows = list(export.rows(queries.results(survey, world.secretariat)))
    assert len(rows) == 2
    assert "5" in rows[1][-1]


def test_the_tree_adds_up_branch_by_branch(world, surveyed):
    with clock.at(clock.bangkok(2022, 1, 21)):
        commands.save_answers(surveyed.code, world.other_body.code, {"plan": "later"}, by=world.stranger)
    whole = queries.total(surveyed, world.secretariat)
    assert whole.counts == {"invited": 18, "answered": 12, "begun": 1, "silent": 5}
    provinces = {one.organisation.code: one.counts for one in queries.branches(surveyed, world.department)}
    assert provinces["TH-54"] == {"invited": 9, "answered": 7, "begun": 0, "silent": 2}
    assert provinces["TH-55"] == {"invited": 8, "answered": 5, "begun": 1, "silent": 2}
    table = list(queries.table(surveyed, world.department))
    assert len(table) == 19
    assert queries.total(surveyed, world.centre).counts["invited"] == 0
