"""Suspending, reinstating, revoking: every state, move and role; and what the public sees at once."""

import pytest

from saduak.certificates import commands, policy, queries
from saduak.certificates.models import Certificate
from saduak.certificates.tests.conftest import ISSUED
from saduak.certificates.workflow import CERTIFICATE
from saduak.journal import queries as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message

LATER = clock.bangkok(2022, 10, 1, 9)
COMMANDS = {
    "suspend": lambda number, by: commands.suspend(number, by=by, reason="REVIEW", text="ร้องเรียนเข้ามา"),
    "reinstate": lambda number, by: commands.reinstate(number, by=by, text="ตรวจแล้วไม่พบเหตุ"),
    "revoke": lambda number, by: commands.revoke(number, by=by, reason="STANDARD", text="ไม่เป็นไปตามมาตรฐาน"),
}
SEES = {"officer", "officer2", "auditor", "committee1", "coordinator", "colleague", "head", "registrar_body", "registrar_district",
        "registrar_province", "registrar_department", "registrar_ministry", "registrar_secretariat", "observer_province"}  # fmt: skip
SEES_NOT = {"stranger", "stranger_head", "assessor1", "operator"}
CHANGES = {"officer", "officer2"}


def put(certificate: Certificate, state: str, by) -> None:
    if state == "SUSPENDED":
        COMMANDS["suspend"](certificate.number, by)
    elif state == "REVOKED":
        COMMANDS["revoke"](certificate.number, by)


@pytest.mark.parametrize("state", list(CERTIFICATE.states))
@pytest.mark.parametrize("move", list(CERTIFICATE.moves))
def test_every_command_in_every_state_by_every_role(world, issued, state, move):
    with clock.at(LATER):
        put(issued, state, world.officer)
        possible = state in CERTIFICATE.moves[move].sources
        for name in sorted(SEES | SEES_NOT - CHANGES):
            actor = getattr(world, name)
            expected = Certificate.DoesNotExist if name in SEES_NOT else NotAllowed
            if name in CHANGES:
                continue
            with pytest.raises(expected):
                COMMANDS[move](issued.number, actor)
        issued.refresh_from_db()
        assert issued.state == state
        lines = journal.about("certificate", issued.number).count()
        if possible:
            COMMANDS[move](issued.number, world.officer2)
            issued.refresh_from_db()
            assert issued.state == CERTIFICATE.moves[move].target
            assert journal.about("certificate", issued.number).count() == lines + 1
        else:
            with pytest.raises(NotPossible):
                COMMANDS[move](issued.number, world.officer2)
            assert journal.about("certificate", issued.number).count() == lines


def test_who_sees_a_certificate_behind_the_sign_in(world, issued):
    for name in SEES:
        assert queries.visible_to(getattr(world, name)).filter(pk=issued.pk).exists(), name
    for name in SEES_NOT:
        assert not queries.visible_to(getattr(world, name)).exists(), name


def test_the_public_is_told_the_class_of_the_reason_and_never_the_text(world, issued, client):
    with clock.at(LATER):
        commands.revoke(issued.number, by=world.officer, reason="UNTRUE", text="ผู้ร้องเรียนชื่อ นางสาวลับ")
        outcome = queries.check(issued.number)
        assert (outcome.code, outcome.reason) == ("REVOKED", "UNTRUE")
        assert outcome.since == LATER
        pages = [
            client.get(f"/v/{issued.number}/"),
            client.get(f"/v/{issued.number}.json"),
            client.get(f"/v/{issued.number}/mark.svg"),
            client.get(f"/register/{world.centre.code}/"),
            client.get("/register/?stands=REVOKED"),
        ]
    for page in pages:
        assert page.status_code == 200
        assert "ลับ" not in page.content.decode()
    told = Message.objects.filter(kind="certificate.revoke")
    assert {one.recipient_ref for one in told} == {world.coordinator.ref, world.colleague.ref, world.head.ref}


@pytest.mark.parametrize(
    ("reason", "text"), [("", "เหตุผล"), ("WHATEVER", "เหตุผล"), ("ERROR", "  "), ("ERROR", "ก" * 2001)]
)
def test_a_reason_is_compulsory_and_its_lack_leaves_no_trace(world, issued, reason, text):
    with pytest.raises(NotComplete) as refusal:
        commands.revoke(issued.number, by=world.officer, reason=reason, text=text)
    assert refusal.value.field in ("reason", "text")
    issued.refresh_from_db()
    assert issued.state == "VALID"
    assert journal.about("certificate", issued.number).count() == 1
    assert not Message.objects.filter(kind="certificate.revoke").exists()


def test_a_suspended_one_holds_again_with_its_old_term(world, issued):
    with clock.at(LATER):
        commands.suspend(issued.number, by=world.officer, reason="REVIEW", text="ตรวจสอบ")
        assert queries.check(issued.number).code == "SUSPENDED"
        commands.reinstate(issued.number, by=world.officer, text="ไม่พบเหตุ")
        outcome = queries.check(issued.number)
    assert (outcome.code, outcome.since, outcome.reason) == ("VALID", None, "")
    assert outcome.valid_to == issued.valid_to


def test_what_was_succeeded_can_be_revoked_but_not_suspended(world, earlier, issued):
    with clock.at(LATER):
        with pytest.raises(NotPossible):
            commands.suspend(earlier.number, by=world.officer, reason="REVIEW", text="ตรวจสอบ")
        commands.revoke(earlier.number, by=world.officer, reason="UNTRUE", text="พบภายหลัง")
        outcome = queries.check(earlier.number)
    assert outcome.code == "REVOKED"
    assert outcome.successor == issued.number


def test_a_button_is_offered_exactly_when_the_command_would_work(world, issued):
    earlier_verdict = policy.may_suspend(world.coordinator, issued)
    assert not earlier_verdict
    assert str(earlier_verdict.reason)
    assert policy.may_suspend(world.officer, issued)
    assert not policy.may_reinstate(world.officer, issued)


def test_only_whole_earlier_certificates_are_entered(world, gecc, earlier):
    from_day = earlier.valid_from
    with clock.at(ISSUED):
        for more, error in [
            ({"level": "platinum"}, NotComplete),
            ({"valid_from": ISSUED.date().replace(year=2023)}, NotComplete),
            ({"number": earlier.number.lower()}, NotComplete),
            ({}, NotPossible),  # the centre has one from that day on
        ]:
            given = {"level": "basic", "valid_from": from_day, "number": "", **more}
            with pytest.raises(error):
                commands.enter_earlier("GECC-2562", world.centre.code, by=world.officer, **given)
        with pytest.raises(NotAllowed):
            commands.enter_earlier(
                "GECC-2562", world.other_centre.code, by=world.stranger, level="basic", valid_from=from_day
            )
        entered = commands.enter_earlier(
            "GECC-2562",
            world.other_centre.code,
            by=world.officer,
            level="basic",
            valid_from=from_day,
            number="GECC62-0012",
        )
    assert queries.check("gecc62 0012").number == entered.number == "GECC62-0012"
    assert Certificate.objects.count() == 2
