"""Beginning, filling, passing on and giving up an application."""

import pytest

from saduak.applications import commands, queries
from saduak.applications.models import Application
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message

pytestmark = pytest.mark.django_db


def events(application):
    return list(Entry.objects.filter(subject_id=application.number).order_by("number").values_list("event", flat=True))


def test_start_makes_a_draft_that_knows_what_the_tree_knows(world, opened):
    world.centre.address_th = "1 ถนนทดสอบ"
    world.centre.save(update_fields=["address_th"])
    made = commands.start(opened.code, world.centre.code, by=world.coordinator)
    assert made.state == "DRAFT"
    assert made.number.startswith("A-")
    assert queries.profile(made)["address"] == "1 ถนนทดสอบ"
    assert events(made) == ["application.started"]


def test_start_is_refused_to_a_stranger_and_leaves_no_trace(world, opened):
    with pytest.raises(NotAllowed):
        commands.start(opened.code, world.centre.code, by=world.stranger)
    assert not Application.objects.exists()
    assert not Entry.objects.filter(event__startswith="application.").exists()


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (clock.bangkok(2021, 12, 31, 23, 59, 59), False),
        (clock.bangkok(2022, 1, 1), True),
        (clock.bangkok(2022, 2, 28, 23, 59, 59), True),
        (clock.bangkok(2022, 3, 1), False),
    ],
)
def test_start_follows_the_window_to_the_second(world, opened, moment, open_):
    with clock.at(moment):
        if open_:
            commands.start(opened.code, world.centre.code, by=world.coordinator)
        else:
            with pytest.raises(NotPossible):
                commands.start(opened.code, world.centre.code, by=world.coordinator)


def test_one_application_per_centre_and_round(world, draft, opened):
    with pytest.raises(NotPossible) as refused:
        commands.start(opened.code, world.centre.code, by=world.colleague)
    assert refused.value.items[0].where == f"/applications/{draft.number}/"
    commands.withdraw(draft.number, by=world.coordinator, reason="เริ่มใหม่")
    again = commands.start(opened.code, world.centre.code, by=world.colleague)
    assert again.number != draft.number


def test_propose_names_everything_that_is_missing(world, draft):
    with pytest.raises(NotComplete) as refused:
        commands.propose(draft.number, by=world.coordinator)
    places = {item.where.split("#")[1] for item in refused.value.items}
    assert {"profile.address", "g-01", "q-2-01", "o-1-1"} <= places
    assert Application.objects.get().state == "DRAFT"


def test_propose_and_send_back(world, full):
    commands.propose(full.number, by=world.coordinator, note="ขอให้พิจารณา")
    assert Message.objects.get(kind="application.proposed").recipient_ref == world.head.ref
    with pytest.raises(NotPossible):
        commands.save_answers(full.number, {"g-01": {"value": False}}, by=world.coordinator)
    with pytest.raises(NotComplete) as refused:
        commands.send_back(full.number, by=world.head)
    assert refused.value.field == "note"
    back = commands.send_back(full.number, by=world.head, note="ข้อ 2.1 ยังไม่ชัด")
    assert (back.state, back.note, back.note_by_name) == ("DRAFT", "ข้อ 2.1 ยังไม่ชัด", world.head.name)
    assert set(Message.objects.filter(kind="application.sent_back").values_list("recipient_ref", flat=True)) == {
        world.coordinator.ref,
        world.colleague.ref,
    }


def test_a_coordinator_takes_her_proposal_back_without_a_reason(world, full):
    commands.propose(full.number, by=world.coordinator)
    assert commands.send_back(full.number, by=world.coordinator).state == "DRAFT"


def test_withdraw_after_handing_in_is_the_heads(world, submitted):
    with pytest.raises(NotAllowed):
        commands.withdraw(submitted.number, by=world.coordinator)
    assert commands.withdraw(submitted.number, by=world.head, reason="ย้ายที่ทำการ").state == "WITHDRAWN"


def test_the_stranger_finds_nothing(world, submitted):
    for person in (world.stranger, world.stranger_head, world.assessor1, world.operator):
        assert not queries.visible_to(person).exists()
        with pytest.raises(Application.DoesNotExist):
            queries.lock(submitted.number, actor=person)
        with pytest.raises(Application.DoesNotExist):
            commands.submit(submitted.number, by=person)


def test_bodies_above_learn_of_drafts_by_number_only(world, draft):
    for person in (world.observer_province, world.registrar_department, world.registrar_body):
        assert not queries.visible_to(person).exists()
        assert queries.drafts_below(person) == 1
    assert queries.drafts_below(world.stranger) == 0
