"""An office answers once: drafts that colleagues share, the close to the second, taking back and handing in again."""

import threading

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction

from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.surveys import commands, queries
from saduak.surveys.models import Response
from saduak.surveys.tests.conftest import ALL, CLOSES, OPENS, answered


def test_a_draft_is_kept_checked_and_handed_in_once(world, survey, during):
    save = commands.save_answers
    saved = save(survey.code, world.body.code, {"plan": "later", "worth": "s9"}, by=world.coordinator)
    assert set(saved.errors) == {"worth"}
    with pytest.raises(NotComplete) as refusal:
        commands.hand_in(survey.code, world.body.code, by=world.head)
    assert len(refusal.value.items) == 5
    save(survey.code, world.body.code, ALL | {"obstacles": ["people"]}, by=world.colleague)
    made = commands.hand_in(survey.code, world.body.code, by=world.head)
    assert "obstacles" not in made.values  # the plan is to apply: it is not asked
    assert made.handed_in_by_name == world.head.name
    for act in (lambda: commands.hand_in(survey.code, world.body.code, by=world.head),
                lambda: save(survey.code, world.body.code, {"plan": "later"}, by=world.head)):  # fmt: skip
        with pytest.raises(NotPossible):
            act()
    assert Entry.objects.filter(event="survey.answered").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(survey=survey, organisation=world.body, begun_at=clock.now(), updated_at=clock.now())
    taken = commands.withdraw(survey.code, world.body.code, by=world.coordinator)
    assert taken.values["plan"] == "apply"
    assert queries.answered([survey.pk]) == set()
    commands.hand_in(survey.code, world.body.code, by=world.head)
    assert queries.answered([survey.pk]) == {(survey.pk, world.body.pk)}
    assert queries.answered([survey.pk], clock.bangkok(2022, 1, 19)) == set()
    assert queries.answered([survey.pk], offices=[world.district.pk]) == set()


def test_two_colleagues_do_not_overwrite_each_other(world, survey, during):
    first = commands.save_answers(survey.code, world.body.code, {"plan": "apply", "worth": "s4"}, by=world.coordinator)
    seen = first.versions
    commands.save_answers(survey.code, world.body.code, {"plan": "later"}, by=world.coordinator, seen=seen)
    both = commands.save_answers(
        survey.code, world.body.code, {"plan": "undecided", "worth": "s1"}, by=world.colleague, seen=seen
    )
    assert both.conflicts["plan"].value == "later"
    assert both.conflicts["plan"].by == world.coordinator.name
    kept = queries.response_of(survey, world.body)
    assert (kept.values["plan"], kept.values["worth"]) == ("later", "s1")
    # Having seen the other's, the writer may put it in its place.
    again = {"plan": kept.written["plan"]["version"]}
    commands.save_answers(survey.code, world.body.code, {"plan": "undecided"}, by=world.colleague, seen=again)
    assert queries.response_of(survey, world.body).values["plan"] == "undecided"


@pytest.mark.parametrize(
    ("at", "word"),
    [(OPENS.replace(minute=29, second=59), "เปิดวันที่"), (OPENS, ""), (CLOSES, "ปิดเมื่อ")],
)
def test_the_calendar_decides_to_the_second(world, survey, at, word):
    with clock.at(at):
        if not word:
            commands.save_answers(survey.code, world.body.code, ALL, by=world.coordinator)
            return
        with pytest.raises(NotPossible, match=word):
            commands.save_answers(survey.code, world.body.code, ALL, by=world.coordinator)
    assert not Response.objects.exists()


def test_after_the_close_the_draft_stays_and_does_not_count(world, survey, during):
    commands.save_answers(survey.code, world.body.code, ALL, by=world.coordinator)
    with clock.at(CLOSES), pytest.raises(NotPossible):
        commands.hand_in(survey.code, world.body.code, by=world.head)
    assert queries.response_of(survey, world.body).values["worth"] == "s4"
    assert queries.answered([survey.pk]) == set()


def test_who_answers_for_whom(world, survey, during):
    may = set()
    for name, actor in world.actors.items():
        try:
            with transaction.atomic():
                commands.save_answers(survey.code, world.body.code, {"plan": "apply"}, by=actor)
                may.add(name)
                transaction.set_rollback(True)
        except (NotAllowed, ObjectDoesNotExist):
            pass
    assert may == {"coordinator", "colleague", "head"}
    with pytest.raises(ObjectDoesNotExist):
        commands.save_answers(survey.code, world.body.code, {"plan": "apply"}, by=world.stranger)
    with pytest.raises(NotPossible):  # a centre is not asked
        commands.save_answers(survey.code, world.centre.code, {"plan": "apply"}, by=world.coordinator)
    with pytest.raises(NotComplete):
        commands.save_answers(survey.code, world.body.code, {"nonsense": "1"}, by=world.coordinator)


def test_drafts_and_names_go_when_their_time_has_passed(world, survey, settings):
    answered(survey, world.body, by=world.coordinator)
    with clock.at(clock.bangkok(2022, 1, 20, 11)):
        commands.save_answers(survey.code, world.other_body.code, {"plan": "later"}, by=world.stranger)
    with clock.at(clock.bangkok(2022, 4, 1)):
        assert commands.forget(by=world.officer) == 0
    with clock.at(clock.bangkok(2022, 6, 1)):
        assert commands.forget(by=world.officer) == 1
        assert commands.forget(by=world.officer) == 0
    left = Response.objects.get()
    assert (left.written, left.handed_in_by_name, left.values["worth"]) == ({}, "", "s4")
    assert Entry.objects.get(event="survey.forgotten").details == {"drafts": 1, "names": 1}


def test_whoever_has_begun_hears_that_the_close_moved_and_of_the_end(world, survey, during):
    commands.save_answers(survey.code, world.body.code, {"plan": "apply"}, by=world.coordinator)
    commands.move_close(
        survey.code, by=world.officer, closes_at=clock.bangkok(2022, 2, 15), reason="ขยายเวลาตามที่จังหวัดขอ"
    )
    told = set(Message.objects.filter(kind="survey.close_moved").values_list("recipient_ref", flat=True))
    assert told == {world.coordinator.ref, world.colleague.ref, world.head.ref}
    commands.end(survey.code, by=world.officer, reason="ได้คำตอบครบตามที่ต้องการแล้ว")
    assert Message.objects.filter(kind="survey.ended").count() == 3
    with pytest.raises(NotPossible, match="ยุติ"):
        commands.hand_in(survey.code, world.body.code, by=world.head)


@pytest.mark.django_db(transaction=True)
def test_two_browsers_hand_in_one_answer(world, survey):
    outcomes = []

    def run(actor):
        try:
            with clock.at(clock.bangkok(2022, 1, 20, 10)):
                commands.save_answers(survey.code, world.body.code, ALL, by=actor)
                commands.hand_in(survey.code, world.body.code, by=actor)
            outcomes.append("in")
        except NotPossible:
            outcomes.append("no")
        finally:
            connection.close()

    both = [threading.Thread(target=run, args=(actor,)) for actor in (world.coordinator, world.head, world.colleague)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["in", "no", "no"]
    assert Response.objects.count() == 1
    assert Entry.objects.filter(event="survey.answered").count() == 1
