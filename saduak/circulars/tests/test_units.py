"""Units and actions seen from above, and reminders: to the silent only, and never twice a day."""

from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from saduak.circulars import commands, jobs
from saduak.circulars.models import Reminder, ReminderLine, ReminderRule
from saduak.circulars.queries import ledger, units
from saduak.circulars.queries.boxes import waiting_for
from saduak.circulars.tests.conftest import SENDING, hop
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.people.models import Membership

AT = clock.bangkok
SURVEY = "A4"


@pytest.fixture
def on_20_january():
    with clock.at(AT(2022, 1, 20, 10)):
        yield


def send_all(reminder: Reminder) -> None:
    while commands.remind_batch(reminder.code, by=SENDING, size=2):
        pass


def test_the_matrix_is_derived_from_what_happened(world, cascade, on_20_january):
    commands.receive(hop(cascade, world.body).code, by=world.registrar_body)
    commands.reply(hop(cascade, world.body).code, SURVEY, by=world.coordinator, text="ตอบแล้ว")
    found = units.matrix(cascade, world.officer)
    states = {unit.pk: unit.states for unit in found.units}
    assert states[world.body.pk] == {"A2": "OPEN", SURVEY: "DONE"}
    assert states[world.department.pk]["A1"] == "LATE"
    assert "A1" not in states[world.body.pk]
    before = units.matrix(cascade, world.officer, AT(2022, 1, 20, 9))
    assert {unit.pk: unit.states for unit in before.units}[world.body.pk][SURVEY] == "OPEN"
    part = units.matrix(cascade, world.registrar_province, below=True)
    assert {unit.pk for unit in part.units} == {world.district.pk, world.body.pk}


def test_only_the_silent_are_reminded_and_never_twice_a_day(world, cascade, on_20_january):
    commands.receive(hop(cascade, world.body).code, by=world.registrar_body)
    commands.reply(hop(cascade, world.body).code, SURVEY, by=world.coordinator, text="ตอบแล้ว")
    made = commands.remind(cascade.code, SURVEY, by=world.officer, note="ขอความร่วมมือ")
    with pytest.raises(NotPossible):  # a double click, or another officer, before anything was sent
        commands.remind(cascade.code, SURVEY, by=world.officer2)
    send_all(made)
    told = set(Message.objects.filter(kind="circular.reminder").values_list("recipient_ref", flat=True))
    assert told == {one.ref for one in (world.registrar_department, world.registrar_province, world.registrar_district)}
    assert "ขอความร่วมมือ" in Message.objects.filter(kind="circular.reminder").first().body
    assert Entry.objects.filter(event="circular.reminded").count() == 1
    assert Reminder.objects.get().finished_at is not None
    line = ReminderLine.objects.filter(outcome="SENT").first()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)
    with clock.at(AT(2022, 1, 21, 10)):
        again = commands.remind(cascade.code, SURVEY, by=world.officer)
    assert again.units == made.units


def test_who_has_done_it_in_the_meantime_is_not_told(world, cascade, on_20_january):
    made = commands.remind(cascade.code, SURVEY, by=world.officer)
    commands.receive(hop(cascade, world.body).code, by=world.registrar_body)
    commands.reply(hop(cascade, world.body).code, SURVEY, by=world.coordinator, text="ตอบแล้ว")
    commands.remind_batch(made.code, by=SENDING, size=1)  # stopped after one, taken up again
    send_all(made)
    outcomes = dict(ReminderLine.objects.values_list("organisation_id", "outcome"))
    assert outcomes[world.body.pk] == "DONE"
    assert not Message.objects.filter(kind="circular.reminder", recipient_ref=world.coordinator.ref).exists()
    refs = list(Message.objects.filter(kind="circular.reminder").values_list("recipient_ref", flat=True))
    assert len(refs) == len(set(refs))


def test_offices_without_anybody_are_named_to_the_body_above(world, cascade, on_20_january):
    nobody = units.audience(units.matrix(cascade, world.officer), SURVEY, clock.today()).nobody
    assert [unit.pk for unit in nobody] == [world.other_province.pk]
    made = commands.remind(cascade.code, SURVEY, by=world.officer)
    send_all(made)
    named = Message.objects.get(kind="circular.unreachable")
    assert named.recipient_ref == world.registrar_department.ref
    assert world.other_province.name_th in named.body


