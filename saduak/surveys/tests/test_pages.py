"""Pages as people meet them: the walk of an office, what two colleagues see, too late, who gets 404, and queries by rows."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saduak.kernel import clock
from saduak.surveys import commands, queries
from saduak.surveys.models import Response
from saduak.surveys.tests.conftest import ALL, CLOSES, answered


@pytest.fixture
def client_of(world):
    def made(name: str) -> Client:
        client = Client()
        client.force_login(world.users[name])
        return client

    return made


def posted(page, **fields):
    """What a browser would send of a page: its own record of what it shows, and the fields."""
    return {"state": json.dumps(page.context["state"])} | fields


def test_an_office_answers_page_by_page(world, survey, during, client_of):
    client, base = client_of("coordinator"), f"/surveys/{survey.code}/answer/{world.body.code}/"
    assert f"/surveys/{survey.code}/answer/{world.body.code}/" in client.get("/").content.decode()
    assert client.get(base).status_code == 200
    first = client.get(f"{base}page/office/")
    fields = {"q-experience": ["never"], "q-plan": ["apply"], "q-obstacles": [""], "onward": "1"}
    assert client.post(f"{base}page/office/", posted(first, **fields)).url == f"{base}page/incentives/"
    second = client.get(f"{base}page/incentives/")
    wrong = client.post(
        f"{base}page/incentives/",
        posted(second, **{"q-worth": "s9", "q-words": "ก" * 2001, "q-for_office": ["budget"]}),
    )
    assert wrong.status_code == 422
    assert "ก" * 2001 in wrong.content.decode()
    assert queries.response_of(survey, world.body).values["for_office"] == ["budget"]
    refused = client.post(f"{base}hand-in/")
    assert refused.status_code == 422
    assert f"{base}page/incentives/#a-for_staff" in refused.content.decode()
    right = posted(
        client.get(f"{base}page/incentives/"),
        **{"q-for_staff": ["pay"], "q-worth": "s4", "q-words": "<b>ก</b>", "onward": "1"},
    )
    assert client.post(f"{base}page/incentives/", right).url == f"{base}check/"
    check = client.get(f"{base}check/").content.decode()
    assert "&lt;b&gt;" in check
    assert "<b>ก" not in check
    assert client.post(f"{base}hand-in/").url == base
    assert world.coordinator.name in client.get(base).content.decode()
    assert client.get(f"{base}page/office/").url == base
    assert client.get(f"{base}withdraw/").status_code == 200
    assert client.post(f"{base}withdraw/").url == base
    assert Response.objects.get().state == "DRAFT"


def test_a_colleague_who_wrote_meanwhile_is_told_and_nothing_is_lost(world, survey, during, client_of):
    mine, hers = client_of("coordinator"), client_of("colleague")
    address = f"/surveys/{survey.code}/answer/{world.body.code}/page/office/"
    opened = mine.get(address)
    hers.post(address, posted(hers.get(address), **{"q-plan": "later", "q-experience": "held"}))
    # Only what was touched is sent: her answer about experience stays.
    late = mine.post(address, posted(opened, **{"q-plan": "apply", "q-experience": "", "q-obstacles": ""}))
    assert late.status_code == 409
    assert world.colleague.name in late.content.decode()
    kept = queries.response_of(survey, world.body).values
    assert (kept["plan"], kept["experience"]) == ("later", "held")
    again = mine.post(address, posted(late, **{"q-plan": "apply", "q-experience": "held", "q-obstacles": ""}))
    assert again.status_code == 302
    assert queries.response_of(survey, world.body).values["plan"] == "apply"


def test_autosave_answers_as_json(world, survey, during, client_of):
    client, address = client_of("head"), f"/surveys/{survey.code}/answer/{world.body.code}/page/office/"
    page = client.get(address)
    answer = client.post(
        address, posted(page, **{"q-plan": "later", "q-experience": "x"}), headers={"Accept": "application/json"}
    ).json()
    assert set(answer["errors"]) == {"q-experience"}
    assert answer["merge"]["state"]["plan"][0] == 1
    assert answer["saved_at"]


def test_what_comes_after_the_close_is_refused_and_shown_again(world, survey, client_of):
    client, address = client_of("coordinator"), f"/surveys/{survey.code}/answer/{world.body.code}/page/incentives/"
    with clock.at(clock.bangkok(2022, 1, 31, 23, 59, 59)):
        page = client.get(address)
        client.post(address, posted(page, **{"q-worth": "s4"}))
    with clock.at(CLOSES):
        late = client.post(address, posted(page, **{"q-worth": "s4", "q-words": "เขียนไว้นาน"}))
        assert late.status_code == 409
        assert "เขียนไว้นาน" in late.content.decode()
        kept = client.get(f"/surveys/{survey.code}/answer/{world.body.code}/").content.decode()
        assert "คุ้มค่ามาก" in kept
    assert queries.response_of(survey, world.body).values == {"worth": "s4"}


def test_who_sees_which_page(world, survey, client_of):
    answered(survey, world.body, by=world.coordinator)
    base, body = f"/surveys/{survey.code}/", world.body.code
    rows = {
        f"{base}answer/{body}/": {"coordinator": 200, "registrar_body": 200, "officer": 403, "registrar_district": 403, "observer_province": 403, "stranger": 404},
        f"{base}tree/{body}/": {"coordinator": 200, "officer": 200, "auditor": 200, "observer_province": 200, "stranger": 404},
        f"{base}tree/{world.secretariat.code}/": {"officer": 200, "observer_province": 404, "assessor1": 404, "operator": 404},
        f"{base}results/{world.province.code}/": {"officer": 409, "observer_province": 409, "stranger": 404},
        f"{base}texts/words/": {"officer": 409, "observer_province": 403, "assessor1": 404},
        f"{base}answer/{world.centre.code}/": {"coordinator": 404},
        f"{base}close/": {"officer": 200, "observer_province": 403, "committee1": 404},
        "/surveys/open/": {"officer": 200, "head": 200, "registrar_body": 403},
    }  # fmt: skip
    with clock.at(clock.bangkok(2022, 1, 20, 10)):
        found = {
            address: {name: client_of(name).get(address).status_code for name in people}
            for address, people in rows.items()
        }
    assert found == rows


def test_an_officer_opens_and_moves_from_pages(world, published, client_of):
    client = client_of("officer")
    with clock.at(clock.bangkok(2021, 12, 22, 9)):
        empty = client.post("/surveys/open/", {"pack": "gecc/surveys/incentives@1", "top": "ไม่มีที่นี่", "opens_at": "x"})
        assert empty.status_code == 422
        fields = {
            "pack": "gecc/surveys/incentives@1",
            "top": "OPM",
            "for_kinds": ["LOCAL_BODY"],
            "opens_at": "3 ม.ค. 2565 08.30.15",
            "closes_at": "31 ม.ค. 2565",
        }
        made = client.post("/surveys/open/", fields)
        survey = queries.by_code(made.url.split("/")[2], world.officer)
        assert survey.opens_at == clock.bangkok(2022, 1, 3, 8, 30, 15)
        assert survey.closes_at == CLOSES
        assert client.post("/surveys/open/", fields).status_code == 409
        form = client.get(f"{made.url}close/").context["form"]
        moved = client.post(
            f"{made.url}close/",
            {"seen": form.initial["seen"], "closes_at": "5 ก.พ. 2565 12.00", "reason": "ขยายเวลาตามที่ขอ"},
        )
        assert moved.url == made.url
        assert "ขยายเวลาตามที่ขอ" in client.get(made.url).content.decode()
        assert client.post(f"{made.url}end/", {"reason": "สั้น"}).status_code == 422


def test_pages_ask_as_many_queries_for_three_rows_as_for_one(world, survey, during, client_of):
    def counted(address: str) -> int:
        client = client_of("officer")
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as one:
            assert client.get(address).status_code == 200
        return len(one)

    addresses = ["/surveys/", f"/surveys/{survey.code}/", f"/surveys/{survey.code}/tree/{world.department.code}/",
                 f"/surveys/{survey.code}/tree/{world.department.code}/tree.csv"]  # fmt: skip
    answered(survey, world.body, by=world.coordinator)
    before = [counted(one) for one in addresses]
    answered(survey, world.other_body, by=world.stranger)
    with clock.at(clock.bangkok(2021, 12, 22, 9)):
        for top in (world.province, world.other_province):
            commands.open_survey(
                survey.pack.pack_id,
                by=world.officer,
                opens_at=survey.opens_at,
                closes_at=CLOSES,
                top_code=top.code,
                for_kinds=["DISTRICT"],
            )
    assert [counted(one) for one in addresses] == before


def test_the_spreadsheet_of_the_tree_is_safe_and_says_nothing_of_answers(world, survey, client_of):
    type(world.body).objects.filter(pk=world.body.pk).update(name_th="=1+1")
    answered(survey, world.body, by=world.coordinator, words="ความลับของเรา")
    with clock.at(clock.bangkok(2022, 1, 21)):
        text = b"".join(
            client_of("officer").get(f"/surveys/{survey.code}/tree/OPM/tree.csv").streaming_content
        ).decode()
    assert "'=1+1" in text
    assert "ความลับ" not in text
    assert text.count("ตอบแล้ว") == 1
    assert ALL["worth"] not in text
