"""A survey for anybody: by short link, without sign-in, kept without a name; results in steps that tell nobody."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed
from saduak.packs import commands as packs
from saduak.people.actor import system
from saduak.surveys import commands, queries
from saduak.surveys.models import PublicAnswer
from saduak.surveys.views import public

PACK = "gecc/surveys/satisfaction"


@pytest.fixture
def satisfaction(world, db):
    packs.publish(settings.PACKS, PACK, by=system("set-up"))
    with clock.at(clock.bangkok(2022, 1, 3, 8)):
        return commands.open_survey(
            PACK,
            by=world.officer,
            opens_at=clock.now(),
            closes_at=clock.bangkok(2022, 12, 31),
            top_code=world.centre.code,
        )


@pytest.fixture(autouse=True)
def _nobody_has_answered():
    cache.clear()


def rated(survey, code: str = "s4") -> dict[str, str]:
    """Every rated item of the survey, answered alike."""
    return {
        f"q-{one.id}": next(option.code for option in one.options if str(option.score) == code[1:])
        for one in queries.form(survey).questions
        if one.type == "one_of" and one.required
    }


def test_anybody_answers_once_a_page_and_leaves_no_trace(world, satisfaction):
    browser, lines = Client(), Entry.objects.count()
    with clock.at(clock.bangkok(2022, 1, 20, 10)):
        page = browser.get(f"/S/{satisfaction.link.lower()}/")
        assert page.status_code == 200
        assert not page.cookies
        sent = rated(satisfaction) | {"token": page.context["token"], "q-sex": "female"}
        missing = browser.post(
            f"/s/{satisfaction.link}/",
            {key: value for key, value in sent.items() if key != next(iter(rated(satisfaction)))},
        )
        assert missing.status_code == 422
        assert missing.content.decode().count("checked") >= 15  # what was chosen is still there
        assert browser.post(f"/s/{satisfaction.link}/", sent).url == f"/s/{satisfaction.link}/thanks/"
        assert browser.post(f"/s/{satisfaction.link}/", sent).status_code == 302  # a second click
        assert browser.get(f"/s/{satisfaction.link}/thanks/").status_code == 200
    kept = PublicAnswer.objects.get()
    assert {field.name for field in PublicAnswer._meta.fields} == {"id", "survey", "token", "on", "values"}
    assert kept.values["sex"] == "female"
    assert Entry.objects.count() == lines


def test_results_move_on_in_steps_while_it_is_open(world, satisfaction):
    with clock.at(clock.bangkok(2022, 1, 20, 10)):
        for number in range(9):
            given = {
                key.removeprefix("q-"): value
                for key, value in rated(satisfaction, "s5" if number < 5 else "s1").items()
            }
            assert commands.answer_publicly(satisfaction.link, given, by=world.stranger, token=f"{number:032d}")
            found = queries.results(satisfaction, world.centre)
            assert (found.shown, found.answered) == ((True, 5) if number >= 4 else (False, 0))
        assert all(str(one.mean) == "5.00" for one in found.tallies.values() if one is not None and one.scored)
        assert found.tallies["sex"] is None  # nobody said it
        commands.end(satisfaction.code, by=world.officer, reason="ครบกำหนดการสำรวจแล้ว")
        satisfaction.refresh_from_db()
        assert queries.results(satisfaction, world.centre).answered == 9


def test_closed_unknown_and_too_many(world, satisfaction, survey, monkeypatch):
    browser, sent = Client(), rated(satisfaction)
    with clock.at(clock.bangkok(2023, 1, 1)):
        assert "ปิด" in browser.get(f"/s/{satisfaction.link}/").content.decode()
        assert browser.post(f"/s/{satisfaction.link}/", sent).status_code == 409
    assert browser.get("/s/AAAAAAA/").status_code == 404
    assert browser.get(f"/s/{survey.code}/").status_code == 404  # offices answer that one
    monkeypatch.setattr(public, "ANSWERS", public.Limit("few-of-tests", most=2, window=60))
    with clock.at(clock.bangkok(2022, 1, 20, 10)):
        codes = [browser.post(f"/s/{satisfaction.link}/", sent).status_code for _ in range(3)]
        other = Client(REMOTE_ADDR="203.0.113.9").post(f"/s/{satisfaction.link}/", sent).status_code
    assert codes == [302, 302, 429]
    assert other == 302
    assert PublicAnswer.objects.count() == 3


def test_who_sees_the_code_and_the_results_of_a_centre(world, satisfaction):
    found = {}
    with clock.at(clock.bangkok(2022, 1, 20, 10)):
        for name in ("coordinator", "observer_province", "officer", "stranger", "assessor1"):
            browser = Client()
            browser.force_login(world.users[name])
            base = f"/surveys/{satisfaction.code}/"
            found[name] = [
                browser.get(base + end).status_code
                for end in ("", f"results/{world.centre.code}/", "qr.svg", f"tree/{world.centre.code}/")
            ]
    assert found["coordinator"] == found["observer_province"] == found["officer"] == [200, 200, 200, 404]
    assert found["stranger"] == found["assessor1"] == [404, 404, 404, 404]


def test_the_office_of_a_centre_opens_and_ends_the_survey_about_it(world, db):
    packs.publish(settings.PACKS, PACK, by=system("set-up"))
    packs.publish(settings.PACKS, "gecc/surveys/incentives", by=system("set-up"))
    span = {"opens_at": clock.bangkok(2022, 1, 3), "closes_at": clock.bangkok(2022, 12, 31)}
    with clock.at(clock.bangkok(2022, 1, 3, 8)):
        for by, top in (
            (world.stranger, world.centre),
            (world.registrar_body, world.centre),
            (world.registrar_province, world.centre),
        ):
            with pytest.raises(NotAllowed):
                commands.open_survey(PACK, by=by, top_code=top.code, **span)
        with pytest.raises(NotAllowed):  # a survey of offices is the secretariat's
            commands.open_survey("gecc/surveys/incentives", by=world.head, for_kinds=["LOCAL_BODY"], **span)
        browser = Client()
        browser.force_login(world.users["coordinator"])
        assert browser.get("/surveys/open/").status_code == 200
        fields = {"pack": f"{PACK}@1", "opens_at": "3 ม.ค. 2565", "closes_at": "31 ธ.ค. 2565"}
        assert browser.post("/surveys/open/", fields | {"top": world.other_centre.code}).status_code == 422
        made = browser.post("/surveys/open/", fields | {"top": world.centre.code})
        assert made.status_code == 302
        survey = queries.by_code(made.url.split("/")[2], world.head)
        assert survey.top == world.centre
        with pytest.raises(NotAllowed):
            commands.end(survey.code, by=world.observer_province, reason="ครบกำหนดการสำรวจแล้ว")
        assert commands.end(survey.code, by=world.head, reason="ครบกำหนดการสำรวจแล้ว").state == "ENDED"
