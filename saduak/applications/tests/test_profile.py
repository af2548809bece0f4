"""The profile of a centre is the form that its round names: another programme's form, no form at all, and what was kept before."""

import importlib
import re
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse

from saduak.applications import commands, handed_in, profile, queries, receipts
from saduak.applications.models import Answer
from saduak.packs import commands as packs
from saduak.packs import queries as published
from saduak.packs.questions import from_resolved
from saduak.rounds import commands as rounds
from saduak.rounds.models import Round

pytestmark = pytest.mark.django_db
HOUSE = {
    "v:profile.whereabouts": "ถนนหอระฆัง 3 เมืองวัลดา",
    "v:profile.door-latitude": "18.14",
    "v:profile.door-longitude": "100.14",
    "v:profile.founded": "1/2/2560",
    "v:profile.ramp": "no",
    "v:profile.ramp-plan": "จะสร้างภายในปีนี้",
    "v:profile.rota": "",
    "v:profile.rota-0-day": "จันทร์",
    "v:profile.rota-0-keepers": "๓",
    "v:profile.tongue": "both",
    "v:profile.bell": "",
}
KEPT = {
    "whereabouts": "ถนนหอระฆัง 3 เมืองวัลดา",
    "door": {"latitude": "18.140000", "longitude": "100.140000"},
    "founded": "2017-02-01",
    "ramp": False,
    "ramp-plan": "จะสร้างภายในปีนี้",
    "rota": [{"day": "จันทร์", "keepers": "3"}],
    "tongue": "both",
    "bell": None,
}


def url(name, application, *more):
    return reverse(f"applications:{name}", args=[application.number, *more])


@pytest.fixture
def valdora(world, settings, opened):
    """A round of a country whose form no code knows."""
    packs.publish(settings.PACKS, "valdora/rounds/2565", by=world.officer)
    return rounds.open_round("valdora/rounds/2565", by=world.officer)


@pytest.fixture
def house(world, valdora):
    return commands.start(valdora.code, world.centre.code, by=world.coordinator)


def missing(application):
    return [one.item for one in queries.progress(application).missing if one.section == "profile"]


def test_another_programmes_form_is_filled_in_checked_and_read(house, world, sign_in, photo):
    browser = sign_in(world.users["coordinator"])
    page = browser.get(url("section", house, "profile")).content.decode()
    for text in ("บ้านบริการของเรา", "ผู้ดูแลบ้าน", "ตารางเวรของผู้ดูแล", "จะสร้างทางลาดเมื่อใด"):
        assert text in page
    assert "เคาน์เตอร์" not in page  # nothing of GECC's form
    wrong = browser.post(url("section", house, "profile"), {"v:profile.founded": "31 กุมภาพันธ์ 2565"})
    assert wrong.status_code == 422
    assert [where for where, _said in wrong.context["errors"]] == ["#profile.founded"]
    assert "31 กุมภาพันธ์ 2565" in wrong.content.decode()
    assert browser.post(url("section", house, "profile"), HOUSE).status_code == 302
    assert queries.profile(house) == KEPT
    assert missing(house) == []
    commands.add_evidence(
        house.number, by=world.coordinator, upload=photo(), title="แผนผังชั้นล่าง", items=["profile.plan"]
    )
    told = browser.post(
        url("save", house), {"v:profile.door": "13.7563, 100.5018"}, headers={"accept": "application/json"}
    )
    assert "กรุงเทพมหานคร" in told.json()["progress"]["profile.door-doubt"]
    for name in ("check", "read"):
        page = browser.get(url(name, house)).content.decode()
        for text in ("1 กุมภาพันธ์ 2560", "ทั้งสองภาษา", "3 คน", "แผนผังชั้นล่าง", "จะสร้างภายในปีนี้", "answered-rows"):
            assert text in page, (name, text)
    assert "13.756300, 100.501800" in page
    standard, form = queries.standard(house), queries.form(house)
    draft = queries.draft(house)
    content = handed_in.content_of(house, standard, form, draft.answers, draft.evidence)
    told = receipts.counts(standard, form, content)[0]
    assert (told.title.th, told.answered, told.asked) == ("บ้านบริการของเรา", 8, 9)  # no number of a bell


