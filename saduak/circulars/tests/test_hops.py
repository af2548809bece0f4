"""What an office does with a letter that reached it, who may, and what the stranger sees."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from saduak.circulars import commands, jobs
from saduak.circulars.models import Circular, Delivery, Direction, PaperReceipt, RegisterEntry, Reply
from saduak.circulars.queries import actions, ledger, registers, visibility
from saduak.circulars.queries.boxes import waiting_for
from saduak.circulars.tests.conftest import SENDING, hop, send, sign
from saduak.circulars.workflow import DELIVERY
from saduak.files import tables
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete, NotPossible
from saduak.outbox.models import Message

AT = clock.bangkok


def test_receiving_stamps_with_the_offices_own_number(world, root):
    delivery = hop(root, world.ministry)
    with clock.at(AT(2022, 1, 3, 15, 37)):
        commands.receive(delivery.code, by=world.registrar_ministry)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.received_number, delivery.received_year) == ("RECEIVED", 1, 2565)
    entry = RegisterEntry.objects.get(direction=Direction.INCOMING)
    assert (entry.organisation, entry.number, entry.letter_number) == (world.ministry, 1, root.number)
    assert entry.from_name == world.secretariat.name_th
    with pytest.raises(NotPossible):
        commands.receive(delivery.code, by=world.registrar_ministry)
    assert RegisterEntry.objects.filter(direction=Direction.INCOMING).count() == 1


def test_the_whole_cascade_leaves_a_number_and_a_register_line_at_every_hop(world, cascade):
    assert Circular.objects.exclude(state="DRAFT").count() == 5
    for office in (world.ministry, world.department, world.province, world.district):
        directions = set(RegisterEntry.objects.filter(organisation=office).values_list("direction", flat=True))
        assert directions == {"IN", "OUT"}, office
    last = hop(cascade, world.body)
    assert [step.organisation for step in ledger.ways_up(last)] == [
        world.ministry,
        world.department,
        world.province,
        world.district,
    ]


def test_every_command_in_every_state_by_every_role(world, cascade):
    """The whole table of deliveries: who may receive and acknowledge at the province, and from which state."""
    delivery = hop(cascade, world.province)
    paper = {"received_on": date(2022, 1, 5), "received_by": "ผู้รับ", "entered_at": AT(2022, 1, 5), "entered_by": "ผู้ส่ง"}
    PaperReceipt.objects.create(delivery=delivery, **paper)
    stamp = {"received_number": 900, "received_year": 2565, "received_at": AT(2022, 1, 5)}
    for command, roles in (("receive", {"REGISTRAR"}), ("acknowledge", {"REGISTRAR", "HEAD"})):
        for state in DELIVERY.states:
            for name, actor in world.actors.items():
                Delivery.objects.filter(pk=delivery.pk).update(state=state, **stamp)
                try:
                    outcome = getattr(commands, command)(delivery.code, by=actor).state
                except (NotAllowed, NotPossible) as refused:
                    outcome = refused.status
                except Delivery.DoesNotExist:
                    outcome = 404
                sees = visibility.deliveries(actor).filter(pk=delivery.pk).exists()
                if not sees:
                    expected = 404
                elif actor.role not in roles or actor.organisation_id != world.province.pk:
                    expected = 403
                else:
                    move = DELIVERY.moves[command]
                    expected = move.target if state in move.sources else 409
                assert outcome == expected, (command, state, name)


def test_who_sees_a_hop(world, cascade):
    delivery = hop(cascade, world.province)
    seeing = {
        name for name, actor in world.actors.items() if visibility.deliveries(actor).filter(pk=delivery.pk).exists()
    }
    assert seeing == {
        "officer", "officer2", "auditor", "registrar_secretariat", "registrar_ministry", "registrar_department",
        "registrar_province", "observer_province",
    }  # fmt: skip


def test_the_stranger_sees_nothing_and_gets_the_answer_of_a_letter_that_is_not_there(world, cascade, sign_in):
    draft = commands.draft_forward(hop(cascade, world.province).code, by=world.registrar_province)
    browser = sign_in(world.users["stranger"])
    code = hop(cascade, world.body).code
    missing = browser.get("/circulars/hops/D-NOTHING222/").content
    for url in (
        f"/circulars/hops/{code}/",
        f"/circulars/hops/{code}/letter.pdf",
        f"/circulars/{cascade.code}/",
        f"/circulars/{cascade.code}/ledger/",
        f"/circulars/{cascade.code}/ledger.csv",
        f"/circulars/{cascade.code}/branch/",
        f"/circulars/{draft.code}/",
        f"/circulars/{draft.code}/edit/",
    ):
        answer = browser.get(url)
        assert answer.status_code == 404, url
        if url.startswith("/circulars/hops/") and not url.endswith(".pdf"):
            assert answer.content.replace(code.encode(), b"") == missing.replace(b"D-NOTHING222", b"")
    for verb in ("receive", "acknowledge", "forward", "assign"):
        assert browser.post(f"/circulars/hops/{code}/{verb}/").status_code == 404, verb
    page = browser.get("/circulars/?state=").content.decode()
    assert cascade.subject not in page
    assert actions.of_actor(world.stranger) == []
    assert waiting_for(world.stranger) == []


def test_a_draft_is_seen_by_its_own_office_only(world, cascade):
    draft = commands.draft_forward(hop(cascade, world.district).code, by=world.registrar_district)
    seeing = {name for name, actor in world.actors.items() if visibility.circulars(actor).filter(pk=draft.pk).exists()}
    assert seeing == {"registrar_district"} | {
        name for name, actor in world.actors.items() if actor.subtree and world.district.path.startswith(actor.path)
        and actor.role in {"OBSERVER", "REGISTRAR", "HEAD"}
    }  # fmt: skip


def test_assigning_is_within_the_office(world, cascade):
    delivery = hop(cascade, world.body)
    with pytest.raises(NotPossible):
        commands.assign(delivery.code, by=world.registrar_body, person_ref=world.coordinator.ref)
    commands.receive(delivery.code, by=world.registrar_body)
    given = commands.assign(delivery.code, by=world.registrar_body, person_ref=world.coordinator.ref, note=" ด่วน  มาก ")
    assert (given.person_name, given.note) == (world.coordinator.name, "ด่วน มาก")
    assert Message.objects.filter(kind="delivery.assigned", recipient_ref=world.coordinator.ref).exists()
    for wrong in (world.stranger.ref, "nobody"):
        with pytest.raises(NotComplete):
            commands.assign(delivery.code, by=world.registrar_body, person_ref=wrong)


def test_actions_are_done_by_facts(world, cascade):
    delivery = hop(cascade, world.body)
    with clock.at(AT(2022, 1, 15)):
        commands.receive(delivery.code, by=world.registrar_body)
        asked = {one.action.code: one for one in actions.of_actor(world.coordinator)}
        assert {code: one.state.code for code, one in asked.items()} == {"A2": "OPEN", "A4": "OPEN"}
        commands.acknowledge(delivery.code, by=world.head)
        # Acknowledging is not doing.
        assert all(one.open for one in actions.of_actor(world.coordinator))
        commands.reply(delivery.code, "A4", by=world.coordinator, text="ตอบแล้ว")
    with clock.at(AT(2022, 3, 2)):
        states = {one.action.code: one.state.code for one in actions.of_actor(world.coordinator)}
    assert states == {"A4": "DONE", "A2": "LATE"}


def test_taking_note_is_done_by_acknowledging(world, cascade):
    delivery = hop(cascade, world.province)
    before = {one.action.code: one.state.code for one in actions.of_actor(world.registrar_province)}
    commands.acknowledge(delivery.code, by=world.registrar_province)
    after = {one.action.code: one.state.code for one in actions.of_actor(world.registrar_province)}
    assert (before["A3"], after["A3"]) == ("OPEN", "DONE")


def test_a_reply_keeps_its_proof_and_is_refused_where_facts_decide(world, cascade, sign_in):
    delivery = hop(cascade, world.body)
    with pytest.raises(NotPossible):
        commands.reply(delivery.code, "A4", by=world.coordinator, text="ก่อนลงรับ")
    commands.receive(delivery.code, by=world.registrar_body)
    for code in ("A1", "A2", "A9"):  # of another kind of office, done by applying, not there
        with pytest.raises(NotPossible):
            commands.reply(delivery.code, code, by=world.coordinator, text="ทำแล้ว")
    with pytest.raises(NotComplete):
        commands.reply(delivery.code, "A4", by=world.coordinator, text="  ")
    browser = sign_in(world.users["coordinator"])
    url = f"/circulars/hops/{delivery.code}/reply/A4/"
    bad = browser.post(url, {"text": "พร้อมหลักฐาน", "proof": SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 100)})
    assert bad.status_code == 422
    assert "พร้อมหลักฐาน" in bad.content.decode()
    assert not Reply.objects.exists()
    good = SimpleUploadedFile("หลักฐาน.txt", "ตอบแบบสำรวจแล้ว".encode())
    assert browser.post(url, {"text": "<b>ตอบแล้ว</b>", "proof": good}).status_code == 302
    page = browser.get(f"/circulars/hops/{delivery.code}/").content.decode()
    assert "&lt;b&gt;ตอบแล้ว" in page
    file = browser.get(f"/circulars/hops/{delivery.code}/proof/A4/")
    assert file["Content-Disposition"].startswith("attachment")
    assert Entry.objects.latest("number").event == "delivery.replied"
    assert sign_in(world.users["stranger"]).get(f"/circulars/hops/{delivery.code}/proof/A4/").status_code == 404


def test_what_waits_for_whom(world, cascade):
    assert [one.url for one in waiting_for(world.registrar_body)] == [
        f"/circulars/hops/{hop(cascade, world.body).code}/"
    ]
    assert waiting_for(world.head) == []
    commands.receive(hop(cascade, world.body).code, by=world.registrar_body)
    assert waiting_for(world.registrar_body) == []
    assert len(waiting_for(world.head)) == 1
    with clock.at(AT(2022, 1, 15)), CaptureQueriesContext(connection) as asked:
        titles = [str(one.title) for one in waiting_for(world.coordinator)]
    assert len(titles) == 2
    assert len(asked) <= 6


def test_the_ledger_counts_hops_days_and_what_is_lost(world, cascade):
    with clock.at(AT(2022, 1, 20)):
        rows = {row.key: row for row in ledger.by_level(cascade, world.officer)}
        lost = ledger.lost(ledger.standing(cascade, world.officer))
        provinces = {row.key: row for row in ledger.by_province(cascade, world.officer)}
        lines = {one.organisation_code: one for one in ledger.lines(ledger.Hops(cascade, world.officer).read(100))}
    assert (rows["PROVINCE"].addressed, rows["PROVINCE"].received, rows["PROVINCE"].forwarded) == (2, 1, 1)
    assert rows["MINISTRY"].days == 2
    assert rows["DEPARTMENT"].days == 4  # 23 to 29 December, over a week-end
    # Names were due on the 24th: only the ministry had the letter before.
    assert [(one.code, one.hops, one.asked) for one in lost] == [("A1", 5, 6)]
    assert (provinces["54"].addressed, provinces["54"].silent, provinces["54"].late) == (3, 1, 3)
    assert lines["MOI"].late == []
    assert lines["DLA"].late == [1]
    assert (lines["TH-55"].held, lines["TH-54"].held) == (True, False)
    assert lines["DLA"].below == 2


def test_each_office_sees_its_own_part_of_the_ledger(world, cascade, sign_in):
    seen = set(ledger.hops(cascade, world.registrar_province).values_list("organisation__code", flat=True))
    assert seen == {"TH-54", "TH-5401", "L-540101"}
    page = sign_in(world.users["registrar_province"]).get(f"/circulars/{cascade.code}/ledger/").content.decode()
    assert world.province.name_th in page
    assert world.other_province.name_th not in page
    rows = list(ledger.export(cascade, world.registrar_province))
    # Three hops and their header; everybody in the province has it, so nobody is listed as still without.
    assert len(rows) == 4


def test_pages_ask_as_often_for_many_as_for_one(world, cascade, sign_in):
    browser = sign_in(world.users["officer"])
    urls = ["/circulars/out/", f"/circulars/{cascade.code}/ledger/", "/circulars/registers/?direction=OUT"]
    counts = []
    for _ in range(2):
        for url in urls:
            browser.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(url).status_code == 200
            counts.append(len(asked))
        with clock.at(AT(2022, 1, 12)):
            other = hop(cascade, world.other_province)
            if other.state == "SENT":
                Delivery.objects.filter(pk=other.pk).update(
                    state="RECEIVED", received_number=1, received_at=clock.now()
                )
                send(commands.draft("GECC-2565", by=world.officer), by=world.officer, selection={"kinds": ["DISTRICT"]})
                send(commands.draft("GECC-2565", by=world.officer), by=world.officer)
    assert counts[: len(urls)] == counts[len(urls) :]


def test_registers_are_read_by_their_office_and_exported_safely(world, cascade, sign_in):
    RegisterEntry.objects.filter(organisation=world.province, direction="IN").update(subject='=HYPERLINK("http://x")')
    browser = sign_in(world.users["registrar_province"])
    url = f"/circulars/registers/{world.province.code}/IN/2565"
    rows = list(load_workbook(BytesIO(browser.get(f"{url}.xlsx").content)).active.values)
    assert rows[1][:8] == ("เลขทะเบียน", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
    assert rows[2][5] == '=HYPERLINK("http://x")'  # a text: openpyxl would show a formula's cell as one
    sheet = load_workbook(BytesIO(browser.get(f"{url}.xlsx").content)).active
    assert {cell.data_type for row in sheet.iter_rows(min_row=3) for cell in row} <= {"s", "n"}
    assert browser.get(f"{url}.pdf").content.startswith(b"%PDF-")
    page = browser.get("/circulars/registers/?direction=IN&year=2565&q=ทส").content.decode()
    assert "=HYPERLINK" in page
    assert browser.get(f"/circulars/registers/{world.body.code}/IN/2565.xlsx").status_code == 404
    assert sign_in(world.users["stranger"]).get(f"{url}.xlsx").status_code == 403
    assert not registers.offices(world.stranger).exists()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "＝1"])
def test_no_cell_begins_a_formula(cell):
    assert tables.safe(cell) == f"'{cell}"
    assert tables.safe("ปกติ 1=1") == "ปกติ 1=1"


def test_the_progress_of_sending_is_a_part_of_the_page(world, gecc, sign_in):
    draft = sign(commands.draft(gecc.code, by=world.officer), by=world.officer, selection={"kinds": ["PROVINCE"]})
    browser = sign_in(world.users["officer"])
    assert "2" in browser.get(f"/circulars/{draft.code}/check/").content.decode()
    assert browser.post(f"/circulars/{draft.code}/issue/").status_code == 302
    waiting = browser.get(f"/circulars/{draft.code}/progress/").content.decode()
    assert 'hx-trigger="every 1s"' in waiting
    jobs.send.func(draft.code)
    assert commands.send_batch(draft.code, by=SENDING) == 0
    done = browser.get(f"/circulars/{draft.code}/progress/").content.decode()
    assert "hx-trigger" not in done


def test_the_forward_button_walks_to_the_check_in_the_browser(world, root, sign_in):
    browser = sign_in(world.users["registrar_ministry"])
    code = hop(root, world.ministry).code
    assert browser.post(f"/circulars/hops/{code}/receive/").status_code == 302
    assert browser.get(f"/circulars/hops/{code}/").status_code == 200
    edit = browser.post(f"/circulars/hops/{code}/forward/").url
    form = browser.get(edit).context["form"]
    fields = {}
    for bound in form:
        value = bound.value()
        fields[bound.html_name] = bound.field.widget.format_value(value) if "due_" in bound.html_name else value
    fields = {name: value for name, value in fields.items() if value is not None}
    fields |= {"signatory": "นายสมมุติ ตัวอย่างดี", "position": "ปลัดกระทรวง", "choice": "children", "check": "1"}
    wrong = browser.post(edit, fields | {"due_A4": "2022-12-31T00:00"})
    assert wrong.status_code == 422
    assert "ไม่ช้ากว่า" in wrong.content.decode() or "never later" in wrong.content.decode()
    good = browser.post(edit, fields)
    assert good.status_code == 302, good.context["form"].errors
    check = browser.get(good.url).content.decode()
    assert world.department.name_th in check
    assert browser.post(good.url.replace("/check/", "/issue/")).status_code == 302
    assert Circular.objects.get(parent__code=code).state == "ISSUING"
