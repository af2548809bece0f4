"""Desk checks are shared among officers: by hand, in turn, and taken back."""

import pytest

from saduak.applications.models import Application
from saduak.assessment import commands
from saduak.assessment.models import DeskCheck
from saduak.assessment.queries import screening as queries
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(walk, world):
    """Two applications that wait to be checked."""
    return [walk.submitted().number, walk.other().number]


def holders() -> dict[str, str]:
    return dict(DeskCheck.objects.values_list("application__number", "user__email"))


def test_one_officer_gets_what_is_ticked_and_is_told_once(two, world):
    assert commands.share_out(two, [world.officer2.ref], by=world.officer) == 2
    assert set(holders().values()) == {"officer2@example.go.th"}
    assert Message.objects.filter(kind="screening.shared").count() == 1
    assert Entry.objects.filter(event="screening.shared").count() == 2


def test_several_get_the_same_load_and_keep_what_they_have(two, world):
    both = [world.officer.ref, world.officer2.ref]
    assert commands.share_out(two, both, by=world.officer) == 2
    before = holders()
    assert sorted(before.values()) == ["officer2@example.go.th", "officer@example.go.th"]
    assert commands.share_out(two, both, by=world.officer) == 0
    assert holders() == before


def test_taken_back_with_nobody_chosen(two, world):
    commands.share_out(two, [world.officer2.ref], by=world.officer)
    assert commands.share_out(two[:1], [], by=world.officer) == 1
    assert list(holders()) == two[1:]


def test_what_cannot_be_shared_leaves_no_trace(two, world):
    lines = Entry.objects.count()
    for numbers, to, refusal in (
        ([], [world.officer2.ref], NotComplete),
        (two, [world.assessor1.ref], NotComplete),
        ([*two, "A-NOTHING"], [world.officer2.ref], Application.DoesNotExist),
    ):
        with pytest.raises(refusal):
            commands.share_out(numbers, to, by=world.officer)
    for name in ("assessor1", "committee1", "coordinator", "head", "auditor", "operator", "stranger"):
        with pytest.raises(NotAllowed):
            commands.share_out(two, [world.officer2.ref], by=getattr(world, name))
    assert not holders()
    assert Entry.objects.count() == lines


def test_one_that_was_returned_meanwhile_stops_the_whole_batch(two, walk, world):
    Application.objects.filter(number=two[0]).update(state="RETURNED")
    with pytest.raises(NotPossible):
        commands.share_out(two, [world.officer2.ref], by=world.officer)
    assert not holders()


def test_the_queue_shows_whose_it_is_and_filters_by_it(two, world, sign_in, django_assert_max_num_queries):
    commands.share_out(two[:1], [world.officer2.ref], by=world.officer)
    browser = sign_in(world.users["officer"])
    with clock.at(clock.bangkok(2022, 3, 10, 9)):
        mine = sign_in(world.users["officer2"]).get("/assessment/screening/?whose=mine").content.decode()
        assert two[0] in mine
        assert two[1] not in mine
        browser = sign_in(world.users["officer"])
        nobody = browser.get("/assessment/screening/?whose=nobody").content.decode()
        assert two[0] not in nobody
        assert two[1] in nobody
        with django_assert_max_num_queries(16):  # each thing once: windows of the round, officers, counts in two
            below = browser.get("/assessment/screening/?below=DLA").content.decode()
        assert two[0] in below
        answer = browser.post("/assessment/screening/share/", {"asked": "whose=nobody", "all": "1", "to": [world.officer.ref]})  # fmt: skip
        assert answer.status_code == 302
        assert holders()[two[1]] == "officer@example.go.th"
        assert (
            sign_in(world.users["auditor"]).get("/assessment/screening/").content.decode().count('name="number"') == 0
        )


def test_loads_count_only_what_is_still_to_do(two, world):
    commands.share_out(two, [world.officer2.ref], by=world.officer)
    assert queries.loads(None, [world.users["officer2"]]) == {world.users["officer2"].pk: 2}
    Application.objects.filter(number=two[0]).update(state="WITHDRAWN")
    assert queries.loads(None, [world.users["officer2"]]) == {world.users["officer2"].pk: 1}
