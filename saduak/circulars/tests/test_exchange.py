"""Letters to and from offices with another system: out and in through folders, each message once, and a reason for what is not taken."""

import datetime as dt
import io
from datetime import timedelta
from functools import cache
from xml.etree.ElementTree import tostring

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from saduak.circulars import commands, jobs
from saduak.circulars.models import Circular, Delivery, ExchangeAddress, ExchangeMessage, RegisterEntry
from saduak.circulars.queries.boxes import outgoing
from saduak.circulars.tests.conftest import SENDING, hop, send
from saduak.documents.typesetting import typeset
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotAllowed, NotComplete
from saduak.outbox.models import Message as Mail
from saduak.people.actor import system
from saduak.saraban.exchange import (
    Binary,
    CorrespondenceLetter,
    FolderTransport,
    Message,
    Notice,
    NoticeKind,
    Party,
    write,
)
from saduak.saraban.exchange.tree import find, parse
from saduak.saraban.tests.test_exchange_transports import Gateway

BY = system("operator")
OURS, THEIRS = "01001", "15001"
AT = clock.bangkok(2021, 12, 22, 9)
HOSTILE = "<script>alert(1)</script>{{7*7}}\u202e"


@pytest.fixture
def root_folder(tmp_path):
    return tmp_path / "exchange"


@pytest.fixture
def partners(world, root_folder):
    """The secretariat uses this Saduak, the ministry another system; both reach each other by a folder."""
    with clock.at(clock.bangkok(2021, 12, 1, 9)):
        for office, side, department in (("OPM", "OURS", OURS), ("MOI", "THEIRS", THEIRS)):
            commands.set_address(
                office, by=BY, side=side, carrier="FOLDER", place=str(root_folder), department=department
            )
    return FolderTransport(root_folder, own=THEIRS)


def run(at=AT) -> dict[str, int]:
    with clock.at(at):
        return jobs.exchange_now()[OURS]


def arrived(other: FolderTransport) -> list[Message]:
    found = []
    for parcel in other.arrivals():
        found.append(parcel.message)
        parcel.settle()
    return found


@cache
def the_pdf() -> bytes:
    return typeset("letter", PLAIN)


def letter(**more) -> CorrespondenceLetter:
    parts = {
        "number": "มท ๐๒๐๑/ว ๕๕๑๒", "date": dt.date(2021, 12, 20), "subject": "ขอเชิญประชุม", "sender": Party(THEIRS, "", "สมมุติ", "ดี", "ปลัดกระทรวง"),
        "receiver": Party(OURS), "urgency": "ด่วนที่สุด", "enclosures": ("ระเบียบวาระ จำนวน ๑ ฉบับ",), "main": Binary(the_pdf(), name="letter.pdf"),
    }  # fmt: skip
    return CorrespondenceLetter(**parts | more)


PLAIN = {"subject": "ทดสอบ", "addressee": "ปลัด", "date": "๒๐ ธันวาคม ๒๕๖๔", "signatory": {"name": "ก", "position": []}, "paragraphs": ["ด้วยทดสอบ"]}  # fmt: skip


def test_a_letter_goes_out_once_and_its_notices_mark_the_hop(world, partners, root):
    assert run() == {"taken": 0, "aside": 0, "sent": 1, "failed": 0}
    assert run() == {"taken": 0, "aside": 0, "sent": 0, "failed": 0}
    (sent,) = arrived(partners)
    content = sent.content
    assert (content.number, content.date, content.subject) == (root.number, dt.date(2021, 12, 21), root.subject)
    assert (content.sender.department, content.receiver.department) == (OURS, THEIRS)
    assert content.main.content.startswith(b"%PDF-")

    def say(kind: NoticeKind, identity: str, **more) -> None:
        notice = Notice(kind, content.number, content.date, content.subject, department=THEIRS, **more)
        partners.send(Message(identity, OURS, notice), to=OURS)

    delivery = hop(root, world.ministry)
    say(NoticeKind.RECEIVED, "urn:other:1")
    assert run()["taken"] == 1
    delivery.refresh_from_db()
    assert delivery.state == "SENT"
    say(NoticeKind.ACCEPTED, "urn:other:2", accept_number="ไม่มีเลข")
    assert run() == {"taken": 0, "aside": 1, "sent": 1, "failed": 0}
    assert [one.content.kind for one in arrived(partners)] == [NoticeKind.WRONG_ACCEPT_NUMBER]
    say(NoticeKind.ACCEPTED, "urn:other:3", accept_number="๔๗๖/๒๕๖๔", accepted_at=clock.bangkok(2021, 12, 21, 15))
    assert run()["taken"] == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.received_number, delivery.received_year) == ("RECEIVED", 476, 2564)
    assert delivery.received_at == clock.bangkok(2021, 12, 21, 15)
    assert not RegisterEntry.objects.filter(organisation=world.ministry).exists(), (
        "its register stands in its own system"
    )
    (root_box := partners.root / OURS / "done").mkdir(exist_ok=True)
    for path in root_box.iterdir():
        path.unlink()
    say(NoticeKind.ACCEPTED, "urn:other:3", accept_number="๙๙๙", accepted_at=clock.bangkok(2021, 12, 22, 8))
    assert run()["taken"] == 0, "a message whose id is known does nothing"
    delivery.refresh_from_db()
    assert delivery.received_number == 476
    say(NoticeKind.REJECTED, "urn:other:4", reason="ไม่ใช่ภารกิจของกระทรวง")
    run()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_back.reason) == ("RETURNED", "ไม่ใช่ภารกิจของกระทรวง")
    assert Mail.objects.filter(kind="delivery.sent_back").exists()


