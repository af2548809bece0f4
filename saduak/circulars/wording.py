"""How a circular is worded: the pack's text for the level that sends it, with its places filled.

Letters are in Thai, whatever language the reader has chosen: they are official documents.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from saduak.circulars.models import Circular
from saduak.circulars.models.circular import Form
from saduak.circulars.queries.letterheads import letterhead
from saduak.kernel.clock import BANGKOK
from saduak.packs import queries as packs
from saduak.packs.models import PublishedPack
from saduak.packs.placeholders import NAMES, fill
from saduak.people.models import Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.rounds.moments import last_day
from saduak.thai.dates import format_date
from saduak.thai.digits import to_thai

_ADDRESS = re.compile(r"(https?://\S+|\S+@\S+|www\.\S+)")
# What a place shows while nobody knows its value: the clerk sees it and writes it.
UNKNOWN = "……………"
_AREA = re.compile("^(?:จังหวัด|อำเภอ)")  # the pack's text says the word itself
_FORMS = {"external": Form.EXTERNAL, "memo": Form.MEMO, "stamped": Form.STAMPED}


def texts(round: Round | None, sender: Organisation, parent: Circular | None) -> dict[str, Any]:
    """The fields of a new draft: the pack's letter for the sender's level, or bare ones where it has none, and where the
    letter belongs to no round."""
    letter = _letter(round, sender) if round else None
    common = {"prefix": sender.letter_prefix, "position": sender.head_title_th, "contact": contact(sender)}
    if round is None or letter is None:
        return common | {
            "subject": parent.subject if parent else round.name_th if round else "",
            "addressee": "หัวหน้าหน่วยงานผู้รับ",
            "address_each": True,
            "references": _reference(parent),
            "enclosures": to_thai(f"สำเนา{_reference(parent)} จำนวน 1 ชุด") if parent else "",
            "paragraphs": _passing_on(parent) if parent else round.name_th if round else "",
            "closing": "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ",
            "form": Form.EXTERNAL,
            "urgency": parent.urgency if parent else "",
        }
    values = places(round, sender, parent)

    def filled(one: Mapping[str, str]) -> str:
        return thai_text(fill(one["th"], values))

    return common | {
        "subject": filled(letter["subject"]),
        "addressee": filled(letter["addressees"]),
        "references": "\n".join(filled(one) for one in letter.get("references", [])) or _reference(parent),
        "enclosures": "\n".join(filled(one) for one in letter.get("enclosures", [])),
        "paragraphs": "\n\n".join(filled(one) for one in letter["paragraphs"]),
        "closing": filled(letter["closing"]),
        "form": _FORMS[letter["form"]],
        "urgency": letter.get("urgency", ""),
    }


def answer(letter: Circular, office: Organisation) -> dict[str, Any]:
    """The fields of a new letter by which an office answers another one's letter: what it refers to, and its closing.
    The text is for the office to write."""
    return {
        "prefix": office.letter_prefix,
        "position": office.head_title_th,
        "contact": contact(office),
        "subject": letter.subject,
        "addressee": letter.sender.head_title_th or letter.sender.name_th,
        "references": _reference(letter),
        "paragraphs": "",
        "closing": "จึงเรียนมาเพื่อโปรดทราบ",
        "form": Form.EXTERNAL,
        "urgency": letter.urgency,
    }


def action_text(round: Round | None, sender: Organisation, kind: str) -> str:
    """How the sender's level words an action of this kind, in Thai; empty where the pack leaves it to the round."""
    letter = _letter(round, sender) if round else None
    found = next((one for one in (letter or {}).get("actions", []) if one["kind"] == kind), None)
    return thai_text(fill(found["text"]["th"], places(round, sender, None))) if round and found else ""


def places(round: Round, sender: Organisation, parent: Circular | None) -> dict[str, str]:
    """A value for every place that a letter text may name."""
    application, briefing = rounds.window(round, "APPLICATION"), rounds.window(round, "BRIEFING")
    due = {action.kind: action for action in rounds.actions(round)}
    link = f"{settings.BASE_URL}{reverse('rounds:detail', args=[round.code])}"
    values = dict.fromkeys(NAMES, UNKNOWN) | {
        "round_year": str(round.fiscal_year),
        "round_title": round.name_th,
        "standard_title": round.standard_pack.title_th,
        "renewal_year": str(round.fiscal_year - round.validity_years),
        "sender_name": sender.name_th,
        "recipient_name": "หน่วยงาน",
        "area_name": _AREA.sub("", sender.name_th),
        "apply_link": link,
        "survey_link": link,
        "briefing_link": link,
        "contact_unit": sender.name_th,
        "contact_phone": sender.phone or UNKNOWN,
        "contact_email": sender.email or UNKNOWN,
    }
    if application:
        values["application_opens"] = day(application.opens_at)
        values["application_closes"] = format_date(last_day(application.closes_at))
    if briefing:
        values["briefing_date"] = day(briefing.opens_at)
        values["briefing_time"] = f"{_clock(briefing.opens_at)} – {_clock(briefing.closes_at)} น."
    for name, kind in (("names_due", "NOMINATE"), ("survey_due", "ANSWER_SURVEY")):
        if kind in due and due[kind].due_at:
            values[name] = format_date(last_day(due[kind].due_at))
    if parent:
        values["parent_name"] = parent.sender.name_th
        values["parent_number"] = parent.number
        values["parent_date"] = day(parent.issued_at) if parent.issued_at else UNKNOWN
    return values


def thai_text(text: str) -> str:
    """The text with Thai digits, as official letters print them; addresses keep the digits one has to type."""
    return "".join(part if _ADDRESS.fullmatch(part) else to_thai(part) for part in _ADDRESS.split(text))


def day(moment: datetime) -> str:
    """The Bangkok day of a moment in Thai words."""
    return format_date(moment.astimezone(BANGKOK).date())


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(BANGKOK):%H.%M}"


def _letter(round: Round, sender: Organisation) -> dict[str, Any] | None:
    reference = round.round_pack.content.get("letters", {}).get(sender.kind)
    if reference is None:
        return None
    try:
        return packs.published(reference["pack"], reference["version"]).content
    except PublishedPack.DoesNotExist:
        return None


def _reference(parent: Circular | None) -> str:
    if parent is None or parent.issued_at is None:
        return ""
    return to_thai(f"หนังสือ{parent.sender.name_th} ที่ {parent.number} ลงวันที่ {day(parent.issued_at)}")


def _passing_on(parent: Circular) -> str:
    """What a letter says that passes another one on, where no pack words it."""
    text = f"ตามหนังสือที่อ้างถึง {parent.sender.name_th}ได้แจ้งเรื่อง {parent.subject} นั้น"
    return f"{text}\n\nในการนี้ จึงขอความร่วมมือดำเนินการ ดังนี้" if parent.actions.exists() else text


def contact(sender: Organisation) -> str:
    """The contact lines with which a letter begins: those of the letterhead, else name, telephone and e-mail."""
    head = letterhead(sender)
    if head is not None and head.contact:
        return head.contact
    lines = [sender.name_th]
    if sender.phone:
        lines.append(f"โทร. {to_thai(sender.phone)}")
    if sender.email:
        lines.append(f"ไปรษณีย์อิเล็กทรอนิกส์ {sender.email}")
    return "\n".join(lines)
