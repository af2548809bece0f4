"""Exchange of letters between offices: the CorrespondenceLetter messages of TH e-GIF e-CMS, and how they travel.

`model` says what a message is, `codec` turns it into XML and back, `transport` is the interface by which messages leave and
arrive, `folder` and `soap` are the two ways that exist. docs/exchange.md says what of the standard is public.
"""

from saduak.saraban.exchange.codec import read, write
from saduak.saraban.exchange.folder import FolderTransport
from saduak.saraban.exchange.model import Binary, CorrespondenceLetter, Message, Notice, NoticeKind, Party, Reference
from saduak.saraban.exchange.soap import SoapTransport
from saduak.saraban.exchange.transport import Parcel, Transport, TransportFailed
from saduak.saraban.exchange.tree import UnreadableMessage

__all__ = [
    "Binary",
    "CorrespondenceLetter",
    "FolderTransport",
    "Message",
    "Notice",
    "NoticeKind",
    "Parcel",
    "Party",
    "Reference",
    "SoapTransport",
    "Transport",
    "TransportFailed",
    "UnreadableMessage",
    "read",
    "write",
]
