"""Whom a circular goes to: a choice over the part of the tree that lies below its sender."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _

from saduak.applications import queries as applications
from saduak.certificates import queries as certificates
from saduak.circulars.models import Circular, Delivery
from saduak.circulars.queries.named import named
from saduak.kernel.refusals import NotComplete
from saduak.people import queries as people
from saduak.people.models import Kind, Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round

APPLIED = ("yes", "no")


def chosen(sender: Organisation, selection: Mapping[str, Any]) -> QuerySet[Organisation]:
    """The organisations that a selection names, in order of the tree; always strictly below the sender.

    One of these begins: `children` (true): those directly below the sender; `list` (or `codes`): codes or names, one a
    line; else `kinds` (of office) and `levels` (steps below the sender), of which at least one has to be given. These
    narrow it: `within`: areas, codes or names, one a line; `certificate`: fiscal year (B.E.) in which a certificate of the office,
    or of a centre at or below it, ends; `round` with `applied` ("yes" or "no"): whether the office or a centre below it has
    applied there; `except`: codes or names, one a line: these and everything below them get no letter.
    Raises NotComplete naming every line that is no office below the sender.
    """
    below = people.subtree(sender.path).exclude(pk=sender.pk)
    found = _narrowed(_begun(below, sender, selection), sender, selection)
    for one in named(sender, str(selection.get("except", "")), field="except"):
        found = found.exclude(path__gte=one.path, path__lt=people.path_end(one.path))
    return found


def addressees(circular: Circular) -> QuerySet[Organisation]:
    """Whom a letter goes to: an answer to the sender of what it answers, any other as its selection says."""
    if circular.in_reply_to_id is not None:
        return Organisation.objects.filter(pk=Delivery.objects.get(pk=circular.in_reply_to_id).circular.sender_id)
    return chosen(circular.sender, circular.selection)


def _begun(below: QuerySet[Organisation], sender: Organisation, selection: Mapping[str, Any]) -> QuerySet[Organisation]:
    key = "list" if selection.get("list") else "codes"
    text = str(selection.get(key, ""))
    if text.strip():
        return below.filter(pk__in=[one.pk for one in named(sender, text, field=key)])
    if selection.get("children"):
        return below.filter(depth=sender.depth + 1).exclude(kind=Kind.CENTRE)
    kinds, levels = list(selection.get("kinds", [])), [int(level) for level in selection.get("levels", [])]
    if not (kinds or levels):
        return below.none()
    found = below.filter(kind__in=kinds) if kinds else below.exclude(kind=Kind.CENTRE)
    return found.filter(depth__in=[sender.depth + level for level in levels]) if levels else found


def _narrowed(
    found: QuerySet[Organisation], sender: Organisation, selection: Mapping[str, Any]
) -> QuerySet[Organisation]:
    tops = named(sender, str(selection.get("within", "")), field="within", areas=True)
    if tops:
        found = found.filter(_in_area(tops))
    if selection.get("certificate"):
        ending = certificates.due_in(int(selection["certificate"]))
        found = found.filter(_at_or_above(ending, sender))
    if selection.get("applied") in APPLIED:
        try:
            applied = applications.handed_in(rounds.by_code(str(selection.get("round", ""))))
        except Round.DoesNotExist:
            raise NotComplete(
                _("Choose the round in which the offices have applied, or have not."), field="round"
            ) from None
        having = _at_or_above(applied, sender)
        found = found.filter(having) if selection["applied"] == "yes" else found.exclude(having)
    return found


def _in_area(tops: list[Organisation]) -> Q:
    """In the area of a province or district, whatever the line of command; of any other office, what is below it."""
    wanted = Q(pk__in=[])
    for top in tops:
        wanted |= Q(path__gte=top.path, path__lt=people.path_end(top.path))
        if top.kind == Kind.PROVINCE and top.province_code:
            wanted |= Q(province_code=top.province_code)
        elif top.kind == Kind.DISTRICT and top.district_code:
            wanted |= Q(district_code=top.district_code)
    return wanted


def where_ending(sender: Organisation, year: int) -> dict[str, Any]:
    """The selection that reaches the offices below the sender whose certificates, or those of their centres, end in a
    fiscal year (B.E.): their kinds, narrowed by the year; empty where none does. Two queries."""
    ending = certificates.due_in(year).filter(centre__path__startswith=sender.path).order_by()
    of_centres = ending.filter(centre__kind=Kind.CENTRE).annotate(
        above=Substr("centre__path", 1, Length("centre__path") - Organisation.steplen)
    )
    offices = people.subtree(sender.path).exclude(pk=sender.pk).exclude(kind=Kind.CENTRE)
    found = offices.filter(Q(path__in=of_centres.values("above")) | Q(pk__in=ending.values("centre")))
    kinds = sorted(found.order_by().values_list("kind", flat=True).distinct())
    return {"kinds": kinds, "certificate": str(year)} if kinds else {}


def _at_or_above(having: QuerySet[Any], sender: Organisation) -> Q:
    """Offices that have one of these (certificates, applications), or a centre below them has. The database cuts the
    paths of the centres, once for each level below the sender."""
    wanted = Q(pk__in=[])
    having = having.filter(centre__path__startswith=sender.path).order_by()
    deepest = people.subtree(sender.path).order_by("-depth").values_list("depth", flat=True).first() or 0
    for depth in range(sender.depth + 1, deepest + 1):
        above = having.annotate(above=Substr("centre__path", 1, depth * Organisation.steplen)).values("above")
        wanted |= Q(depth=depth, path__in=above)
    return wanted


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


def levels_below(sender: Organisation) -> dict[int, list[tuple[str, int]]]:
    """Steps below the sender → [(kind, how many)], centres left out; the most frequent kind first. One query."""
    rows = people.subtree(sender.path).exclude(pk=sender.pk).exclude(kind=Kind.CENTRE).order_by()
    found: dict[int, list[tuple[str, int]]] = {}
    for kind, depth, many in rows.values_list("kind", "depth").annotate(many=Count("pk")):
        found.setdefault(depth - sender.depth, []).append((kind, many))
    return {step: sorted(found[step], key=lambda one: (-one[1], one[0])) for step in sorted(found)}
