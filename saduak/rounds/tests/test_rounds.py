"""A round is opened once, by an officer, from a published pack; its windows decide to the second."""

import importlib
import shutil
import threading

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import translation

from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.packs import commands as packs
from saduak.people.actor import system
from saduak.rounds import commands, queries
from saduak.rounds.models import Round
from saduak.rounds.workflow import ROUND
from saduak.web.refusals import reason, sentence

BANGKOK = clock.bangkok


def test_open_round_takes_everything_from_the_pack(world, gecc):
    assert gecc.code == "GECC-2565"
    assert gecc.fiscal_year == 2565
    assert gecc.validity_years == 3
    assert "LOCAL_BODY" in gecc.may_apply_kinds
    assert [window.kind for window in queries.windows(gecc)][:3] == ["BRIEFING", "APPLICATION", "SCREENING"]
    assert [action.code for action in queries.actions(gecc)] == ["A1", "A2", "A3", "A4"]
    apply = queries.actions(gecc)[1]
    assert (apply.opens_at, apply.due_at) == (BANGKOK(2022, 1, 1), BANGKOK(2022, 3, 1))
    assert len(queries.standard(gecc).criteria) == 50
    entry = Entry.objects.latest("number")
    assert (entry.event, entry.subject_id, entry.role) == ("round.opened", "GECC-2565", "OFFICER")
    assert gecc.profile_pack.pack_id == "gecc/forms/profile"
    assert entry.details["profile_sha256"] == gecc.profile_pack.sha256
    assert queries.profile_form(gecc).question("location").type == "place"
    assert [one.pack_id for one in queries.surveys(gecc)] == ["gecc/surveys/incentives"]
    asked = {one.code: queries.survey_of(one) for one in queries.actions(gecc)}
    assert asked == {"A1": None, "A2": None, "A3": None, "A4": queries.surveys(gecc)[0]}


def test_a_later_version_of_the_form_changes_nothing_in_an_open_round(gecc, tmp_path):
    folder = shutil.copytree(settings.PACKS, tmp_path / "packs")
    form = folder / "gecc/forms/profile.yaml"
    form.write_text(form.read_text("utf-8").replace("version: 2", "version: 3", 1), encoding="utf-8")
    packs.publish(folder, "gecc/forms/profile", by=system("set-up"))
    assert queries.profile_form(queries.by_code(gecc.code)).version == 2


def test_a_round_opened_before_packs_named_forms_goes_on_with_the_programmes(gecc):
    Round.objects.filter(pk=gecc.pk).update(profile_pack=None)
    content = {**gecc.round_pack.content}
    content.pop("forms")
    # Published packs cannot be changed: an earlier one is written beside it.
    earlier = type(gecc.round_pack).objects.create(
        pack_id="gecc/rounds/before",
        kind="round",
        version=1,
        sha256="0" * 64,
        slug="gecc-before",
        title_th="ก่อน",
        title_en="Before",
        content=content,
        published_at=clock.now(),
        published_by="test",
    )
    migration = importlib.import_module("saduak.rounds.migrations.0007_earlier_rounds_profile")
    migration.name_the_form(apps, None)
    assert queries.by_code(gecc.code).profile_pack is None  # its pack says what it names
    Round.objects.filter(pk=gecc.pk).update(round_pack=earlier)
    migration.name_the_form(apps, None)
    assert queries.by_code(gecc.code).profile_pack.pack_id == "gecc/forms/profile"


def test_open_round_with_other_dates_keeps_what_was_changed(world, published):
    span = (BANGKOK(2022, 1, 3), BANGKOK(2022, 3, 15))
    made = commands.open_round(
        "gecc/rounds/2565",
        by=world.officer,
        windows={"APPLICATION": span},
        actions={"A4": (None, BANGKOK(2022, 2, 11))},
        source={"reading": "RD-TEST22"},
    )
    assert queries.window(made, "APPLICATION").closes_at == span[1]
    # What is to be done within the window follows it.
    assert [action.due_at for action in queries.actions(made)][1] == span[1]
    assert [action.due_at for action in queries.actions(made)][3] == BANGKOK(2022, 2, 11)
    details = Entry.objects.latest("number").details
    assert details["changed_windows"] == ["APPLICATION"]
    assert details["source"] == {"reading": "RD-TEST22"}


