"""May this centre apply now? Said before anybody spends time on an application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.applications import policy, queries
from saduak.applications.models import Application, CertifiedCentre
from saduak.kernel import clock
from saduak.kernel.verdict import Verdict
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.queries import organisations as all_organisations
from saduak.people.queries import path_end
from saduak.people.roles import Role
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round, Window

MOST_CENTRES = 200
MOST_FOUND = 30  # centres that a search for others shows


@dataclass(frozen=True)
class Check:
    """One centre in one round: whether it may apply, or the application it already has."""

    round: Round
    window: Window | None
    centre: Organisation
    office: Organisation | None
    verdict: Verdict
    existing: Application | None
    last_year: int | None = None  # fiscal year of the last application, from which this one may begin
    instead: Any = ""  # what to do where it may not apply
    closes_at: datetime | None = None  # of the window, or of the late entry where one was granted

    @property
    def url(self) -> str:
        return reverse("applications:detail", args=[self.existing.number]) if self.existing else ""


def checks(actor: Actor) -> list[Check]:
    """Every centre of the actor with every round under way, centre by centre; eight queries whatever their number, and
    one for each centre that may begin from an earlier application."""
    centres = list(queries.own_centres(actor)[:MOST_CENTRES])
    if not centres:
        return []
    parents = {one.path[: -Organisation.steplen] for one in centres}
    offices = {one.path: one for one in Organisation.objects.filter(path__in=parents)}
    current = [one for one in rounds.rounds().prefetch_related("late_entries") if one.state == "OPEN"]
    live = Application.objects.filter(centre__in=centres, round__in=current).exclude(state="WITHDRAWN")
    existing = {(one.round_id, one.centre_id): one for one in live}
    held = {(one.centre_id, one.programme): one for one in CertifiedCentre.objects.filter(centre__in=centres)}
    before = Application.objects.filter(centre__in=centres, submitted_at__isnull=False)
    handed_in = set(before.values_list("centre_id", flat=True))
    made = []
    for centre in centres:
        office = offices.get(centre.path[: -Organisation.steplen])
        for round in current:
            certificate = held.get((centre.pk, queries.programme_of(round)))
            verdict = policy.may_apply(round, centre, office, certificate)
            one = existing.get((round.pk, centre.pk))
            window = rounds.window(round, "APPLICATION")
            last = (centre.pk in handed_in) and one is None and bool(verdict) and _last_year(centre, round)
            made.append(
                Check(
                    round,
                    window,
                    centre,
                    office,
                    verdict,
                    one,
                    last or None,
                    _instead(verdict, round, certificate),
                    rounds.closes_at(round, centre),
                )
            )
    return made


def _last_year(centre: Organisation, round: Round) -> int | None:
    last = queries.last_handed_in(centre, round)
    return last.application.round.fiscal_year if last else None


def _instead(verdict: Verdict, round: Round, held: CertifiedCentre | None) -> Any:
    """What to do instead, for the reasons that a unit can do something about."""
    if verdict:
        return ""
    if not policy.not_certified_for_long(round, held):
        return _("There is nothing to do now. Keep the mark where people see it, and your evidence up to date.")
    window = rounds.window(round, "APPLICATION")
    if window is not None and window.opens_at > clock.now():
        return _("Meanwhile read the standard and collect photographs and documents.")
    if window is not None and window.closes_at <= clock.now():
        return _(
            "If there was a reason beyond your control, ask the secretariat in writing for late entry; else prepare for the next round."
        )
    return _("If the office is entered wrongly in the tree of command, tell the secretariat.")


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


@dataclass(frozen=True)
class Found:
    """A centre for which somebody may enter: its office, whether it may apply, and the application it has already."""

    centre: Organisation
    office: Organisation | None
    verdict: Verdict
    existing: Application | None


def for_others(actor: Actor, round: Round, text: str) -> list[Found]:
    """Centres by their own name or code, or by that of their office, for which the actor may enter in the round."""
    within = "" if actor.has(Role.OFFICER) else actor.path
    direct = people.search(text, kinds=[Kind.CENTRE], within=within, limit=MOST_FOUND)
    offices = [one for one in people.search(text, within=within, limit=MOST_FOUND) if one.kind != Kind.CENTRE]
    below = Q(pk__in=[])
    for one in offices:
        below |= Q(path__startswith=one.path, depth=one.depth + 1)
    theirs = people.organisations().filter(below, kind=Kind.CENTRE)[:MOST_FOUND]
    centres = list({one.pk: one for one in [*direct, *theirs]}.values())[:MOST_FOUND]
    centres = [one for one in centres if policy.may_assist(actor, one)]
    parents = {one.path[: -Organisation.steplen] for one in centres}
    known = {one.path: one for one in Organisation.objects.filter(path__in=parents)}
    live = Application.objects.filter(centre__in=centres, round=round).exclude(state="WITHDRAWN")
    existing = {one.centre_id: one for one in live}
    held = {(one.centre_id, one.programme): one for one in CertifiedCentre.objects.filter(centre__in=centres)}
    programme = queries.programme_of(round)
    return [
        Found(
            one,
            office := known.get(one.path[: -Organisation.steplen]),
            policy.may_apply(round, one, office, held.get((one.pk, programme))),
            existing.get(one.pk),
        )
        for one in centres
    ]
