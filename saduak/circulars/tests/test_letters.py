"""Drafts, numbers, addressees, and sending that survives interruption."""

import threading
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from pypdf import PdfReader

from saduak.circulars import commands, jobs, printing
from saduak.circulars.models import Circular, Counter, Delivery, RegisterEntry
from saduak.circulars.queries import addressees
from saduak.circulars.queries.feasibility import feasibility
from saduak.circulars.tests.conftest import SENDING, hop, pass_on, send, sign
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message
from saduak.packs import commands as packs
from saduak.people import commands as people
from saduak.people.actor import Actor, system
from saduak.people.models import Kind, Organisation
from saduak.rounds import commands as rounds
from saduak.thai.text import fold

AT = clock.bangkok
HOSTILE = '<script>alert(1)</script>{{7*7}} #import "x" $x$ \u202e=HYPERLINK(1)'


def test_a_draft_is_worded_by_the_pack_of_its_level(world, gecc):
    draft = commands.draft(gecc.code, by=world.officer)
    assert draft.subject.startswith("ขอเชิญสมัคร")
    assert "พ.ศ. ๒๕๖๕" in draft.subject
    assert "{" not in draft.paragraphs + draft.addressee + draft.enclosures
    assert [action.code for action in draft.actions.all()] == ["A1", "A2", "A3", "A4"]
    apply = draft.actions.get(code="A2")
    assert settings.BASE_URL in apply.text  # an address keeps the digits one has to type
    assert "๑ มกราคม ๒๕๖๕" in apply.text


def test_a_letter_does_not_leave_before_it_is_complete(world, gecc):
    draft = commands.draft(gecc.code, by=world.officer)
    commands.save_draft(draft.code, by=world.officer, texts={"subject": "", "signatory": ""}, selection={"codes": ""})
    with pytest.raises(NotComplete) as refused:
        commands.issue(draft.code, by=world.officer)
    assert {item.where for item in refused.value.items} == {
        "#id_subject", "#id_signatory", "#id_position", "#id_selection",
    }  # fmt: skip
    draft.refresh_from_db()
    assert (draft.state, draft.running) == ("DRAFT", None)
    assert not Counter.objects.exists()


def test_issuing_takes_a_number_and_writes_the_register(world, root):
    assert root.number == "ทส 0123/ว 1"
    assert (root.running, root.year, root.state, root.sent_count) == (1, 2564, "ISSUED", 1)
    entry = RegisterEntry.objects.get()
    assert (entry.direction, entry.number, entry.organisation, entry.letter_number) == (
        "OUT", 1, world.secretariat, root.number,
    )  # fmt: skip
    delivery = Delivery.objects.get()
    assert (delivery.organisation, delivery.state, delivery.root) == (world.ministry, "SENT", root)
    assert Message.objects.filter(kind="circular.arrived").count() == 1
    assert Message.objects.get(kind="circular.arrived").recipient_ref == world.registrar_ministry.ref
    events = list(Entry.objects.order_by("number").values_list("event", flat=True))
    assert events[-3:] == ["circular.drafted", "circular.issued", "circular.sent"]
    with pytest.raises(NotPossible):
        commands.issue(root.code, by=world.officer)
    with pytest.raises(NotPossible):
        commands.save_draft(root.code, by=world.officer, texts={"subject": "x"})


def test_a_stamped_letter_needs_a_seal_and_no_signature(world, gecc):
    draft = commands.draft(gecc.code, by=world.officer)
    texts = {"form": "STAMPED", "signatory": "", "position": "", "addressee": "กระทรวง"}
    commands.save_draft(draft.code, by=world.officer, texts=texts)
    with clock.at(AT(2021, 12, 21)):
        issued = commands.issue(draft.code, by=world.officer)
    text = fold(PdfReader(BytesIO(printing.letter(issued))).pages[0].extract_text())
    assert "ถึง กระทรวง" in text
    assert "เรื่อง" not in text
    assert "21 ธันวาคม 2564" in text
    assert "(……" not in text  # nobody's name: initials are put on the seal by hand


def test_numbers_begin_anew_with_the_calendar_year(world, root):
    for moment, expected in ((AT(2021, 12, 31, 23, 59), (2, 2564)), (AT(2022, 1, 1), (1, 2565))):
        with clock.at(moment):
            letter = send(commands.draft("GECC-2565", by=world.officer), by=world.officer)
        assert (letter.running, letter.year) == expected