@pytest.mark.parametrize(
    ("windows", "actions"),
    [
        ({"APPLICATION": (BANGKOK(2022, 3, 1), BANGKOK(2022, 3, 1))}, {}),
        ({"HOLIDAY": (BANGKOK(2022, 3, 1), BANGKOK(2022, 3, 2))}, {}),
        ({}, {"A2": (BANGKOK(2022, 3, 1), BANGKOK(2022, 2, 1))}),
    ],
)
def test_open_round_refuses_dates_that_cannot_be_and_leaves_no_trace(world, published, windows, actions):
    before = Entry.objects.count()
    with pytest.raises(NotComplete) as refused:
        commands.open_round("gecc/rounds/2565", by=world.officer, windows=windows, actions=actions)
    assert sentence(refused.value)
    assert not Round.objects.exists()
    assert Entry.objects.count() == before


def test_open_round_twice_is_refused(world, gecc):
    with pytest.raises(NotPossible, match="GECC-2565"):
        commands.open_round("gecc/rounds/2565", by=world.officer2)
    assert Round.objects.count() == 1


def test_a_pack_that_is_not_published_or_no_round_opens_nothing(world, published):
    for pack_id in ("gecc/rounds/2599", "gecc/standards/2568"):
        with pytest.raises(NotPossible):
            commands.open_round(pack_id, by=world.officer)


def test_the_practice_round_has_a_code_of_its_own(world, gecc):
    practice = commands.open_round("gecc/rounds/2565-practice", by=world.officer)
    assert practice.code == "GECC-2565-PRACTICE"
    assert practice.is_practice
    assert queries.current() == gecc


def test_only_an_officer_opens_and_ends(world, published):
    others = {name: actor for name, actor in world.actors.items() if actor.role != "OFFICER"}
    for actor in others.values():
        with pytest.raises(NotAllowed):
            commands.open_round("gecc/rounds/2565", by=actor)
    made = commands.open_round("gecc/rounds/2565", by=world.officer)
    for actor in others.values():
        with pytest.raises(NotAllowed):
            commands.end(made.code, by=actor)


def test_every_command_in_every_state_by_every_role(world, gecc):
    """The whole table: only an officer may end, and only an open round."""
    outcome = {}
    for state in ROUND.states:
        for name, actor in world.actors.items():
            Round.objects.filter(pk=gecc.pk).update(state=state, ended_at=None)
            try:
                outcome[state, name] = commands.end(gecc.code, by=actor).state
            except (NotAllowed, NotPossible) as refused:
                outcome[state, name] = refused.status
    for (state, name), what in outcome.items():
        officer = world.actors[name].role == "OFFICER"
        assert what == (("ENDED" if state == "OPEN" else 409) if officer else 403), (state, name)


def test_a_window_is_half_open_to_the_second(gecc):
    opens, closes = BANGKOK(2022, 1, 1), BANGKOK(2022, 3, 1)
    assert not queries.is_open(gecc, "APPLICATION", BANGKOK(2021, 12, 31, 23, 59, 59))
    assert queries.is_open(gecc, "APPLICATION", opens)
    assert queries.is_open(gecc, "APPLICATION", BANGKOK(2022, 2, 28, 23, 59, 59))
    assert not queries.is_open(gecc, "APPLICATION", closes)
    with clock.at(opens):
        assert queries.is_open(gecc, "APPLICATION")


