"""The round and one's own applications at a glance, for the first page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.applications import queries as applications
from saduak.applications import standing
from saduak.applications.models import Application
from saduak.applications.policy import PREPARERS
from saduak.circulars import queries as circulars
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.people.roles import Role
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round

MOST = 5  # applications of one's own that the first page shows; the rest stand in the list


@dataclass(frozen=True)
class Phase:
    """What the round's calendar says now: a window that is open until `until`, or the next one, which opens at `opens`."""

    label: Any
    until: datetime | None = None
    opens: datetime | None = None


def phases(round: Round) -> list[Phase]:
    """The windows that are open now, else the one that opens next; [] when the calendar is over. One query."""
    now = clock.now()
    every = rounds.windows(round)
    running = [one for one in every if one.opens_at <= now < one.closes_at]
    if running:
        return [Phase(one.get_kind_display(), until=one.closes_at) for one in running]
    return [Phase(one.get_kind_display(), opens=one.opens_at) for one in every if one.opens_at > now][:1]


@dataclass(frozen=True)
class Figure:
    """One step of the way of all units through the round, and where its list stands."""

    label: Any
    value: int
    url: str


_HANDED_IN = ("SUBMITTED", "RETURNED", "READY", "NOT_READY", "CERTIFIED", "REFUSED")
_READY = ("READY", "CERTIFIED", "REFUSED")


def funnel(actor: Actor, round: Round) -> list[Figure]:
    """How many offices were invited, and how many centres got at least so far; for officers. Two queries."""
    if not actor.has(Role.OFFICER):
        return []
    by_state = applications.counts_by_state(actor, applications.Filters(round=round.code))
    total = sum(by_state.values()) - by_state["WITHDRAWN"]
    listed = f"{reverse('applications:index')}?round={round.code}"
    of_round = reverse("certificates:round", args=[round.code])
    return [
        Figure(_("Offices invited"), circulars.reached(round), reverse("circulars:outgoing")),
        Figure(_("Applications begun"), total, listed),
        Figure(_("Applications handed in"), sum(by_state[one] for one in _HANDED_IN), listed),
        Figure(_("Ready for assessment"), sum(by_state[one] for one in _READY), f"{reverse('assessment:index')}?round={round.code}"),
        Figure(_("Certified"), by_state["CERTIFIED"], of_round),
    ]  # fmt: skip


@dataclass(frozen=True)
class Own:
    """One application of the actor's own: whose turn (role, until, what), and how far the form is while it is being filled;
    missing counts answers and evidence, as the page “check your answers” does."""

    application: Application
    turn: dict[str, Any]
    done: int = 0
    total: int = 0
    missing: int = 0


def own(actor: Actor) -> list[Own]:
    """The unit's applications in rounds under way, latest first. At most five; three queries, and two for each draft."""
    if not actor.has(*PREPARERS):
        return []
    found = (
        applications.own(actor)
        .filter(round__state="OPEN")
        .exclude(state="WITHDRAWN")
        .select_related("centre", "round__standard_pack")
        .prefetch_related("round__windows")
        .order_by("-moved_at", "-pk")[:MOST]
    )
    return [_own(one) for one in found]


def _own(application: Application) -> Own:
    remarks = applications.remarks(application) if application.state == "RETURNED" else []
    turn = standing.turn(application, remarks)
    if application.state not in ("DRAFT", "PROPOSED"):
        return Own(application, turn)
    form = applications.progress(application)
    return Own(application, turn, form.done, form.total, len(form.missing))
