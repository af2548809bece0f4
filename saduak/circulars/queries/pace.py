"""How fast letters travel: working days from the day a letter was sent to an office to the day it was passed on."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Count, DateField, Exists, Func, OuterRef, QuerySet

from saduak.circulars.models import Circular
from saduak.thai.working_days import working_days_between

# Working days an office holds a letter before passing it on, where nothing has been observed yet. In the 2565 round
# the ministry's memo of 23 December left the department on 29 December: three to four working days.
ASSUMED_DAYS = 4
FEWEST_OBSERVED = 3
RECENT = 2000  # hops looked back over: two whole cascades of the country


class BangkokDay(Func):
    """The day in Bangkok of a stored moment. Thailand is seven hours ahead of UTC all year round, since 1920."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+7 hours')", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="((%(expressions)s) AT TIME ZONE 'Asia/Bangkok')::date", **context
        )


@dataclass(frozen=True)
class Pace:
    """Median working days of a kind of office; observed: from how many hops it is known, 0 where it is assumed."""

    days: float
    observed: int


UNKNOWN = Pace(float(ASSUMED_DAYS), 0)


def passed_on(letters: QuerySet[Circular]) -> dict[str, Pace]:
    """Pace per kind of office in these letters, each of which passed a delivery on. One query, added up by day."""
    earlier = Circular.objects.filter(parent=OuterRef("parent"), issued_at__lt=OuterRef("issued_at"))
    spans = (
        letters.filter(~Exists(earlier))
        .annotate(sent_on=BangkokDay("parent__sent_at"), passed_on=BangkokDay("issued_at"))
        .order_by()
        .values_list("parent__kind", "sent_on", "passed_on")
        .annotate(many=Count("pk"))
    )
    held: dict[str, list[int]] = {}
    for kind, sent, passed, many in spans:
        held.setdefault(kind, []).extend([days_between(sent, passed)] * many)
    return {kind: Pace(float(median(days)), len(days)) for kind, days in held.items()}


def usual(before: datetime) -> dict[str, Pace]:
    """What was usual before a moment, in the latest hops of all cascades; kinds seen too seldom are left out."""
    recent = Circular.objects.filter(parent__isnull=False, issued_at__lte=before).exclude(state="DRAFT")
    newest = recent.order_by("-issued_at").values("pk")[:RECENT]
    found = passed_on(Circular.objects.filter(pk__in=newest))
    return {kind: one for kind, one in found.items() if one.observed >= FEWEST_OBSERVED}


def days_between(sent: date, passed: date) -> int:
    """Working days between two days, none where the second is not later."""
    return max(working_days_between(sent, passed), 0)
