"""Lists of applications, and what they can be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language

from saduak.applications.models import Application
from saduak.applications.queries.visible import visible_to
from saduak.applications.workflow import APPLICATION
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import SYSTEM, Role
from saduak.rounds.models import Round
from saduak.statements import Statement
from saduak.thai.text import fold


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; "" means no limit."""

    q: str = ""
    state: str = ""
    province: str = ""
    round: str = ""


def list_rows(actor: Actor, filters: Filters | None = None) -> QuerySet[Application]:
    """The applications the actor may know of, latest change of state first."""
    wanted = filters or Filters()
    found = visible_to(actor)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.round:
        found = found.filter(round__code=wanted.round)
    if wanted.province:
        found = found.filter(centre__province_code=wanted.province)
    words = fold(wanted.q).split()[:8]
    if words:
        named = Q()
        for word in words:
            named &= Q(centre__search__contains=word)
        found = found.filter(named | Q(number=wanted.q.strip().upper()))
    return (
        found.select_related("centre", "round")
        .only(
            "number", "state", "moved_at", "submitted_at", "decided_level", "centre__name_th", "centre__name_en",
            "centre__path", "centre__province_code", "round__code", "round__fiscal_year",
        )
        .order_by("-moved_at", "-pk")
    )  # fmt: skip


def offices_of(centre_paths: Iterable[str]) -> dict[str, str]:
    """path → name (escaped, in the reader's language) of the offices directly above the centres, in one query."""
    paths = {path[: -Organisation.steplen] for path in centre_paths}
    english = get_language() == "en"
    found = Organisation.objects.filter(path__in=paths).values_list("path", "name_th", "name_en")
    return {path: escape((en or th) if english else th) for path, th, en in found}


def counts_by_state(actor: Actor, filters: Filters | None = None) -> dict[str, int]:
    """state → how many the actor may know of."""
    wanted = filters or Filters()
    found = visible_to(actor)
    if wanted.round:
        found = found.filter(round__code=wanted.round)
    counted = dict(found.values_list("state").annotate(n=Count("pk")).order_by())
    return {state: counted.get(state, 0) for state in APPLICATION.states}


def round_codes() -> list[str]:
    """The rounds a list can be narrowed to, newest first."""
    return [code for (code,) in ROUNDS.rows()]


ROUNDS = Statement(lambda at: Round.objects.order_by("-fiscal_year", "code").values_list("code"))


def provinces_for(actor: Actor) -> list[tuple[str, str]]:
    """The provinces a list can be narrowed to: (code, name in the reader's language)."""
    found = people.organisations().filter(kind=Kind.PROVINCE)
    if not actor.has(Role.OFFICER, Role.AUDITOR, SYSTEM):
        found = found.filter(path__gte=actor.path, path__lt=people.path_end(actor.path)) if actor.path else found.none()
    english = get_language() == "en"
    # Sorted here: told to sort, SQLite with statistics walks the whole tree in that order instead of its 77 provinces.
    rows = sorted(found.order_by().values_list("province_code", "name_th", "name_en"))
    return [(code, (en or th) if english else th) for code, th, en in rows]


def search(text: str, actor: Actor, *, limit: int = 20) -> list[tuple[str, str, str, str]]:
    """(title, state, address, note) of what the actor may know of, by centre or number."""
    if actor.has(Role.COMMITTEE):  # reads applications through the agenda, where interests are known
        return []
    return [
        (one.centre.name, str(one.status.label), reverse("applications:detail", args=[one.number]), one.number)
        for one in list_rows(actor, Filters(q=text))[:limit]
    ]
