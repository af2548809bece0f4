"""Opening, moving the closing, ending: who may, what is refused, what stands in the journal."""

from datetime import timedelta

import pytest
from django.conf import settings

from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.packs import commands as packs
from saduak.packs.models import PublishedPack
from saduak.people.actor import system
from saduak.rounds import commands as rounds
from saduak.surveys import commands, forms
from saduak.surveys.models import Survey
from saduak.surveys.tests.conftest import CLOSES, KINDS, OPENS, PACK

BEFORE = clock.bangkok(2021, 12, 22, 9)
WHY = "ขยายเวลาตามหนังสือจังหวัด"


def opened(by, **more):
    with clock.at(BEFORE):
        return commands.open_survey(
            **{"pack_id": PACK, "by": by, "opens_at": OPENS, "closes_at": CLOSES, "for_kinds": KINDS} | more
        )


@pytest.mark.parametrize(
    ("more", "refusal", "where"),
    [
        ({"closes_at": OPENS}, NotComplete, "#id_closes_at"),
        ({"opens_at": OPENS - timedelta(days=90), "closes_at": BEFORE}, NotComplete, "#id_closes_at"),
        ({"closes_at": clock.bangkok(2565, 2, 1)}, NotComplete, "#id_closes_at"),
        ({"for_kinds": []}, NotComplete, "#id_for_kinds"),
        ({"for_kinds": ["STATE_ENTERPRISE", "NONSENSE"]}, NotComplete, "#id_for_kinds"),
        ({"top_code": "NOBODY"}, NotComplete, "#id_top"),
        ({"round_code": "GECC-2999"}, NotComplete, ""),
        ({"pack_id": "gecc/surveys/none"}, NotPossible, ""),
        ({"version": 7}, NotPossible, ""),
    ],
)
def test_what_cannot_be_opened_is_refused_whole(world, published, more, refusal, where):
    with pytest.raises(refusal) as caught:
        opened(world.officer, **more)
    assert not where or where in {one.where for one in caught.value.items}
    assert not Survey.objects.exists()
    assert not Entry.objects.filter(event="survey.opened").exists()


def test_a_survey_that_asks_for_files_or_for_a_centre(world, published):
    packs.publish(settings.PACKS, "gecc/surveys/satisfaction", by=system("set-up"))
    with pytest.raises(NotComplete):  # for anybody, and the secretariat is no centre
        opened(world.officer, pack_id="gecc/surveys/satisfaction")
    of_centre = opened(world.officer, pack_id="gecc/surveys/satisfaction", top_code=world.centre.code)
    assert of_centre.for_anybody
    assert of_centre.for_kinds == []
    pack = PublishedPack.objects.get(pack_id=PACK)
    content = pack.content | {"id": "gecc/surveys/files"}
    content["groups"] = [{"id": "g", "title": {"th": "ก", "en": "g"}, "questions": [
        {"id": "plan", "type": "file", "title": {"th": "แนบแผน", "en": "Plan"}, "accepts": ["pdf"]}]}]  # fmt: skip
    PublishedPack.objects.create(
        pack_id="gecc/surveys/files", kind="survey", version=1, sha256="f" * 64, slug="files", title_th="ก", title_en="g",
        content=content, published_at=BEFORE, published_by="x",
    )  # fmt: skip
    with pytest.raises(NotPossible, match="ขอไฟล์"):
        opened(world.officer, pack_id="gecc/surveys/files")


def test_only_officers_open_move_and_end(world, survey, during):
    for name, actor in world.actors.items():
        if name.startswith("officer"):
            continue
        with pytest.raises(NotAllowed):
            opened(actor)
        with pytest.raises((NotAllowed, Survey.DoesNotExist)):
            commands.end(survey.code, by=actor, reason=WHY)
        with pytest.raises((NotAllowed, Survey.DoesNotExist)):
            commands.move_close(survey.code, by=actor, closes_at=CLOSES + timedelta(days=1), reason=WHY)
    survey.refresh_from_db()
    assert (survey.state, survey.closes_at) == ("OPEN", CLOSES)


def test_a_second_click_opens_nothing(world, survey):
    with pytest.raises(NotPossible, match=survey.code):
        opened(world.officer2)
    assert Entry.objects.filter(event="survey.opened").count() == Survey.objects.count() == 1


def test_the_close_moves_with_a_reason_until_the_survey_is_over(world, survey, during):
    later = CLOSES + timedelta(days=7)
    move = commands.move_close
    for wrong in ({"reason": "สั้น"}, {"closes_at": CLOSES}, {"closes_at": OPENS}, {"closes_at": clock.now()}):
        with pytest.raises(NotComplete):
            move(**{"code": survey.code, "by": world.officer, "closes_at": later, "reason": WHY} | wrong)
    moved = move(survey.code, by=world.officer, closes_at=later, reason=WHY, seen=CLOSES)
    with pytest.raises(NotPossible, match="ไปก่อนแล้ว"):
        move(survey.code, by=world.officer2, closes_at=later + timedelta(days=1), reason=WHY, seen=CLOSES)
    assert moved.closes_at == later
    assert [one.reason for one in survey.moves.all()] == [WHY]
    assert Entry.objects.get(event="survey.close_moved").details["reason"] == WHY
    with clock.at(later), pytest.raises(NotPossible, match="สิ้นสุด"):
        move(survey.code, by=world.officer, closes_at=later + timedelta(days=9), reason=WHY)


def test_a_survey_is_ended_once_and_may_then_be_opened_again(world, survey, during):
    commands.end(survey.code, by=world.officer, reason=WHY)
    with pytest.raises(NotPossible):
        commands.end(survey.code, by=world.officer, reason=WHY)
    survey.refresh_from_db()
    assert survey.is_over()
    assert survey.over_at == clock.now()
    assert opened(world.officer).code != survey.code


def test_in_a_round_its_pack_says_which_version_and_whom(world, published):
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    with clock.at(BEFORE):
        gecc = rounds.open_round("gecc/rounds/2565", by=world.officer)
        form = forms.OpenForm(None, top=world.secretariat, pack=PACK, round=gecc.code)
    assert form.initial["pack"] == f"{PACK}@1"
    assert "LOCAL_BODY" in form.initial["for_kinds"]
    assert form.initial["closes_at"] == CLOSES
    made = opened(world.officer, round_code=gecc.code)
    assert (made.round, made.pack.version) == (gecc, 1)
    with clock.at(BEFORE):
        rounds.end(gecc.code, by=world.officer)
    with pytest.raises(NotPossible):
        opened(world.officer2, round_code=gecc.code, top_code=world.province.code)
