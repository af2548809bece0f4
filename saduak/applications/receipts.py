"""The receipt of a submission as a PDF."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from saduak.applications import questionnaire
from saduak.applications.models import Submission
from saduak.applications.policy import entry_of
from saduak.documents.typesetting import typeset
from saduak.packs import queries as packs
from saduak.thai.dates import format_date, format_datetime

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


def pdf(submission: Submission) -> bytes:
    """The numbered receipt with the hash of what was handed in; the same bytes whenever it is asked for."""
    application = submission.application
    content = submission.content
    standard = packs.standard(application.round.standard_pack)
    path = reverse("applications:receipt", args=[application.number, submission.sequence])
    parts = [
        {
            "label": f"{section.part.number} {section.part.title.th}"
            + (f" · {section.side.title.th}" if section.side else ""),
            "count": sum(
                1 for one in section.criteria if any(key in content["answers"] for key, _scoring in one.marked())
            ),
        }
        for section in questionnaire.sections(standard)
    ]
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
            {"label": "ข้อมูลศูนย์ราชการ (รายการ)", "count": len(content["profile"])},
            *parts,
            {"label": "หลักฐาน (รายการ)", "count": len(content["evidence"])},
        ],
        "url": f"{settings.BASE_URL}{path}",
        "qr": f"{settings.BASE_URL}{path}",
        "note": f"ใบสมัครเลขที่ {application.number}"
        + (f" ฉบับที่ {submission.sequence}" if submission.sequence > 1 else ""),
        "demonstration": settings.DEMO,
    }
    return typeset("receipt", data, at=submission.submitted_at)
