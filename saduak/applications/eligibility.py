"""May this centre apply now? Said before anybody spends time on an application."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from saduak.applications import policy, queries
from saduak.applications.models import Application
from saduak.kernel.verdict import Verdict
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.queries import organisations as all_organisations
from saduak.people.queries import path_end
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round, Window

MOST_CENTRES = 200


@dataclass(frozen=True)
class Check:
    """One centre in one round: whether it may apply, or the application it already has."""

    round: Round
    window: Window | None
    centre: Organisation
    office: Organisation | None
    verdict: Verdict
    existing: Application | None

    @property
    def url(self) -> str:
        return reverse("applications:detail", args=[self.existing.number]) if self.existing else ""


def checks(actor: Actor) -> list[Check]:
    """Every centre of the actor with every round under way, centre by centre; five queries whatever their number."""
    centres = list(queries.own_centres(actor)[:MOST_CENTRES])
    if not centres:
        return []
    parents = {one.path[: -Organisation.steplen] for one in centres}
    offices = {one.path: one for one in Organisation.objects.filter(path__in=parents)}
    current = [one for one in rounds.rounds() if one.state == "OPEN"]
    live = Application.objects.filter(centre__in=centres, round__in=current).exclude(state="WITHDRAWN")
    existing = {(one.round_id, one.centre_id): one for one in live}
    made = []
    for centre in centres:
        office = offices.get(centre.path[: -Organisation.steplen])
        for round in current:
            verdict = policy.may_apply(round, centre, office)
            one = existing.get((round.pk, centre.pk))
            made.append(Check(round, rounds.window(round, "APPLICATION"), centre, office, verdict, one))
    return made


def offices(actor: Actor) -> list[Organisation]:
    """The offices under which the actor may register a centre."""
    if not actor.has(*policy.PREPARERS) or not actor.path:
        return []
    found = all_organisations().exclude(kind=Kind.CENTRE)
    if actor.subtree:
        found = found.filter(path__gte=actor.path, path__lt=path_end(actor.path))
    else:
        found = found.filter(path=actor.path)
    return list(found[:MOST_CENTRES])
