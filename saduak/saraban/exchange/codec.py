"""Messages as XML and back: SOAP 1.1 envelope, WS-Addressing header, the documents of TH e-GIF e-CMS in the body.

Order and names of the elements are those that public clients of the exchange send (docs/exchange.md). Reading goes by local
names, because those clients spell the namespaces in three ways.
"""

import base64
import binascii
import datetime as dt
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from saduak.saraban.exchange.model import (
    SECRET_CODES,
    SPEED_CODES,
    Binary,
    CorrespondenceLetter,
    Message,
    Notice,
    NoticeKind,
    Party,
    Reference,
    normal,
)
from saduak.saraban.exchange.tree import UnreadableMessage, child, children, find, parse, text
from saduak.thai.dates import BANGKOK

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSA = "http://www.w3.org/2005/08/addressing"
RSM = "urn:th:gov:egif:data:standard:GovernmentDocument:1.0"
RAM = "urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1"
OWN = "urn:saduak:exchange:1"

MOST_FILES = 50
MOST_FILE_BYTES = 32 * 1024 * 1024

for _prefix, _namespace in (("SOAP-ENV", SOAP), ("wsa", WSA), ("rsm", RSM), ("ram", RAM), ("saduak", OWN)):
    register_namespace(_prefix, _namespace)


def write(message: Message, *, extended: bool = False) -> bytes:
    """The message as XML in UTF-8.

    `extended` adds what the public form has no place for (names of files, the reason of a rejection, the office that
    gives a notice); readers that do not know it skip it. Leave it off towards an exchange that checks its schema.
    """
    root, body = envelope(message.id, message.to)
    request = SubElement(body, "CorrespondenceLetterOutboundRequest")
    if isinstance(message.content, CorrespondenceLetter):
        body.set("ID", "Body")
        document = SubElement(request, f"{{{RSM}}}GovernmentDocument")
        _write_letter(SubElement(document, f"{{{RAM}}}CorrespondenceLetter", ID="Letter"), message.content, extended)
    else:
        _write_notice(SubElement(request, message.content.kind.value), message.content, extended)
    return to_bytes(root)


def envelope(identity: str, to: str) -> tuple[Element, Element]:
    """An empty envelope: its root and its body."""
    root = Element(f"{{{SOAP}}}Envelope")
    header = SubElement(root, f"{{{SOAP}}}Header")
    SubElement(header, f"{{{WSA}}}MessageID").text = normal(identity)
    SubElement(header, f"{{{WSA}}}To").text = normal(to)
    return root, SubElement(root, f"{{{SOAP}}}Body")


def to_bytes(root: Element) -> bytes:
    """An envelope as it is sent."""
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def read(content: bytes) -> Message:
    """The message in `content`: a letter or a notice, sent to us or fetched from the exchange's queue.

    Raises UnreadableMessage, which says in a sentence what is missing.
    """
    return from_tree(parse(content))


def from_tree(root: Element) -> Message:
    """The message of a parsed envelope. Raises UnreadableMessage."""
    header = child(root, "Header")
    identity, to = text(header, "MessageID"), text(header, "To")
    process = find(root, "ProcessID")
    letter = find(root, "CorrespondenceLetter")
    notices = [(kind, here) for kind in NoticeKind if (here := find(root, kind.value)) is not None]
    found: CorrespondenceLetter | Notice
    if letter is not None:
        found = _read_letter(letter)
    elif notices:
        found = _read_notice(*notices[0])
    else:
        raise UnreadableMessage(
            "ข้อความแลกเปลี่ยนไม่มีหนังสือหรือการแจ้งผลที่ระบบรู้จัก",
            "The message holds no letter and no notice that is known here.",
            code="unknown-message",
        )
    return Message(id=identity, to=to, content=found, process_id=text(process) if process is not None else "")


def _write_letter(here: Element, letter: CorrespondenceLetter, extended: bool) -> None:
    _add(here, "ID", letter.number)
    _add(here, "CorrespondenceDate", letter.date.isoformat())
    _add(here, "Subject", letter.subject)
    _add(here, "SecretCode", SECRET_CODES.get(letter.secrecy, letter.secrecy))
    _add(here, "SpeedCode", SPEED_CODES.get(letter.urgency, letter.urgency))
    for name, party in (("SenderParty", letter.sender), ("ReceiverParty", letter.receiver)):
        place = SubElement(here, f"{{{RAM}}}{name}")
        _add(place, "GivenName", party.given_name)
        _add(place, "FamilyName", party.family_name)
        _add(place, "JobTitle", party.job_title)
        _add(SubElement(place, f"{{{RAM}}}MinistryOrganization"), "ID", party.ministry)
        _add(SubElement(place, f"{{{RAM}}}DepartmentOrganization"), "ID", party.department)
    for reference in letter.references:
        place = SubElement(here, f"{{{RAM}}}ReferenceCorrespondence")
        _add(place, "ID", reference.number)
        _add(place, "CorrespondenceDate", reference.date.isoformat() if reference.date else "")
        _add(place, "Subject", reference.subject)
    _add(here, "Attachment", "\n".join(" ".join(line.split()) for line in letter.enclosures))
    _add(here, "SendDate", letter.sent_at.isoformat() if letter.sent_at else "")
    _add(here, "Description", letter.description)
    if letter.main is not None:
        _add_file(here, "MainLetterBinaryObject", letter.main, extended)
    for attachment in letter.attachments:
        _add_file(here, "AttachmentBinaryObject", attachment, extended)


