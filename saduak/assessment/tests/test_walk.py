"""One case from the desk check to the released result, by commands alone, and what is told to whom on the way."""

from decimal import Decimal

import pytest

from saduak.assessment import commands, queries
from saduak.assessment.models import Acknowledgement, Decision, Screening
from saduak.assessment.tests.conftest import DECIDING, SCREENING, application_of
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.outbox.models import Message


def kinds(user) -> list[str]:
    return list(
        Message.objects.filter(recipient_ref=user.ref)
        .exclude(state="DRAFT")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_readiness_is_held_until_it_is_released(walk, world):
    application = walk.checked(walk.submitted())
    assert Screening.objects.get(application=application).result == "READY"
    application.refresh_from_db()
    assert application.state == "SUBMITTED"
    assert "readiness.ready" not in kinds(world.users["coordinator"])
    walk.released(application)
    assert application.state == "READY"
    assert "readiness.ready" in kinds(world.users["coordinator"])
    assert "readiness.ready" in kinds(world.users["head"])
    assert "readiness.ready" not in kinds(world.users["stranger"])
    told = Acknowledgement.objects.values_list("organisation__code", flat=True)
    assert set(told) == {"MOI", "DLA", "TH-54", "TH-5401"}


def test_a_body_above_takes_note_once_and_only_for_itself(walk, world):
    walk.ready()
    number = Acknowledgement.objects.first().release.number
    with clock.at(SCREENING):
        assert commands.acknowledge(number, by=world.observer_province).acknowledged_by == world.observer_province.name
        with pytest.raises(commands.readiness.NotPossible):
            commands.acknowledge(number, by=world.observer_province)
        for outsider in (world.stranger, world.coordinator, world.assessor1, world.officer):
            with pytest.raises(Acknowledgement.DoesNotExist):
                commands.acknowledge(number, by=outsider)


def test_the_whole_walk(walk, world):
    case = walk.decided()
    assert (case.state, case.computed_level, case.computed_total) == ("DECIDED", "excellent", Decimal(100))
    application = application_of(case)
    assert application.state == "READY"
    assert queries.result_of(application) is None
    assert Message.objects.filter(about_type="decision", state="DRAFT").count() == 3
    with clock.at(DECIDING):
        commands.release_results(walk.round.code, by=world.officer)
    application.refresh_from_db()
    result = queries.result_of(application)
    assert application.state == "CERTIFIED"
    assert application.decided_level == "excellent"
    assert (result.computed_level, result.decided_level, result.released_at) == ("excellent", "excellent", DECIDING)
    assert not Message.objects.filter(state="DRAFT").exists()
    assert "decision.certified" in kinds(world.users["coordinator"])
    assert "results.released" in kinds(world.users["observer_province"])
    events = list(Entry.objects.order_by("number").values_list("event", flat=True))
    assert [one for one in events if one.split(".")[0] in ("screening", "case", "results", "sheet")] == [
        "screening.opened", "screening.finished", "case.assigned", "sheet.handed_in", "sheet.handed_in", "case.marked",
        "case.agreed", "case.decided", "results.released", "case.released",
    ]  # fmt: skip


def test_a_refusal_needs_reason_and_remedy_and_a_correction_replaces_the_letter(walk, world):
    case = walk.agreed()
    meeting = walk.meeting(case)
    with clock.at(DECIDING):
        commands.declare(case.number, "NONE", by=world.committee1)
        for words in ({}, {"reason": "หลักฐานไม่ตรงกับที่ตรวจพบ"}, {"remedy": "อุทธรณ์ได้ภายใน 30 วัน"}):
            with pytest.raises(commands.meetings.NotComplete):
                commands.decide(meeting.code, case.number, "", by=world.committee1, **words)
        commands.decide(
            meeting.code, case.number, "", by=world.committee1, reason="หลักฐานไม่ตรง", remedy="อุทธรณ์ได้ภายใน 30 วัน"
        )
        commands.decide(meeting.code, case.number, "excellent", by=world.committee1)
        commands.release_results(walk.round.code, by=world.officer)
    assert list(Decision.objects.order_by("sequence").values_list("decided_level", flat=True)) == ["", "excellent"]
    assert "decision.certified" in kinds(world.users["head"])
    assert "decision.refused" not in kinds(world.users["head"])
