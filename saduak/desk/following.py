"""How far the units of a body are in a round: invited, begun, handed in, returned, ready, certified. Reads only.

Counts come from the tree by the beginning of the path, so a ministry with thousands of units is asked for as often as a
district. Of drafts a body above learns that they have been begun, never what they say.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from saduak.applications.models import Application
from saduak.circulars.models import Delivery
from saduak.people import queries as people
from saduak.people.models import Kind, Membership, Organisation
from saduak.rounds.models import Round

STEPS: dict[str, tuple[Any, Q]] = {
    "begun": (_("Applications begun"), Q()),
    "handed_in": (_("Handed in"), Q(submitted_at__isnull=False)),
    "returned": (_("Returned for correction"), Q(state="RETURNED")),
    "ready": (_("Ready"), Q(state__in=["READY", "CERTIFIED", "REFUSED"])),
    "certified": (_("Certified"), Q(state="CERTIFIED")),
}
COLUMNS = {
    "offices": _("Offices that may apply"),
    "invited": _("Invited"),
    **{key: label for key, (label, _where) in STEPS.items()},
}


@dataclass
class Unit:
    """One office with the sums of everything at or below it."""

    organisation: Organisation
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COLUMNS, 0))
    has_below: bool = False

    @property
    def cells(self) -> list[tuple[Any, int]]:
        """(label, count) in the order of the columns."""
        return [(COLUMNS[key], many) for key, many in self.counts.items()]


def below(body: Organisation) -> QuerySet[Organisation]:
    """The offices directly below a body, in order of the tree; centres are counted with their office."""
    return people.below(body).exclude(kind=Kind.CENTRE)


def units(round: Round, offices: list[Organisation]) -> list[Unit]:
    """The sums of each office; three queries, however many offices (all of one depth) and whatever lies below."""
    if not offices:
        return []
    length = len(offices[0].path)
    found = {one.path: Unit(one) for one in offices}
    first, last = min(found), people.path_end(max(found))
    for path, many, within in _offices(round, length, first, last):
        if path in found:
            found[path].counts["offices"] = many
            found[path].has_below = within > 0
    invited = Delivery.objects.filter(circular__round=round, organisation__path__gte=first, organisation__path__lt=last)
    rows = _eligible(invited, round, "organisation__kind").annotate(at=Left("organisation__path", length))
    for path, many in rows.order_by().values_list("at").annotate(many=Count("organisation", distinct=True)):
        if path in found:
            found[path].counts["invited"] = many
    for path, *counts in (
        _applications(round, first, last)
        .annotate(at=Left("centre__path", length))
        .values_list("at")
        .annotate(**{key: Count("pk", filter=where) for key, (_label, where) in STEPS.items()})
    ):
        if path in found:
            found[path].counts.update(zip(STEPS, counts, strict=True))
    return [found[one.path] for one in offices]


def _offices(round: Round, length: int, first: str, last: str) -> QuerySet[Any]:
    found = people.organisations().filter(path__gte=first, path__lt=last).exclude(kind=Kind.CENTRE)
    kinds = round.may_apply_kinds
    may_apply = Q(kind__in=kinds) if kinds else Q()
    return (
        found.order_by()
        .annotate(at=Left("path", length))
        .values_list("at")
        .annotate(
            many=Count("pk", filter=may_apply), within=Count("pk", filter=Q(depth__gt=length // Organisation.steplen))
        )
    )


def _eligible(found: QuerySet[Any], round: Round, name: str) -> QuerySet[Any]:
    return found.filter(**{f"{name}__in": round.may_apply_kinds}) if round.may_apply_kinds else found


def _applications(round: Round, first: str, last: str) -> QuerySet[Application]:
    found = Application.objects.filter(round=round, centre__path__gte=first, centre__path__lt=last)
    return found.exclude(state="WITHDRAWN").order_by()


def total(round: Round, body: Organisation) -> Unit:
    """The sums of a body and everything below it."""
    return units(round, [body])[0]


def silent(round: Round, body: Organisation) -> list[int]:
    """Keys of the offices at or below a body that may apply and have begun nothing, in order of the tree; two queries."""
    begun = {path[: -Organisation.steplen] for path in _applications(round, body.path, people.path_end(body.path)).values_list("centre__path", flat=True)}  # fmt: skip
    found = _eligible(people.subtree(body.path).exclude(kind=Kind.CENTRE), round, "kind")
    return [pk for pk, path in found.values_list("pk", "path") if path not in begun]


@dataclass(frozen=True)
class Silent:
    """An office that has begun nothing. persons: who hold a post there today; last_seen: when one of them was last in
    Saduak (None: never); invited_at: when the circular was sent to it (None: it was not)."""

    organisation: Organisation
    above: str
    persons: int
    last_seen: datetime | None
    invited_at: datetime | None


def describe(round: Round, keys: list[int]) -> list[Silent]:
    """What is known of some of the silent offices; four queries."""
    offices = list(Organisation.objects.filter(pk__in=keys).order_by("path"))
    posts = Membership.objects.filter(people.current(), organisation__in=keys).order_by()
    seen = {
        pk: (persons, last)
        for pk, persons, last in posts.values_list("organisation").annotate(
            persons=Count("user", distinct=True), last=Max("user__last_login")
        )
    }
    sent = Delivery.objects.filter(circular__round=round, organisation__in=keys).order_by()
    invited = dict(sent.values_list("organisation").annotate(first=Min("sent_at")))
    paths = {one.path[: -Organisation.steplen] for one in offices}
    above = {one.path: one.name for one in Organisation.objects.filter(path__in=paths)}
    return [
        Silent(one, above.get(one.path[: -Organisation.steplen], ""), *seen.get(one.pk, (0, None)), invited.get(one.pk))
        for one in offices
    ]


def table(round: Round, body: Organisation) -> Iterator[list[Any]]:
    """Every office below a body with its own counts, for a spreadsheet: headings first."""
    yield [_("Code"), _("Name"), _("Kind"), *COLUMNS.values()]
    offices = people.subtree(body.path).exclude(kind=Kind.CENTRE)
    by_length: dict[int, list[Organisation]] = {}
    for one in offices:
        by_length.setdefault(len(one.path), []).append(one)
    for length in sorted(by_length):
        for unit in units(round, by_length[length]):
            place = unit.organisation
            yield [place.code, place.name, place.get_kind_display(), *unit.counts.values()]
