"""The pages in a real browser: no fault of access, nothing wider than the screen; what is typed survives everything."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from saduak.applications import commands, queries
from saduak.kernel import clock
from saduak.web.language import COOKIE

AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
NOW = clock.bangkok(2022, 2, 1, 10)
PHONE, DESK = 390, 1440
DUE = clock.bangkok(2022, 3, 20).date()

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def visit(browser, live_server, world, client):
    """visit("coordinator", "/applications/"): a page of a browser of their own, signed in."""
    clock.use(lambda: NOW)  # the server's thread does not see `clock.at`
    contexts = []

    def open_page(person: str, path: str, *, language: str = "th", width: int = 1440) -> Page:
        client.force_login(world.users[person])
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [
                {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url},
                {"name": COOKIE, "value": language, "url": live_server.url},
            ]
        )
        client.cookies.clear()
        return listening(context.new_page(), live_server.url + path)

    yield open_page
    for context in contexts:
        context.close()
    clock.use(None)


def listening(page: Page, address: str) -> Page:
    """The page at the address, noting what the browser complains of."""
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(address)
    return page


def url(name, application, *more):
    return reverse(f"applications:{name}", args=[application.number, *more])


def faults(page: Page, address: str) -> list:
    """What is wrong with the page: for axe in Thai on a phone; for the eye, nothing may be wider than a phone or a desk in
    Thai, nor than a phone in English; for the browser, nothing at all.
    """
    page.complaints.clear()
    speak(page, "th")
    page.goto(address)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")["violations"]
    problems = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
    for language, width in (("th", PHONE), ("th", DESK), ("en", PHONE)):
        page.set_viewport_size({"width": width, "height": 900})
        if language == "en":
            speak(page, language)
            page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        problems += [(language, width, wide)] if wide > width else []
    return problems + page.complaints


def speak(page: Page, language: str) -> None:
    page.context.add_cookies([{"name": COOKIE, "value": language, "url": page.url}])


def test_no_fault_of_access_on_any_page(world, draft, asked, fill, visit, live_server):
    """One browser goes through every page once; axe is there before the page, so that the policy need not let it in."""
    page = visit("coordinator", "/applications/", width=PHONE)
    page.add_init_script(path=AXE)
    commands.save_answers(
        draft.number, {"q-2-01": {"justification": "ก" * 900}}, by=world.coordinator, versions={"q-2-01": 0}, editor="a"
    )
    commands.save_answers(
        draft.number, {"q-2-01": {"justification": "<b>"}}, by=world.colleague, versions={"q-2-01": 0}, editor="b"
    )
    ways = ["/applications/", "/applications/new/", "/applications/centres/new/"]
    ways += [url(name, draft) for name in ("detail", "form", "evidence", "add_evidence", "check", "read", "withdraw")]
    found = {}

    def look(ways):
        for way in ways:
            found.setdefault(way, []).extend(faults(page, live_server.url + way))

    look([*ways, url("section", draft, "profile"), url("section", draft, "basic")])
    rows = {"t-3-plan": {"value": [{"topic": "ก" * 200}]}, "t-4-where": {"value": "18.07, 99.83"}}
    commands.save_answers(asked.number, rows, by=world.coordinator)
    look([url("section", asked, "scored"), url("check", asked)])
    commands.settle(draft.number, "q-2-01", "justification", None, by=world.coordinator)
    fill(draft)
    look([url("detail", draft), url("check", draft), url("evidence", draft), url("propose", draft)])
    piece = next(one.public_id for one in queries.evidence(draft) if one.stored)
    look(["/applications/shelf/", f"/applications/shelf/{piece}/", url("add_from_shelf", draft)])
    look([url(name, draft, piece) for name in ("view_evidence", "redact", "replace_evidence")])
    commands.submit(draft.number, by=world.head)
    look([url("detail", draft), url("read", draft), url("receipt", draft, 1)])
    remark = {"item": "g-01", "kind": "OUTDATED", "text": "ขอภาพถ่ายปัจจุบัน", "due_on": DUE}
    commands.return_for_correction(draft.number, [remark], by=world.officer)
    look([url("detail", draft), url("corrections", draft), url("section", draft, "physical")])
    assert {way: problems for way, problems in found.items() if problems} == {}


def saved(page: Page) -> None:
    page.wait_for_selector('[data-autosave-banner][data-state="saved"]')


def test_she_leaves_comes_back_and_nothing_is_lost(world, draft, visit):
    page = visit("coordinator", url("section", draft, "basic"))
    page.click('label[for="v-q-2-01-2"]')
    page.fill("#j-q-2-01", "สำรวจครบทุกกลุ่ม")
    saved(page)
    page.reload()
    assert page.is_checked("#v-q-2-01-2")
    assert page.input_value("#j-q-2-01") == "สำรวจครบทุกกลุ่ม"
    assert queries.answers(draft)["q-2-01"].value == "0.5"


def test_without_network_it_stays_on_the_device_and_never_runs_over_a_colleague(world, draft, visit):
    page = visit("coordinator", url("section", draft, "basic"))
    page.route("**/save/", lambda route: route.abort())
    page.fill("#j-q-2-01", "เขียนตอนไม่มีเครือข่าย")
    page.wait_for_selector('[data-autosave-banner][data-state="waiting"]')
    commands.save_answers(draft.number, {"q-2-01": {"justification": "เพื่อนร่วมงานเขียน"}}, by=world.colleague)
    page.unroute("**/save/")
    page.reload()
    saved(page)
    slot = queries.answers(draft)["q-2-01"]
    assert slot.justification == "เพื่อนร่วมงานเขียน"
    assert [one["content"] for one in slot.rivals] == ["เขียนตอนไม่มีเครือข่าย"]
    page.reload()
    page.click("button:has-text('ใช้ฉบับนี้') >> nth=1")
    page.wait_for_load_state()
    assert queries.answers(draft)["q-2-01"].justification == "เขียนตอนไม่มีเครือข่าย"


def test_two_people_in_two_browsers_keep_both_versions(world, draft, visit):
    one = visit("coordinator", url("section", draft, "basic"))
    other = visit("colleague", url("form", draft))
    one.fill("#j-q-2-02", "ของสมหญิง")
    saved(one)
    other.fill("#j-q-2-02", "ของมานี")
    saved(other)
    assert "2.2" in other.inner_text("[data-autosave-banner]")
    slot = queries.answers(draft)["q-2-02"]
    assert {slot.justification, *(rival["content"] for rival in slot.rivals)} == {"ของสมหญิง", "ของมานี"}


def test_minutes_without_a_line_and_a_sign_out_lose_nothing(world, asked, visit, client, live_server):
    """Two pages side by side, a table, a colleague in between, a page closed without a line, a session that ended."""
    address = url("section", asked, "scored")
    one = visit("coordinator", address)
    line = one.context
    other = listening(line.new_page(), live_server.url + address)
    line.set_offline(True)
    one.fill("[name='v:t-2-counters']", "7")
    one.fill("[name='v:t-3-plan-0-topic']", "ป้ายบอกทาง")
    one.click("[data-add-row]")
    one.fill("[name='v:t-3-plan-1-topic']", "ที่นั่งรอ")
    other.fill("[name='v:t-2-line']", "ยิ้มก่อนทำ")
    for page, open_answers in ((one, "2"), (other, "1")):
        page.wait_for_selector('[data-autosave-banner][data-state="waiting"]')
        assert f"รอส่งอีก {open_answers} คำตอบ" in page.inner_text("[data-autosave-text]")
    assert one.evaluate("Object.keys(localStorage).length") == 2
    commands.save_answers(asked.number, {"t-2-counters": {"value": "9"}}, by=world.colleague)
    other.close()
    line.set_offline(False)
    saved(one)
    assert "จำนวนช่องบริการ" in one.inner_text("[data-autosave-text]")
    assert one.is_visible("[data-autosave-reload]")
    answers = queries.answers(asked)
    assert [row["topic"] for row in answers["t-3-plan"].value] == ["ป้ายบอกทาง", "ที่นั่งรอ"]
    assert {answers["t-2-counters"].value, *(each["content"] for each in answers["t-2-counters"].rivals)} == {"9", "7"}

    one.reload()  # takes up what the closed page had left
    saved(one)
    assert one.input_value("[name='v:t-2-line']") == "ยิ้มก่อนทำ"
    assert queries.answers(asked)["t-2-line"].value == "ยิ้มก่อนทำ"
    assert one.evaluate("Object.keys(localStorage).length") == 0
    one.click("[data-drop-row] >> nth=0")
    saved(one)
    assert [row["topic"] for row in queries.answers(asked)["t-3-plan"].value] == ["ที่นั่งรอ"]

    line.clear_cookies()
    one.fill("#j-t-2", "เขียนหลังออกจากระบบ")
    one.wait_for_selector('[data-autosave-banner][data-state="signedOut"]')
    assert one.is_visible("[data-autosave-sign-in]")
    assert one.input_value("#j-t-2") == "เขียนหลังออกจากระบบ"
    client.force_login(world.users["coordinator"])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    line.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    listening(line.new_page(), live_server.url + address).close()  # gives another form token, as a sign-in does
    one.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(one)
    assert queries.answers(asked)["t-2"].justification == "เขียนหลังออกจากระบบ"


def test_a_question_that_does_not_apply_gets_out_of_the_way_and_says_so(visit, asked):
    page = visit("coordinator", url("section", asked, "gate"))
    question, said = page.locator("#t-1-who"), page.locator("form[data-autosave] > [role=status].visually-hidden")
    assert not question.is_visible()
    page.locator("input[name='v:t-1-lunch'][value=yes]").focus()
    page.keyboard.press("Space")
    assert question.is_visible()
    assert "มีคำถามเพิ่ม" in said.text_content()
    assert not page.locator("#t-1-who [data-asked-words]").is_visible()
    page.locator("input[name='v:t-1-who']").first.focus()
    page.keyboard.press("Space")
    page.locator("input[name='v:t-1-lunch'][value=no]").focus()
    page.keyboard.press("Space")
    assert not question.is_visible()
    assert "ไม่ต้องตอบแล้ว" in said.text_content()
    assert page.complaints == []
