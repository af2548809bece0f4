"""How fast letters travel: working days from the day a letter was sent to an office to the day it was passed on."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from statistics import median
from typing import Any

from django.db.models import Count, DateField, DateTimeField, Exists, Func, OuterRef, Q, QuerySet, Sum

from saduak.circulars.models import Circular
from saduak.kernel.clock import BANGKOK
from saduak.statements import Statement
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


@dataclass
class Passings:
    """Hops of a kind of office that were passed on: how many, how many of them had offices below, how many those were,
    and the working days each was held."""

    many: int = 0
    with_below: int = 0
    below: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def pace(self) -> Pace:
        return Pace(float(median(self.days)), len(self.days))


def passings(letters: QuerySet[Circular]) -> dict[str, Passings]:
    """What these letters passed on, per kind of office; a hop that was passed on twice counts once, the first time. One
    query, added up by day."""
    same = Q(issued_at=OuterRef("issued_at"), pk__lt=OuterRef("pk"))
    earlier = Circular.objects.filter(Q(issued_at__lt=OuterRef("issued_at")) | same, parent=OuterRef("parent"))
    spans = (
        letters.filter(~Exists(earlier))
        .annotate(sent_on=BangkokDay("parent__sent_at"), passed_on=BangkokDay("issued_at"))
        .order_by()
        .values_list("parent__kind", "sent_on", "passed_on")
        .annotate(
            many=Count("pk"), passers=Count("pk", filter=Q(parent__below__gt=0)), under=Sum("parent__below")
        )
    )  # fmt: skip
    found: dict[str, Passings] = {}
    for kind, sent, passed, many, passers, under in spans:
        one = found.setdefault(kind, Passings())
        one.many += many
        one.with_below += passers
        one.below += under or 0
        one.days += [days_between(sent, passed)] * many
    return found


def usual(before: datetime) -> dict[str, Pace]:
    """What was usual before the day of a moment, in the latest hops of all cascades; kinds seen too seldom are left out.

    What was passed on before today does not change any more, so it is reckoned once for each day: one small query to
    see whether it is known.
    """
    morning = datetime.combine(before.astimezone(BANGKOK).date(), time(), BANGKOK)
    newest = NEWEST.row(before=morning)
    return _usual(newest[0], morning) if newest else {}


# The public code of the latest letter that passed another one on before a moment.
NEWEST = Statement(
    lambda at: (
        Circular.objects.filter(parent__isnull=False, issued_at__lt=at["before"])
        .exclude(state="DRAFT")
        .order_by("-issued_at", "-pk")
        .values_list("code")[:1]
    ),
    before=DateTimeField(),
)


@lru_cache(maxsize=32)
def _usual(newest: str, morning: datetime) -> dict[str, Pace]:
    """newest: public code of the latest letter that counts, which no other database has."""
    recent = Circular.objects.filter(parent__isnull=False, issued_at__lt=morning).exclude(state="DRAFT")
    found = passings(Circular.objects.filter(pk__in=recent.order_by("-issued_at").values("pk")[:RECENT]))
    return {kind: one.pace for kind, one in found.items() if one.many >= FEWEST_OBSERVED}


@lru_cache(maxsize=4096)
def days_between(sent: date, passed: date) -> int:
    """Working days between two days, none where the second is not later."""
    return max(working_days_between(sent, passed), 0)
