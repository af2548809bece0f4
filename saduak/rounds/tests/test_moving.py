"""Moving a period of a running round: with a reason, never into the past, told to those concerned, shown to all."""

import pytest

from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.rounds import commands, queries
from saduak.rounds.models import Round, WindowMove

BANGKOK = clock.bangkok
OPENS, CLOSES = BANGKOK(2022, 1, 1), BANGKOK(2022, 3, 1)
DURING = BANGKOK(2022, 2, 10, 9)
LATER = BANGKOK(2022, 3, 16)
WHY = "ระบบขัดข้องสองวัน ตามมติที่ประชุมครั้งที่ 3/2565"


def move(gecc, by, kind="APPLICATION", at=DURING, **given):
    with clock.at(at):
        return commands.move_window(
            gecc.code, kind, by=by, **({"opens_at": OPENS, "closes_at": LATER, "reason": WHY} | given)
        )


def test_rights_follow_the_new_dates_and_everything_is_written_down(world, gecc):
    move(gecc, world.officer)
    gecc = queries.by_code(gecc.code)
    assert queries.is_open(gecc, "APPLICATION", BANGKOK(2022, 3, 15, 23, 59))
    assert not queries.is_open(gecc, "APPLICATION", LATER)
    apply = queries.actions(gecc)[1]
    assert (apply.opens_at, apply.due_at) == (OPENS, LATER)  # what is to be done within the period follows it
    assert queries.actions(gecc)[3].due_at == BANGKOK(2022, 2, 1)
    entry = Entry.objects.latest("number")
    assert (entry.event, entry.details["actions"], entry.details["reason"]) == ("round.window_moved", ["A2"], WHY)
    told = Message.objects.filter(kind="round.window_moved")
    names = {one.recipient_name for one in told}
    assert {"สมหญิง ขยันยิ่ง", "บุญส่ง นำพา", "แปลก หน้าใหม่", "สารบรรณ เทศบาล", "สมหมาย ตั้งตรง"} <= names
    assert not names & {"วรรณา ใจงาม", "กมล แก้วใส", "ประเสริฐ ดีเลิศ"}  # who did it, and whom it does not concern
    body = told[0].body
    for said in (WHY, "15 มีนาคม 2565", "28 กุมภาพันธ์ 2565"):
        assert said in body
    assert "เปิด:" not in body  # only what changed


def test_each_period_is_told_to_its_own_people(world, gecc):
    move(gecc, world.officer, "DECISION", opens_at=BANGKOK(2022, 7, 1), closes_at=BANGKOK(2022, 9, 15))
    names = {one.recipient_name for one in Message.objects.filter(kind="round.window_moved")}
    assert "ประเสริฐ ดีเลิศ" in names
    assert "สมหญิง ขยันยิ่ง" not in names


@pytest.mark.parametrize(
    ("kind", "at", "given", "refusal"),
    [
        ("APPLICATION", DURING, {"closes_at": BANGKOK(2022, 2, 1)}, NotComplete),  # would have closed already
        ("APPLICATION", DURING, {"closes_at": DURING}, NotComplete),
        ("APPLICATION", DURING, {"opens_at": BANGKOK(2022, 1, 5)}, NotPossible),  # it is open already
        ("APPLICATION", DURING, {"closes_at": CLOSES}, NotComplete),  # nothing changed
        ("APPLICATION", DURING, {"reason": "ขอ"}, NotComplete),
        ("APPLICATION", DURING, {"closes_at": BANGKOK(2022, 5, 2)}, NotComplete),  # nobody could screen it
        ("APPLICATION", DURING, {"seen": (OPENS, BANGKOK(2022, 3, 8))}, NotPossible),  # moved meanwhile
        ("APPLICATION", BANGKOK(2021, 12, 28), {"opens_at": BANGKOK(2021, 12, 1)}, NotComplete),
        ("VISITS", DURING, {"opens_at": BANGKOK(2022, 8, 1), "closes_at": BANGKOK(2022, 7, 1)}, NotComplete),
        ("VISITS", DURING, {"opens_at": BANGKOK(2022, 5, 1), "closes_at": BANGKOK(2565, 8, 1)}, NotComplete),
        ("SCREENING", DURING, {"opens_at": BANGKOK(2022, 2, 11), "closes_at": BANGKOK(2022, 2, 20)}, NotComplete),
        ("HOLIDAY", DURING, {}, NotPossible),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(world, gecc, kind, at, given, refusal):
    with pytest.raises(refusal) as said:
        move(gecc, world.officer, kind, at, **given)
    assert str(said.value)
    assert not WindowMove.objects.exists()
    assert not Message.objects.filter(kind="round.window_moved").exists()
    assert queries.window(queries.by_code(gecc.code), "APPLICATION").closes_at == CLOSES


def test_a_period_that_is_over_opens_again_and_late_units_keep_their_time(world, gecc):
    after = BANGKOK(2022, 3, 3)
    with clock.at(after):
        commands.admit_late(gecc.code, world.centre.code, by=world.officer, until=BANGKOK(2022, 4, 20), reason=WHY)
    with pytest.raises(NotComplete):  # the unit that was admitted late may apply longer
        move(gecc, world.officer, "SCREENING", after, opens_at=CLOSES, closes_at=BANGKOK(2022, 4, 10))
    move(gecc, world.officer, at=after)
    assert queries.is_open(queries.by_code(gecc.code), "APPLICATION", after)


def test_only_officers_and_only_while_the_round_is_under_way(world, gecc):
    for name in ("coordinator", "head", "assessor1", "auditor", "stranger"):
        with pytest.raises(NotAllowed):
            move(gecc, getattr(world, name))
    with clock.at(DURING):
        commands.end(gecc.code, by=world.officer)
    with pytest.raises(NotPossible):
        move(gecc, world.officer)


def test_an_officer_moves_it_on_a_page_and_everybody_reads_why(world, gecc, sign_in):
    page, form = f"/rounds/{gecc.code}/", f"/rounds/{gecc.code}/windows/application/move/"
    with clock.at(DURING):
        browser = sign_in(world.users["officer"])
        shown = browser.get(form)
        seen = shown.context["form"].initial["seen"]
        assert "28 กุมภาพันธ์ 2565" in shown.content.decode()
        given = {"opens_day": "1 ม.ค. 2565", "opens_hour": "", "closes_day": "15 มี.ค. 2565", "closes_hour": "16.30 น.", "reason": WHY, "seen": seen}  # fmt: skip
        wrong = browser.post(form, given | {"closes_hour": "บ่าย"})
        past = browser.post(form, given | {"closes_day": "1 ก.พ. 2565"})
        for refused in (wrong, past):
            assert refused.status_code == 422
            assert WHY in refused.content.decode()  # nothing typed is lost
        assert browser.post(form, given).status_code == 302
        assert browser.post(form, given | {"closes_day": "16 มี.ค. 2565"}).status_code == 409  # seen before the move
        made = WindowMove.objects.get()
        assert (made.opens_at, made.closes_at) == (OPENS, BANGKOK(2022, 3, 15, 16, 30))
        assert browser.get(f"/rounds/{gecc.code}/windows/tea/move/").status_code == 404
        for name in ("officer", "stranger"):
            text = sign_in(world.users[name]).get(page).content.decode()
            assert WHY in text
            assert "15 มี.ค. 2565 16.30 น." in text
            assert ("windows/application/move/" in text) == (name == "officer")
        assert browser.get(form).status_code == 403  # signed in as the stranger now
    assert Round.objects.get().windows.get(kind="APPLICATION").closes_at == made.closes_at