def test_a_forwarded_letter_inherits_and_dates_are_only_tightened(world, root):
    with clock.at(AT(2021, 12, 22, 10)):
        commands.receive(hop(root, world.ministry).code, by=world.registrar_ministry)
        draft = commands.draft_forward(hop(root, world.ministry).code, by=world.registrar_ministry)
        assert commands.draft_forward(hop(root, world.ministry).code, by=world.registrar_ministry) == draft
    by = world.registrar_ministry
    assert (draft.form, draft.root, draft.actions.count()) == ("MEMO", root, 4)
    assert "ที่ ทส ๐๑๒๓/ว ๑" in draft.references
    limit = root.actions.get(code="A4").due_at
    for looser in (limit.replace(year=2023), None):
        with pytest.raises(NotComplete) as refused:
            commands.save_draft(draft.code, by=by, texts={}, due={"A4": looser})
        assert refused.value.items[0].where == "#id_due_A4"
    assert draft.actions.get(code="A4").due_at == limit
    tighter = AT(2022, 1, 22)
    commands.save_draft(draft.code, by=by, texts={}, due={"A4": tighter})
    assert draft.actions.get(code="A4").due_at == tighter
    # The next level is bound by the tightened date.
    with clock.at(AT(2021, 12, 23)):
        send(draft, by=by)
        commands.receive(hop(root, world.department).code, by=world.registrar_department)
        below = commands.draft_forward(hop(root, world.department).code, by=world.registrar_department)
    with pytest.raises(NotComplete):
        commands.save_draft(below.code, by=world.registrar_department, texts={}, due={"A4": limit})
    assert "๒๑ มกราคม ๒๕๖๕" in printing.action_text(below.actions.get(code="A4"))


def test_a_letter_goes_only_below_its_sender(world, gecc):
    draft = commands.draft(gecc.code, by=world.officer)
    chosen = addressees.chosen
    assert list(chosen(draft.sender, {"children": True})) == [world.ministry]
    assert list(chosen(draft.sender, {"kinds": ["PROVINCE"]})) == [world.province, world.other_province]
    assert list(chosen(draft.sender, {"kinds": ["LOCAL_BODY"], "within": world.province.code})) == [world.body]
    assert set(chosen(draft.sender, {"codes": "TH-54, L-550101"})) == {world.province, world.other_body}
    for wrong in ({"codes": "TH-54 NOWHERE"}, {"codes": "OPM"}, {"kinds": ["PROVINCE"], "within": "NOWHERE"}):
        with pytest.raises(NotComplete):
            chosen(draft.sender, wrong)
    with pytest.raises(NotComplete):
        chosen(world.province, {"codes": world.other_body.code})


def test_feasibility_says_what_the_levels_leave(world, cascade):
    with clock.at(AT(2021, 12, 21, 9)):
        draft = commands.draft("GECC-2565", by=world.officer)
        found = feasibility(draft, [world.ministry.pk])
        direct = feasibility(draft, [world.body.pk, world.other_body.pk])
    survey = next(one for one in found if one.number == 4)
    assert [level.kind for level in survey.levels] == ["MINISTRY", "DEPARTMENT", "PROVINCE", "DISTRICT"]
    assert [(level.days, level.observed) for level in survey.levels] == [(4, 0)] * 4  # fewer than three hops are known
    assert survey.left == survey.available - 16
    names = next(one for one in found if one.number == 1)
    assert (names.available, names.needed, names.left, names.tone) == (3, 4, -1, "bad")
    assert all(not one.levels for one in direct)


def test_observed_days_take_the_place_of_the_assumption(world, gecc):
    for year in (2019, 2020, 2021):  # three cascades in which the ministry took two working days
        with clock.at(AT(year, 12, 16, 9)):
            root = send(commands.draft(gecc.code, by=world.officer), by=world.officer)
        day = {2019: 18, 2020: 18, 2021: 20}[year]
        pass_on(
            root, world.ministry, by=world.registrar_ministry, received=AT(year, 12, 17), sent=AT(year, 12, day, 10)
        )
    with clock.at(AT(2021, 12, 21)):
        draft = commands.draft(gecc.code, by=world.officer)
        found = feasibility(draft, [world.ministry.pk])
    ministry = found[0].levels[0]
    assert (ministry.kind, ministry.days, ministry.observed) == ("MINISTRY", 2, 3)


def test_sending_taken_up_again_sends_nobody_twice_and_leaves_nobody_out(world, gecc):
    rows = [
        {"code": f"X{n}", "kind": Kind.LOCAL_BODY, "name_th": f"เทศบาลที่ {n}", "parent": "TH-5401"} for n in range(25)
    ]
    people.grow_tree(rows, by=system("set-up"), source="tests")
    with clock.at(AT(2021, 12, 21)):
        draft = sign(commands.draft(gecc.code, by=world.officer), by=world.officer, selection={"kinds": ["LOCAL_BODY"]})
        jobs.issue(draft.code, by=world.officer)
        assert commands.send_batch(draft.code, by=SENDING, size=10) == 17
        # The worker is killed here, and the tree changes before another takes up the work.
        late = {"code": "LATE", "kind": Kind.LOCAL_BODY, "name_th": "เทศบาลตั้งใหม่", "parent": "TH-5501"}
        people.grow_tree([late], by=system("set-up"), source="tests")
        assert jobs.resume() == []
    with clock.at(AT(2021, 12, 21, 0, 5)):
        assert jobs.resume() == [draft.code]
        assert commands.send_batch(draft.code, by=SENDING, size=10) == 7
        assert commands.send_batch(draft.code, by=SENDING, size=10) == 0
        assert commands.send_batch(draft.code, by=SENDING, size=10) == 0
        assert jobs.resume() == []
    draft.refresh_from_db()
    assert (draft.state, draft.sent_count, draft.addressee_count) == ("ISSUED", 27, 27)
    sent_to = list(Delivery.objects.filter(circular=draft).values_list("organisation__code", flat=True))
    assert len(sent_to) == len(set(sent_to)) == 27
    assert "LATE" not in sent_to


