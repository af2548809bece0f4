"""An action that names a survey is done when the survey is answered: nobody ticks it off, and nobody answers it in words."""

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saduak.circulars import commands
from saduak.circulars.commands.draft_actions import Wanted
from saduak.circulars.models import CircularAction
from saduak.circulars.queries import actions, units
from saduak.circulars.queries.boxes import waiting_for
from saduak.circulars.tests.conftest import hop
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.packs import commands as packs
from saduak.people.actor import system
from saduak.surveys import commands as surveys

AT = clock.bangkok
SURVEY = "A4"
KINDS = ["DEPARTMENT", "STATE_ENTERPRISE", "PROVINCE", "DISTRICT", "LOCAL_BODY"]
ANSWERS = {"experience": "never", "plan": "apply", "for_office": ["budget"], "for_staff": ["pay"], "worth": "s4"}


@pytest.fixture
def survey(world, gecc):
    """Open before the round's circular is drafted, so that the letter names it."""
    packs.publish(settings.PACKS, "gecc/surveys/incentives", by=system("set-up"))
    with clock.at(AT(2021, 12, 20, 10)):
        return surveys.open_survey(
            "gecc/surveys/incentives", by=world.officer, round_code=gecc.code, for_kinds=KINDS, opens_at=clock.now(),
            closes_at=AT(2022, 2, 1),
        )  # fmt: skip


@pytest.fixture
def on_20_january():
    with clock.at(AT(2022, 1, 20, 10)):
        yield


def answer(survey, office, *, by):
    surveys.save_answers(survey.code, office.code, ANSWERS, by=by)
    surveys.hand_in(survey.code, office.code, by=by)


def test_done_is_derived_from_the_answers(world, survey, cascade, on_20_january):
    assert set(CircularAction.objects.filter(code=SURVEY).values_list("survey_id", flat=True)) == {
        survey.pk
    }  # inherited
    delivery = hop(cascade, world.body)
    commands.receive(delivery.code, by=world.registrar_body)
    with pytest.raises(NotPossible):
        commands.reply(delivery.code, SURVEY, by=world.coordinator, text="ตอบแล้ว")
    mine = next(one for one in actions.of_actor(world.coordinator) if one.action.code == SURVEY)
    address = f"/surveys/{survey.code}/answer/{world.body.code}/"
    assert (mine.how, mine.open, mine.address) == ("survey", True, address)
    assert address in {one.url for one in waiting_for(world.coordinator)}
    client = Client()
    client.force_login(world.users["coordinator"])
    assert client.get("/").content.decode().count(f'href="{address}"') == 1  # the circular and the survey ask once
    assert (
        address
        in client.get(f"/circulars/hops/{delivery.code}/").content.decode()
        + client.get("/circulars/actions/").content.decode()
    )
    answer(survey, world.body, by=world.head)
    assert not next(one for one in actions.of_actor(world.coordinator) if one.action.code == SURVEY).open
    states = {
        unit.pk: unit.states[SURVEY] for unit in units.matrix(cascade, world.officer).units if SURVEY in unit.states
    }
    assert states[world.body.pk] == "DONE"
    assert states[world.district.pk] == "OPEN"
    before = units.matrix(cascade, world.officer, AT(2022, 1, 20, 9))
    assert {unit.pk: unit.states for unit in before.units}[world.body.pk][SURVEY] == "OPEN"
    surveys.withdraw(survey.code, world.body.code, by=world.head)
    assert world.body.pk in {unit.pk for unit in units.matrix(cascade, world.officer).silent(SURVEY)}


def test_reminders_go_to_those_who_have_not_answered_and_lead_to_the_survey(world, survey, cascade, on_20_january):
    answer(survey, world.body, by=world.head)
    made = commands.remind(cascade.code, SURVEY, by=world.officer)
    while commands.remind_batch(made.code, by=system("circulars")):
        pass
    told = Message.objects.filter(kind="circular.reminder")
    assert world.coordinator.ref not in set(told.values_list("recipient_ref", flat=True))
    assert {one.url for one in told} == {f"/surveys/{survey.code}/"}


def test_the_matrix_asks_one_query_more_whatever_the_number_of_offices(world, survey, cascade, on_20_january):
    def counted():
        with CaptureQueriesContext(connection) as found:
            units.matrix(cascade, world.officer)
        return len(found)

    counted()  # the letter reads its round once
    one = counted()
    answer(survey, world.body, by=world.head)
    assert counted() == one
    CircularAction.objects.update(survey=None)
    assert counted() == one - 1


def test_what_a_draft_may_name(world, survey, on_20_january):
    draft = commands.draft_free(by=world.officer)
    wanted = {"kind": "ANSWER_SURVEY", "text": "ตอบแบบสำรวจ", "survey": survey.code}
    made = commands.add_action(draft.code, by=world.officer, wanted=Wanted(for_kinds=["LOCAL_BODY"], **wanted))
    assert (made.survey, made.due_at) == (survey, survey.closes_at)
    for wrong in ({"for_kinds": ["MINISTRY", "LOCAL_BODY"]}, {"due_at": AT(2022, 3, 1)}, {"survey": "S-NOBODY22"}):
        with pytest.raises(NotComplete):
            commands.add_action(
                draft.code, by=world.officer, wanted=Wanted(**{"for_kinds": ["LOCAL_BODY"]} | wanted | wrong)
            )
    plain = commands.add_action(
        draft.code, by=world.officer, wanted=Wanted("REPLY", "ตอบ", ["LOCAL_BODY"], survey=survey.code)
    )
    assert plain.survey is None
    with pytest.raises(IntegrityError), transaction.atomic():
        CircularAction.objects.filter(pk=plain.pk).update(survey=survey)
    with clock.at(survey.closes_at), pytest.raises(NotComplete):
        commands.add_action(draft.code, by=world.officer, wanted=Wanted(for_kinds=["LOCAL_BODY"], **wanted))
    client = Client()
    client.force_login(world.users["officer"])
    assert survey.code in client.get(f"/circulars/{draft.code}/actions/new/").content.decode()
    assert survey.title in client.get(f"/circulars/{draft.code}/edit/").content.decode()