def test_who_may_remind_and_whom(world, cascade, on_20_january):
    may = set()
    for name, actor in world.actors.items():
        try:
            with transaction.atomic():
                commands.remind(cascade.code, "A2", by=actor)
                transaction.set_rollback(True)
        except (NotAllowed, ObjectDoesNotExist):
            continue
        except NotPossible:
            pass  # they may, but nobody is below them
        may.add(name)
    assert may == {
        "officer", "officer2", "registrar_secretariat", "registrar_ministry", "registrar_department",
        "registrar_province", "registrar_district", "registrar_body", "coordinator", "colleague", "head",
    }  # fmt: skip
    made = commands.remind(cascade.code, "A2", by=world.registrar_province)
    reached = set(ReminderLine.objects.filter(reminder=made).values_list("organisation_id", flat=True))
    assert reached == {world.district.pk, world.body.pk}
    with pytest.raises(NotAllowed):
        commands.set_rule(cascade.code, SURVEY, by=world.registrar_province, days_before=3)


def test_a_rule_reminds_once_on_its_day(world, cascade, on_20_january):
    commands.set_rule(cascade.code, SURVEY, by=world.officer, days_before=3)
    commands.set_rule(cascade.code, SURVEY, by=world.officer, days_before=3)
    assert ReminderRule.objects.count() == 1
    for days in (0, 31):
        with pytest.raises(NotComplete):
            commands.set_rule(cascade.code, SURVEY, by=world.officer, days_before=days)
    # Three working days before Monday 31 January is Wednesday the 26th, from eight o'clock.
    for moment, many in (
        (AT(2022, 1, 25, 12), 0),
        (AT(2022, 1, 26, 7, 59), 0),
        (AT(2022, 1, 26, 8), 1),
        (AT(2022, 1, 26, 9), 0),
    ):
        with clock.at(moment):
            assert jobs.remind_by_the_clock() == many, moment
            for made in Reminder.objects.filter(finished_at=None):
                jobs.send_reminders.func(made.code)
    assert Reminder.objects.count() == 1


def test_pages_of_units_and_reminders(world, cascade, sign_in, on_20_january):
    browser = sign_in(world.users["officer"])
    url = f"/circulars/{cascade.code}/units/"
    browser.get(url)
    with CaptureQueriesContext(connection) as few:
        assert browser.get(f"{url}?kind=LOCAL_BODY").status_code == 200
    with CaptureQueriesContext(connection) as many:
        assert browser.get(url).status_code == 200
    assert len(few) == len(many)
    sheet = openpyxl.load_workbook(BytesIO(browser.get(f"/circulars/{cascade.code}/units.xlsx").content)).active
    assert sheet.max_row == 7
    text = b"".join(browser.get(f"/circulars/{cascade.code}/units.csv?kind=LOCAL_BODY").streaming_content).decode()
    assert world.body.name_th in text
    assert world.province.name_th not in text
    preview = f"/circulars/{cascade.code}/remind/{SURVEY}/"
    page = browser.get(preview).content.decode()
    assert world.body.name_th in page
    assert world.other_province.name_th in page  # named: nobody holds a post there
    assert browser.post(preview, {"note": "x" * 501}).status_code == 200
    assert not Reminder.objects.exists()
    assert browser.post(preview, {"note": ""}).status_code == 302
    assert browser.post(preview, {"note": ""}).status_code == 409
    assert browser.post(f"{preview}rule/", {"days": "abc"}).status_code == 422
    assert browser.post(f"{preview}rule/", {"days": "3"}).status_code == 302
    assert browser.get(f"/circulars/{cascade.code}/remind/A9/").status_code == 404
    stranger = sign_in(world.users["stranger"])
    for address in (url, preview, f"/circulars/{cascade.code}/units.csv", f"/circulars/{cascade.code}/units.xlsx"):
        assert stranger.get(address).status_code == 404
    observer = sign_in(world.users["observer_province"])
    assert observer.get(url).status_code == 200
    assert observer.get(preview).status_code == 403


def test_overdue_actions_of_an_office_without_coordinator_wait_for_its_registrar(world, cascade):
    with clock.at(AT(2022, 2, 3, 9)):
        commands.receive(hop(cascade, world.body).code, by=world.registrar_body)
        assert waiting_for(world.registrar_body) == []
        Membership.objects.filter(organisation=world.body, role="COORDINATOR").update(ends_on="2022-02-01")
        waits = waiting_for(world.registrar_body)
    assert [one.tone for one in waits] == ["bad"]


def test_an_office_that_sent_the_letter_back_is_asked_nothing_and_holds_nothing(world, cascade, on_20_january):
    delivery = hop(cascade, world.body)
    commands.send_back(delivery.code, by=world.registrar_body, reason="ไม่เกี่ยวกับหน่วยงานนี้")
    assert world.body.pk not in {unit.pk for unit in units.matrix(cascade, world.officer).units}
    [line] = ledger.lines(ledger.Hops(cascade, world.officer, code=delivery.code).read(2))
    assert (line.state.code, line.held) == ("RETURNED", False)
    earlier = AT(2022, 1, 19)
    [before] = ledger.lines(ledger.Hops(cascade, world.officer, earlier, code=delivery.code).read(2), earlier)
    assert (before.state.code, before.held) == ("SENT", True)