def test_what_does_not_apply_stays_in_the_draft_but_is_neither_missing_nor_handed_in(house, world, sign_in):
    browser = sign_in(world.users["coordinator"])
    browser.post(url("section", house, "profile"), HOUSE | {"v:profile.ramp-plan": ""})
    assert missing(house) == ["profile.ramp-plan"]
    browser.post(url("save", house), {"v:profile.ramp-plan": "ปีหน้า"})
    browser.post(url("save", house), {"v:profile.ramp": "yes"})
    assert missing(house) == []
    assert queries.profile(house)["ramp-plan"] == "ปีหน้า"
    draft = queries.draft(house)
    content = handed_in.content_of(house, draft.standard, draft.form, draft.answers, draft.evidence)
    assert "ramp-plan" not in content["profile"]
    assert content["profile"]["ramp"] is True
    assert "ปีหน้า" not in browser.get(url("check", house)).content.decode()
    browser.post(url("save", house), {"v:profile.ramp": "no"})
    assert "ปีหน้า" in browser.get(url("check", house)).content.decode()


def test_two_people_at_one_question_of_the_profile_keep_both_versions(house, world, sign_in):
    for by, rows, editor in ((world.coordinator, "จันทร์", "a"), (world.colleague, "ศุกร์", "b")):
        commands.save_profile(
            house.number,
            {"rota": [{"day": rows, "keepers": "2"}]},
            by=by,
            versions={"profile.rota": 0},
            editor=editor,
        )
    browser = sign_in(world.users["coordinator"])
    page = browser.get(url("section", house, "profile")).content.decode()
    assert "จันทร์ · 2 คน" in page
    assert "ศุกร์ · 2 คน" in page
    assert "profile.rota" in missing(house)
    browser.post(url("settle", house), {"choice": "profile.rota|value|0"})
    assert queries.profile(house)["rota"] == [{"day": "ศุกร์", "keepers": "2"}]


def test_a_round_without_a_form_asks_for_no_profile(house, valdora, world, sign_in):
    Round.objects.filter(pk=valdora.pk).update(profile_pack=None)
    browser = sign_in(world.users["coordinator"])
    assert browser.get(url("section", house, "profile")).status_code == 404
    for name in ("detail", "form", "check", "read"):
        page = browser.get(url(name, house)).content.decode()
        assert "บ้านบริการ" not in page
        assert "/sections/profile/" not in page
    house.refresh_from_db()
    house.round.refresh_from_db()
    assert missing(house) == []
    draft = queries.draft(house)
    content = handed_in.content_of(house, draft.standard, draft.form, draft.answers, draft.evidence)
    assert content["profile"] == {}
    assert "form" not in content


def test_what_the_tree_knows_stands_in_the_questions_that_say_so(world, valdora, opened):
    centre = world.centre
    centre.address_th, centre.phone, centre.email = "1 ถนนทดสอบ", "0 5452 1234", "a@example.go.th"
    centre.latitude, centre.longitude = "18.14459", "100.14028"
    centre.save()
    known = {}
    for one in (opened, valdora):
        known[one] = queries.profile(commands.start(one.code, centre.code, by=world.coordinator))
    place = {"latitude": "18.144590", "longitude": "100.140280"}
    assert known[valdora] == {"whereabouts": "1 ถนนทดสอบ", "door": place, "bell": "0 5452 1234"}
    assert known[opened] == {
        "address": "1 ถนนทดสอบ",
        "location": place,
        "contact_phone": "0 5452 1234",
        "contact_email": "a@example.go.th",
    }


def test_a_new_centre_is_registered_with_its_place_on_the_map(world, sign_in):
    browser, page = sign_in(world.users["coordinator"]), reverse("applications:new_centre")
    assert 'data-axis="latitude"' in browser.get(page).content.decode()
    parent = type(world.centre).objects.get_parent(world.centre)
    given = {"parent": parent.code, "name_th": "ศูนย์ใหม่", "place-latitude": "48.85", "place-longitude": "2.35"}
    abroad = browser.post(page, given)
    assert abroad.status_code == 422
    assert 'value="48.85"' in abroad.content.decode()
    assert "ไม่อยู่ในประเทศไทย" in abroad.content.decode()
    assert (
        browser.post(page, given | {"place-latitude": "18.144591, 100.140279", "place-longitude": ""}).status_code
        == 302
    )
    made = type(world.centre).objects.get(name_th="ศูนย์ใหม่")
    assert (str(made.latitude), str(made.longitude)) == ("18.14459", "100.14028")
    assert browser.post(page, {"parent": parent.code, "name_th": "ศูนย์ไม่มีพิกัด", "place": ""}).status_code == 302


def test_no_code_names_a_question_of_a_form():
    """Ids of the house's forms are words of the packs only."""
    words = re.compile(r"[\"'](?:services_own|services_information|services_complaints|whereabouts|ramp-plan)[\"']")
    root = Path(profile.__file__).resolve().parents[1]
    said = [
        str(one.relative_to(root))
        for one in root.rglob("*.py")
        if "tests" not in one.parts and "demo" not in one.parts and words.search(one.read_text(encoding="utf-8"))
    ]
    assert said == []


