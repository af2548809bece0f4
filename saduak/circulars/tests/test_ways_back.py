"""Sending back, sending to another office, closing; receipts on paper; handing back inside the office."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from saduak.circulars import commands
from saduak.circulars.models import Delivery, Direction, PaperReceipt, RegisterEntry, SentBack
from saduak.circulars.queries import actions, ledger, visibility
from saduak.circulars.queries.electronic import uses_saduak
from saduak.circulars.tests.conftest import hop
from saduak.circulars.workflow import DELIVERY
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.people import commands as people
from saduak.people import queries as people_queries

AT = clock.bangkok


class _Undo(Exception):
    pass


# command → (its keyword arguments, roles at the office itself or "SENDER": those who write for the sender)
TABLE = {
    "send_back": ({"reason": "ไม่เกี่ยวข้อง"}, {"REGISTRAR", "HEAD"}),
    "close_return": ({"note": "ยุติเรื่อง"}, "SENDER"),
    "readdress": ({"to": "L-550101"}, "SENDER"),
    "enter_receipt": ({"received_on": date(2022, 1, 13), "received_by": "นายรับ"}, "SENDER"),
}


@pytest.fixture
def to_body(world, cascade) -> Delivery:
    """The hop at the local body; its sender is the district."""
    return hop(cascade, world.body)


@pytest.mark.parametrize("command", TABLE)
def test_every_command_in_every_state_by_every_role(world, to_body, command):
    given, roles = TABLE[command]
    stamp = {"received_number": 900, "received_year": 2565, "received_at": AT(2022, 1, 13)}
    # Nobody of the body receives in Saduak for this test, else the sender may not enter a receipt.
    if command == "enter_receipt":
        _end_posts(world.body)
    if command == "readdress":
        given = {"to": world.body.code + "x"}  # a code that is none: permitted and possible, and then not complete
    SentBack.objects.create(delivery=to_body, reason="ทดสอบ", at=AT(2022, 1, 14), by_name="ทดสอบ")
    for state in DELIVERY.states:
        for name, actor in world.actors.items():
            Delivery.objects.filter(pk=to_body.pk).update(state=state, **stamp)
            if command == "send_back":
                SentBack.objects.all().delete()
            try:
                with clock.at(AT(2022, 1, 15)), transaction.atomic():
                    getattr(commands, command)(to_body.code, by=actor, **given)
                    outcome = Delivery.objects.get(pk=to_body.pk).state
                    raise _Undo
            except _Undo:
                pass
            except (NotAllowed, NotPossible, NotComplete) as refused:
                outcome = refused.status
            except Delivery.DoesNotExist:
                outcome = 404
            if not visibility.deliveries(actor).filter(pk=to_body.pk).exists():
                expected = 404
            elif roles == "SENDER":
                writes = actor.role in {"REGISTRAR", "HEAD"} and actor.organisation_id == world.district.pk
                expected = None if writes else 403
            else:
                expected = None if actor.role in roles and actor.organisation_id == world.body.pk else 403
            if expected is None:
                move = DELIVERY.moves[command]
                expected = move.target if state in move.sources else 409
                if command == "readdress" and expected == "CLOSED":
                    expected = 422
            assert outcome == expected, (command, state, name)


def _end_posts(organisation) -> None:
    for post in organisation.memberships.filter(role="REGISTRAR"):
        type(post).objects.filter(pk=post.pk).update(ends_on=date(2021, 1, 1))


def test_a_letter_that_is_not_for_us_goes_back_and_is_sent_to_another_office(world, to_body):
    with clock.at(AT(2022, 1, 13, 9)):
        commands.receive(to_body.code, by=world.registrar_body)
        with pytest.raises(NotComplete):
            commands.send_back(to_body.code, by=world.registrar_body, reason="  ")
        commands.send_back(to_body.code, by=world.registrar_body, reason=" ไม่อยู่ในเขต\nของเทศบาล ")
    back = SentBack.objects.get()
    assert (back.reason, back.settled_at) == ("ไม่อยู่ในเขต ของเทศบาล", None)
    # Nothing is asked of it any more, and it is neither silent nor held there.
    assert actions.of_actor(world.coordinator) == []
    told = Message.objects.get(kind="delivery.sent_back")
    assert told.recipient_ref == world.registrar_district.ref
    with clock.at(AT(2022, 3, 20)):
        rows = {row.key: row for row in ledger.by_level(to_body.root, world.officer)}
        line = next(
            one for one in ledger.lines(ledger.Hops(to_body.root, world.officer).read(100)) if one.pk == to_body.pk
        )
    body = rows["LOCAL_BODY"]
    assert (body.addressed, body.received, body.silent) == (1, 1, 0)
    assert (line.held, line.late) == (False, [])
    for command in ("acknowledge", "receive"):
        with pytest.raises(NotPossible):
            getattr(commands, command)(to_body.code, by=world.registrar_body)
    with pytest.raises(NotPossible, match=r"sent back|ส่งคืน"):
        commands.reply(to_body.code, "A4", by=world.coordinator, text="ตอบ")
    # Only somewhere below the sender, not where it is already, and one office.
    by = world.registrar_district
    for wrong in ("", world.other_body.code, "NOWHERE", f"{world.body.code} {world.centre.code}"):
        with pytest.raises(NotComplete) as refused:
            commands.readdress(to_body.code, by=by, to=wrong)
        assert refused.value.field == "to"
    with pytest.raises(NotPossible):
        commands.readdress(to_body.code, by=by, to=world.body.code)
    row = {"code": "L-540102", "kind": "LOCAL_BODY", "name_th": "เทศบาลอื่น", "parent": world.district.code}
    people.grow_tree([row], by=world.officer, source="tests")
    sent = commands.readdress(to_body.code, by=by, to=" L-540102 ", note="เขตของท่าน")
    to_body.refresh_from_db()
    letter = to_body.circular
    assert (to_body.state, sent.organisation.code, sent.circular) == ("CLOSED", "L-540102", letter)
    assert (letter.addressee_count, letter.sent_count, letter.addressee_ids[-1]) == (2, 2, sent.organisation_id)
    assert SentBack.objects.get().readdressed_to == sent
    events = list(Entry.objects.order_by("-number").values_list("event", flat=True)[:1])
    assert events == ["delivery.readdressed"]
    with pytest.raises(NotPossible):
        commands.close_return(to_body.code, by=by, note="อีกครั้ง")


def test_what_was_passed_on_or_acknowledged_is_not_sent_back(world, cascade, to_body):
    with pytest.raises(NotPossible):
        commands.send_back(hop(cascade, world.district).code, by=world.registrar_district, reason="ไม่ใช่")
    commands.receive(to_body.code, by=world.registrar_body)
    commands.draft_forward(to_body.code, by=world.registrar_body)
    with pytest.raises(NotPossible):
        commands.send_back(to_body.code, by=world.registrar_body, reason="ไม่ใช่")
    assert not SentBack.objects.exists()


def test_closing_needs_a_note_and_leaves_one(world, to_body):
    commands.send_back(to_body.code, by=world.registrar_body, reason="ซ้ำ")
    with pytest.raises(NotComplete):
        commands.close_return(to_body.code, by=world.registrar_district, note="")
    commands.close_return(to_body.code, by=world.registrar_district, note="ส่งซ้ำ")
    back = SentBack.objects.get()
    assert (back.note, back.settled_by, back.readdressed_to) == ("ส่งซ้ำ", world.registrar_district.name, None)


def test_who_uses_saduak_is_derived_from_posts(world):
    offices = [world.body, world.other_body, world.other_province, world.province]
    assert uses_saduak(offices) == {world.body.pk, world.province.pk}
    assert uses_saduak([]) == set()
    people.record_post(
        world.other_province, by=world.officer, email="x@example.go.th", name_th="สารบรรณ น่าน", role="REGISTRAR",
        starts_on=date(2020, 1, 1), subtree=True,
    )  # fmt: skip
    assert uses_saduak(offices) == {one.pk for one in offices}


def test_the_sender_enters_a_receipt_on_paper_and_the_office_confirms_or_corrects_it(world, cascade):
    delivery = hop(cascade, world.other_province)  # nobody there uses Saduak
    by = world.registrar_department
    enter = {"received_by": "นางสาวรับ ไว้", "number": "๑๒๓"}
    with clock.at(AT(2022, 1, 6, 10)):
        for wrong in (None, date(2021, 12, 28), date(2022, 1, 7)):
            with pytest.raises(NotComplete) as refused:
                commands.enter_receipt(delivery.code, by=by, received_on=wrong, **enter)
            assert refused.value.field == "received_on"
        with pytest.raises(NotComplete):
            commands.enter_receipt(delivery.code, by=by, received_on=date(2022, 1, 4), received_by=" ")
        scan = SimpleUploadedFile("ใบรับ.exe", b"MZ\x90\x00" * 100)
        with pytest.raises(NotComplete):
            commands.enter_receipt(delivery.code, by=by, received_on=date(2022, 1, 4), proof=scan, **enter)
        assert not PaperReceipt.objects.exists()
        commands.enter_receipt(delivery.code, by=by, received_on=date(2022, 1, 4), **enter)
        scan = SimpleUploadedFile("ใบรับ.txt", "ลงรับแล้ว".encode())
        commands.enter_receipt(delivery.code, by=by, received_on=date(2022, 1, 5), proof=scan, **enter)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.received_number, delivery.received_at) == ("ON_PAPER", None, AT(2022, 1, 5, 12))
    assert delivery.paper_receipt.proof.name == "ใบรับ.txt"
    rows = {row.key: row for row in ledger.by_level(cascade, world.officer)}
    assert (rows["PROVINCE"].received, rows["PROVINCE"].silent) == (2, 0)
    # The office comes to Saduak: from now on it receives itself.
    post = people.record_post(
        world.other_province, by=world.officer, email="nan@example.go.th", name_th="สารบรรณ น่าน", role="REGISTRAR",
        starts_on=date(2020, 1, 1),
    )  # fmt: skip
    with pytest.raises(NotPossible):
        commands.enter_receipt(delivery.code, by=by, received_on=date(2022, 1, 5), **enter)
    registrar = people_queries.actor_for(post.user)
    with clock.at(AT(2022, 2, 1, 9)):
        with pytest.raises(NotComplete):
            commands.receive(delivery.code, by=registrar, arrived_on=date(2022, 2, 2))
        commands.receive(delivery.code, by=registrar, arrived_on=date(2022, 1, 6))
    delivery.refresh_from_db()
    paper = delivery.paper_receipt
    assert (paper.corrected, paper.received_on, delivery.received_at) == (True, date(2022, 1, 5), AT(2022, 1, 6, 12))
    line = RegisterEntry.objects.get(organisation=world.other_province, direction=Direction.INCOMING)
    assert (line.number, "๑๒๓" in line.remark) == (1, True)
    events = Entry.objects.filter(subject_id=delivery.code).order_by("number").values_list("event", flat=True)
    assert list(events) == [
        "delivery.receipt_entered", "delivery.receipt_entered", "delivery.receipt_corrected", "delivery.received",
    ]  # fmt: skip


def test_the_matter_goes_to_another_and_comes_back(world, to_body):
    commands.receive(to_body.code, by=world.registrar_body)
    with pytest.raises(NotAllowed):
        commands.hand_back(to_body.code, by=world.coordinator, note="ไม่ใช่ของข้าพเจ้า")
    commands.assign(to_body.code, by=world.registrar_body, person_ref=world.coordinator.ref)
    commands.assign(to_body.code, by=world.head, person_ref=world.colleague.ref)
    assert Message.objects.get(kind="delivery.reassigned").recipient_ref == world.coordinator.ref
    with pytest.raises(NotAllowed):
        commands.hand_back(to_body.code, by=world.coordinator, note="ช้าไป")
    with pytest.raises(NotComplete):
        commands.hand_back(to_body.code, by=world.colleague)
    held = commands.hand_back(to_body.code, by=world.colleague, note="ลาพักผ่อน")
    assert (held.done, held.end_note) == (False, "ลาพักผ่อน")
    refs = set(Message.objects.filter(kind="delivery.handed_back").values_list("recipient_ref", flat=True))
    assert refs == {world.registrar_body.ref, world.head.ref}
    with pytest.raises(NotPossible):
        commands.hand_back(to_body.code, by=world.colleague, done=True)
    commands.assign(to_body.code, by=world.head, person_ref=world.coordinator.ref)
    assert commands.hand_back(to_body.code, by=world.coordinator, done=True).done


def test_the_pages_of_a_hop_offer_and_do_it_and_lose_nothing(world, cascade, to_body, sign_in):
    url = f"/circulars/hops/{to_body.code}/"
    browser = sign_in(world.users["stranger"])
    for verb in ("send_back", "readdress", "close_return", "enter_receipt", "hand_back"):
        assert browser.post(f"{url}{verb}/").status_code == 404, verb
    browser = sign_in(world.users["registrar_body"])
    assert "/send_back/" in browser.get(url).content.decode()
    assert browser.post(f"{url}send_back/", {"reason": " "}).status_code == 422
    assert browser.post(f"{url}send_back/", {"reason": "<b>ผิดที่</b>"}).status_code == 302
    page = browser.get(url).content.decode()
    assert "&lt;b&gt;ผิดที่" in page
    assert "/readdress/" not in page
    browser = sign_in(world.users["registrar_district"])
    assert "/readdress/" in browser.get(url).content.decode()
    wrong = browser.post(f"{url}readdress/", {"to": "NOWHERE", "note": "ลองใหม่"})
    assert wrong.status_code == 422
    assert "ลองใหม่" in wrong.content.decode()
    assert browser.post(f"{url}close_return/", {"note": "ซ้ำ"}).status_code == 302
    paper = f"/circulars/hops/{hop(cascade, world.other_province).code}/"
    browser = sign_in(world.users["registrar_department"])
    given = {"received_on": "4 ม.ค. 2565", "received_by": "นางสาวรับ ไว้"}
    with clock.at(AT(2022, 1, 6)):
        assert browser.post(f"{paper}enter_receipt/", given | {"received_on": "วันนี้"}).status_code == 422
        assert browser.post(f"{paper}enter_receipt/", given).status_code == 302
        assert "นางสาวรับ ไว้" in browser.get(paper).content.decode()
