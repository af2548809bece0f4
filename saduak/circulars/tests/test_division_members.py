"""Who works in a division: reads its registers, is told of its letters, and nothing more."""

import pytest

from saduak.circulars import commands
from saduak.circulars.models import Division, DivisionMember
from saduak.circulars.queries.registers import Place
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.people.models import Membership, Organisation

BODY = "L-540101"
AT = clock.bangkok


@pytest.fixture
def office(world):
    """The local body with two divisions, in one of which the coordinator works; a letter was passed on to each."""
    by = world.registrar_body
    with clock.at(AT(2022, 1, 5, 9)):
        one = commands.open_division(BODY, by=by, name_th="กองคลัง", prefix="พร 1.1")
        two = commands.open_division(BODY, by=by, name_th="กองช่าง", prefix="พร 1.2")
        commands.join_division(BODY, one.code, by=by, person_ref=world.coordinator.ref)
        texts = {"from_name": "จังหวัดแพร่", "subject": "ขอข้อมูลการเงิน"}
        entry = commands.enter_letter(BODY, "IN", by=by, texts=texts)
        for division in (one, two):
            commands.pass_inside(Place(BODY, "IN", entry.year, entry.number), by=by, division_code=division.code)
    return one, two


def test_a_member_reads_the_divisions_registers_and_no_others(world, office, sign_in):
    one, two = office
    browser = sign_in(world.users["coordinator"])
    page = browser.get("/circulars/registers/?year=2565")
    assert (page.status_code, page.context["book"].division) == (200, one)
    assert "ขอข้อมูลการเงิน" in page.content.decode()
    assert not page.context["may_keep"]
    assert [code for code, _name in page.context["form"].fields["division"].choices] == [one.code]
    line = f"/circulars/registers/{BODY}/IN-{one.code}/2565/1/"
    assert browser.get(line).status_code == 200
    assert browser.get(f"/circulars/registers/{BODY}/IN-{one.code}/2565.xlsx").status_code == 200
    for other in (f"IN-{two.code}", "IN"):
        assert browser.get(f"/circulars/registers/{BODY}/{other}/2565/1/").status_code == 404
        assert browser.get(f"/circulars/registers/{BODY}/{other}/2565.xlsx").status_code == 404
    assert browser.get(f"/circulars/registers/?division={two.code}").status_code == 404
    assert browser.get(f"/circulars/registers/{BODY}/divisions/").status_code == 403
    assert browser.post(f"{line}note/", {"action": "x", "remark": ""}).status_code == 404
    assert sign_in(world.users["colleague"]).get("/circulars/registers/").status_code == 403


def test_members_are_told_of_what_is_passed_on_to_their_division(world, office):
    (told,) = Message.objects.filter(kind="register.passed_inside").values_list("recipient_ref", "url")
    assert told == (world.coordinator.ref, f"/circulars/registers/{BODY}/IN-{office[0].code}/2565/1/")


def test_who_keeps_the_registers_names_them(world, office, sign_in):
    one, two = office
    browser, url = sign_in(world.users["registrar_body"]), f"/circulars/registers/{BODY}/divisions/"
    assert world.users["coordinator"].name_th in browser.get(url).content.decode()
    assert browser.post(f"{url}{two.code}/member/", {"join": world.colleague.ref}).status_code == 302
    assert browser.post(f"{url}{two.code}/member/", {"join": world.colleague.ref}).status_code == 302  # twice: once
    assert browser.post(f"{url}{one.code}/member/", {"leave": world.coordinator.ref}).status_code == 302
    assert browser.post(f"{url}V-NONE/member/", {"join": world.colleague.ref}).status_code == 404
    kept = DivisionMember.objects.filter(ended_at=None).values_list("division_id", "person_id")
    assert list(kept) == [(two.pk, world.users["colleague"].pk)]
    assert sign_in(world.users["coordinator"]).get("/circulars/registers/").status_code == 403
    events = Entry.objects.filter(event__in=["division.joined", "division.left"]).order_by("number")
    assert [one.event for one in events] == ["division.joined", "division.joined", "division.left"]
    with pytest.raises(NotComplete):
        commands.join_division(BODY, two.code, by=world.registrar_body, person_ref=world.stranger.ref)
    for stranger in (world.registrar_province, world.coordinator, world.stranger):
        with pytest.raises((NotAllowed, Organisation.DoesNotExist, Division.DoesNotExist)):
            commands.join_division(BODY, two.code, by=stranger, person_ref=world.colleague.ref)
    commands.close_division(BODY, two.code, by=world.registrar_body)
    with pytest.raises(NotPossible):
        commands.join_division(BODY, two.code, by=world.registrar_body, person_ref=world.coordinator.ref)


def test_who_holds_no_post_there_any_more_sees_and_hears_nothing(world, office, sign_in):
    browser = sign_in(world.users["coordinator"])
    assert browser.get("/circulars/registers/").status_code == 200
    Membership.objects.filter(user=world.users["coordinator"]).update(ends_on=AT(2020, 1, 1).date())
    assert browser.get("/circulars/registers/").status_code in (302, 403)
