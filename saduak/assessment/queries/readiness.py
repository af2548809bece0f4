"""Who waits to be told of readiness, who would be told, and what a body above reads of its units."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from saduak.assessment.models import Acknowledgement, ReadinessRelease, Screening
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation, User
from saduak.people.roles import OFFICE_ROLES, Role
from saduak.rounds.models import Round

# A release goes to a body of this kind and everything below it.
PARENTS = (Kind.MINISTRY, Kind.DEPARTMENT, Kind.STATE_ENTERPRISE)
TOLD_ABOVE = (Role.HEAD, Role.REGISTRAR, Role.OBSERVER)
TOLD_AT_UNIT = (Role.COORDINATOR, Role.HEAD)


def held(round: Round) -> QuerySet[Screening]:
    """Screened, result held, application still handed in (not withdrawn since)."""
    return (
        Screening.objects.filter(state="DONE", application__round=round, application__state="SUBMITTED")
        .select_related("application__centre")
        .order_by("application__centre__path")
    )


def held_below(round: Round, body: Organisation, province: str) -> QuerySet[Screening]:
    """What a release to the body, in the province or in all, would tell."""
    path = body.path
    found = held(round).filter(application__centre__path__gte=path, application__centre__path__lt=people.path_end(path))
    return found.filter(application__centre__province_code=province) if province else found


@dataclass
class Group:
    """Held results below one body in one province."""

    body: Organisation
    province: str
    ready: int = 0
    not_ready: int = 0


def groups(round: Round) -> list[Group]:
    """Held results by the body they would be released to and by province; two queries."""
    rows = list(held(round).values_list("application__centre__path", "application__centre__province_code", "result"))
    paths = {path for centre, _province, _result in rows for path in people.ancestors_paths(centre)}
    bodies = {one.path: one for one in Organisation.objects.filter(path__in=paths, kind__in=PARENTS)}
    found: dict[tuple[str, str], Group] = {}
    for centre, province, result in rows:
        above = [bodies[path] for path in people.ancestors_paths(centre) if path in bodies]
        if not above:
            continue
        group = found.setdefault((above[-1].path, province), Group(above[-1], province))
        group.ready += result == "READY"
        group.not_ready += result == "NOT_READY"
    return sorted(found.values(), key=lambda one: (one.body.path, one.province))


@dataclass(frozen=True)
class Preview:
    """Who would be told what. above: each body with how many ready and not ready units it has."""

    screenings: list[Screening]
    people: int
    without_people: list[Screening]
    above: list[tuple[Organisation, int, int]]


def preview(screenings: Iterable[Screening]) -> Preview:
    """What a release of these would do, in three queries."""
    rows = list(screenings)
    persons = unit_people(rows)
    told = {person.pk for group in persons.values() for person in group}
    return Preview(rows, len(told), [one for one in rows if not persons[one.pk]], bodies_above(rows))


def bodies_above(screenings: list[Screening]) -> list[tuple[Organisation, int, int]]:
    """The bodies above the units' own offices, without the secretariat, with their counts; in order of the tree."""
    tally: dict[str, list[int]] = {}
    for one in screenings:
        for path in people.ancestors_paths(one.application.centre.path)[:-1]:
            tally.setdefault(path, [0, 0])[one.result == "NOT_READY"] += 1
    bodies = Organisation.objects.filter(path__in=tally).exclude(kind=Kind.SECRETARIAT).order_by("path")
    return [(body, *tally[body.path]) for body in bodies]  # type: ignore[misc]


def unit_people(screenings: list[Screening]) -> dict[int, list[User]]:
    """Coordinators and heads of each unit (its centre and office), by key of the screening; two queries."""
    return {
        one.pk: found
        for one, found in zip(screenings, people_of([s.application.centre for s in screenings]), strict=True)
    }


def people_of(centres: list[Organisation]) -> list[list[User]]:
    """Coordinators and heads of each centre and of the office it belongs to."""
    paths = {path for centre in centres for path in (centre.path, centre.path[: -Organisation.steplen])}
    posts = people.Membership.objects.filter(
        people.current(), organisation__path__in=paths, role__in=TOLD_AT_UNIT
    ).select_related("user", "organisation")
    at: dict[str, list[User]] = {}
    for post in posts:
        at.setdefault(post.organisation.path, []).append(post.user)
    return [
        list(
            {
                user.pk: user
                for path in (centre.path, centre.path[: -Organisation.steplen])
                for user in at.get(path, ())
            }.values()
        )
        for centre in centres
    ]


def releases(round: Round | None = None) -> QuerySet[ReadinessRelease]:
    """All releases with how many bodies took note."""
    found = ReadinessRelease.objects.select_related("body", "round").annotate(
        told=Count("acknowledgements"),
        noted=Count("acknowledgements", filter=Q(acknowledgements__acknowledged_at__isnull=False)),
    )
    found = found.order_by("-released_at", "-pk")
    return found.filter(round=round) if round is not None else found


def told_to(actor: Actor) -> QuerySet[Acknowledgement]:
    """What the actor's body was told, newest first."""
    if actor.role not in OFFICE_ROLES or actor.organisation_id is None:
        return Acknowledgement.objects.none()
    return (
        Acknowledgement.objects.filter(organisation_id=actor.organisation_id)
        .select_related("release__round", "release__body", "organisation")
        .order_by("-release__released_at", "-pk")
    )


def release_for(number: str, actor: Actor) -> tuple[ReadinessRelease, Acknowledgement | None]:
    """A release that the actor may read, with their own body's note. Raises ReadinessRelease.DoesNotExist."""
    found = ReadinessRelease.objects.select_related("body", "round")
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return found.get(number=number), None
    mine = told_to(actor).filter(release__number=number).first()
    if mine is None:
        raise ReadinessRelease.DoesNotExist
    return found.get(number=number), mine


def table(release: ReadinessRelease, body: Organisation | None) -> QuerySet[Screening]:
    """The units of a release below one body (None: all of them)."""
    found = (
        Screening.objects.filter(release=release)
        .select_related("application__centre")
        .order_by("application__centre__path")
    )
    if body is None:
        return found
    path = body.path
    return found.filter(application__centre__path__gte=path, application__centre__path__lt=people.path_end(path))


def lock_acknowledgement(number: str, *, actor: Actor) -> Acknowledgement:
    """The note that the actor's body owes, held. Raises Acknowledgement.DoesNotExist."""
    return (
        Acknowledgement.objects.select_for_update(of=("self",))
        .select_related("organisation", "release")
        .get(release__number=number, pk__in=told_to(actor).filter(release__number=number).order_by().values("pk"))
    )


def unacknowledged(actor: Actor) -> QuerySet[Acknowledgement]:
    return told_to(actor).filter(acknowledged_at=None)


def acknowledgements(release: ReadinessRelease) -> QuerySet[Acknowledgement]:
    return release.acknowledgements.select_related("organisation").order_by("organisation__path")
