"""Pages opened before the closing time and sent after it: refused with a sentence, and nothing that was written is lost."""

import re

import pytest
from django.urls import reverse

from saduak.applications import queries
from saduak.kernel import clock

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


def url(name, application, *more):
    return reverse(f"applications:{name}", args=[application.number, *more])


def test_a_page_opened_in_time_and_sent_too_late_is_refused_politely_and_the_draft_kept(world, full, sign_in):
    browser = sign_in(world.users["head"])
    assert browser.get(url("submit", full)).status_code == 200
    before = {item: (one.value, one.justification) for item, one in queries.answers(full).items()}
    with clock.at(clock.bangkok(2022, 3, 1)):
        sent = browser.post(url("submit", full), {"endorse": "on"})
        assert sent.status_code == 409
        page = sent.content.decode()
        assert "ปิดแล้วเมื่อวันที่ 28 กุมภาพันธ์ 2565" in page
        assert "ข้อมูลในระบบไม่มีการเปลี่ยนแปลง" in page
        assert browser.get(url("detail", full)).status_code == 200
    full.refresh_from_db()
    assert (full.state, full.submitted_at, queries.submissions(full)) == ("DRAFT", None, [])
    assert {item: (one.value, one.justification) for item, one in queries.answers(full).items()} == before
    assert len(queries.evidence(full)) > 0


def test_a_form_opened_in_time_and_saved_too_late_keeps_what_was_written(world, draft, sign_in):
    browser = sign_in(world.users["coordinator"])
    page = browser.get(url("section", draft, "basic")).content.decode()
    state = re.search(r'name="state" value="([^"]*)"', page).group(1).replace("&quot;", '"')
    with clock.at(clock.bangkok(2022, 3, 1)):
        saved = browser.post(url("save", draft), {"state": state, "editor": "a", "j:q-2-01": "เขียนค้างไว้"}, headers=JSON)
        assert (saved.status_code, saved.json().get("errors", {})) == (200, {})
        assert browser.post(url("propose", draft), {"note": ""}).status_code == 409
        assert "เขียนค้างไว้" in browser.get(url("section", draft, "basic")).content.decode()
    draft.refresh_from_db()
    assert draft.state == "DRAFT"