def _add(here: Element, name: str, value: str) -> None:
    SubElement(here, f"{{{RAM}}}{name}").text = normal(value)


def _add_file(here: Element, name: str, file: Binary, extended: bool) -> None:
    place = SubElement(here, f"{{{RAM}}}{name}", mimeCode=normal(file.mime))
    if extended and file.name:
        place.set(f"{{{OWN}}}filename", " ".join(normal(file.name).split()))
    place.text = base64.b64encode(file.content).decode("ascii")


def _write_notice(here: Element, notice: Notice, extended: bool) -> None:
    SubElement(here, "LetterID").text = normal(notice.number)
    if notice.kind in (NoticeKind.ACCEPTED, NoticeKind.WRONG_ACCEPT_NUMBER):
        SubElement(here, "AcceptID").text = normal(notice.accept_number)
    SubElement(here, "CorrespondenceDate").text = notice.date.isoformat()
    SubElement(here, "Subject").text = normal(notice.subject)
    if extended:
        if notice.accepted_at:
            SubElement(here, "AcceptDate").text = notice.accepted_at.isoformat()
        if notice.department:
            department = SubElement(here, "AcceptDepartment")
            SubElement(department, "Code").text = normal(notice.department)
        if notice.reason:
            SubElement(here, f"{{{OWN}}}Reason").text = normal(notice.reason)


def _read_letter(here: Element) -> CorrespondenceLetter:
    files = [*children(here, "MainLetterBinaryObject"), *children(here, "AttachmentBinaryObject")]
    if len(files) > MOST_FILES:
        raise UnreadableMessage(
            f"หนังสือมีไฟล์เกิน {MOST_FILES} ไฟล์", f"The letter has more than {MOST_FILES} files.", code="too-large"
        )
    main = child(here, "MainLetterBinaryObject")
    return CorrespondenceLetter(
        number=_needed(text(here, "ID"), "เลขที่หนังสือ", "number"),
        date=_date(text(here, "CorrespondenceDate")),
        subject=text(here, "Subject"),
        sender=_party(child(here, "SenderParty")),
        receiver=_party(child(here, "ReceiverParty")),
        urgency=_plain(text(here, "SpeedCode"), SPEED_CODES),
        secrecy=_plain(text(here, "SecretCode"), SECRET_CODES),
        references=tuple(
            Reference(text(one, "ID"), _day(text(one, "CorrespondenceDate")), text(one, "Subject"))
            for one in children(here, "ReferenceCorrespondence")
        ),
        enclosures=tuple(" ".join(line.split()) for line in text(here, "Attachment").split("\n") if line.strip()),
        sent_at=_moment(text(here, "SendDate")),
        description=text(here, "Description"),
        main=_file(main) if main is not None and (main.text or "").strip() else None,
        attachments=tuple(_file(one) for one in children(here, "AttachmentBinaryObject")),
    )


def _party(here: Element | None) -> Party:
    return Party(
        department=text(here, "DepartmentOrganization", "ID"),
        ministry=text(here, "MinistryOrganization", "ID"),
        given_name=text(here, "GivenName"),
        family_name=text(here, "FamilyName"),
        job_title=text(here, "JobTitle"),
    )


def _file(here: Element) -> Binary:
    try:
        content = base64.b64decode("".join((here.text or "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableMessage(
            "ไฟล์ที่แนบมากับหนังสือเสียหาย (base64 ไม่ถูกต้อง) โปรดขอให้ต้นทางส่งใหม่",
            "A file in the message is damaged (base64); please ask the sender to send it again.",
            code="damaged-file",
        ) from error
    if len(content) > MOST_FILE_BYTES:
        raise UnreadableMessage(
            f"ไฟล์ที่แนบมากับหนังสือใหญ่เกิน {MOST_FILE_BYTES >> 20} MB",
            f"A file in the message is larger than {MOST_FILE_BYTES >> 20} MB.",
            code="too-large",
        )
    return Binary(content, here.get("mimeCode", "").strip(), here.get(f"{{{OWN}}}filename", ""))


def _read_notice(kind: NoticeKind, here: Element) -> Notice:
    return Notice(
        kind=kind,
        number=_needed(text(here, "LetterID"), "เลขที่หนังสือ", "number"),
        date=_date(text(here, "CorrespondenceDate")),
        subject=text(here, "Subject"),
        accept_number=text(here, "AcceptID"),
        accepted_at=_moment(text(here, "AcceptDate")),
        department=text(here, "AcceptDepartment", "Code"),
        reason=text(here, "Reason"),
    )


def _plain(code: str, codes: dict[str, str]) -> str:
    return next((word for word, known in codes.items() if known == code), code)


def _needed(value: str, thai: str, english: str) -> str:
    if not value:
        raise UnreadableMessage(
            f"ข้อความแลกเปลี่ยนไม่มี{thai}", f"The message has no {english} of the letter.", code="incomplete"
        )
    return value


def _date(value: str) -> dt.date:
    day = _day(value)
    if day is None:
        raise UnreadableMessage(
            "ข้อความแลกเปลี่ยนไม่มีวันที่ของหนังสือ หรือวันที่ไม่ถูกต้อง (ต้องเป็นรูปแบบ 2021-12-29)",
            "The message has no date of the letter, or not one like 2021-12-29.",
            code="incomplete",
        )
    return day


def _day(value: str) -> dt.date | None:
    moment = _moment(value)
    return moment.date() if moment else None


def _moment(value: str) -> dt.datetime | None:
    """A moment; one without a zone is Bangkok time."""
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=BANGKOK)