@pytest.mark.parametrize(
    ("question", "kept", "found"),
    [
        ({"type": "place", "formerly": ["latitude", "longitude"]}, {"latitude": "18.1", "longitude": "100.2"}, {"latitude": "18.100000", "longitude": "100.200000"}),
        ({"type": "place", "formerly": ["latitude", "longitude"]}, {"latitude": "18.1"}, None),
        ({"type": "place", "formerly": ["latitude", "longitude"]}, {"latitude": "18.1", "longitude": ""}, None),
        ({"type": "text", "formerly": ["old"]}, {"old": "คำตอบ"}, "คำตอบ"),
        ({"type": "text", "formerly": ["old"]}, {"old": "คำตอบ", "q": "ใหม่"}, "ใหม่"),
        ({"type": "number"}, {"q": 1200}, "1200"),
        ({"type": "number"}, {"q": "many"}, "many"),  # shown as it stands
        ({"type": "number"}, {}, None),
    ],
)  # fmt: skip
def test_what_was_kept_before_is_read_as_it_is_written_today(question, kept, found):
    class Form:
        questions = (from_resolved({"id": "q", "title": {"th": "ก", "en": "a"}, **question}),)

    assert profile.values(Form, kept).get("q") == found


def test_old_drafts_move_to_the_questions_of_the_form_and_old_submissions_stay_readable(world, draft, sign_in, fill):
    fill(draft)
    commands.submit(draft.number, by=world.head)
    submission = queries.latest_submission(draft)
    old = {**submission.content["profile"], "latitude": "18.14459", "longitude": "100.14028", "visitors": 1200}
    type(submission).objects.filter(pk=submission.pk).update(content={**submission.content, "profile": old})
    page = sign_in(world.users["officer"]).get(url("read", draft)).content.decode()
    assert "18.144590, 100.140280" in page
    assert "1,200 คน" in page
    for key, value in (("latitude", "18.14459"), ("longitude", "100.14028"), ("staff", 7)):
        Answer.objects.update_or_create(
            application=draft,
            item=f"profile.{key}",
            defaults={
                "value": value,
                "version": 3,
                "updated_by_ref": "u",
                "updated_by_name": "สมหญิง",
                "updated_at": draft.created_at,
            },
        )
    importlib.import_module("saduak.applications.migrations.0006_profile_of_the_form").move_answers(apps, None)
    moved = queries.answers(draft)["profile.location"]
    assert (moved.value, moved.version, moved.updated_by_name) == (
        {"latitude": "18.144590", "longitude": "100.140280"},
        3,
        "สมหญิง",
    )
    assert queries.answers(draft)["profile.staff"].value == "7"
    now = {**submission.content["profile"], "location": moved.value}
    assert (
        handed_in.changes(
            {**submission.content, "profile": old}, {**submission.content, "profile": now}, queries.form(draft)
        )
        == []
    )


def test_a_renamed_question_is_carried_over_to_the_next_year(world, submitted, opened, settings, tmp_path):
    folder = tmp_path / "packs"
    shutil.copytree(settings.PACKS, folder)
    path = folder / "gecc/forms/profile.yaml"
    text = path.read_text(encoding="utf-8").replace("version: 2", "version: 3", 1)
    text = text.replace("id: hours\n", "id: opening\n        replaces: [hours]\n")
    text = text.replace(
        "id: services_complaints\n",
        "id: services_told\n        replaces: [services_information, services_complaints]\n",
    )
    start, end = text.index("      - id: services_information"), text.index("      - id: services_told")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    packs.publish(folder, "gecc/forms/profile", by=world.officer)
    opened.fiscal_year = 2562  # the round before
    opened.save(update_fields=["fiscal_year"])
    packs.publish(settings.PACKS, "gecc/rounds/2565-extra", by=world.officer)
    after = rounds.open_round("gecc/rounds/2565-extra", by=world.officer)
    after.profile_pack = published.published("gecc/forms/profile")
    after.save(update_fields=["profile_pack"])
    made = commands.start(after.code, world.centre.code, by=world.coordinator, from_last=True)
    before, now = queries.submitted_content(submitted)["profile"], queries.profile(made)
    assert now["opening"] == before["hours"]
    assert now["services_told"] == f"{before['services_information']}\n\n{before['services_complaints']}"
    assert now["staff"] == before["staff"]
    assert queries.answers(made)["profile.opening"].copied_from == 2562
    assert "profile.opening" in missing(made)
