"""Handing in: complete, in time, once, with a receipt that proves it; correction and what follows."""

import hashlib
import json
import threading

import pytest
from django.db import connection, connections

from saduak.applications import commands, handed_in, queries, receipts
from saduak.applications.models import Application, Submission
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.packs.scoring import compute

pytestmark = pytest.mark.django_db
DUE = clock.bangkok(2022, 3, 20).date()


def remark(item="g-01", kind="OUTDATED", text="ขอภาพถ่ายปัจจุบัน", due_on=DUE):
    return {"item": item, "kind": kind, "text": text, "due_on": due_on}


@pytest.fixture
def returned(submitted, world):
    commands.return_for_correction(
        submitted.number, [remark(), remark("profile.hours", "INCOMPLETE", "ไม่มีเวลาพัก")], by=world.officer
    )
    submitted.refresh_from_db()
    return submitted


def test_submit_writes_down_everything_with_its_hash(world, full):
    written = commands.submit(full.number, by=world.head)
    content = Submission.objects.get().content
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert hashlib.sha256(text).hexdigest() == written.sha256
    assert written.receipt_number == "GECC-2565-R00001"
    assert content["standard"]["sha256"] == full.round.standard_pack.sha256
    assert content["answers"]["g-01"]["value"] is True
    assert content["profile"]["visitors"] == "1200"
    assert content["form"]["sha256"] == full.round.profile_pack.sha256
    assert {len(one["sha256"]) for one in content["evidence"] if not one["link"]} == {64}
    line = Entry.objects.get(event="application.submitted")
    assert (line.details["sha256"], line.details["receipt"]) == (written.sha256, written.receipt_number)
    told = set(Message.objects.filter(kind="application.submitted").values_list("recipient_ref", flat=True))
    assert told == {world.coordinator.ref, world.colleague.ref}
    result = compute(queries.standard(full), queries.self_marks(content, queries.standard(full)))
    assert result.complete
    assert result.level == "excellent"


def test_submit_names_every_missing_item_and_leaves_no_trace(world, draft):
    with pytest.raises(NotComplete) as refused:
        commands.submit(draft.number, by=world.head)
    known = queries.profile(draft)  # what the tree knows of the centre
    required = [one for one in queries.form(draft).questions if one.required and one.id not in known]
    assert len(refused.value.items) == len(required) + len(queries.standard(draft).marks_wanted)
    assert not Submission.objects.exists()
    assert Application.objects.get().state == "DRAFT"
    assert not Entry.objects.filter(event="application.submitted").exists()


def test_submit_is_the_heads(world, full):
    with pytest.raises(NotAllowed):
        commands.submit(full.number, by=world.coordinator)


def test_closing_time_is_exact_and_what_arrived_in_time_counts(world, full):
    closes = clock.bangkok(2022, 3, 1)
    with clock.at(closes):
        with pytest.raises(NotPossible):
            commands.submit(full.number, by=world.head)
        assert Application.objects.get().state == "DRAFT"
        in_time = clock.bangkok(2022, 2, 28, 23, 59, 59)
        written = commands.submit(full.number, by=world.head, arrived_at=in_time)
    assert written.submitted_at == in_time


def test_submitting_twice_gives_one_submission(world, submitted):
    with pytest.raises(NotPossible):
        commands.submit(submitted.number, by=world.head)
    assert Submission.objects.count() == 1


def _at_once(count, act):
    """Run `act` in so many threads at one moment; what each returned or raised."""
    gate, outcomes = threading.Barrier(count), []

    def run():
        try:
            with clock.at(clock.bangkok(2022, 2, 1, 10)):
                gate.wait()
                outcomes.append(act())
        except Exception as error:  # whatever it is, the test looks at it
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_eight_submits_at_once_give_one_success(world, full):
    outcomes = _at_once(8, lambda: commands.submit(full.number, by=world.head))
    assert sum(isinstance(one, Submission) for one in outcomes) == 1, outcomes
    assert sum(isinstance(one, NotPossible) for one in outcomes) == 7, outcomes
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_starts_at_once_give_one_application(world, opened):
    outcomes = _at_once(8, lambda: commands.start(opened.code, world.centre.code, by=world.coordinator))
    assert sum(isinstance(one, Application) for one in outcomes) == 1, outcomes
    assert sum(isinstance(one, NotPossible) for one in outcomes) == 7, outcomes
    assert Application.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_receipts_of_a_round_have_no_gap_and_no_double(world, opened, fill, photo):
    mine = fill(commands.start(opened.code, world.centre.code, by=world.coordinator))
    other = commands.start(opened.code, world.other_centre.code, by=world.stranger)
    for item, one in queries.answers(mine).items():
        commands.save_answers(
            other.number,
            {item: {"value": one.value} if item.startswith("profile.") else {"value": one.value, "justification": one.justification}},
            by=world.stranger,
        )  # fmt: skip
    for piece in queries.evidence(mine):
        commands.add_evidence(
            other.number, by=world.stranger, stored=piece.stored, link=piece.link, title=piece.title, items=piece.items
        )
    pair = iter([(mine, world.head), (other, world.stranger_head)])
    lock = threading.Lock()

    def act():
        with lock:
            application, head = next(pair)
        return commands.submit(application.number, by=head)

    outcomes = _at_once(2, act)
    assert sorted(one.receipt_number for one in outcomes) == ["GECC-2565-R00001", "GECC-2565-R00002"]


