"""The messages: a letter with its files, and the five notices about a letter.

Texts are kept in a normal form (`normal`): what XML cannot carry is left out, so that a message that was written and
read again is equal to itself.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_NOT_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

SPEED_CODES: Final = {"": "001", "ด่วน": "002", "ด่วนมาก": "003", "ด่วนที่สุด": "004"}
"""Urgency to SpeedCode. The list of the exchange (GetSpeedCodes) is not public; only "001" was seen. Ask the operator."""
SECRET_CODES: Final = {"": "001", "ลับ": "002", "ลับมาก": "003", "ลับที่สุด": "004"}
"""Secrecy to SecretCode; as with SPEED_CODES only "001" was seen in public."""


def normal(text: str) -> str:
    """`text` as a message carries it: line ends alike, no control characters, no blanks around it."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends or receives: a person in a post, by the codes of ministry and department in the exchange's list."""

    department: str
    ministry: str = ""
    given_name: str = ""
    family_name: str = ""
    job_title: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A letter that this one refers to (อ้างถึง)."""

    number: str
    date: dt.date | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Binary:
    """A file. `name` travels only between systems that know it (see `codec.write`, extended)."""

    content: bytes = field(repr=False)
    mime: str = "application/pdf"
    name: str = ""


@dataclass(frozen=True, slots=True)
class CorrespondenceLetter:
    """A letter (หนังสือภายนอก) as it goes from office to office: what the register needs, the letter itself, its files."""

    number: str
    date: dt.date
    subject: str
    sender: Party
    receiver: Party
    urgency: str = ""
    """"", "ด่วน", "ด่วนมาก" or "ด่วนที่สุด"; any other text is passed on as the exchange's own code."""
    secrecy: str = ""
    references: tuple[Reference, ...] = ()
    enclosures: tuple[str, ...] = ()
    """The list of สิ่งที่ส่งมาด้วย in words."""
    sent_at: dt.datetime | None = None
    description: str = ""
    main: Binary | None = None
    attachments: tuple[Binary, ...] = ()


class NoticeKind(StrEnum):
    """What the receiving office says of a letter."""

    RECEIVED = "ReceiveLetterNotifier"
    ACCEPTED = "AcceptLetterNotifier"
    REJECTED = "RejectLetterNotifier"
    WRONG_LETTER = "InvalidLetterNotifier"
    WRONG_ACCEPT_NUMBER = "InvalidAcceptIDNotifier"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice about the letter `number` of `date`. A letter is known by number, date and the office that sent it."""

    kind: NoticeKind
    number: str
    date: dt.date
    subject: str = ""
    accept_number: str = ""
    """The receiver's own number (เลขรับ); of ACCEPTED and WRONG_ACCEPT_NUMBER."""
    accepted_at: dt.datetime | None = None
    department: str = ""
    """Code of the office that says it; filled in by the exchange, or by ourselves where none stands between."""
    reason: str = ""
    """Why a letter is sent back; the public form of the message has no place for it, so it travels extended only."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way. `id` is the sender's own and for ever the same for the same message."""

    id: str
    to: str
    content: CorrespondenceLetter | Notice
    process_id: str = ""
    """By what the exchange knows a message that waits in its queue."""
