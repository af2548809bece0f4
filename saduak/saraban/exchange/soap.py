"""The same messages by SOAP 1.1 over HTTP: each request a POST of an envelope, the answer in the response.

An e-CMS gateway keeps one queue for an office. The head of the queue is asked for, taken in, and then deleted by its
ProcessID; until it is deleted it comes again.
"""

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from saduak.saraban.exchange.codec import envelope, from_tree, to_bytes, write
from saduak.saraban.exchange.model import Message
from saduak.saraban.exchange.transport import TransportFailed
from saduak.saraban.exchange.tree import MOST_BYTES, UnreadableMessage, find, parse, text
from saduak.saraban.refusal import Unreadable

_MOST_ARRIVALS = 500
"""Messages taken in one go, so that a gateway that never empties its queue does not hold a worker for ever."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class SoapTransport:
    """Carries messages through the gateway at `url`. `timeout` is in seconds for connecting and for each read.

    `aside` is a folder of ours for messages that cannot be read: the gateway keeps nothing once it has deleted one.
    Raises ValueError for an address that is not http or https.
    """

    def __init__(self, url: str, *, own: str, aside: Path | str, timeout: float = 60.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"The address of the gateway must be http:// or https://…, not {url[:80]!r}.")
        self.url = url
        self.own = own
        self.aside = Path(aside)
        self.timeout = timeout
        self._opener = urllib.request.build_opener(_NoRedirect)

    def send(self, message: Message, *, to: str) -> str:
        """Send the message; answers the gateway's ProcessID. `to` is the office's code, which the letter itself names."""
        answer = self._understood(self._ask(write(message)))
        return text(find(answer, "ProcessID")) or message.id

    def arrivals(self) -> Iterator["SoapParcel"]:
        """The queue, one by one; stops at the first that was neither settled nor refused."""
        for number in range(_MOST_ARRIVALS):
            root, body = envelope(f"{self.own}.inbound.{number}", self.url)
            SubElement(body, "CorrespondenceLetterInboundRequest")
            raw = self._ask(to_bytes(root))
            answer = self._understood(raw)
            process = text(find(answer, "ProcessID"))
            if not process:
                return
            parcel = SoapParcel(self, raw, answer, process)
            yield parcel
            if not parcel.settled:
                return

    def delete(self, process_id: str) -> None:
        """Take a message off the gateway's queue."""
        root, body = envelope(f"{self.own}.delete.{process_id}", self.url)
        request = SubElement(body, "CorrespondenceLetterDeleteRequest")
        SubElement(request, "ProcessID").text = process_id
        self._understood(self._ask(to_bytes(root)))

    def _ask(self, content: bytes) -> bytes:
        """POST an envelope; the answer as it came."""
        request = urllib.request.Request(  # noqa: S310  the scheme is checked above
            self.url,
            data=content,
            headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'},
            method="POST",
        )
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                answer = bytes(response.read(MOST_BYTES + 1))
        except urllib.error.HTTPError as error:
            with error:
                answer = bytes(error.read(MOST_BYTES)) if error.code == 500 else b""  # a SOAP fault comes with 500
            if not answer.strip():
                raise _failed(f"HTTP {error.code}", again=error.code >= 500 or error.code in (408, 429)) from error
        except TimeoutError as error:
            raise _failed("หมดเวลารอ / timed out", again=True) from error
        except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
            raise _failed(str(getattr(error, "reason", error))[:200], again=True) from error
        return answer

    def _understood(self, answer: bytes) -> Element:
        """The root of an answer that reports no error."""
        try:
            root = parse(answer)
        except UnreadableMessage as error:
            raise _failed(error.english, again=True) from error
        fault = find(root, "Fault")
        code = text(find(root, "ErrorCode"))
        said = text(find(root, "ErrorDescription")) or text(find(root, "ErrorDetail"))
        if fault is not None:
            said = said or text(fault, "faultstring") or "SOAP fault"
            raise _failed(f"{code or text(fault, 'faultcode')} {said}".strip()[:300], again=False)
        if code or said:
            raise _failed(f"{code} {said}".strip()[:300], again=False)
        return root


@dataclass(slots=True)
class SoapParcel:
    """The message at the head of the queue."""

    transport: SoapTransport
    raw: bytes = field(repr=False)
    answer: Element
    process_id: str
    settled: bool = False

    @property
    def message(self) -> Message:
        """What it says. Raises UnreadableMessage."""
        return from_tree(self.answer)

    def settle(self) -> None:
        """Delete it from the queue."""
        self.transport.delete(self.process_id)
        self.settled = True

    def refuse(self, reason: Unreadable) -> None:
        """Keep it in the folder `aside` with the reason, then delete it from the queue."""
        name = hashlib.sha256(self.process_id.encode("utf-8", "replace")).hexdigest()[:40]
        try:
            self.transport.aside.mkdir(parents=True, exist_ok=True)
            (self.transport.aside / f"{name}.xml").write_bytes(self.raw)
            (self.transport.aside / f"{name}.txt").write_text(f"{reason.thai}\n{reason.english}\n", encoding="utf-8")
        except OSError as error:
            raise _failed(f"{self.transport.aside}: {error.strerror}", again=True) from error
        self.settle()


def _failed(detail: str, *, again: bool) -> TransportFailed:
    wait = ("ระบบจะลองใหม่", "It will be tried again.") if again else ("โปรดแจ้งผู้ดูแลระบบ", "Please tell the operator.")
    return TransportFailed(
        f"ระบบแลกเปลี่ยนหนังสือปลายทางตอบไม่สำเร็จ ({detail}) {wait[0]}",
        f"The exchange gateway did not take the request ({detail}). {wait[1]}",
        again=again,
        code="gateway",
    )
