"""What of the circulars an actor may see: an office its own hops and those below it, the secretariat all of them."""

from typing import Any

from django.db.models import Q, QuerySet

from saduak.circulars.models import Circular, Delivery, Reading
from saduak.people.actor import Actor
from saduak.people.queries import path_end
from saduak.people.roles import Role

ALL = (Role.OFFICER, Role.AUDITOR)
OFFICE = (Role.REGISTRAR, Role.HEAD, Role.COORDINATOR, Role.OBSERVER)


def readings(actor: Actor) -> QuerySet[Reading]:
    """Readings are drafts of the secretariat's officers; the auditor reads them too."""
    return Reading.objects.all() if actor.has(*ALL) else Reading.objects.none()


def deliveries(actor: Actor) -> QuerySet[Delivery]:
    """Hops the actor may see: at their organisation and everything below it."""
    span = span_of(actor)
    if span is None:
        return Delivery.objects.none()
    return deliveries_within(span["path"], span["end"]) if span else Delivery.objects.all()


def span_of(actor: Actor) -> dict[str, str] | None:
    """The range of the tree at which the actor may see hops, from `path` to before `end`; empty for the whole tree, None
    for nothing at all."""
    if actor.has(*ALL):
        return {}
    return {"path": actor.path, "end": path_end(actor.path)} if actor.has(*OFFICE) and actor.path else None


def deliveries_within(path: Any, end: Any) -> QuerySet[Delivery]:
    """Hops in a range of the tree. path, end: texts, or what stands for them."""
    return Delivery.objects.filter(organisation__path__gte=path, organisation__path__lt=end)


def circulars(actor: Actor) -> QuerySet[Circular]:
    """Letters the actor may see: drafts of offices the post holds for, issued ones sent or received at or below."""
    if actor.has(*ALL):
        # A draft is its office's own business until it leaves.
        return Circular.objects.filter(~Q(state="DRAFT") | Q(sender_id=actor.organisation_id))
    if not (actor.has(*OFFICE) and actor.path):
        return Circular.objects.none()
    end = path_end(actor.path)
    below = Q(sender__path__gte=actor.path, sender__path__lt=end)
    own_draft = below if actor.subtree else Q(sender__path=actor.path)
    received = Q(pk__in=deliveries(actor).values("circular_id"))
    return Circular.objects.filter((Q(state="DRAFT") & own_draft) | (~Q(state="DRAFT") & (below | received)))


def own_deliveries(actor: Actor) -> QuerySet[Delivery]:
    """Hops at the organisations for which the post holds: what the actor has to deal with."""
    if not (actor.has(*OFFICE) and actor.path):
        return Delivery.objects.none()
    if actor.subtree:
        return deliveries(actor)
    return Delivery.objects.filter(organisation_id=actor.organisation_id)


def lock_reading(code: str, *, actor: Actor) -> Reading:
    """The reading, held. Raises Reading.DoesNotExist, also for those who may not see it."""
    return Reading.objects.select_for_update().get(code=code, pk__in=readings(actor).values("pk"))


def lock_circular(code: str, *, actor: Actor) -> Circular:
    """The circular, held. Raises Circular.DoesNotExist, also for those who may not see it."""
    found = Circular.objects.select_for_update(of=("self",)).select_related("sender", "round", "parent")
    return found.get(code=code, pk__in=circulars(actor).filter(code=code).values("pk"))


def lock_root(code: str, *, actor: Actor) -> Circular:
    """The first letter of a cascade of which the actor sees a part, held. Raises Circular.DoesNotExist."""
    found = Circular.objects.select_for_update(of=("self",)).select_related("sender", "round").filter(parent=None)
    return found.exclude(state="DRAFT").get(code=code, pk__in=deliveries(actor).values("root_id"))


def lock_delivery(code: str, *, actor: Actor) -> Delivery:
    """The hop, held. Raises Delivery.DoesNotExist, also for those who may not see it."""
    found = Delivery.objects.select_for_update(of=("self",)).select_related(
        "organisation", "circular__sender", "circular__round"
    )
    return found.get(code=code, pk__in=deliveries(actor).filter(code=code).values("pk"))
