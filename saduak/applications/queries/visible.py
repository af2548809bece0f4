"""What an actor may know of."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from saduak.applications.models import Application, AssistedEntry
from saduak.applications.policy import PREPARERS
from saduak.applications.workflow import DECIDED, IN_HAND
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import SYSTEM, Role

ABOVE = (Role.REGISTRAR, Role.COORDINATOR, Role.HEAD, Role.OBSERVER)


def visible_to(actor: Actor) -> QuerySet[Application]:
    """What the actor may know of.

    The unit itself: its own, in every state. Every office role of the bodies above: what was handed in below them. The
    secretariat and the auditor: everything. The committee: what has been decided. Before that its members, like assessors,
    reach an application only where their interests are known (assessment), never here; operators and visitors see none.
    """
    every = Application.objects.all()
    if actor.has(Role.OFFICER, Role.AUDITOR, SYSTEM):
        return every
    if actor.has(Role.COMMITTEE):
        return every.filter(state__in=DECIDED)
    if not actor.path or not actor.has(*ABOVE):
        return every.none()
    below = Q(centre__path__gte=actor.path, centre__path__lt=people.path_end(actor.path))
    handed_in = below & Q(submitted_at__isnull=False)
    if not actor.has(*PREPARERS):
        return every.filter(handed_in)
    entered = AssistedEntry.objects.filter(entered_by_organisation_id=actor.organisation_id).values("application_id")
    return every.filter(handed_in | _own(actor) | Q(pk__in=entered))


def _own(actor: Actor) -> Q:
    """As policy.holds_for, in SQL: below the post when it holds for the subtree, else its office's own centres."""
    if actor.subtree:
        return Q(centre__path__gte=actor.path, centre__path__lt=people.path_end(actor.path))
    own_depth = len(actor.path) // Organisation.steplen
    return Q(
        centre__path__gte=actor.path, centre__path__lt=people.path_end(actor.path), centre__depth__lte=own_depth + 1
    )


def own(actor: Actor) -> QuerySet[Application]:
    """The actor's own applications, to work on, in every state."""
    if not actor.path or not actor.has(*PREPARERS):
        return Application.objects.none()
    return Application.objects.filter(_own(actor))


def lock(number: str, *, actor: Actor) -> Application:
    """Find, filter by visibility and hold, in one act. Raises Application.DoesNotExist, also for a stranger."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("centre", "round__standard_pack", "round__profile_pack")
        # The number twice: SQLite lists what stands in brackets first, and that would be all that the actor may see.
        .get(number=number, pk__in=visible_to(actor).filter(number=number).values("pk"))
    )


def by_number(number: str, *, actor: Actor) -> Application:
    """One application for reading. Raises Application.DoesNotExist, also for a stranger."""
    found = visible_to(actor).select_related("centre", "round__standard_pack", "round__profile_pack", "assisted")
    return found.get(number=number)


def drafts_below(actor: Actor) -> int:
    """How many applications the centres below are still preparing: a number is all that a body above learns of them."""
    if not actor.path or not actor.has(*ABOVE):
        return 0
    end = people.path_end(actor.path)
    below = Application.objects.filter(state__in=IN_HAND, centre__path__gte=actor.path, centre__path__lt=end)
    return below.exclude(pk__in=visible_to(actor).values("pk")).count()


def own_centres(actor: Actor) -> QuerySet[Organisation]:
    """The centres the actor may apply for (policy.holds_for, as a list)."""
    if not actor.has(*PREPARERS) or not actor.path:
        return Organisation.objects.none()
    found = people.subtree(actor.path).filter(kind=Kind.CENTRE)
    if not actor.subtree:
        found = found.filter(depth__lte=len(actor.path) // Organisation.steplen + 1)
    return found
