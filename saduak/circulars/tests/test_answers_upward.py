"""Answering the sender by a letter of one's own; 200 letters received at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from saduak.circulars import commands
from saduak.circulars.models import Circular, Delivery, Direction, RegisterEntry
from saduak.circulars.queries import addressees, boxes
from saduak.circulars.tests.conftest import hop, send
from saduak.circulars.tests.test_letters import _officer
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.people import commands as people
from saduak.people import queries as people_queries
from saduak.people.models import User

AT = clock.bangkok
TEXT = {"paragraphs": "เทศบาลได้รับทราบและจะดำเนินการต่อไป"}


@pytest.fixture
def received(world, cascade) -> Delivery:
    """The hop at the local body, stamped in."""
    delivery = hop(cascade, world.body)
    with clock.at(AT(2022, 1, 13, 9)):
        commands.receive(delivery.code, by=world.registrar_body)
    return delivery


@pytest.mark.parametrize("name", ["registrar_body", "head", "coordinator", "registrar_district", "officer", "auditor"])
@pytest.mark.parametrize("state", ["SENT", "RECEIVED", "ACKNOWLEDGED", "RETURNED", "CLOSED"])
def test_who_answers_by_letter_and_when(world, received, name, state):
    Delivery.objects.filter(pk=received.pk).update(state=state)
    if name not in ("registrar_body", "head"):
        with pytest.raises(NotAllowed):
            commands.draft_answer(received.code, by=getattr(world, name))
    elif state in ("RECEIVED", "ACKNOWLEDGED"):
        assert commands.draft_answer(received.code, by=getattr(world, name)).in_reply_to == received
    else:
        with pytest.raises(NotPossible):
            commands.draft_answer(received.code, by=getattr(world, name))
    assert Circular.objects.filter(in_reply_to=received).exists() == (
        name in ("registrar_body", "head") and state in ("RECEIVED", "ACKNOWLEDGED")
    )


def test_an_answer_gets_its_own_number_and_is_received_by_the_sender(world, received):
    with clock.at(AT(2022, 1, 14, 9)):
        draft = commands.draft_answer(received.code, by=world.registrar_body)
        assert commands.draft_answer(received.code, by=world.head) == draft  # one draft at a time
        assert received.circular.number in draft.references.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
        with pytest.raises(NotComplete) as missing:
            commands.issue(draft.code, by=world.registrar_body)
        assert "#id_paragraphs" in [one.where for one in missing.value.items]
        commands.save_draft(draft.code, by=world.head, texts=TEXT | {"prefix": "ชม 52001"})
        sent = send(draft, by=world.registrar_body)
    assert (sent.state, sent.number, sent.addressee_count) == ("ISSUED", "ชม 52001/1", 1)
    arrived = Delivery.objects.get(circular=sent)
    assert (arrived.organisation, arrived.state) == (world.district, "SENT")
    assert arrived in boxes.incoming(world.registrar_district)
    with clock.at(AT(2022, 1, 17, 9)):
        commands.receive(arrived.code, by=world.registrar_district)
    line = RegisterEntry.objects.get(delivery=arrived)
    assert (line.organisation, line.number, line.letter_number) == (world.district, 2, "ชม 52001/1")
    out = RegisterEntry.objects.get(circular=sent, direction=Direction.OUTGOING)
    assert (out.organisation, out.number) == (world.body, 1)
    # It is no cascade: it is not passed on, and the secretariat does not list it among its own first letters.
    with pytest.raises(NotPossible):
        commands.draft_forward(arrived.code, by=world.registrar_district)
    assert sent not in boxes.outgoing(world.officer)
    assert sent in boxes.outgoing(world.registrar_body)
    # Selections of the draft do not lead it elsewhere.
    assert [one.pk for one in addressees.addressees(sent)] == [world.district.pk]


def test_the_pages_of_an_answer(world, received, sign_in):
    page = sign_in(User.objects.get(pk=world.registrar_body.user_id))
    shown = page.get(f"/circulars/hops/{received.code}/").content.decode()
    assert f"/circulars/hops/{received.code}/answer/" in shown
    begun = page.post(f"/circulars/hops/{received.code}/answer/")
    draft = Circular.objects.get(in_reply_to=received)
    assert begun["Location"] == f"/circulars/{draft.code}/edit/"
    form = page.get(begun["Location"]).content.decode()
    assert world.district.name_th in form
    assert 'name="choice"' not in form
    texts = {name: getattr(draft, name) for name in ("form", "subject", "addressee", "closing", "references")}
    kept = page.post(begun["Location"], texts | TEXT | {"prefix": "ชม 52001", "check": "1"})
    assert kept["Location"] == f"/circulars/{draft.code}/check/"
    assert world.district.name_th in page.get(kept["Location"]).content.decode()
    sent = send(draft, by=world.registrar_body)
    assert received.circular.number in page.get(f"/circulars/{sent.code}/").content.decode()
    assert page.get(f"/circulars/{sent.code}/ledger/").status_code == 404
    assert sent.number in page.get(f"/circulars/hops/{received.code}/").content.decode()
    above = sign_in(User.objects.get(pk=world.registrar_district.user_id))
    arrived = Delivery.objects.get(circular=sent)
    assert TEXT["paragraphs"] in above.get(f"/circulars/hops/{arrived.code}/").content.decode()


def test_what_came_back_waits_for_its_sender(world, received):
    before = len(boxes.waiting_for(world.registrar_district))
    commands.send_back(received.code, by=world.registrar_body, reason="ไม่อยู่ในเขต")
    waiting = boxes.waiting_for(world.registrar_district)
    assert len(waiting) == before + 1
    assert any(one.url == f"/circulars/hops/{received.code}/" for one in waiting)
    commands.close_return(received.code, by=world.registrar_district, note="ส่งซ้ำ")
    assert len(boxes.waiting_for(world.registrar_district)) == before


@pytest.mark.django_db(transaction=True)
def test_200_letters_received_at_once_get_200_numbers_without_a_gap():
    """Forty connections at a time, so that PostgreSQL's usual hundred suffice."""
    officer = _officer()
    first = send(commands.draft("GECC-2565", by=officer), by=officer)
    hop = Delivery.objects.get(circular=first)
    office = hop.organisation
    post = people.record_post(
        office, by=officer, email="many@example.go.th", name_th="สารบรรณ", role="REGISTRAR", starts_on=clock.today()
    )
    by = people_queries.actor_for(post.user)
    fields = {one.attname: getattr(first, one.attname) for one in Circular._meta.concrete_fields if one.attname != "id"}
    letters = Circular.objects.bulk_create(
        Circular(**fields | {"code": f"L-MANY{place}", "running": place + 1000, "number": f"นร 1/ว {place + 1000}"})
        for place in range(200)
    )
    codes = [f"D-MANY{place}" for place in range(200)]
    Delivery.objects.bulk_create(
        Delivery(code=code, circular=letter, root=letter, organisation=office, kind=office.kind, sent_at=clock.now())
        for code, letter in zip(codes, letters, strict=True)
    )

    def receive(code: str) -> int | None:
        try:
            return commands.receive(code, by=by).received_number
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=40) as pool:
        numbers = sorted(pool.map(receive, codes))
    assert numbers == list(range(1, 201))
    lines = RegisterEntry.objects.filter(organisation=office, direction=Direction.INCOMING)
    assert sorted(lines.values_list("number", flat=True)) == numbers
