"""Messages on their way: by folders and by SOAP, both behind one interface; nothing lost, nothing taken twice."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from saduak.saraban.exchange import (
    FolderTransport,
    Message,
    Notice,
    NoticeKind,
    SoapTransport,
    Transport,
    TransportFailed,
    UnreadableMessage,
    read,
    write,
)
from saduak.saraban.exchange.tree import find, parse, text
from saduak.saraban.refusal import Unreadable

NO = Unreadable("ไม่รับ", "Not taken")


def message(number: int = 1) -> Message:
    return Message(f"urn:x:{number}", "B", Notice(NoticeKind.RECEIVED, f"มท 1/{number}", dt.date(2022, 1, 1), "เรื่อง"))


@pytest.fixture
def folder(tmp_path):
    return lambda own: FolderTransport(tmp_path / "exchange", own=own)


def settle_all(transport: Transport) -> list[str]:
    taken = []
    for parcel in transport.arrivals():
        taken.append(parcel.message.id)
        parcel.settle()
    return taken


def test_a_folder_carries_messages_once_and_in_order(folder):
    sender, receiver = folder("A"), folder("B")
    assert settle_all(receiver) == []
    for number in (3, 1, 2):
        sender.send(message(number), to="B")
    assert settle_all(folder("A")) == []
    assert settle_all(receiver) == ["urn:x:3", "urn:x:1", "urn:x:2"]
    sender.send(message(3), to="B")
    assert settle_all(receiver) == [], "what was taken in does not come again when it is sent again"


def test_a_parcel_that_is_not_settled_comes_again(folder):
    folder("A").send(message(), to="B")
    assert [parcel.message.id for parcel in folder("B").arrivals()] == ["urn:x:1"]
    assert settle_all(folder("B")) == ["urn:x:1"]


def test_a_parcel_is_held_by_one_taker_alone(folder):
    folder("A").send(message(), to="B")
    for parcel in folder("B").arrivals():
        assert settle_all(folder("B")) == []
        parcel.settle()
    assert settle_all(folder("B")) == []


def test_many_takers_at_once_take_everything_once(folder):
    for number in range(40):
        folder("A").send(message(number), to="B")
    taken: list[str] = []
    workers = [threading.Thread(target=lambda: taken.extend(settle_all(folder("B")))) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    taken += settle_all(folder("B"))
    assert sorted(taken) == sorted(f"urn:x:{number}" for number in range(40))


def test_a_taker_that_is_killed_leaves_the_message_for_the_next(folder, tmp_path):
    folder("A").send(message(), to="B")
    code = (
        "import sys\nfrom saduak.saraban.exchange import FolderTransport\n"
        f"for parcel in FolderTransport({str(tmp_path / 'exchange')!r}, own='B').arrivals():\n"
        "    print(parcel.message.id, flush=True)\n    sys.stdin.read()\n"
    )
    taker = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert taker.stdout.readline().strip() == "urn:x:1"
    assert settle_all(folder("B")) == [], "held by the other process"
    os.kill(taker.pid, signal.SIGKILL)
    taker.communicate()
    assert settle_all(folder("B")) == ["urn:x:1"]


def test_what_cannot_be_read_is_put_aside_with_the_reason(folder, tmp_path):
    folder("A").send(message(), to="B")
    (tmp_path / "exchange" / "B" / "in" / "0.xml").write_bytes(b"<!DOCTYPE a><a/>")
    (tmp_path / "exchange" / "B" / "in" / "1.xml").write_bytes(b"")
    (tmp_path / "exchange" / "B" / "in" / "2.xml").symlink_to("/etc/passwd")
    refused = []
    for parcel in folder("B").arrivals():
        try:
            assert parcel.message
            parcel.settle()
        except UnreadableMessage as reason:
            refused.append(reason.code)
            parcel.refuse(reason)
    assert sorted(refused) == ["empty", "forbidden-xml"]
    failed = tmp_path / "exchange" / "B" / "failed"
    assert sorted(path.name for path in failed.iterdir()) == ["0.txt", "0.xml", "1.txt", "1.xml"]
    assert "DOCTYPE" in (failed / "0.txt").read_text(encoding="utf-8")


def test_half_a_file_is_never_seen(folder, tmp_path):
    folder("A").send(message(), to="B")
    inbox = tmp_path / "exchange" / "B" / "in"
    (inbox / ".0123.part").write_bytes(b"<half")
    os.utime(inbox / ".0123.part", (0, 0))
    assert settle_all(folder("B")) == ["urn:x:1"]
    folder("A").send(message(2), to="B")
    assert not (inbox / ".0123.part").exists(), "what an interrupted sender left is swept away after a day"


@pytest.mark.parametrize("office", ["../B", "", "a/b", ".", "ก", "a" * 65, "B.x"])
def test_an_office_code_is_no_path(folder, office):
    with pytest.raises(TransportFailed) as refused:
        folder("A").send(message(), to=office)
    assert not refused.value.again


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(tmp_path):
    (tmp_path / "exchange").write_text("a file stands here")
    with pytest.raises(TransportFailed) as refused:
        FolderTransport(tmp_path / "exchange", own="A").send(message(), to="B")
    assert refused.value.again


class Gateway:
    """A small gateway with one queue, as an e-CMS gives it; `answer` takes the place of what it would say."""

    def __init__(self) -> None:
        self.queue: list[bytes] = []
        self.sent: list[Message] = []
        self.answer: tuple[int, bytes] | None = None
        self.wait = threading.Event()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                content = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = gateway.answer or (200, gateway.respond(content))
                if answer == b"hang":
                    gateway.wait.wait(5)
                    return
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/ecms-ws01/service2"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def respond(self, content: bytes) -> bytes:
        root = parse(content)
        if find(root, "CorrespondenceLetterInboundRequest") is not None:
            inside = self.queue[0] if self.queue else b""
            return (
                b"<Envelope><Body><CorrespondenceLetterInboundResponse>"
                + inside
                + b"</CorrespondenceLetterInboundResponse></Body></Envelope>"
            )
        if find(root, "CorrespondenceLetterDeleteRequest") is not None:
            self.queue = [one for one in self.queue if text(find(root, "ProcessID")).encode() not in one]
            return b"<Envelope><Body><CorrespondenceLetterDeleteResponse><ProcessID>d</ProcessID></CorrespondenceLetterDeleteResponse></Body></Envelope>"
        self.sent.append(read(content))
        return b"<Envelope><Body><CorrespondenceLetterOutboundResponse><ProcessID>P-9</ProcessID></CorrespondenceLetterOutboundResponse></Body></Envelope>"

    def put(self, process: str, inside: bytes) -> None:
        self.queue.append(f"<ProcessID>{process}</ProcessID>".encode() + inside)


@pytest.fixture
def gateway():
    made = Gateway()
    yield made
    made.wait.set()
    made.server.shutdown()
    made.server.server_close()


def soap(gateway, tmp_path, **options) -> SoapTransport:
    return SoapTransport(gateway.url, own="11008", aside=tmp_path / "aside", **options)


REJECTED = "<RejectLetterNotifier><LetterID>มท 1/1</LetterID><CorrespondenceDate>2022-01-01</CorrespondenceDate><Subject>ก</Subject></RejectLetterNotifier>".encode()


def test_soap_sends_and_empties_the_queue(gateway, tmp_path):
    transport: Transport = soap(gateway, tmp_path)
    assert transport.send(message(), to="B") == "P-9"
    assert gateway.sent == [message()]
    gateway.put("p1", REJECTED)
    gateway.put("p2", REJECTED.replace(b"1/1", b"1/2"))
    taken = []
    for parcel in transport.arrivals():
        taken.append((parcel.message.process_id, parcel.message.content.number))
        parcel.settle()
    assert taken == [("p1", "มท 1/1"), ("p2", "มท 1/2")]
    assert gateway.queue == []


def test_soap_stops_at_what_was_not_settled(gateway, tmp_path):
    gateway.put("p1", REJECTED)
    gateway.put("p2", REJECTED)
    assert [parcel.message.process_id for parcel in soap(gateway, tmp_path).arrivals()] == ["p1"]
    assert len(gateway.queue) == 2


def test_soap_keeps_what_it_cannot_read_before_it_deletes_it(gateway, tmp_path):
    gateway.put("p1", b"<Strange/>")
    for parcel in soap(gateway, tmp_path).arrivals():
        with pytest.raises(UnreadableMessage) as reason:
            _ = parcel.message
        parcel.refuse(reason.value)
    assert gateway.queue == []
    kept = {path.suffix: path.read_bytes() for path in (tmp_path / "aside").iterdir()}
    assert b"<Strange/>" in kept[".xml"]
    assert reason.value.english.encode() in kept[".txt"]


@pytest.mark.parametrize(
    ("status", "answer", "again", "said"),
    [
        (
            500,
            b"<E><Body><Fault><faultcode>S</faultcode><faultstring>no schema</faultstring></Fault></Body></E>",
            False,
            "no schema",
        ),
        (200, b"<E><ErrorCode>E12</ErrorCode><ErrorDescription>bad code</ErrorDescription></E>", False, "E12 bad code"),
        (503, b"", True, "HTTP 503"),
        (404, b"not here", False, "HTTP 404"),
        (302, b"", False, "HTTP 302"),
        (200, b"<html>login", True, "XML"),
        (200, b"hang", True, "timed out"),
    ],
)
def test_soap_says_what_went_wrong_and_whether_to_try_again(gateway, tmp_path, status, answer, again, said):
    gateway.answer = (status, answer)
    with pytest.raises(TransportFailed) as failed:
        soap(gateway, tmp_path, timeout=0.3).send(message(), to="B")
    assert failed.value.again is again
    assert said in failed.value.english
    assert said in failed.value.thai or said in ("XML",)


def test_soap_without_a_gateway_is_tried_again(gateway, tmp_path):
    gateway.server.shutdown()
    gateway.server.server_close()
    with pytest.raises(TransportFailed) as failed:
        soap(gateway, tmp_path, timeout=0.3).send(message(), to="B")
    assert failed.value.again


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/", "x", "http://"])
def test_soap_takes_only_web_addresses(url, tmp_path):
    with pytest.raises(ValueError, match="http"):
        SoapTransport(url, own="1", aside=tmp_path)


def test_the_xml_of_a_message_is_the_same_whatever_carries_it(folder, tmp_path):
    folder("A").send(message(), to="B")
    (path,) = (tmp_path / "exchange" / "B" / "in").glob("*.xml")
    assert path.read_bytes() == write(message(), extended=True)
