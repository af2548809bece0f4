"""What must be said of evidence today: malware, age, and how much room its files take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from saduak.applications import ageing
from saduak.applications.models import Application, Evidence, PublicCopy
from saduak.applications.queries.drafts import _uuid, standard
from saduak.applications.workflow import IN_HAND
from saduak.files.models import Scan
from saduak.kernel import clock
from saduak.people.models import Organisation

MOST_AT_ONCE = 200
MOST_SHOWN = 24


def evidence_marks(application: Application, content: Mapping[str, Any] | None = None) -> dict[str, ageing.Marks]:
    """public id → what must be said beside a piece, of every piece that was ever added; one query. `content`: a submission,
    whose own dates and criteria are judged where it is what people see.

    Its age is told for the day on which the application was handed in, while its people work on it for today; whether it
    still holds, and whether malware was found, for today.
    """
    rule, today = standard(application), clock.today()
    handed_in = application.submitted_at if application.state not in (*IN_HAND, "RETURNED") else None
    on = _day(handed_in) if handed_in else today
    pieces = Evidence.objects.filter(application=application).select_related("stored")
    said = {one["id"]: one for one in (content or {}).get("evidence", ())}
    marks = {}
    for one in pieces:
        if as_handed_in := said.get(one.public_id):
            one.items = as_handed_in["items"]
            one.holds_from, one.holds_to = (_read(as_handed_in[key]) for key in ("holds_from", "holds_to"))
        marks[one.public_id] = ageing.marks(rule, one, on, today, _day)
    return marks


def _read(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


def public_copy_of(piece: Evidence) -> PublicCopy | None:
    """The copy for the public that stands now, shown or not."""
    return PublicCopy.objects.select_related("stored").filter(evidence=piece, withdrawn_at=None).first()


def shown_to_public(public_id: str) -> PublicCopy:
    """A copy that anybody may see. Raises PublicCopy.DoesNotExist for everything else."""
    return _shown().select_related("stored").get(uuid=_uuid(public_id))


def shown_of_centre(centre: Organisation) -> list[PublicCopy]:
    """What a centre shows to the public of its evidence, newest first, at most 24; one query."""
    found = _shown().filter(evidence__application__centre=centre).exclude(evidence__application__state="WITHDRAWN")
    return list(found.select_related("stored", "evidence").order_by("-shown_at", "-pk")[:MOST_SHOWN])


def _shown() -> QuerySet[PublicCopy]:
    found = PublicCopy.objects.filter(shown_at__isnull=False, withdrawn_at=None, evidence__stored__isnull=False)
    return found.exclude(evidence__stored__scan=Scan.INFECTED).exclude(stored__scan=Scan.INFECTED)


def with_malware() -> list[str]:
    """Numbers of applications with infected evidence of which nobody was told yet, oldest first."""
    found = Evidence.objects.filter(stored__scan=Scan.INFECTED, malware_told_at=None).order_by("application_id")
    return list(found.values_list("application__number", flat=True).distinct()[:MOST_AT_ONCE])


def used_bytes(application: Application) -> int:
    """Bytes of the files of an application that stand in it now; the same content counts once."""
    live = Evidence.objects.filter(application=application, removed_at=None, stored__isnull=False)
    return sum(size for _sha256, size in live.values_list("stored__sha256", "stored__size").order_by().distinct())


def room_left(application: Application) -> int:
    """Bytes that are still free; below 0 when the limit was lowered since."""
    limit: int = settings.EVIDENCE_QUOTA_BYTES
    return limit - used_bytes(application)


def _day(at: datetime) -> date:
    return at.astimezone(clock.BANGKOK).date()