def test_a_letter_comes_in_once_is_received_and_its_number_goes_back(world, partners, sign_in):
    partners.send(Message("urn:other:1", OURS, letter()), to=OURS)
    partners.send(Message("urn:other:1b", OURS, letter()), to=OURS)
    assert run() == {"taken": 2, "aside": 0, "sent": 1, "failed": 0}
    circular = Circular.objects.get()
    assert (circular.outside, circular.number, circular.sender) == (True, "มท 0201/ว 5512", world.ministry)
    assert circular.urgency == "MOST_URGENT"
    # It never left from here: it is no outgoing letter, neither for those who see all nor where it came from.
    assert not any(outgoing(one).exists() for one in (world.officer, world.registrar_ministry))
    delivery = Delivery.objects.get()
    assert (delivery.organisation, delivery.state) == (world.secretariat, "SENT")
    assert [one.content.kind for one in arrived(partners)] == [NoticeKind.RECEIVED]

    browser = sign_in(world.users["registrar_secretariat"])
    page = browser.get(f"/circulars/hops/{delivery.code}/")
    assert page.status_code == 200
    assert "letter.pdf" in page.content.decode()
    for path in (f"hops/{delivery.code}/files/0/", f"hops/{delivery.code}/letter.pdf", f"{circular.code}/letter.pdf"):
        answer = browser.get(f"/circulars/{path}")
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content == the_pdf(), path
    for path in (f"{circular.code}/", f"{circular.code}/ledger/", ""):
        assert browser.get(f"/circulars/{path}").status_code == 200, path
    assert browser.get(f"/circulars/hops/{delivery.code}/files/9/").status_code == 404
    drawn = browser.get(f"/circulars/hops/{delivery.code}/pages/1/")
    assert b"".join(drawn.streaming_content)[8:12] == b"WEBP"
    assert browser.get(f"/circulars/hops/{delivery.code}/pages/2/").status_code == 404
    assert sign_in(world.users["stranger"]).get(f"/circulars/hops/{delivery.code}/files/0/").status_code == 404

    with clock.at(AT + timedelta(hours=1)):
        commands.receive(delivery.code, by=world.registrar_secretariat)
    assert run(AT + timedelta(hours=2))["sent"] == 1
    (accepted,) = arrived(partners)
    assert (accepted.content.kind, accepted.content.accept_number) == (NoticeKind.ACCEPTED, "1/2564")
    assert (accepted.content.number, accepted.content.date) == (circular.number, dt.date(2021, 12, 20))
    with clock.at(AT + timedelta(hours=3)):
        commands.send_back(delivery.code, by=world.registrar_secretariat, reason="ไม่ใช่ของเรา")
    assert run(AT + timedelta(hours=4))["sent"] == 1
    assert [(one.content.kind, one.content.reason) for one in arrived(partners)] == [
        (NoticeKind.REJECTED, "ไม่ใช่ของเรา")
    ]
    delivery.refresh_from_db()
    assert delivery.state == "CLOSED"
    assert {"exchange.letter_taken", "exchange.sent"} <= set(Entry.objects.values_list("event", flat=True))


