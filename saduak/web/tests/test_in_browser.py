"""The components in a real browser: no fault of access, nothing wider than the screen, nothing the policy blocks,
and what the small scripts promise."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

from saduak.web.language import COOKIE

AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("saduak.web.tests.urls"),
]


@pytest.fixture
def open_page(browser, live_server):
    contexts = []

    def open_page(path: str, *, language: str = "th", width: int = 1440) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        context.add_cookies([{"name": COOKIE, "value": language, "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    "path", ["/components/", "/accounts/login/", "/accounts/password/reset/", "/422/", "/nowhere/"]
)
def test_no_fault_of_access_and_nothing_blocked(open_page, path: str, width: int, language: str) -> None:
    page = open_page(path, language=language, width=width)
    complaints = [text for text in page.complaints if "status of 4" not in text]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def test_errors_take_the_focus_and_lead_to_their_field(open_page) -> None:
    page = open_page("/422/")
    assert page.evaluate("document.activeElement.classList.contains('error-summary')")


def test_the_menu_of_a_phone_opens_and_closes(open_page) -> None:
    page = open_page("/components/", width=390)
    button = page.locator(".rail-toggle")
    body = page.locator("#rail-body")
    assert button.get_attribute("aria-expanded") == "false"
    assert not body.is_visible()
    button.click()
    assert body.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not body.is_visible()


def test_a_field_lights_its_place_in_the_letter(open_page) -> None:
    page = open_page("/components/")
    page.locator("[data-span-of=number]").hover()
    assert page.locator(".source mark.is-lit").inner_text() == "มท ๐๘๑๐.๗/ว ๓๑๕๓"
    page.locator("[data-span-of=dated]").focus()
    assert "๒๙ ธันวาคม ๒๕๖๔" in page.locator(".source mark.is-lit").all_inner_texts()


def _autosaving(page: Page, answer) -> list[str]:
    """Make the specimen form save itself at an address that `answer` plays; returns the bodies sent."""
    sent: list[str] = []

    def play(route: Route) -> None:
        sent.append(route.request.post_data or "")
        answer(route)

    page.route("**/autosave/", play)
    html = page.content()
    form = re.search(r'<form method="get" class="stack">', html)
    assert form
    body = html.replace(
        '<form method="get" class="stack">', '<form method="get" class="stack" data-autosave="/autosave/">', 1
    )
    page.route("**/components/", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.reload()
    page.wait_for_load_state("networkidle")
    return sent


def test_what_is_typed_is_saved_by_itself(open_page) -> None:
    page = open_page("/components/")
    sent = _autosaving(page, lambda route: route.fulfill(json={"saved_at": "2022-01-10T07:32:00Z"}))
    page.locator("#id_plain-name").fill("อำเภอลอง")
    page.locator("[data-autosave-banner][data-state=saved]").wait_for()
    assert page.locator("[data-autosave-text]").inner_text() == "บันทึกแล้ว 14.32 น."
    assert len(sent) == 1
    assert sent[0].startswith("plain-name=")
    assert "plain-email" not in sent[0]
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_without_network_it_is_kept_on_the_device_and_sent_again(open_page) -> None:
    page = open_page("/components/")
    online = {"now": False}

    def answer(route: Route) -> None:
        if online["now"]:
            route.fulfill(json={"saved_at": "2022-01-10T07:32:00Z"})
        else:
            route.abort()

    sent = _autosaving(page, answer)
    page.locator("#id_plain-name").fill("ข้อความที่ต้องไม่หาย")
    page.locator("[data-autosave-banner][data-state=waiting]").wait_for()
    assert "เก็บไว้ในเครื่องนี้" in page.locator("[data-autosave-text]").inner_text()
    assert "ข้อความที่ต้องไม่หาย" in page.evaluate("JSON.stringify(localStorage)")
    online["now"] = True
    page.reload()  # a closed and opened browser: what was kept comes back into the form and is sent
    page.locator("[data-autosave-banner][data-state=saved]").wait_for()
    assert page.locator("#id_plain-name").input_value() == "ข้อความที่ต้องไม่หาย"
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert len(sent) >= 2


def test_a_refused_value_is_said_at_its_field_and_stays_there(open_page) -> None:
    page = open_page("/components/")
    refusal = {"message": "ปิดรับแล้ว", "field": "plain-seats", "items": []}
    _autosaving(page, lambda route: route.fulfill(status=409, json=refusal))
    page.locator("#id_plain-seats").fill("7")
    page.locator("[data-autosave-banner][data-state=refused]").wait_for()
    assert page.locator("#id_plain-seats_error").inner_text() == "ปิดรับแล้ว"
    assert page.locator("#id_plain-seats").input_value() == "7"


def test_files_are_listed_before_they_are_sent(open_page) -> None:
    page = open_page("/components/")
    page.locator("#id_plain-photo").set_input_files(
        {"name": "ภาพ.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 2_500_000}
    )
    assert page.locator(".drop-list").first.inner_text() == "ภาพ.jpg (2.5 MB)"


def test_on_paper_the_frame_is_gone(open_page) -> None:
    page = open_page("/components/")
    page.emulate_media(media="print")
    assert not page.locator(".rail").is_visible()
    assert page.locator("h1").is_visible()
