"""The calendar of the round gives and takes rights by itself, to the second; what is sent too late is refused and shown."""

import pytest

from saduak.assessment import commands, policy
from saduak.assessment.models import Agreed, Decision, Finding, Mark, Screening
from saduak.kernel import clock
from saduak.kernel.refusals import NotPossible
from saduak.rounds import commands as rounds
from saduak.rounds import queries as round_queries

BANGKOK = clock.bangkok
DESK = (BANGKOK(2022, 3, 1), BANGKOK(2022, 5, 1))
VISITS = (BANGKOK(2022, 5, 1), BANGKOK(2022, 8, 1))
DECISION = (BANGKOK(2022, 7, 1), BANGKOK(2022, 9, 1))
ANNOUNCEMENT = (BANGKOK(2022, 7, 10, 9), BANGKOK(2022, 10, 1))  # early in these tests, see conftest
LAST_SECOND = BANGKOK(2022, 7, 31, 23, 59, 59)


@pytest.mark.parametrize(
    ("act", "opens", "closes"),
    [
        ("screen", *DESK),
        ("mark", VISITS[0], VISITS[1]),
        ("moderate", VISITS[0], DECISION[1]),  # prepared during the visits, finished while the committee sits
        ("decide", *DECISION),
        ("release_results", *ANNOUNCEMENT),
    ],
)
def test_an_act_is_given_from_its_opening_until_its_closing(walk, act, opens, closes):
    second = clock.bangkok(2022, 1, 1, 0, 0, 1) - clock.bangkok(2022, 1, 1)
    round = round_queries.by_code(walk.round.code)
    for moment, allowed in ((opens - second, False), (opens, True), (closes - second, True), (closes, False)):
        with clock.at(moment):
            assert bool(policy.in_time(round, act)) is allowed, moment
    round.windows.all().delete()
    bare = round_queries.by_code(walk.round.code)
    assert policy.in_time(bare, act)  # a pack that names no such period does not limit it
    with clock.at(BANGKOK(2022, 6, 1)):
        ended = rounds.end(walk.round.code, by=walk.world.officer)
        assert not policy.in_time(ended, act)


def test_a_sheet_sent_after_the_visits_is_refused_and_stands_on_the_page(walk, world, sign_in):
    case = walk.declared(walk.assigned())
    first = next(iter(walk.standard.marks_wanted))
    address = f"/assessment/cases/{case.number}/marks/"
    sent = {f"value-{first}": "no", f"note-{first}": "เขียนไว้ก่อนปิด"}
    browser = sign_in(world.users["assessor1"])
    with clock.at(BANGKOK(2022, 4, 30, 23, 59, 59)):
        early = browser.post(f"{address}save/", sent)
        assert (early.status_code, Mark.objects.count()) == (409, 0)
        assert "เปิดในวันที่ 1 พฤษภาคม 2565" in early.content.decode() or "1 พฤษภาคม 2565" in early.content.decode()
    with clock.at(LAST_SECOND):  # nobody had to open anything
        assert browser.post(f"{address}save/", {f"note-{first}": "ทันเวลา"}).status_code == 302
    with clock.at(VISITS[1]):
        late = browser.post(f"{address}save/", sent)
        page = late.content.decode()
        assert late.status_code == 409
        assert "31 กรกฎาคม 2565" in page
        assert "เขียนไว้ก่อนปิด" in page
        assert "ยังไม่ได้บันทึก" in page
        quiet = browser.post(f"{address}save/", sent, headers={"X-Saduak-Autosave": "1", "accept": "application/json"})
        assert quiet.status_code == 409
        assert "31 กรกฎาคม 2565" in quiet.json()["message"]
        assert browser.post(f"{address}hand-in/").status_code == 409
        shown = browser.get(address).content.decode()
        assert "31 กรกฎาคม 2565" in shown
        assert "/hand-in/" not in shown
    assert Mark.objects.get().note == "ทันเวลา"
    with clock.at(BANGKOK(2022, 8, 2)):  # the officer moves the period: the right is there again
        rounds.move_window(
            walk.round.code, "VISITS", by=world.officer, opens_at=VISITS[0], closes_at=BANGKOK(2022, 8, 16),
            reason="คณะที่ 1 ยังลงพื้นที่ไม่ครบ",
        )  # fmt: skip
        assert browser.post(f"{address}save/", sent).status_code == 302
    assert Mark.objects.get().note == "เขียนไว้ก่อนปิด"


