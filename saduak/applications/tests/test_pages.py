"""What each person sees, page by page: the unit, its head, the bodies above, the secretariat, the stranger, nobody."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saduak.applications import commands, queries, questionnaire
from saduak.applications.models import Application, Evidence
from saduak.kernel import clock
from saduak.people import commands as people
from saduak.people.models import Organisation

pytestmark = pytest.mark.django_db

NAMES = (
    "detail", "form", "save", "settle", "evidence", "add_evidence", "check", "read", "propose", "send_back", "submit",
    "resubmit", "corrections", "compare", "withdraw",
)  # fmt: skip
POSTS = ("save", "settle")
JSON = {"accept": "application/json"}


def url(name, application, *more):
    return reverse(f"applications:{name}", args=[application.number, *more])


def every_address(application):
    """Every address of one application."""
    piece = Evidence.objects.filter(application=application).first()
    ids = [piece.public_id] if piece else ["0" * 32]
    addresses = [(name, url(name, application)) for name in NAMES]
    addresses += [("section", url("section", application, one)) for one in ("profile", "physical", "nothing")]
    addresses += [
        (name, url(name, application, *ids)) for name in ("change_evidence", "evidence_file", "view_evidence", "thumbnail", "remove_evidence", "restore_evidence")
    ]  # fmt: skip
    return addresses + [(name, url(name, application, 1)) for name in ("receipt", "receipt_pdf", "receipt_json")]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", ["detail", "form", "evidence", "add_evidence", "check", "read", "withdraw"])
def test_every_page_of_a_draft_opens_for_its_coordinator(world, draft, sign_in, name, language):
    browser = sign_in(world.users["coordinator"])
    browser.cookies["saduak_language"] = language
    assert browser.get(url(name, draft)).status_code == 200


def test_every_section_opens_and_holds_at_most_fifteen_items(world, full, sign_in):
    browser = sign_in(world.users["coordinator"])
    seen = 0
    for section in ("profile", *(one.id for one in questionnaire.sections(queries.standard(full)))):
        page = browser.get(url("section", full, section)).content.decode()
        assert page.count('class="sheet item') <= 15 + 3
        seen += len(re.findall(r'class="sheet item(?: item-gate)?"', page))
    assert seen == 50
    whole = browser.get(url("form", full)).content.decode()
    assert len(re.findall(r'class="sheet item(?: item-gate)?"', whole)) == 50


@pytest.mark.parametrize("person", ["stranger", "stranger_head", "assessor1", "committee1", "operator"])
def test_the_stranger_gets_404_everywhere(world, submitted, sign_in, person):
    browser = sign_in(world.users[person])
    for name, address in every_address(submitted):
        answers = [browser.post(address)] if name in POSTS else [browser.get(address), browser.post(address)]
        assert {one.status_code for one in answers} <= {404, 405}, address
        assert all(submitted.centre.name_th not in one.content.decode() for one in answers)


def test_nobody_is_sent_to_the_sign_in(client, submitted):
    for _name, address in every_address(submitted):
        answer = client.get(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


def test_a_stranger_sees_neither_row_nor_count(world, submitted, sign_in):
    page = sign_in(world.users["stranger"]).get("/applications/").content.decode()
    assert submitted.number not in page
    assert queries.search(submitted.number, world.stranger) == []
    assert queries.search("ทดสอบใต้", world.observer_province)[0][3] == submitted.number


def test_the_officer_sees_that_a_draft_exists_but_not_what_it_says(world, full, sign_in):
    browser = sign_in(world.users["officer"])
    assert browser.get(url("detail", full)).status_code == 200
    assert browser.get(url("read", full)).status_code == 403
    piece = Evidence.objects.filter(application=full, stored__isnull=False).first()
    assert browser.get(url("evidence_file", full, piece.public_id)).status_code == 403
    for name in ("form", "check", "evidence"):
        assert browser.get(url(name, full)).url == url("read", full)


def test_bodies_above_read_what_was_handed_in_and_never_what_is_being_changed(world, submitted, sign_in):
    browser = sign_in(world.users["observer_province"])
    assert "มีหลักฐานและดำเนินการต่อเนื่อง" in browser.get(url("read", submitted)).content.decode()
    due = clock.bangkok(2022, 3, 20).date()
    commands.return_for_correction(
        submitted.number, [{"item": "g-01", "kind": "OUTDATED", "text": "ขอใหม่", "due_on": due}], by=world.officer
    )
    commands.save_answers(submitted.number, {"g-01": {"justification": "ความลับระหว่างแก้"}}, by=world.coordinator)
    later = commands.add_evidence(
        submitted.number, by=world.coordinator, link="https://example.go.th/later", title="ภายหลัง"
    )
    page = browser.get(url("read", submitted)).content.decode()
    assert "ความลับระหว่างแก้" not in page
    assert "ภายหลัง" not in page
    assert later.public_id not in queries.handed_in_evidence(submitted)


def test_eligibility_is_said_before_any_time_is_spent(world, opened, sign_in):
    browser = sign_in(world.users["coordinator"])
    with clock.at(clock.bangkok(2022, 3, 2)):
        page = browser.get("/applications/new/").content.decode()
        assert "disabled" in page
        sent = browser.post("/applications/new/", {"round": opened.code, "centre": world.centre.code})
        assert sent.status_code == 409
    begun = browser.post("/applications/new/", {"round": opened.code, "centre": world.centre.code})
    number = Application.objects.get().number
    assert begun.url == f"/applications/{number}/"
    assert number in browser.get("/applications/new/").content.decode()


def test_a_centre_is_registered_and_the_same_name_refused(world, opened, sign_in):
    browser = sign_in(world.users["coordinator"])
    given = {"parent": world.body.code, "name_th": "ศูนย์บริการสาขาตลาด"}
    assert browser.post("/applications/centres/new/", given).url == "/applications/new/"
    assert "ศูนย์บริการสาขาตลาด" in browser.get("/applications/new/").content.decode()
    again = browser.post("/applications/centres/new/", given)
    assert again.status_code == 422
    assert "ศูนย์บริการสาขาตลาด" in again.content.decode()
    stranger = sign_in(world.users["stranger"])
    assert stranger.post("/applications/centres/new/", given).status_code == 422


def test_autosave_answers_with_versions_progress_and_errors(world, draft, sign_in):
    browser = sign_in(world.users["coordinator"])
    page = browser.get(url("section", draft, "basic")).content.decode()
    state = re.search(r'name="state" value="([^"]*)"', page).group(1).replace("&quot;", '"')
    given = {"state": state, "editor": "a", "v:q-2-01": "0.5", "j:q-2-01": "สำรวจแล้ว", "v:q-2-02": "7"}
    answer = browser.post(url("save", draft), given, headers=JSON).json()
    assert set(answer["errors"]) == {"v:q-2-02"}
    assert answer["progress"]["done-basic"]
    known = answer["merge"]["state"]
    assert known["q-2-01"][0] == 1
    colleague = given | {"editor": "b", "j:q-2-01": "อีกคนเขียน"}
    told = sign_in(world.users["colleague"]).post(url("save", draft), colleague, headers=JSON).json()
    assert "2.1" in told["notices"][0]
    assert world.coordinator.name in told["notices"][0]  # whose words stand, not who is told
    shown = browser.get(url("section", draft, "basic")).content.decode()
    assert "สำรวจแล้ว" in shown
    assert "อีกคนเขียน" in shown
    browser.post(url("settle", draft), {"choice": "q-2-01|justification|0"})
    assert queries.answers(draft)["q-2-01"].justification == "อีกคนเขียน"


def test_a_page_sent_as_a_whole_says_nothing_about_what_its_writer_left_alone(world, draft, sign_in):
    browser = sign_in(world.users["coordinator"])
    page = browser.get(url("section", draft, "basic")).content.decode()
    state = re.search(r'name="state" value="([^"]*)"', page).group(1).replace("&quot;", '"')
    commands.save_answers(draft.number, {"q-2-02": {"value": "1", "justification": "มานี"}}, by=world.colleague)
    whole = {"state": state, "editor": "a", "onward": "1", "j:q-2-01": "ใหม่", "j:q-2-02": ""}
    sent = browser.post(url("section", draft, "basic"), whole)
    assert sent.url == url("section", draft, "advanced-place")
    found = queries.answers(draft)
    assert (found["q-2-02"].justification, found["q-2-02"].rivals) == ("มานี", [])
    assert found["q-2-01"].justification == "ใหม่"


def test_what_cannot_be_kept_is_shown_again_beside_its_error(world, draft, sign_in):
    browser = sign_in(world.users["coordinator"])
    sent = browser.post(url("section", draft, "profile"), {"v:profile.staff": "หลายคน", "v:profile.hours": "ทุกวัน"})
    assert sent.status_code == 422
    page = sent.content.decode()
    assert "หลายคน" in page
    assert "field-wrong" in page
    assert queries.profile(draft)["hours"] == "ทุกวัน"


def test_boxes_can_be_cleared_without_scripts(world, draft, sign_in):
    browser = sign_in(world.users["coordinator"])
    commands.save_profile(draft.number, {"channels": ["counter"]}, by=world.coordinator)
    browser.post(url("section", draft, "profile"), {"v:profile.channels": ""})
    assert queries.profile(draft)["channels"] is None


def test_evidence_several_at_once_removed_and_restored(world, draft, sign_in, photo):
    browser = sign_in(world.users["coordinator"])
    back = url("section", draft, "physical") + "#g-01"
    given = {"uploads": [photo("a.png"), photo("b.png")], "items": ["g-01"], "next": back}
    sent = browser.post(url("add_evidence", draft), given)
    assert sent.url == back
    pieces = queries.evidence(draft)
    assert [one.title for one in pieces] == ["a.png", "b.png"]
    browser.post(url("remove_evidence", draft, pieces[0].public_id))
    assert [one.title for one in queries.evidence(draft)] == ["b.png"]
    browser.post(url("restore_evidence", draft, pieces[0].public_id))
    assert len(queries.evidence(draft)) == 2
    served = browser.get(url("evidence_file", draft, pieces[0].public_id))
    assert served["Content-Disposition"].startswith("attachment")
    assert "sandbox" in served["Content-Security-Policy"]
    assert browser.get(url("thumbnail", draft, pieces[0].public_id)).status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_evidence_never_sends_people_to_another_site(world, draft, sign_in, photo, target):
    browser = sign_in(world.users["coordinator"])
    sent = browser.post(url("add_evidence", draft), {"uploads": [photo()], "next": target})
    assert sent.url == url("evidence", draft)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x/", "https://u:p@x/", "x", "https://"])
def test_a_link_that_is_none_is_refused_and_stays_in_the_form(world, draft, sign_in, link):
    sent = sign_in(world.users["coordinator"]).post(url("add_evidence", draft), {"link": link})
    assert sent.status_code == 422
    assert not queries.evidence(draft)


def test_a_file_that_is_refused_names_itself_and_the_others_are_kept(world, draft, sign_in, photo):
    bad = photo("virus.png")
    bad.file.seek(0)
    bad.file.write(b"MZ\x90\x00 not a picture at all")
    bad.file.seek(0)
    sent = sign_in(world.users["coordinator"]).post(url("add_evidence", draft), {"uploads": [photo("good.png"), bad]})
    assert sent.status_code == 422
    assert "virus.png" in sent.content.decode()
    assert [one.title for one in queries.evidence(draft)] == ["good.png"]


def test_hostile_texts_stay_text_on_every_page(world, full, sign_in):
    hostile = "<script>alert(1)</script>{{ 7 }}%(x)s"
    commands.save_answers(full.number, {"q-2-01": {"justification": hostile}}, by=world.coordinator)
    commands.save_profile(full.number, {"hours": hostile}, by=world.coordinator)
    commands.add_evidence(
        full.number, by=world.coordinator, link="https://example.go.th/?<b>", title=hostile, items=["q-2-01"]
    )
    browser = sign_in(world.users["coordinator"])
    for name in ("form", "check", "read", "evidence"):
        page = browser.get(url(name, full)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_the_head_hands_in_and_a_second_click_finds_the_receipt(world, full, sign_in):
    browser = sign_in(world.users["head"])
    assert browser.post(url("submit", full), {}).status_code == 422
    sent = browser.post(url("submit", full), {"endorse": "on"})
    assert sent.url == url("receipt", full, 1)
    again = browser.post(url("submit", full), {"endorse": "on"})
    assert again.url == url("receipt", full, 1)
    page = browser.get(sent.url).content.decode()
    written = queries.latest_submission(full)
    assert written.sha256 in page
    assert browser.get(url("receipt_pdf", full, 1)).content.startswith(b"%PDF")
    assert sign_in(world.users["observer_province"]).get(url("receipt", full, 1)).status_code == 200


def test_nobody_is_asked_to_confirm_what_cannot_be_done_yet(world, draft, sign_in):
    assert sign_in(world.users["coordinator"]).get(url("propose", draft)).url == url("check", draft)
    assert sign_in(world.users["head"]).get(url("submit", draft)).url == url("check", draft)


def test_submitting_too_early_links_every_missing_item(world, draft, sign_in):
    page = sign_in(world.users["head"]).post(url("submit", draft), {"endorse": "on"}).content.decode()
    assert f"/applications/{draft.number}/sections/physical/#g-01" in page
    assert f"/applications/{draft.number}/sections/profile/#profile.address" in page


def test_propose_send_back_and_take_back_in_the_browser(world, full, sign_in):
    coordinator = sign_in(world.users["coordinator"])
    assert coordinator.post(url("propose", full), {"note": "เรียนท่าน"}).url == url("detail", full)
    head = sign_in(world.users["head"])
    assert "เรียนท่าน" in head.get(url("detail", full)).content.decode()
    assert head.post(url("send_back", full), {"note": ""}).status_code == 422
    assert head.post(url("send_back", full), {"note": "แก้ข้อ 2.1"}).status_code == 302


def test_corrections_in_the_browser(world, submitted, sign_in):
    due = clock.bangkok(2022, 3, 20).date()
    remark = {"item": "g-01", "kind": "OUTDATED", "text": "ขอภาพถ่ายปัจจุบัน", "due_on": due}
    commands.return_for_correction(submitted.number, [remark], by=world.officer)
    browser = sign_in(world.users["coordinator"])
    for name in ("detail", "corrections", "check"):
        assert browser.get(url(name, submitted)).status_code == 200
    assert "ขอภาพถ่ายปัจจุบัน" in browser.get(url("section", submitted, "physical")).content.decode()
    public_id = queries.remarks(submitted)[0].public_id
    assert browser.post(url("corrections", submitted), {"remark": public_id, "reply": " "}).status_code == 422
    assert browser.post(url("corrections", submitted), {"remark": public_id, "reply": "ถ่ายใหม่แล้ว"}).status_code == 302
    assert browser.post(url("corrections", submitted), {"remark": "f" * 32, "reply": "x"}).status_code == 404
    commands.save_answers(submitted.number, {"g-01": {"justification": "ฉบับแก้ไขใหม่"}}, by=world.coordinator)
    sent = sign_in(world.users["head"]).post(url("resubmit", submitted), {"endorse": "on"})
    assert sent.url == url("receipt", submitted, 2)
    assert "ฉบับแก้ไขใหม่" in browser.get(sent.url).content.decode()
    assert "<ins>ฉบับแก้ไขใหม่</ins>" in sign_in(world.users["officer"]).get(url("read", submitted)).content.decode()


def test_waiting_says_whose_turn_it_is(world, full):
    assert [one.url for one in queries.waiting_for(world.coordinator)] == [url("detail", full)]
    assert queries.waiting_for(world.head) == []
    commands.propose(full.number, by=world.coordinator)
    assert queries.waiting_for(world.coordinator) == []
    assert queries.waiting_for(world.head)[0].until == clock.bangkok(2022, 3, 1)
    assert queries.waiting_for(world.stranger) == []
    assert queries.waiting_for(world.officer) == []


def _rows(world, opened, count):
    now = clock.now()
    rows = [
        {"code": f"C-N{n}", "kind": "CENTRE", "name_th": f"ศูนย์ {n}", "parent": world.body.code, "province_code": "54"}
        for n in range(count)
    ]
    people.grow_tree(rows, by=world.officer, source="tests")
    Application.objects.bulk_create(
        Application(
            number=f"A-{one.code}",
            round=opened,
            centre=one,
            state="SUBMITTED",
            created_at=now,
            updated_at=now,
            moved_at=now,
            submitted_at=now,
        )
        for one in Organisation.objects.filter(code__startswith="C-N")
    )


@pytest.mark.parametrize("person", ["officer", "observer_province", "coordinator"])
def test_the_list_takes_the_same_number_of_queries_for_one_row_and_for_sixty(world, opened, sign_in, person):
    browser = sign_in(world.users[person])

    def cost():
        with CaptureQueriesContext(connection) as taken:
            assert browser.get("/applications/").status_code == 200
        return len(taken)

    commands.start(opened.code, world.other_centre.code, by=world.stranger)
    commands.start(opened.code, world.centre.code, by=world.coordinator)
    Application.objects.update(submitted_at=clock.now(), state="SUBMITTED")
    few = cost()
    _rows(world, opened, 60)
    assert cost() == few
    page = browser.get("/applications/?page=2").content.decode()
    assert page.count("<tr>") == 1 + queries.visible_to(getattr(world, person)).count() - 50


@pytest.mark.parametrize(
    "query", ["q='%3B--", "q=%00", "state=NOPE", "province=zz", "page=abc", "page=999999", "round=x&q=" + "ก" * 300]
)
def test_the_list_survives_any_question(world, submitted, sign_in, query):
    assert sign_in(world.users["officer"]).get(f"/applications/?{query}").status_code == (
        400 if "%00" in query else 200
    )


def test_the_form_takes_the_same_number_of_queries_empty_and_full(world, draft, fill, sign_in):
    browser = sign_in(world.users["coordinator"])

    def cost():
        with CaptureQueriesContext(connection) as taken:
            browser.get(url("form", draft))
        return len(taken)

    empty = cost()
    fill(draft)
    assert cost() == empty
    assert empty <= 12


def test_every_missing_thing_leads_to_its_place(draft, world, sign_in):
    browser = sign_in(world.users["coordinator"])
    check = browser.get(f"/applications/{draft.number}/check/").content.decode()
    links = re.findall(rf'href="(/applications/{draft.number}/sections/[^"#]+)#([^"]+)"', check)
    assert any(item.count("-") > 1 for _path, item in links)  # a part of an item, with a place of its own
    pages = {path: browser.get(path).content.decode() for path in {path for path, _item in links}}
    lost = [item for path, item in links if f'id="{item}"' not in pages[path]]
    assert not lost
