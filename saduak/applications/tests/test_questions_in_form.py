"""Questions beside the marks, of every type, through the pages: asked, kept, disputed, checked, read, handed in, judged."""

import pytest
from django.urls import reverse
from django.utils import translation

from saduak.applications import commands, handed_in, queries, questionnaire, receipts
from saduak.applications.question_rows import words
from saduak.web.language import COOKIE

GIVEN = {
    "v:t-1-lunch": "yes", "v:t-1-who": "turns",
    "v:t-2-counters": "๑๒ ช่อง", "v:t-2-channels": ["", "phone", "web"], "v:t-2-since": "๑๐ มกราคม ๒๕๕๙",
    "v:t-2-line": "ยิ้มก่อนทำ",
    "v:t-3-plan": "", "v:t-3-plan-0-topic": "ป้ายบอกทาง", "v:t-3-plan-0-due": "31/3/2565",
    "v:t-3-plan-0-cost": "12,500 บาท", "v:t-3-plan-0-state": "open", "v:t-3-plan-2-topic": "ที่นั่งรอ",
    "v:t-3-why": "ประชาชนขอ\nมาสองปี", "v:t-4-where": "", "v:t-4-where-latitude": "18.14459, 100.14028",
    "v:t-4-where-longitude": "",
}  # fmt: skip
KEPT = {
    "t-1-lunch": True, "t-1-who": "turns", "t-2-counters": "12", "t-2-channels": ["phone", "web"],
    "t-2-since": "2016-01-10", "t-2-line": "ยิ้มก่อนทำ",
    "t-3-plan": [
        {"topic": "ป้ายบอกทาง", "due": "2022-03-31", "cost": "12500", "state": "open"},
        {"topic": "ที่นั่งรอ", "due": None, "cost": None, "state": None},
    ],
    "t-3-why": "ประชาชนขอ\nมาสองปี", "t-4-where": {"latitude": "18.144590", "longitude": "100.140280"},
}  # fmt: skip


def url(name, application, *more):
    return reverse(f"applications:{name}", args=[application.number, *more])


def kept(application):
    return {item: one.value for item, one in queries.answers(application).items() if item in KEPT}


def missing(application):
    with translation.override("en"):
        return {one.item: one.what for one in queries.progress(application).missing}


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_type_is_asked_with_its_hint_and_limits(asked, world, sign_in, language):
    browser = sign_in(world.users["coordinator"])
    browser.cookies[COOKIE] = language
    html = browser.get(url("form", asked)).content.decode()
    for item in [*KEPT, "t-4-map"]:
        assert f'id="{item}"' in html
    assert html.count("<tr data-row=") == 4  # three empty rows, and the pattern of a new one
    assert (
        "นับเฉพาะช่องที่เปิดจริง ระหว่าง 1 ถึง 200" if language == "th" else "Count only those that are open. From 1 to 200."
    ) in html
    assert f"{url('add_evidence', asked)}?item=t-4-map" in html
    assert "<strong>" in html.split('id="t-1-title"')[1].split("</section>")[0]  # Markdown of the standard
    assert "data-my-place" in html


def test_all_is_kept_without_scripts_and_shown_again_as_written(asked, world, sign_in):
    browser = sign_in(world.users["coordinator"])
    assert missing(asked)["t-2-counters"] == "not answered"
    assert browser.post(url("form", asked), GIVEN).status_code == 302
    assert kept(asked) == KEPT
    html = browser.get(url("form", asked)).content.decode()
    for text in ('value="12"', 'value="10 มกราคม 2559"', 'value="12500"', 'value="100.140280"', "ประชาชนขอ\nมาสองปี"):
        assert text in html
    assert html.count("<tr data-row=") == 2 + 3 + 1
    versions = {item: one.version for item, one in queries.answers(asked).items()}
    page = browser.get(url("form", asked))
    again = GIVEN | {"state": page.context["state"], "editor": page.context["editor"]}
    browser.post(url("form", asked), again)
    assert {item: one.version for item, one in queries.answers(asked).items()} == versions  # nobody touched anything
    assert missing(asked) == {"t-4-map": "1 file is missing"}


def test_more_rows_come_without_scripts_and_half_a_table_is_kept(asked, world, sign_in):
    browser = sign_in(world.users["coordinator"])
    half = {"v:t-3-plan": "", "v:t-3-plan-0-cost": "5", "more": "t-3-plan"}
    answer = browser.post(url("section", asked, "scored"), half)
    assert answer.url == url("section", asked, "scored") + "#t-3-plan"
    assert kept(asked)["t-3-plan"] == [{"topic": None, "due": None, "cost": "5", "state": None}]
    assert missing(asked)["t-3-plan"] == "Give at least 2 rows."
    browser.post(url("section", asked, "scored"), {"v:t-3-plan": ""})  # every row removed
    assert missing(asked)["t-3-plan"] == "not answered"