def test_a_desk_check_is_written_from_the_opening_of_screening_until_its_closing(walk, world, sign_in):
    application = walk.submitted()
    first, second = (one.id for one in walk.standard.criteria[:2])
    address = f"/assessment/screening/{application.number}/"
    sent = {f"verdict-{first}": "NOT_MET", f"kind-{first}": "INCOMPLETE", f"remark-{first}": "เขียนไว้ก่อนปิด"}
    browser = sign_in(world.users["officer"])
    with clock.at(BANGKOK(2022, 2, 28, 23, 59, 59)):
        early = browser.post(f"{address}save/", sent)
        assert (early.status_code, Screening.objects.count()) == (409, 0)
        assert "1 มีนาคม 2565" in early.content.decode()
    with clock.at(DESK[0]):  # nobody had to open anything
        assert browser.post(f"{address}save/", {f"verdict-{second}": "MET"}).status_code == 302
    with clock.at(BANGKOK(2022, 4, 30, 23, 59, 59)):
        assert browser.post(f"{address}save/", {f"remark-{first}": "ทันเวลา"}).status_code == 302
        page = browser.get(address).content.decode()
        assert "data-autosave=" in page
    with clock.at(DESK[1]):
        late = browser.post(f"{address}save/", sent)
        page = late.content.decode()
        assert late.status_code == 409
        assert "30 เมษายน 2565" in page
        assert "เขียนไว้ก่อนปิด" in page
        assert f'name="verdict-{first}" value="NOT_MET" checked' in page
        assert "ยังไม่ได้บันทึก" in page
        rest = browser.post(f"{address}save/", {"rest": [first]})
        assert (rest.status_code, f'name="verdict-{first}" value="MET" checked' in rest.content.decode()) == (409, True)
        quiet = browser.post(f"{address}save/", sent, headers={"X-Saduak-Autosave": "1", "accept": "application/json"})
        assert "30 เมษายน 2565" in quiet.json()["message"]
        assert "data-autosave=" not in browser.get(address).content.decode()
        shown = browser.get(f"{address}result/").content.decode()
        assert shown.count("disabled") >= 2
        assert "30 เมษายน 2565" in shown
        words = {"result": "NOT_READY", "note": "ถ้อยคำถึงหน่วยงาน"}
        answer = browser.post(f"{address}finish/", words)
        assert (answer.status_code, "ถ้อยคำถึงหน่วยงาน" in answer.content.decode()) == (409, True)
        answer = browser.post(f"{address}return/", {"due_on": "2022-05-20"})
        assert (answer.status_code, 'value="2022-05-20"' in answer.content.decode()) == (409, True)
    assert Finding.objects.get(item=first).remark == "ทันเวลา"
    with clock.at(BANGKOK(2022, 5, 2)):  # late work: the officer moves the period, and the right is there again
        rounds.move_window(
            walk.round.code, "SCREENING", by=world.officer, opens_at=DESK[0], closes_at=BANGKOK(2022, 5, 6), reason="คำขอจำนวนมาก"
        )  # fmt: skip
        assert browser.post(f"{address}save/", sent).status_code == 302
    assert Finding.objects.get(item=first).remark == "เขียนไว้ก่อนปิด"


def test_a_result_that_is_held_is_not_taken_back_after_screening(walk, world):
    application = walk.checked(walk.submitted())
    with clock.at(DESK[1]), pytest.raises(NotPossible):
        commands.reopen(application.number, by=world.officer)
    with clock.at(BANGKOK(2022, 4, 30, 23, 59, 59)):
        assert commands.reopen(application.number, by=world.officer).state == "OPEN"


def test_agreeing_deciding_and_releasing_follow_the_calendar(walk, world, sign_in):
    case = walk.marked()
    first = next(iter(walk.standard.marks_wanted))
    with clock.at(DECISION[1]):
        chair = sign_in(world.users["assessor1"])
        sent = {f"value-{first}": "yes", f"reason-{first}": "เห็นพ้องกันก่อนปิด"}
        late = chair.post(f"/assessment/cases/{case.number}/moderation/save/", sent)
        assert late.status_code == 409
        assert "เห็นพ้องกันก่อนปิด" in late.content.decode()
        assert not Agreed.objects.exists()
        with pytest.raises(NotPossible):
            commands.agree(case.number, by=world.assessor1)
    walk.agreed(case)
    meeting = walk.meeting(case)
    with clock.at(DECISION[0]):
        commands.declare(case.number, "NONE", by=world.committee1)
    with clock.at(DECISION[1]):
        member = sign_in(world.users["committee1"])
        words = {"level": "excellent", "reason": "พิจารณาแล้วเห็นชอบ", "remedy": ""}
        late = member.post(f"/assessment/meetings/{meeting.code}/cases/{case.number}/", words)
        assert late.status_code == 409
        assert "พิจารณาแล้วเห็นชอบ" in late.content.decode()
        assert not Decision.objects.exists()
    with clock.at(BANGKOK(2022, 7, 20)):
        commands.decide(meeting.code, case.number, "excellent", by=world.committee1)
    for moment in (BANGKOK(2022, 7, 10, 8, 59, 59), ANNOUNCEMENT[1]):
        with clock.at(moment):
            with pytest.raises(NotPossible):
                commands.release_results(walk.round.code, by=world.officer)
            shown = sign_in(world.users["officer"]).get("/assessment/results/").content.decode()
            assert "/results/release/" not in shown
    with clock.at(ANNOUNCEMENT[0]):
        assert commands.release_results(walk.round.code, by=world.officer).cases == 1