def test_the_job_itself_sends_everything(world, gecc):
    draft = sign(commands.draft(gecc.code, by=world.officer), by=world.officer, selection={"kinds": ["PROVINCE"]})
    jobs.issue(draft.code, by=world.officer)
    assert jobs.send.func(draft.code) == 1
    assert Delivery.objects.filter(circular=draft).count() == 2
    with pytest.raises(NotAllowed):
        commands.send_batch(draft.code, by=world.officer)


def test_hostile_texts_reach_page_mail_and_pdf_as_text(world, gecc, sign_in):
    draft = commands.draft(gecc.code, by=world.officer)
    names = ("subject", "addressee", "references", "enclosures", "paragraphs", "closing", "signatory", "position",
             "contact", "prefix")  # fmt: skip
    texts = {name: HOSTILE[:40] if name == "prefix" else HOSTILE for name in names}
    commands.save_draft(draft.code, by=world.officer, texts=texts, asked={"A2": HOSTILE})
    jobs.issue(draft.code, by=world.officer)
    commands.send_batch(draft.code, by=SENDING)
    browser = sign_in(world.users["registrar_ministry"])
    for url in ("/circulars/", f"/circulars/hops/{hop(draft, world.ministry).code}/", f"/circulars/{draft.code}/"):
        page = browser.get(url).content.decode()
        assert "<script>alert" not in page, url
        assert "49 #import" not in page
    pdf = browser.get(f"/circulars/hops/{hop(draft, world.ministry).code}/letter.pdf")
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"].startswith("attachment")
    assert "\n" not in Message.objects.get(kind="circular.arrived").subject


def _officer() -> Actor:
    """An officer for tests with real transactions, where the world's fixture does not stand still."""
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    setup = system("set-up")
    people.grow_tree(
        [
            {
                "code": "OPM",
                "kind": Kind.SECRETARIAT,
                "name_th": "สปน.",
                "parent": None,
                "letter_prefix": "นร 0106",
                "phone": "0 2555 0106",
                "email": "saraban@example.go.th",
            },
            {"code": "MOI", "kind": Kind.MINISTRY, "name_th": "กระทรวง", "parent": "OPM"},
        ],
        by=setup,
        source="tests",
    )
    top = Organisation.objects.get(code="OPM")
    officer = Actor(ref="officer", name="เจ้าหน้าที่", role="OFFICER", organisation_id=top.pk, path=top.path, subtree=True)
    rounds.open_round("gecc/rounds/2565", by=officer)
    return officer


def _at_once(work, many: int) -> list[object]:
    """What `many` threads get that begin at the same moment."""
    start, results = threading.Barrier(many), []

    def go(number: int) -> None:
        start.wait()
        try:
            results.append(work(number))
        except NotPossible as refused:
            results.append(type(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_eight_letters_at_once_get_eight_numbers_without_a_gap():
    officer = _officer()
    drafts = [sign(commands.draft("GECC-2565", by=officer), by=officer).code for _ in range(8)]
    _at_once(lambda number: commands.issue(drafts[number], by=officer), 8)
    numbers = sorted(Circular.objects.values_list("running", flat=True))
    assert numbers == list(range(1, 9))
    assert sorted(RegisterEntry.objects.values_list("number", flat=True)) == numbers


@pytest.mark.django_db(transaction=True)
def test_one_letter_issued_eight_times_at_once_leaves_once():
    officer = _officer()
    draft = sign(commands.draft("GECC-2565", by=officer), by=officer)
    results = _at_once(lambda _number: commands.issue(draft.code, by=officer).running, 8)
    assert sorted(results, key=str) == [1, *[NotPossible] * 7]
    assert RegisterEntry.objects.count() == 1
    sent = _at_once(lambda _number: commands.send_batch(draft.code, by=SENDING), 4)
    assert sent == [0] * 4
    assert Delivery.objects.count() == 1


def test_a_refused_number_is_given_to_the_next(world, gecc):
    """A number taken in a transaction that fails is not lost."""
    draft = sign(commands.draft(gecc.code, by=world.officer), by=world.officer)
    Circular.objects.filter(pk=draft.pk).update(subject="")
    with pytest.raises(NotComplete):
        commands.issue(draft.code, by=world.officer)
    Circular.objects.filter(pk=draft.pk).update(subject="เรื่อง")
    with clock.at(datetime(2021, 12, 21, tzinfo=UTC)):
        assert commands.issue(draft.code, by=world.officer).running == 1