def test_receipt_is_a_pdf_and_the_same_whenever_asked_for(submitted):
    written = queries.latest_submission(submitted)
    paper = receipts.pdf(written)
    assert paper.startswith(b"%PDF")
    assert paper == receipts.pdf(written)


def test_return_item_by_item(world, returned):
    assert returned.state == "RETURNED"
    assert [one.item for one in queries.remarks(returned)] == ["profile.hours", "g-01"]
    told = set(
        Message.objects.filter(kind="application.returned_for_correction").values_list("recipient_ref", flat=True)
    )
    assert told == {world.coordinator.ref, world.colleague.ref, world.head.ref}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ([], None),
        ([remark("q-9-99")], "item"),
        ([remark(kind="UGLY")], "kind"),
        ([remark(text="  ")], "text"),
        ([remark(due_on=clock.bangkok(2022, 1, 31).date())], "due_on"),
        ([remark(due_on=clock.bangkok(2023, 1, 1).date())], "due_on"),
        ([remark(due_on="2022-03-20")], "due_on"),
        ([remark(), remark()], None),
    ],
)
def test_a_remark_that_helps_nobody_is_refused(world, submitted, given, field):
    with pytest.raises(NotComplete) as refused:
        commands.return_for_correction(submitted.number, given, by=world.officer)
    assert refused.value.field == field
    assert Application.objects.get().state == "SUBMITTED"


def test_resubmit_waits_for_every_reply_and_shows_what_changed(world, returned, photo):
    number = returned.number
    commands.save_answers(number, {"g-01": {"justification": "ถ่ายใหม่"}}, by=world.coordinator)
    piece = commands.add_evidence(number, by=world.coordinator, upload=photo("new.png"), title="ภาพใหม่", items=["g-01"])
    with pytest.raises(NotComplete) as refused:
        commands.resubmit(number, by=world.head)
    assert len(refused.value.items) == 2
    for one in queries.remarks(returned):
        commands.reply_to_remark(number, one.public_id, "แก้ไขแล้ว", by=world.coordinator)
    written = commands.resubmit(number, by=world.head)
    assert (written.sequence, written.receipt_number) == (2, "GECC-2565-R00002")
    before = queries.submission(returned, 1)
    found = handed_in.changes(before.content, written.content, queries.form(returned))
    assert [(one.item, one.part) for one in found] == [("g-01", "justification"), ("g-01", "evidence")]
    assert found[1].after["id"] == piece.public_id
    returned.refresh_from_db()
    assert returned.state == "SUBMITTED"
    assert [one.reply for one in queries.remarks(returned)] == ["แก้ไขแล้ว", "แก้ไขแล้ว"]


def test_a_late_correction_counts_until_screening_closes(world, returned):
    for one in queries.remarks(returned):
        commands.reply_to_remark(returned.number, one.public_id, "แก้ไขแล้ว", by=world.coordinator)
    with clock.at(clock.bangkok(2022, 5, 1)), pytest.raises(NotPossible):
        commands.resubmit(returned.number, by=world.head)
    with clock.at(clock.bangkok(2022, 4, 30, 23, 59, 59)):
        assert commands.resubmit(returned.number, by=world.head).sequence == 2


def test_a_stranger_s_remark_cannot_be_answered(world, returned):
    with pytest.raises(Application.DoesNotExist):
        commands.reply_to_remark(returned.number, queries.remarks(returned)[0].public_id, "x", by=world.stranger)


def test_outcomes(world, submitted):
    commands.record_readiness(submitted.number, True, by=world.officer)
    with pytest.raises(NotComplete):
        commands.record_decision(submitted.number, "platinum", by=world.officer)
    made = commands.record_decision(submitted.number, "advanced", by=world.officer)
    assert (made.state, made.decided_level) == ("CERTIFIED", "advanced")


def test_has_applied_knows_the_centre_and_every_office_above(world, draft, opened, fill):
    ids = [one.pk for one in (world.centre, world.body, world.province, world.other_body, world.other_centre)]
    assert queries.has_applied(ids, opened) == set()
    fill(draft)
    commands.submit(draft.number, by=world.head)
    assert queries.has_applied(ids, opened) == {world.centre.pk, world.body.pk, world.province.pk}


def test_submit_takes_few_queries(world, full, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        commands.submit(full.number, by=world.head)
    assert connection.in_atomic_block  # the test's own transaction; submit has left its own
