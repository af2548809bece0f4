"""With whom an application lay how long."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Min

from saduak.applications import turnaround
from saduak.applications.models import Application, Remark, Submission
from saduak.journal import queries as journal
from saduak.kernel import clock
from saduak.thai.dates import BANGKOK


def turnaround_of(application: Application) -> turnaround.Turnaround | None:
    """Working days with the secretariat and with the unit; None before it was handed in. At most three queries.

    Every return leaves remarks on the submission that it returns; their moment is that of the return.
    """
    if application.submitted_at is None:
        return None
    handed_in = Submission.objects.filter(application=application).values_list("submitted_at", flat=True)
    returned = Remark.objects.filter(application=application).values("submission").annotate(at=Min("made_at"))
    return turnaround.of(
        [_day(at) for at in handed_in],
        [_day(at) for at in returned.order_by().values_list("at", flat=True)],
        _ended(application),
        clock.today(),
    )


def _ended(application: Application) -> date | None:
    """The day on which readiness was told, or on which it was withdrawn; None while it lies with one of the two."""
    if application.state in ("SUBMITTED", "RETURNED"):
        return None
    if application.state in ("CERTIFIED", "REFUSED"):  # moved on since; the journal knows when readiness was told
        lines = journal.about("application", application.number)
        told = lines.filter(event="application.readiness_recorded").values_list("at", flat=True).first()
        if told is not None:
            return _day(told)
    return _day(application.moved_at)


def _day(at: datetime) -> date:
    return at.astimezone(BANGKOK).date()