@pytest.mark.parametrize(
    ("changed", "kind", "says"),
    [
        ({"sender": Party("99999")}, NoticeKind.REJECTED, "ไม่รู้จัก"),
        ({"receiver": Party("77777")}, NoticeKind.REJECTED, "หน่วยงานนี้"),
        ({"secrecy": "ลับ"}, NoticeKind.REJECTED, "ลับ"),
        ({"main": Binary(b"MZ\x00\x01\x02", "application/pdf", "letter.pdf")}, NoticeKind.WRONG_LETTER, "letter.pdf"),
    ],
    ids=["sender", "receiver", "secret", "program"],
)
def test_a_letter_that_is_not_for_us_is_put_aside_with_its_reason_and_its_sender_told(
    world, partners, changed, kind, says
):
    sender = changed.get("sender", Party(THEIRS)).department
    partners.send(Message("urn:other:1", OURS, letter(**changed)), to=OURS)
    assert run() == {"taken": 0, "aside": 1, "sent": 1, "failed": 0}
    assert run() == {"taken": 0, "aside": 0, "sent": 0, "failed": 0}
    assert not Circular.objects.exists()
    (reason,) = (partners.root / OURS / "failed").glob("*.txt")
    assert says in reason.read_text(encoding="utf-8")
    (told,) = arrived(FolderTransport(partners.root, own=sender))
    assert told.content.kind == kind
    assert says in told.content.reason


def test_what_is_no_message_and_what_speaks_of_no_letter_of_ours_is_put_aside(world, partners):
    box = partners.root / OURS / "in"
    box.mkdir(parents=True)
    (box / "a.xml").write_bytes(b"<not-xml")
    notice = Notice(NoticeKind.ACCEPTED, "นร 1/ว 1", dt.date(2021, 12, 1), accept_number="1", department=THEIRS)
    partners.send(Message("urn:other:9", OURS, notice), to=OURS)
    assert run() == {"taken": 0, "aside": 2, "sent": 0, "failed": 0}
    assert len(list((partners.root / OURS / "failed").glob("*.txt"))) == 2
    assert set(ExchangeMessage.objects.values_list("state", flat=True)) == {"REFUSED"}


def test_markup_in_every_field_stays_text(world, partners, sign_in):
    parts = letter(
        number=f"มท 1/{HOSTILE}", subject=HOSTILE * 30, description=HOSTILE, enclosures=(HOSTILE,),
        sender=Party(THEIRS, "", HOSTILE, HOSTILE, HOSTILE), main=None,
    )  # fmt: skip
    partners.send(Message("urn:other:" + "x" * 900, OURS, parts), to=OURS)
    assert run()["taken"] == 1
    delivery = Delivery.objects.get()
    page = sign_in(world.users["registrar_secretariat"]).get(f"/circulars/hops/{delivery.code}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "49\u202e" not in page


def test_a_carrier_that_fails_is_tried_again_and_what_cannot_be_sent_is_told(world, partners, root, root_folder):
    box = root_folder / THEIRS
    box.mkdir(parents=True, exist_ok=True)
    (box / "in").write_bytes(b"a file where the folder should be")
    assert run()["failed"] == 1
    message = ExchangeMessage.objects.get()
    assert (message.state, message.attempts) == ("WAITING", 1)
    assert message.why_th
    assert run()["failed"] == 0, "not before its time"
    (box / "in").unlink()
    assert run(AT + timedelta(hours=1))["sent"] == 1
    (told,) = arrived(partners)
    partners.send(Message("urn:other:5", OURS, Notice(NoticeKind.WRONG_LETTER, told.content.number, told.content.date, department=THEIRS, reason="อ่านไม่ได้")), to=OURS)  # fmt: skip
    run(AT + timedelta(hours=2))
    message.refresh_from_db()
    assert (message.state, message.why_th) == ("FAILED", "อ่านไม่ได้")
    assert Mail.objects.filter(kind="exchange.failed").exists()
    with clock.at(AT + timedelta(hours=3)):
        assert commands.retry_failed(by=BY) == 1


def test_letters_of_before_and_of_stopped_partners_do_not_leave(world, root, root_folder):
    with clock.at(AT):
        commands.set_address("OPM", by=BY, side="OURS", carrier="FOLDER", place=str(root_folder), department=OURS)
        commands.set_address("MOI", by=BY, side="THEIRS", carrier="FOLDER", place=str(root_folder), department=THEIRS)
    assert run()["sent"] == 0
    ExchangeAddress.objects.filter(department=THEIRS).update(since=clock.bangkok(2021, 1, 1, 9))
    commands.stop_address("MOI", by=BY)
    assert run()["sent"] == 0
    ExchangeAddress.objects.update(active=True)
    assert run()["sent"] == 1


def test_the_clock_queues_each_office_once_a_minute(world, partners):
    with clock.at(AT):
        assert jobs.exchange_by_the_clock() == 1
        assert jobs.exchange_by_the_clock() == 0
    with clock.at(AT + timedelta(minutes=1)):
        assert jobs.exchange_by_the_clock() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"office": "NONE"}, "office"),
        ({"side": "BOTH"}, "side"),
        ({"carrier": "PIGEON"}, "carrier"),
        ({"place": "relative/path"}, "place"),
        ({"carrier": "SOAP", "place": "file:///etc/passwd"}, "place"),
        ({"department": "../.."}, "department"),
        ({"department": OURS}, "department"),
    ],
)
def test_an_address_that_cannot_be_one_is_refused_by_its_field(world, partners, changed, field):
    given = {
        "office": "DLA",
        "side": "OURS",
        "carrier": "FOLDER",
        "place": "/srv/exchange",
        "department": "15099",
    } | changed
    with pytest.raises(NotComplete) as refused:
        commands.set_address(given.pop("office"), by=BY, **given)
    assert refused.value.field == field
    with pytest.raises(NotAllowed):
        commands.set_address("DLA", by=world.officer, side="OURS", carrier="FOLDER", place="/x", department="1")
    with pytest.raises(NotAllowed):
        commands.exchange_once(ExchangeAddress.objects.get(department=OURS), by=world.operator)


