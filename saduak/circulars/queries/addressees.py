"""Whom a circular goes to: a choice over the part of the tree that lies below its sender."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from saduak.circulars.models import Circular, Delivery
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import NotComplete
from saduak.people import queries as people
from saduak.people.models import Kind, Organisation
from saduak.rounds.moments import last_day
from saduak.thai.working_days import working_days_between

# Working days an office holds a letter before passing it on, where nothing has been observed yet. In the 2565 round
# the ministry's memo of 23 December left the department on 29 December: three to four working days.
ASSUMED_DAYS = 4
FEWEST_OBSERVED = 3
_CODES = re.compile(r"[\s,;]+")


def chosen(sender: Organisation, selection: Mapping[str, Any]) -> QuerySet[Organisation]:
    """The organisations that a selection names, in order of the tree; always strictly below the sender.

    selection: {"kinds": […], "within": code or "", "codes": "…", "children": bool}. `children`: those directly below
    the sender. Raises NotComplete for a code that is not below the sender.
    """
    below = people.subtree(sender.path).exclude(pk=sender.pk)
    codes = [code for code in _CODES.split(str(selection.get("codes", "")).strip()) if code]
    if codes:
        found = below.filter(code__in=codes)
        missing = set(codes) - set(found.values_list("code", flat=True))
        if missing:
            raise NotComplete(
                _("These codes name no organisation below %(office)s: %(codes)s"),
                params={"office": sender.name, "codes": ", ".join(sorted(missing)[:10])},
                field="codes",
            )
        return found
    if selection.get("children"):
        found = below.filter(depth=sender.depth + 1).exclude(kind=Kind.CENTRE)
    else:
        found = below.filter(kind__in=list(selection.get("kinds", [])))
    if selection.get("within"):
        top = below.filter(code=selection["within"]).first()
        if top is None:
            raise NotComplete(
                _("“%(code)s” is no organisation below %(office)s."),
                params={"code": selection["within"], "office": sender.name},
                field="within",
            )
        found = found.filter(path__gte=top.path, path__lt=people.path_end(top.path))
    return found


def addressees(circular: Circular) -> QuerySet[Organisation]:
    """Whom a letter goes to: an answer to the sender of what it answers, any other as its selection says."""
    if circular.in_reply_to_id is not None:
        return Organisation.objects.filter(pk=Delivery.objects.get(pk=circular.in_reply_to_id).circular.sender_id)
    return chosen(circular.sender, circular.selection)


def kinds_below(sender: Organisation) -> list[tuple[str, int, int]]:
    """(kind, smallest depth, how many) of what lies below the sender, from the top down."""
    rows = (
        people.subtree(sender.path)
        .exclude(pk=sender.pk)
        .order_by()
        .values("kind")
        .annotate(level=Min("depth"), many=Count("pk"))
    )
    return sorted(((row["kind"], row["level"], row["many"]) for row in rows), key=lambda one: (one[1], one[0]))


@dataclass(frozen=True)
class Level:
    """One level that has to pass the letter on: kind, working days it takes, and from how many past hops we know."""

    kind: str
    label: str
    days: float
    observed: int


@dataclass(frozen=True)
class Feasibility:
    """Can the date of an action be met? `left`: working days that remain to those who have to do it."""

    number: int
    title: str
    due: date
    levels: list[Level]
    available: int
    needed: float

    @property
    def left(self) -> int:
        return int(self.available - self.needed)

    @property
    def short(self) -> int:
        """By how many working days it would come too late."""
        return max(-self.left, 0)

    @property
    def tone(self) -> str:
        if self.left < 1:
            return "bad"
        return "warning" if self.left < ASSUMED_DAYS else "good"


def feasibility(circular: Circular, organisations: QuerySet[Organisation], on: date | None = None) -> list[Feasibility]:
    """For each action with a date: who still has to pass the letter on, how long that takes, and what remains.

    Days are working days after `on` (today) up to and including the due day. Levels stand between the addressees and
    the deepest kind that has to act; days per level are the median of what was observed in all cascades.
    """
    start = on or clock.today()
    first = organisations.order_by("depth").values_list("depth", flat=True).first()
    if first is None:
        return []
    below = kinds_below(circular.sender)
    observed = days_per_kind()
    found = []
    for action in circular.actions.all():
        if action.due_at is None:
            continue
        # Letters end at offices: a centre learns of them from its own.
        owners = [level for kind, level, _many in below if kind in action.for_kinds and kind != Kind.CENTRE]
        last = max(owners, default=first)
        passing = [kind for kind, level, _many in below if first <= level < last]
        levels = [_level(kind, observed) for kind in _one_a_depth(below, passing)]
        due = last_day(action.due_at)
        needed = sum(level.days for level in levels)
        found.append(Feasibility(action.number, action.title, due, levels, working_days_between(start, due), needed))
    return found


def _one_a_depth(below: list[tuple[str, int, int]], passing: list[str]) -> list[str]:
    """Of kinds at the same depth (departments and state enterprises) the most frequent one stands for the level."""
    by_level: dict[int, tuple[int, str]] = {}
    for kind, level, many in below:
        if kind in passing:
            by_level[level] = max(by_level.get(level, (0, "")), (many, kind))
    return [by_level[level][1] for level in sorted(by_level)]


def _level(kind: str, observed: Mapping[str, list[int]]) -> Level:
    seen = observed.get(kind, [])
    days = float(median(seen)) if len(seen) >= FEWEST_OBSERVED else float(ASSUMED_DAYS)
    return Level(kind, str(Kind(kind).label), days, len(seen) if len(seen) >= FEWEST_OBSERVED else 0)


def days_per_kind(since: timedelta = timedelta(days=3 * 366)) -> dict[str, list[int]]:
    """Working days each kind of office held a letter before passing it on, in the cascades of the last three years."""
    hops = (
        Circular.objects.filter(parent__isnull=False, issued_at__gte=clock.now() - since)
        .exclude(state="DRAFT")
        .values_list("sender__kind", "parent__sent_at", "issued_at")
    )
    held: dict[str, list[int]] = {}
    for kind, sent, passed in hops:
        days = working_days_between(sent.astimezone(BANGKOK).date(), passed.astimezone(BANGKOK).date())
        held.setdefault(kind, []).append(max(days, 0))
    return held
