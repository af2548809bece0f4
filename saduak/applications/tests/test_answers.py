"""Saving answers: nothing typed is lost, also when two people write at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.applications import commands, queries
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible

pytestmark = pytest.mark.django_db


def answer(application, item):
    return queries.answers(application)[item]


def save(application, by, item, versions=None, editor="", **parts):
    return commands.save_answers(application.number, {item: parts}, by=by, versions=versions, editor=editor)


def test_values_are_kept_exactly(world, draft):
    commands.save_answers(
        draft.number,
        {
            "g-01": {"value": "yes", "justification": "เปิดทุกวัน"},
            "q-2-01": {"value": "๐.๕"},
            "q-2-16": {"value": "5.50"},
            "o-1-1": {"value": "2"},
        },
        by=world.coordinator,
    )
    found = queries.answers(draft)
    assert found["g-01"].value is True
    assert [found[item].value for item in ("q-2-01", "q-2-16", "o-1-1")] == ["0.5", "5.5", "2"]


@pytest.mark.parametrize(
    ("item", "value"),
    [("g-01", "perhaps"), ("q-2-01", "1.5"), ("q-2-01", "0.3"), ("q-2-01", "NaN"), ("o-1-1", "9"), ("o-1", "3"), ("q-2-01", "๑๐๐๐๐")],
)  # fmt: skip
def test_a_value_that_cannot_be_given_is_told_and_stops_no_other(world, draft, item, value):
    saved = commands.save_answers(
        draft.number, {item: {"value": value}, "q-2-02": {"value": "1"}}, by=world.coordinator
    )
    assert list(saved.errors) == [f"{item}.value"]
    assert str(saved.errors[f"{item}.value"])
    assert answer(draft, "q-2-02").value == "1"
    assert item not in queries.answers(draft)


def test_an_unknown_item_is_refused(world, draft):
    with pytest.raises(NotComplete):
        save(draft, world.coordinator, "q-9-99", value="1")


def test_profile_reads_thai_digits_and_refuses_nonsense_field_by_field(world, draft):
    saved = commands.save_profile(
        draft.number,
        {"staff": "๑๒", "visitors": "many", "channels": ["telephone", "counter"], "location": "95, 200", "contact_email": "x"},
        by=world.coordinator,
    )  # fmt: skip
    assert set(saved.errors) == {"profile.visitors.value", "profile.location.value", "profile.contact_email.value"}
    found = queries.profile(draft)
    assert (found["staff"], found["channels"]) == ("12", ["counter", "telephone"])
    assert "location" not in found


def test_two_people_on_one_answer_both_versions_are_kept_until_one_is_chosen(world, draft):
    seen = {"q-2-01": 0}
    save(draft, world.coordinator, "q-2-01", seen, "page-a", justification="ของสมหญิง")
    saved = save(draft, world.colleague, "q-2-01", seen, "page-b", justification="ของมานี")
    assert [one.item for one in saved.rivals] == ["q-2-01"]
    slot = answer(draft, "q-2-01")
    assert slot.justification == "ของสมหญิง"
    assert [(one["content"], one["by"], one["beside"]) for one in slot.rivals] == [
        ("ของมานี", world.colleague.name, world.coordinator.name)
    ]
    # both go on writing, each in their own version
    save(draft, world.colleague, "q-2-01", {"q-2-01": slot.version}, "page-b", justification="ของมานี ต่อ")
    save(draft, world.coordinator, "q-2-01", {"q-2-01": slot.version}, "page-a", justification="ของสมหญิง ต่อ")
    slot = answer(draft, "q-2-01")
    assert (slot.justification, slot.rivals[0]["content"]) == ("ของสมหญิง ต่อ", "ของมานี ต่อ")
    commands.settle(draft.number, "q-2-01", "justification", 0, by=world.coordinator)
    slot = answer(draft, "q-2-01")
    assert (slot.justification, slot.rivals) == ("ของมานี ต่อ", [])
    line = Entry.objects.get(event="application.versions_settled")
    assert line.details["given_up"] == ["ของสมหญิง ต่อ"]
    with pytest.raises(NotPossible):
        commands.settle(draft.number, "q-2-01", "justification", 0, by=world.coordinator)


def test_two_people_on_different_parts_do_not_meet(world, draft):
    seen = {"q-2-01": 0}
    save(draft, world.coordinator, "q-2-01", seen, "a", value="1")
    saved = save(draft, world.colleague, "q-2-01", seen, "b", justification="เหตุผล")
    assert not saved.rivals
    slot = answer(draft, "q-2-01")
    assert (slot.value, slot.justification, slot.rivals) == ("1", "เหตุผล", [])


def test_three_pages_at_once_lose_nothing(world, draft):
    for editor in ("a", "b", "c"):
        save(draft, world.coordinator, "q-2-01", {"q-2-01": 0}, editor, justification=editor)
    slot = answer(draft, "q-2-01")
    assert {slot.justification, *(one["content"] for one in slot.rivals)} == {"a", "b", "c"}


def test_two_versions_stop_handing_in(world, full):
    save(full, world.colleague, "q-2-01", {"q-2-01": 0}, "b", justification="อีกฉบับ")
    with pytest.raises(NotComplete) as refused:
        commands.submit(full.number, by=world.head)
    assert [item.where for item in refused.value.items] == [f"/applications/{full.number}/sections/basic/#q-2-01"]


def test_the_same_content_changes_no_version(world, draft):
    first = save(draft, world.coordinator, "q-2-01", value="1").versions["q-2-01"]
    assert save(draft, world.coordinator, "q-2-01", value="1.0").versions["q-2-01"] == first


def test_a_whole_form_is_saved_in_as_many_queries_as_one_answer(world, draft):
    def cost(answers):
        with CaptureQueriesContext(connection) as taken:
            commands.save_answers(draft.number, answers, by=world.coordinator)
        return len(taken)

    one = cost({"q-2-01": {"value": "1"}})
    standard = queries.standard(draft)
    many = cost({item: {"value": "0"} for item in standard.marks_wanted if item.startswith("q-")})
    assert one == many


def test_answers_are_kept_after_closing_time(world, draft):
    with clock.at(clock.bangkok(2022, 3, 5)):
        save(draft, world.coordinator, "q-2-01", value="1")
    assert answer(draft, "q-2-01").value == "1"


def test_the_officer_and_the_body_above_write_nothing(world, submitted):
    for person in (world.officer, world.observer_province):
        with pytest.raises(NotAllowed):
            save(submitted, person, "q-2-01", value="1")


def test_hostile_text_stays_text(world, draft):
    hostile = '<script>alert(1)</script>\u202e{{ x }} %(y)s\x00\x1f"'
    save(draft, world.coordinator, "q-2-01", justification=hostile)
    assert answer(draft, "q-2-01").justification == '<script>alert(1)</script>\u202e{{ x }} %(y)s"'
    saved = save(draft, world.coordinator, "q-2-02", justification="ก" * 7000)
    assert "q-2-02.justification" in saved.errors
