"""Late entry: one unit, until a moment, for a reason; everybody else stays outside."""

import pytest

from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.rounds import commands, queries
from saduak.rounds.models import LateEntry

BANGKOK = clock.bangkok
AFTER = BANGKOK(2022, 3, 2, 9)  # the period closed at midnight of 1 March
UNTIL = BANGKOK(2022, 3, 8)
WHY = "น้ำท่วมสำนักงาน ตามหนังสือ ที่ ทส 0123/45"


@pytest.fixture
def admit(world, gecc):
    """admit(unit): late entry for it until 7 March, granted on 2 March."""

    def grant(unit, by=world.officer, until=UNTIL, reason=WHY):
        with clock.at(AFTER):
            return commands.admit_late(gecc.code, unit.code, by=by, until=until, reason=reason)

    return grant


@pytest.mark.parametrize("unit", ["body", "centre"])
def test_the_unit_and_nobody_else_may_apply(world, gecc, admit, unit):
    admit(getattr(world, unit))
    ask = lambda at, whose: queries.is_open(gecc, "APPLICATION", at, whose)  # noqa: E731
    assert not ask(BANGKOK(2022, 3, 1), world.centre)  # what was closed then stays closed
    assert ask(AFTER, world.centre)
    assert ask(BANGKOK(2022, 3, 7, 23, 59, 59), world.centre)
    assert not ask(UNTIL, world.centre)
    assert not ask(AFTER, world.other_centre)
    assert not queries.is_open(gecc, "APPLICATION", AFTER)
    assert not queries.is_open(gecc, "BRIEFING", AFTER, world.centre)
    assert queries.closes_at(gecc, world.centre) == UNTIL
    assert queries.closes_at(gecc, world.other_centre) == BANGKOK(2022, 3, 1)


def test_it_is_written_down_and_the_unit_is_told(world, gecc, admit):
    admit(world.centre)
    entry = Entry.objects.latest("number")
    assert (entry.event, entry.subject_id, entry.role) == ("round.late_entry", gecc.code, "OFFICER")
    assert entry.details["organisation"] == world.centre.code
    assert entry.details["reason"] == WHY
    told = Message.objects.filter(kind="round.late_entry")
    assert {one.recipient_name for one in told} == {"สมหญิง ขยันยิ่ง", "มานี ช่วยงาน", "บุญส่ง นำพา"}
    assert "7 มีนาคม 2565" in told[0].body
    assert WHY in told[0].body


def test_a_longer_time_is_another_line_and_leaves_no_gap(world, gecc, admit):
    admit(world.body)
    with pytest.raises(NotPossible):
        admit(world.body)  # a second click
    with clock.at(BANGKOK(2022, 3, 5)):
        commands.admit_late(gecc.code, world.body.code, by=world.officer, until=BANGKOK(2022, 3, 16), reason=WHY)
    assert LateEntry.objects.count() == 2
    assert queries.is_open(gecc, "APPLICATION", BANGKOK(2022, 3, 3), world.centre)
    assert queries.is_open(gecc, "APPLICATION", BANGKOK(2022, 3, 10), world.centre)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": "ขอ"}, NotComplete),
        ({"reason": "ก" * 1001}, NotComplete),
        ({"until": BANGKOK(2022, 3, 1)}, NotComplete),
        ({"until": BANGKOK(2022, 3, 2)}, NotComplete),
        ({"until": BANGKOK(2030, 1, 1)}, NotComplete),
        ({"organisation_code": "C-NOBODY"}, NotPossible),
        ({"organisation_code": "MOI"}, NotPossible),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(world, gecc, changed, refusal):
    given = {"organisation_code": world.body.code, "until": UNTIL, "reason": WHY} | changed
    code = given.pop("organisation_code")
    with clock.at(AFTER), pytest.raises(refusal) as said:
        commands.admit_late(gecc.code, code, by=world.officer, **given)
    assert said.value.field
    assert not LateEntry.objects.exists()
    assert not Message.objects.filter(kind="round.late_entry").exists()


def test_only_officers_and_only_while_the_round_is_under_way(world, gecc, admit):
    for name in ("coordinator", "head", "assessor1", "auditor", "stranger"):
        with pytest.raises(NotAllowed):
            admit(world.body, by=world.actors[name])
    admit(world.body)
    with clock.at(AFTER):
        gecc = commands.end(gecc.code, by=world.officer)
    assert not queries.is_open(gecc, "APPLICATION", BANGKOK(2022, 3, 3), world.centre)
    with pytest.raises(NotPossible):
        admit(world.other_body)


def test_an_officer_does_it_on_the_rounds_page(world, gecc, sign_in):
    page, form = f"/rounds/{gecc.code}/", f"/rounds/{gecc.code}/late-entry/"
    given = {"organisation": "เทศบาลตำบลทดสอบ", "last_day": "7 มี.ค. 2565", "reason": WHY}
    with clock.at(AFTER):
        browser = sign_in(world.users["officer"])
        assert "ยังไม่มีหน่วยงาน" in browser.get(page).content.decode()
        assert browser.get(form).status_code == 200
        several = browser.post(form, given)
        assert several.status_code == 422
        assert world.body.code in several.content.decode()
        assert browser.post(form, given | {"organisation": "ไม่มีจริง"}).status_code == 422
        late = browser.post(form, given | {"organisation": world.body.code, "last_day": "1 ก.พ. 2565"})
        assert late.status_code == 409
        assert WHY in late.content.decode()  # nothing typed is lost
        assert browser.post(form, given | {"organisation": "เทศบาลตำบลทดสอบใต้"}).status_code in (302, 422)
        browser.post(form, given | {"organisation": world.body.code})
        made = LateEntry.objects.get()
        assert (made.organisation, made.until) == (world.body, UNTIL)
        shown = browser.get(page).content.decode()
        assert "7 มี.ค. 2565" in shown
        assert WHY in shown
        browser = sign_in(world.users["coordinator"])
        assert WHY not in browser.get(page).content.decode()
        assert browser.get(form).status_code == 403
        assert browser.post(form, given).status_code == 403
