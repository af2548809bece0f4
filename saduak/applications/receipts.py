"""The receipt of a submission as a PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from saduak.applications import profile, questionnaire
from saduak.applications.models import Submission
from saduak.applications.policy import entry_of
from saduak.documents.typesetting import typeset
from saduak.packs import queries as packs
from saduak.packs.asking import Form
from saduak.packs.standard import Standard
from saduak.packs.text import Text
from saduak.rounds import queries as rounds
from saduak.thai.dates import format_date, format_datetime

NOTHING: tuple[Any, ...] = (None, "", [])
# The paper is Thai whatever the language of the page: it goes into an office's file.
ROLES = {"HEAD": "หัวหน้าหน่วยงาน", "COORDINATOR": "ผู้ประสานงาน"}


def _in_what_right(submission: Submission) -> str:
    """Under the name: the head's title, or รักษาราชการแทน / ปฏิบัติราชการแทน before it, with the order that says so."""
    right = submission.by_on_paper or ROLES.get(submission.by_role, "")
    return f"{right} ตาม{submission.by_order}" if submission.by_order else right


def _entered(submission: Submission) -> str:
    """Who entered it for the unit and from what, where the head confirmed such an entry; "" otherwise."""
    entry = entry_of(submission.application)
    if entry is None or entry.confirmed_at is None or submission.sequence > 1:
        return ""
    with translation.override("th"):
        how = entry.get_channel_display()
    return (
        f"{entry.entered_by_name} {entry.entered_by_organisation.name_th} ตามที่{entry.told_by} แจ้ง{how} "
        f"เมื่อวันที่ {format_date(entry.told_on)}" + (f" ({entry.reference})" if entry.reference else "")
    )


@dataclass(frozen=True)
class Count:
    """How much of a part of the form was answered in a submission. questions: asked beside the items, and how many of them."""

    title: Text
    answered: int
    asked: int
    questions: int = 0
    questions_asked: int = 0


def counts(standard: Standard, form: Form | None, content: Mapping[str, Any]) -> list[Count]:
    """Part by part: of the profile its questions that applied, of a section its criteria and the questions beside them."""
    files = {item for piece in content["evidence"] for item in piece["items"]}
    found = []
    if form is not None:
        given = profile.values(form, content["profile"])
        asked = profile.asked(form, given)
        answered = sum(1 for one in asked if given.get(one.id) not in NOTHING or profile.item_of(one) in files)
        found.append(Count(form.title, answered, len(asked)))
    values = {item: one["value"] for item, one in content["answers"].items()}
    for section in questionnaire.sections(standard):
        criteria = sum(1 for one in section.criteria if any(key in values for key, _scoring in one.marked()))
        beside = [question.id for one in section.criteria for question in questionnaire.asked(one, values)]
        told = sum(1 for item in beside if values.get(item) not in NOTHING or item in files)
        found.append(Count(_title(section), criteria, len(section.criteria), told, len(beside)))
    return found


def _title(section: questionnaire.Section) -> Text:
    titles = [section.part.title, *([section.side.title] if section.side else [])]
    pages = (f" ({section.page})", f" ({section.page})") if section.page else ("", "")
    th, en = (" · ".join(one.say(language) for one in titles) for language in ("th", "en"))
    return Text(f"{section.part.number} {th}{pages[0]}", f"{section.part.number} {en}{pages[1]}")


def _line(one: Count) -> dict[str, Any]:
    """On paper: what was answered of the items, and of the questions asked beside them."""
    beside = f" · คำถามประกอบ {one.questions} จาก {one.questions_asked}" if one.questions_asked else ""
    return {"label": one.title.th, "count": f"{one.answered} จาก {one.asked}{beside}"}


def pdf(submission: Submission) -> bytes:
    """The numbered receipt with the hash of what was handed in; the same bytes whenever it is asked for."""
    application = submission.application
    content = submission.content
    standard = packs.standard(application.round.standard_pack)
    path = reverse("applications:receipt", args=[application.number, submission.sequence])
    data = {
        "number": submission.receipt_number,
        "issuer": standard.owner.th if standard.owner else "",
        "centre": content["centre"]["name_th"],
        "organisation": content["centre"]["office_th"],
        "round": application.round.name_th,
        "submitted_at": format_datetime(submission.submitted_at),
        "submitted_by": submission.by_name,
        "role": _in_what_right(submission),
        "entered": _entered(submission),
        "sha256": submission.sha256,
        "parts": [
            *map(_line, counts(standard, rounds.profile_form(application.round), content)),
            {"label": "หลักฐาน (รายการ)", "count": len(content["evidence"])},
        ],
        "url": f"{settings.BASE_URL}{path}",
        "qr": f"{settings.BASE_URL}{path}",
        "note": f"ใบสมัครเลขที่ {application.number}"
        + (f" ฉบับที่ {submission.sequence}" if submission.sequence > 1 else ""),
        "demonstration": settings.DEMO,
    }
    return typeset("receipt", data, at=submission.submitted_at)
