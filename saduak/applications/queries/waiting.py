"""What waits for somebody in applications, for their first page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from saduak.applications.models import Application
from saduak.applications.policy import PREPARERS
from saduak.applications.queries.visible import own
from saduak.kernel import clock
from saduak.kernel.waiting import Waiting
from saduak.people.actor import Actor
from saduak.people.roles import Role
from saduak.rounds.models import Window

MOST = 20
_COORDINATORS = ("DRAFT", "RETURNED")
_HEADS = ("PROPOSED", "RETURNED")


def waiting_for(actor: Actor) -> list[Waiting]:
    """Drafts and corrections for a coordinator, what is to be endorsed for a head; two queries."""
    if not actor.has(*PREPARERS):
        return []
    states = _HEADS if actor.has(Role.HEAD) else _COORDINATORS
    found = list(
        own(actor)
        .filter(state__in=states)
        .select_related("centre")
        .annotate(due=Max("remarks__due_on"))
        .order_by("moved_at", "pk")[:MOST]
    )
    if not found:
        return []
    rounds = {one.round_id for one in found}
    closing = dict(Window.objects.filter(round__in=rounds, kind="APPLICATION").values_list("round_id", "closes_at"))
    return [_waiting(one, closing.get(one.round_id)) for one in found]


def _end_of(day: date) -> datetime:
    """The first moment after a day in Bangkok."""
    return datetime.combine(day + timedelta(days=1), time(), clock.BANGKOK)


def _waiting(application: Application, closes_at: datetime | None) -> Waiting:
    why = {
        "DRAFT": _("Fill the application and lay it before the head"),
        "PROPOSED": _("Read, endorse and hand in, or send back"),
        "RETURNED": _("Correct every item, reply, and hand in again"),
    }[application.state]
    until = _end_of(application.due) if application.state == "RETURNED" and application.due else closes_at
    return Waiting(
        title=application.centre.name,
        url=reverse("applications:detail", args=[application.number]),
        why=why,
        until=until,
        since=application.moved_at,
        tone="bad" if until is not None and until <= clock.now() else "waiting",
    )