def test_the_command_line_sets_lists_runs_and_stops(world, root_folder, root):
    def said(*arguments: str) -> str:
        out = io.StringIO()
        call_command("exchange", *arguments, stdout=out)
        return out.getvalue()

    place = ["--carrier", "folder", "--place", str(root_folder)]
    said("set", "MOI", "--side", "theirs", "--department", THEIRS, *place)
    ExchangeAddress.objects.update(since=clock.bangkok(2021, 1, 1, 9))
    assert "cannot leave" in said("list")
    said("set", "OPM", "--side", "ours", "--department", OURS, *place)
    assert "1 sent" in said("run")
    assert "cannot leave" not in said("list")
    assert "0 messages" in said("retry")
    assert "Stopped" in said("stop", "MOI")
    with pytest.raises(CommandError, match="no organisation"):
        said("set", "NONE", "--side", "ours", "--department", "1", *place)
    with pytest.raises(CommandError, match="no address"):
        said("stop", "DLA")


@pytest.fixture
def gateway():
    made = Gateway()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_the_same_by_a_gateway(world, gecc, gateway):
    """SOAP behind the same interface; its notices do not name the office that gives them, its answers have no id of the sender's."""
    with clock.at(clock.bangkok(2021, 12, 1, 9)):
        for office, side, department in (("OPM", "OURS", OURS), ("MOI", "THEIRS", THEIRS)):
            commands.set_address(office, by=BY, side=side, carrier="SOAP", place=gateway.url, department=department)
    with clock.at(clock.bangkok(2021, 12, 21, 9)):
        sent = send(commands.draft(gecc.code, by=world.officer), by=world.officer)
    assert run()["sent"] == 1
    assert gateway.sent[0].content.number == sent.number

    def put(process: str, content: object, element: str) -> None:
        inside = find(parse(write(Message("", OURS, content))), element)
        gateway.put(process, tostring(inside))

    on = dt.date(2021, 12, 21)
    put("PROCESS-0001", Notice(NoticeKind.RECEIVED, sent.number, on), "ReceiveLetterNotifier")
    put("PROCESS-0002", Notice(NoticeKind.ACCEPTED, sent.number, on, accept_number="๔๗๖"), "AcceptLetterNotifier")
    put("PROCESS-0003", letter(), "GovernmentDocument")
    put("PROCESS-0004", letter(number="มท ๐๒๐๑/ว ๕๕๑๓"), "GovernmentDocument")
    assert run(AT + timedelta(hours=1)) == {"taken": 4, "aside": 0, "sent": 2, "failed": 0}
    assert gateway.queue == []
    delivery = hop(sent, world.ministry)
    assert (delivery.state, delivery.received_number) == ("RECEIVED", 476)
    assert Circular.objects.filter(outside=True).count() == 2
    assert [one.content.kind for one in gateway.sent[1:]] == [NoticeKind.RECEIVED] * 2
    gateway.answer = (503, b"")
    run(AT + timedelta(hours=2))
    assert "503" in ExchangeAddress.objects.get(department=OURS).trouble_th
    gateway.answer = None
    run(AT + timedelta(hours=3))
    assert ExchangeAddress.objects.get(department=OURS).trouble_th == ""


def test_every_office_of_a_circular_by_its_own_way(world, partners, gecc):
    """Only those with another system get it through the exchange."""
    with clock.at(AT):
        draft = commands.draft(gecc.code, by=world.officer)
        send(draft, by=world.officer, selection={"list": "MOI\nDLA"})
        assert not commands.send_batch(draft.code, by=SENDING)
    assert run(AT + timedelta(minutes=1))["sent"] == 1
    assert ExchangeMessage.objects.get(outgoing=True).delivery.organisation == world.ministry