def test_the_no_of_a_window_says_when_in_the_readers_language(gecc):
    early = queries.is_open(gecc, "APPLICATION", BANGKOK(2021, 12, 1))
    late = queries.is_open(gecc, "APPLICATION", BANGKOK(2022, 3, 1))
    with translation.override("en"):
        assert reason(early) == "The period “Application” opens on 1 January 2022."
        assert reason(late) == "The period “Application” closed on 28 February 2022, 24:00."
    with translation.override("th"):
        assert "28 กุมภาพันธ์ 2565 เวลา 24.00 น." in reason(late)
        assert "1 มกราคม 2565" in reason(early)


def test_an_ended_round_is_open_for_nothing(world, gecc):
    with clock.at(BANGKOK(2022, 2, 1)):
        commands.end(gecc.code, by=world.officer)
        assert not queries.is_open(Round.objects.get(), "APPLICATION")


def test_the_picture_lies_within_its_frame(gecc):
    picture = queries.timeline(gecc, BANGKOK(2022, 2, 1))
    assert all(bar.x >= 0 and bar.x + bar.width <= picture.width + 3 for bar in picture.bars)
    assert [bar.state for bar in picture.bars].count("open") == 1
    assert 0 < picture.now < picture.width
    assert len(picture.months) >= 10
    assert queries.timeline(gecc, BANGKOK(2030, 1, 1)).now is None


def test_days_of_the_pack_count_in_the_calendar_of_the_round(world, gecc, sign_in):
    gecc = queries.by_code(gecc.code)
    assert queries.closed_on(queries.office_days(gecc), BANGKOK(2022, 5, 1)).name == "วันเสาร์"  # 30 April, 24.00
    assert queries.closed_on(queries.office_days(gecc), BANGKOK(2022, 3, 1)) is None
    gecc.round_pack.content["holidays"] = [
        {"id": "flood", "on": "2022-02-28", "offices": "closed", "title": {"th": "หยุดเพราะน้ำท่วม", "en": "Flood"}},
        {"id": "work", "on": "2022-04-30", "offices": "open", "title": {"th": "ทำการชดเชย", "en": "Made up"}},
    ]
    days = queries.office_days(gecc)
    closed = queries.closed_on(days, BANGKOK(2022, 3, 1))
    assert (closed.name, closed.before.day, closed.after.day) == ("หยุดเพราะน้ำท่วม", 25, 1)
    assert queries.closed_on(days, BANGKOK(2022, 5, 1)) is None
    drawn = [box for box in queries.timeline(gecc, BANGKOK(2022, 2, 1)).closed if box.kind == "holiday"]
    plain = [one for one in queries.timeline(queries.by_code(gecc.code)).closed if one.kind == "holiday"]
    assert len(drawn) == len(plain) + 1
    with clock.at(BANGKOK(2022, 4, 1)):
        page = sign_in(world.users["coordinator"]).get(f"/rounds/{gecc.code}/").content.decode()
    assert "ตรงกับวันเสาร์ วันทำการก่อนหน้าคือ 29 เม.ย. 2565" in page
    assert page.count("<svg class=") >= 2
    assert "<desc" in page


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_open_one_round():
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    from_both, start = [], threading.Barrier(2)
    officer = system("officer")
    officer = type(officer)(ref="x", name="x", role="OFFICER")

    def go():
        start.wait()
        try:
            from_both.append(commands.open_round("gecc/rounds/2565", by=officer).code)
        except NotPossible:
            from_both.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(from_both, key=str) == ["GECC-2565", None]
    assert Round.objects.count() == 1


def test_a_second_round_of_the_year_has_a_code_of_its_own():
    base = {"programme": "gecc", "fiscal_year": 2565}
    assert commands.round_code(base) == "GECC-2565"
    assert commands.round_code(base | {"edition": "EXTRA"}) == "GECC-2565-EXTRA"
    assert commands.round_code(base | {"practice": True}) == "GECC-2565-PRACTICE"
