"""Marking and agreeing: what is refused and how it is named, autosave, exact results, originals that stay."""

from decimal import Decimal

import pytest
from django.urls import reverse

from saduak.assessment import commands
from saduak.assessment.models import Agreed, Case, Mark
from saduak.assessment.tests.conftest import ASSESSING
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible


@pytest.fixture
def case(walk) -> Case:
    return walk.declared(walk.assigned())


def test_handing_in_names_every_missing_item_with_its_place(walk, world, case):
    with clock.at(ASSESSING):
        every = walk.full_marks()
        gone = list(every)[-3:]
        commands.save_marks(
            case.number, {key: one for key, one in every.items() if key not in gone}, by=world.assessor1
        )
        with pytest.raises(NotComplete) as refused:
            commands.hand_in(case.number, by=world.assessor1)
    assert [one.where.rpartition("#item-")[2] for one in refused.value.items] == gone
    assert all(one.where.startswith(f"/assessment/cases/{case.number}/marks/") for one in refused.value.items)


def test_a_gate_item_that_is_not_met_needs_its_reason_and_ends_the_marking(walk, world, case):
    gates = [one.id for one in walk.standard.gate]
    with clock.at(ASSESSING):
        marks = {key: {"value": "yes"} for key in gates} | {gates[2]: {"value": "no"}}
        commands.save_marks(case.number, marks, by=world.assessor1)
        with pytest.raises(NotComplete) as refused:
            commands.hand_in(case.number, by=world.assessor1)
        assert len(refused.value.items) == 1
        for name in ("assessor1", "assessor2"):
            commands.save_marks(
                case.number, marks | {gates[2]: {"value": "no", "note": "ไม่มีป้าย"}}, by=getattr(world, name)
            )
            commands.hand_in(case.number, by=getattr(world, name))
        commands.save_agreement(case.number, {}, by=world.assessor1, presence=walk.present("assessor1", "assessor2"))
        agreed = commands.agree(case.number, by=world.assessor1)
    assert (agreed.computed_level, agreed.computed_total, agreed.computed["failed_gate"]) == ("", None, [gates[2]])


@pytest.mark.parametrize("typed", ["-1", "0.3", "99", "NaN", "Infinity", "1e2", "ครึ่ง", "9" * 40, "True", "no"])
def test_marks_that_cannot_be_given_are_refused_and_nothing_of_the_call_is_kept(walk, world, case, typed):
    score = next(key for key, one in walk.standard.marks_wanted.items() if one.type == "score" and one.maximum == 2)
    gate = walk.standard.gate[0].id
    with clock.at(ASSESSING), pytest.raises(NotComplete):
        commands.save_marks(case.number, {gate: {"value": "yes"}, score: {"value": typed}}, by=world.assessor1)
    assert not Mark.objects.exists()


def test_thai_digits_and_a_comma_are_understood(walk, world, case):
    score = next(key for key, one in walk.standard.marks_wanted.items() if one.type == "score" and one.maximum == 2)
    with clock.at(ASSESSING):
        commands.save_marks(case.number, {score: {"value": " ๑,๕ "}}, by=world.assessor1)
    assert Mark.objects.get(item=score).value == "1.5"


def test_after_handing_in_nobody_changes_their_own(walk, world, case):
    walk.handed_in(case, "assessor1")
    before = list(Mark.objects.order_by("pk").values())
    key = next(iter(walk.full_marks()))
    with clock.at(ASSESSING):
        for again in (False, True):
            if again:
                walk.handed_in(case, "assessor2")
            with pytest.raises(NotPossible):
                commands.save_marks(case.number, {key: {"value": "no"}}, by=world.assessor1)
    assert list(Mark.objects.filter(sheet__user=world.users["assessor1"]).order_by("pk").values()) == before


def test_autosave_keeps_what_can_be_kept_and_names_the_rest(walk, world, case, client):
    scores = [key for key, one in walk.standard.marks_wanted.items() if one.type == "score"][:2]
    client.force_login(world.users["assessor1"])
    data = {f"value-{scores[0]}": "1", f"value-{scores[1]}": "77", f"note-{scores[0]}": "พบจริง", "other": "x"}
    with clock.at(ASSESSING):
        answer = client.post(
            reverse("assessment:marks_save", args=[case.number]),
            data,
            headers={"Accept": "application/json", "X-Saduak-Autosave": "1"},
        )
    assert answer.status_code == 200
    assert list(answer.json()["errors"]) == [f"value-{scores[1]}"]
    assert "1" in answer.json()["progress"]["sheet-progress"]
    assert dict(Mark.objects.values_list("item", "value")) == {scores[0]: "1"}


