"""Circulars as paper: what the typesetter needs, in Thai with Thai digits."""

import re
from typing import Any

from django.conf import settings

from saduak.circulars import wording
from saduak.circulars.models import Circular, CircularAction, Letterhead
from saduak.circulars.models.circular import Acting, Form
from saduak.circulars.queries import exchange, links
from saduak.circulars.queries.letterheads import letterhead
from saduak.documents.typesetting import typeset
from saduak.files import serving
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import NotPossible
from saduak.people.models import Organisation
from saduak.rounds.moments import last_day
from saduak.thai.dates import format_date
from saduak.thai.digits import to_thai

URGENCY = {"": "", "URGENT": "ด่วน", "VERY_URGENT": "ด่วนมาก", "MOST_URGENT": "ด่วนที่สุด"}
TEMPLATES = {Form.EXTERNAL: "letter", Form.MEMO: "memo", Form.STAMPED: "stamped_letter"}
ACTING = {Acting.NOBODY: "", Acting.ON_BEHALF: "ปฏิบัติราชการแทน", Acting.IN_CHARGE: "รักษาราชการแทน"}
BLANK = "……………"
# The paragraph that ends like this introduces the numbered actions; what stands after it follows them.
_LEAD_IN = "ดังนี้"
_AMOUNT = re.compile(r"(?P<text>.+?)\s+(?P<amount>จำนวน\s*[0-9๐-๙]+\s*\S+)")


def letter(circular: Circular, addressee: Organisation | None = None) -> bytes:
    """The letter as PDF. With an addressee it is that office's own copy; a draft has no number and no date yet.

    A letter from another system is the PDF that came with it, where one did.
    """
    came = exchange.original(circular) if circular.outside else None
    if came is not None:
        return came
    return typeset(template(circular), letter_data(circular, addressee), images=emblem(head_of(circular)))


def template(circular: Circular) -> str:
    """The typesetter's template for the form of the letter."""
    return TEMPLATES[Form(circular.form)]


def head_of(circular: Circular) -> Letterhead | None:
    """The letterhead that a letter bears: that of the moment at which it was issued. Asked once for many copies."""
    kept = circular.__dict__
    if "letterhead" not in kept:
        kept["letterhead"] = letterhead(circular.sender, circular.issued_at)
    found: Letterhead | None = kept["letterhead"]
    return found


def emblem(head: Letterhead | None) -> dict[str, bytes]:
    """The picture that letters with this letterhead bear, as the typesetter takes it; none while it waits to be scanned."""
    if head is None or head.emblem is None:
        return {}
    try:
        return {"emblem": serving.content(head.emblem)}
    except NotPossible:
        return {}


def sample(office: Organisation) -> bytes:
    """A letter that says nothing, with the office's present letterhead."""
    head = letterhead(office)
    data = {
        "number": to_thai(f"{office.letter_prefix}/ว"),
        "agency": [to_thai(line) for line in name_lines(office, head)],
        "date": BLANK,
        "subject": "ตัวอย่างหัวหนังสือ",
        "addressee": BLANK,
        "paragraphs": ["ข้อความของหนังสือ"],
        "signatory": {"name": BLANK, "position": _lines(office.head_title_th)},
        "contact": _lines(wording.contact(office)),
        "demonstration": settings.DEMO,
    }
    return typeset("letter", data, images=emblem(head))


def name_lines(office: Organisation, head: Letterhead | None) -> list[str]:
    """Name and address of the sender, as the letterhead has them, else as the tree does."""
    own = _lines(head.name_lines) if head else []
    return own or [line for line in (office.name_th, office.address_th) if line]


def letter_data(circular: Circular, addressee: Organisation | None = None) -> dict[str, Any]:
    """The parts of the letter in the order of the regulation's form."""
    before, after = paragraphs(circular.paragraphs)
    issued = circular.issued_at
    number = circular.number or f"{circular.prefix}/ว"
    to = circular.addressee
    if addressee is not None:
        own = circular.addressee_count == 1 or circular.address_each
        to = (addressee.head_title_th or addressee.name_th) if own else circular.addressee
    sender = circular.sender
    address = name_lines(sender, head_of(circular))
    if circular.form == Form.STAMPED:  # the name stands where the seal is put; the address is on the contact lines
        address = address[:1]
    data: dict[str, Any] = {
        "urgency": URGENCY[circular.urgency],
        "number": to_thai(number),
        "agency": " ".join(address) if circular.form == Form.MEMO else [to_thai(line) for line in address],
        "date": to_thai(format_date(issued.astimezone(BANGKOK).date())) if issued else BLANK,
        "subject": circular.subject,
        "addressee": to,
        "references": _lines(circular.references),
        "enclosures": [_enclosure(one) for one in _lines(circular.enclosures)],
        "paragraphs": before,
        "actions": [
            {"number": to_thai(f"{place}."), "text": action_text(action)}
            for place, action in enumerate(circular.actions.all(), 1)
        ],
        "closing_paragraphs": [*after, circular.closing],
        "signatory": {
            "name": circular.signatory or BLANK,
            "position": position_lines(circular),
        },
        "contact": _lines(circular.contact),
        "demonstration": settings.DEMO,
    }
    if issued:
        data |= {"qr": links.address(circular.link), "qr_caption": links.printed(circular.link)}
    if addressee is not None and circular.addressee_count != 1 and not circular.address_each:
        data["contact"] = [*data["contact"], f"ฉบับของ {addressee.name_th}"]
    return data


def position_lines(circular: Circular) -> list[str]:
    """The post of the person who signs, and below it for whom that person acts, in the words of the law."""
    lines = _lines(circular.position)
    if circular.acting and circular.acting_for:
        lines.append(f"{ACTING[Acting(circular.acting)]} {circular.acting_for}".strip())
    return lines


def action_text(action: CircularAction) -> str:
    """What the action asks; the date is added where the words do not say it, as after it was made earlier."""
    text = " ".join(action.text.split())
    if action.due_at is None:
        return text
    due = format_date(last_day(action.due_at))
    if due in text or to_thai(due) in text:
        return text
    return f"{text} ทั้งนี้ ภายในวันที่ {to_thai(due)}"


def paragraphs(text: str) -> tuple[list[str], list[str]]:
    """The paragraphs before the numbered actions and those after them."""
    parts = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    for place, part in enumerate(parts):
        if part.endswith(_LEAD_IN):
            return parts[: place + 1], parts[place + 1 :]
    return parts, []


def _enclosure(line: str) -> dict[str, str]:
    """An enclosure and how much of it there is: "สำเนาหนังสือ… จำนวน ๑ ชุด"."""
    match = _AMOUNT.fullmatch(line)
    return {"text": match["text"], "amount": match["amount"]} if match else {"text": line, "amount": ""}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