def test_what_cannot_be_kept_is_said_and_stays_in_the_form(asked, world, sign_in):
    browser = sign_in(world.users["coordinator"])
    wrong = GIVEN | {
        "v:t-2-counters": "0", "v:t-2-channels": ["none", "web"], "v:t-2-since": "31 กุมภาพันธ์ 2565",
        "v:t-3-plan-0-cost": "มาก", "v:t-4-where-latitude": "48.85", "v:t-4-where-longitude": "2.35",
    }  # fmt: skip
    page = browser.post(url("form", asked), wrong)
    html = page.content.decode()
    assert page.status_code == 422
    assert {where for where, _said in page.context["errors"]} == {
        "#t-2-counters", "#t-2-channels", "#t-2-since", "#t-3-plan", "#t-4-where",
    }  # fmt: skip
    for text in ('value="0"', "31 กุมภาพันธ์ 2565", 'value="มาก"', 'value="48.85"', "จุดนี้ไม่อยู่ในประเทศไทย"):
        assert text in html
    assert "t-2-counters" not in kept(asked)
    assert kept(asked)["t-1-lunch"] is True  # what was right is kept
    saved = browser.post(
        url("save", asked), {"v:t-3-plan": "", "v:t-3-plan-0-cost": "x"}, headers={"accept": "application/json"}
    )
    assert set(saved.json()["errors"]) == {"v:t-3-plan"}
    far = {"v:t-4-where": "13.7563, 100.5018"}
    told = browser.post(url("save", asked), far, headers={"accept": "application/json"}).json()["progress"]
    assert "กรุงเทพมหานคร" in told["t-4-where-doubt"]


def test_two_people_write_a_table_and_both_versions_are_kept(asked, world, sign_in):
    first = [{"topic": "ป้าย"}]
    commands.save_answers(
        asked.number, {"t-3-plan": {"value": first}}, by=world.coordinator, versions={"t-3-plan": 0}, editor="a"
    )
    second = [{"topic": "ที่นั่ง", "due": "2022-03-31"}]
    commands.save_answers(
        asked.number, {"t-3-plan": {"value": second}}, by=world.colleague, versions={"t-3-plan": 0}, editor="b"
    )
    browser = sign_in(world.users["coordinator"])
    html = browser.get(url("section", asked, "scored")).content.decode()
    assert "ป้าย" in html
    assert "ที่นั่ง · 31 มีนาคม 2565" in html
    browser.post(url("settle", asked), {"choice": "t-3-plan|value|0"})
    assert kept(asked)["t-3-plan"][0]["topic"] == "ที่นั่ง"


def test_a_question_is_asked_only_where_it_applies_and_where_something_is_claimed(asked, world):
    commands.save_answers(asked.number, {"t-1-lunch": {"value": "no"}}, by=world.coordinator)
    assert "t-1-who" not in missing(asked)
    commands.save_answers(asked.number, {"t-1": {"value": "no"}}, by=world.coordinator)
    assert not {"t-1-lunch", "t-1-who"} & set(missing(asked))


def test_handed_in_they_are_read_by_everybody_and_carried_over(asked, world, sign_in, photo):
    browser = sign_in(world.users["coordinator"])
    browser.post(url("form", asked), GIVEN)
    commands.add_evidence(asked.number, by=world.coordinator, upload=photo(), title="แผนผัง", items=["t-4-map"])
    assert missing(asked) == {}
    for name in ("check", "read"):
        html = browser.get(url(name, asked)).content.decode()
        for text in (
            "จำนวนช่องบริการ",
            "12 ช่อง",
            "10 มกราคม 2559",
            "ผลัดเวรกัน",
            "12,500 บาท",
            "18.144590, 100.140280",
            "แผนผัง",
        ):
            assert text in html, (name, text)
        assert '<table class="table table-stack answered-rows">' in html
    commands.submit(asked.number, by=world.head)
    content = queries.submitted_content(asked)
    assert {item: content["answers"][item]["value"] for item in KEPT} == KEPT
    assert content["evidence"][0]["items"] == ["t-4-map"]
    assert len(handed_in.sha256_of(content)) == 64
    standard = queries.standard(asked)
    assert queries.self_marks(content, standard).keys() == {"t-1", "t-2", "t-3", "t-4"}
    told = [
        (one.answered, one.asked, one.questions, one.questions_asked)
        for one in receipts.counts(standard, None, content)
    ]
    assert told == [(1, 1, 2, 2), (3, 3, 8, 8)]
    changed = {**content, "answers": {**content["answers"], "t-2-counters": {"value": "9", "justification": ""}}}
    assert [one.item for one in handed_in.changes(content, changed, None)] == ["t-2-counters"]


def test_on_paper_every_page_says_which_application_it_is(asked, world, sign_in):
    browser = sign_in(world.users["coordinator"])
    for name in ("check", "form", "read"):
        html = browser.get(url(name, asked)).content.decode()
        assert f'href="{url("print_css", asked)}" media="print"' in html
        assert "มาตรฐานทดสอบคำถามทุกชนิด รุ่นที่ 1 · พิมพ์เมื่อ 1 กุมภาพันธ์ 2565" in html
    sheet = browser.get(url("print_css", asked))
    assert sheet["Content-Type"].startswith("text/css")
    assert f'content: "{asked.number} · TEST-2565"' in sheet.content.decode()
    assert browser.get(url("print_css", asked).replace(asked.number, "A-222222")).status_code == 404
    assert browser.get(url("form", asked))["Permissions-Policy"].startswith("geolocation=(self)")


def test_values_that_no_longer_fit_are_shown_as_they_stand(asked, world):
    question = questionnaire.places(queries.standard(asked))["t-1-who"].question
    assert words(question, "gone") == "gone"