def test_where_originals_differ_a_reason_is_compulsory_and_the_originals_stay(walk, world, case):
    scores = [key for key, one in walk.standard.marks_wanted.items() if one.type == "score"]
    walk.handed_in(case, "assessor1")
    walk.handed_in(case, "assessor2", **{scores[0]: "0", scores[1]: "0.5"})
    originals = list(Mark.objects.order_by("pk").values())
    with clock.at(ASSESSING):
        commands.save_agreement(case.number, {}, by=world.assessor1, presence=walk.present("assessor1", "assessor2"))
        with pytest.raises(NotComplete) as refused:
            commands.agree(case.number, by=world.assessor1)
        assert {one.where.rpartition("#item-")[2] for one in refused.value.items} == set(scores[:2])
        given = {scores[0]: {"value": "0.5"}, scores[1]: {"value": "0.5", "reason": "ตามที่พบ"}}
        commands.save_agreement(case.number, given, by=world.assessor3)  # the secretary writes
        with pytest.raises(NotComplete) as refused:
            commands.agree(case.number, by=world.assessor1)
        assert [one.where.rpartition("#item-")[2] for one in refused.value.items] == [scores[0]]
        commands.save_agreement(case.number, {scores[0]: {"reason": "ครึ่งเดียว"}}, by=world.assessor3)
        agreed = commands.agree(case.number, by=world.assessor1)
    assert list(Mark.objects.order_by("pk").values()) == originals
    wanted = walk.standard.marks_wanted
    lost = wanted[scores[0]].maximum + wanted[scores[1]].maximum - 1
    assert agreed.computed_total == walk.standard.total - lost == Decimal(agreed.computed["total"])
    assert Agreed.objects.filter(case=case).count() == len(wanted)


def test_a_common_mark_may_be_changed_only_with_a_reason(walk, world, case):
    walk.marked(case)
    key = next(key for key, one in walk.standard.marks_wanted.items() if one.type == "score")
    with clock.at(ASSESSING):
        commands.save_agreement(
            case.number, {key: {"value": "0"}}, by=world.assessor1, presence=walk.present("assessor1", "assessor2")
        )
        with pytest.raises(NotComplete):
            commands.agree(case.number, by=world.assessor1)


def test_agreeing_needs_two_who_were_present_and_notes_who_left(walk, world, case):
    walk.marked(case)
    ref = world.users["assessor2"].ref
    with clock.at(ASSESSING):
        commands.save_agreement(case.number, {}, by=world.assessor1, presence=walk.present("assessor1"))
        with pytest.raises(NotComplete):
            commands.agree(case.number, by=world.assessor1)
        presence = {ref: {"present": True, "left_room": True, "note": "ข้อ 2.1"}}
        commands.save_agreement(case.number, {}, by=world.assessor1, presence=presence)
        commands.agree(case.number, by=world.assessor1)
        stranger = {world.users["stranger"].ref: {"present": True}}
        Case.objects.filter(pk=case.pk).update(state="MARKED")
        with pytest.raises(NotComplete):
            commands.save_agreement(case.number, {}, by=world.assessor1, presence=stranger)
    noted = case.presences.get(user__uuid=ref)
    assert (noted.present, noted.left_room, noted.note) == (True, True, "ข้อ 2.1")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "%(x)s {y} {{ z }} {% now %}", "‮ข้อความ", "a\x00b"])
def test_hostile_words_stay_words(walk, world, case, client, text):
    scores = [key for key, one in walk.standard.marks_wanted.items() if one.type == "score"]
    with clock.at(ASSESSING):
        commands.save_marks(
            case.number, walk.full_marks() | {scores[0]: {"value": "0", "note": text}}, by=world.assessor1
        )
        commands.hand_in(case.number, by=world.assessor1)
        walk.handed_in(case, "assessor2")
        commands.save_agreement(
            case.number,
            {scores[0]: {"value": "0", "reason": text}},
            by=world.assessor1,
            presence=walk.present("assessor1", "assessor2"),
        )
        commands.agree(case.number, by=world.assessor1)
        client.force_login(world.users["assessor1"])
        page = client.get(reverse("assessment:moderation", args=[case.number])).content.decode()
    assert "<script>alert" not in page
    assert text.replace("\x00", "").split()[0].replace("<", "&lt;").replace(">", "&gt;")[:10] in page


def test_saving_the_last_section_leads_to_the_overview(world, case, client):
    overview = reverse("assessment:marks", args=[case.number])
    client.force_login(world.users["assessor1"])
    with clock.at(ASSESSING):
        way = [f"{overview}physical/"]
        while way[-1] != overview:
            page = client.get(way[-1]).content.decode()
            way.append(page.split("judging-form")[1].split('name="next" value="')[1].split('"')[0])
            assert len(way) == len(set(way))
    assert len(way) > 3
