"""Teams with their load, and a proposal which team takes which application."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from saduak.applications.models import Answer, Application
from saduak.assessment.interests import posts_of
from saduak.assessment.models import Case, Sheet, Team, TeamMember
from saduak.assessment.policy import FEWEST_SHEETS, MARKING
from saduak.people import queries as people
from saduak.people.models import Kind, Organisation, User
from saduak.people.roles import Role
from saduak.rounds.models import Round


def teams(round: Round) -> QuerySet[Team]:
    """The round's teams with their members and how many cases they hold."""
    members = TeamMember.objects.select_related("user").order_by("pk")
    return (
        Team.objects.filter(round=round)
        .prefetch_related(Prefetch("members", members))
        .annotate(load=Count("cases"), open_load=Count("cases", filter=Q(cases__state__in=["ASSIGNED", "MARKED"])))
        .order_by("number")
    )


def by_code(code: str) -> Team:
    """Raises Team.DoesNotExist."""
    return Team.objects.select_related("round").get(code=code)


def lock(code: str) -> Team:
    return Team.objects.select_for_update(of=("self",)).select_related("round").get(code=code)


def possible_members(team: Team) -> QuerySet[User]:
    """Assessors who are not in this team yet."""
    return people.programme_people(Role.ASSESSOR).exclude(pk__in=team.members.values("user_id"))


def provinces() -> dict[str, str]:
    """Thai name by code, in the order of the alphabet."""
    found = people.organisations().filter(kind=Kind.PROVINCE).order_by("name_th")
    rows = found.only("province_code", "name_th", "name_en")
    return {one.province_code: one.name for one in rows if one.province_code}


def unassigned(round: Round) -> QuerySet[Application]:
    """Ready applications that no team has yet."""
    return (
        Application.objects.filter(round=round, state="READY", case=None)
        .select_related("centre", "round")
        .order_by("centre__province_code", "centre__path")
    )


@dataclass(frozen=True)
class Choice:
    """A team that could take an application. free: members who would mark without a conflict."""

    team: Team
    free: int
    markers: int
    in_region: bool

    @property
    def possible(self) -> bool:
        return self.free >= FEWEST_SHEETS

    @property
    def without_conflict(self) -> bool:
        return self.free == self.markers


@dataclass(frozen=True)
class Proposal:
    application: Application
    choices: list[Choice]
    proposed: Team | None


def proposals(applications: Iterable[Application], teams: Iterable[Team]) -> list[Proposal]:
    """For each application the teams that could take it, and one proposed: region first, no conflict, least load.

    What derives a conflict is read once for everybody. Declarations come after assignment and are not known yet.
    """
    applications, teams = list(applications), list(teams)
    near = Nearness(applications, [member.user for team in teams for member in team.members.all()])
    load = {team.pk: team.load for team in teams}  # type: ignore[attr-defined]
    found = []
    for application in applications:
        choices = [_choice(team, application, near) for team in teams]
        fitting = [one for one in choices if one.possible]
        fitting.sort(key=lambda one: (not one.without_conflict, not one.in_region, load[one.team.pk], one.team.number))
        proposed = fitting[0].team if fitting else None
        if proposed is not None:
            load[proposed.pk] += 1
        found.append(Proposal(application, choices, proposed))
    return found


def _choice(team: Team, application: Application, near: "Nearness") -> Choice:
    markers = [one for one in team.members.all() if one.function in MARKING]
    free = [one for one in markers if not near.between(one.user, application)]
    region = not team.provinces or application.centre.province_code in team.provinces
    return Choice(team, len(free), len(markers), region)


class Nearness:
    """Conflicts that are derived, for applications that are no cases yet."""

    def __init__(self, applications: list[Application], users: list[User]) -> None:
        self.posts = posts_of({user.pk for user in users})
        self.wrote = set(
            Answer.objects.filter(application__in=applications, updated_by_ref__in={user.ref for user in users})
            .values_list("application_id", "updated_by_ref")
            .distinct()
        )
        self.assessed: dict[tuple[int, int], list[int]] = {}
        sheets = Sheet.objects.filter(
            user__in=users, case__application__centre__in={one.centre_id for one in applications}
        )
        for centre, user, year in sheets.values_list(
            "case__application__centre_id", "user_id", "case__application__round__fiscal_year"
        ):
            self.assessed.setdefault((centre, user), []).append(year)

    def between(self, user: User, application: Application) -> bool:
        """Would the person have a conflict?"""
        centre: Organisation = application.centre
        if any(post.touches(centre) for post in self.posts[user.pk]) or (application.pk, user.ref) in self.wrote:
            return True
        return any(year < application.round.fiscal_year for year in self.assessed.get((centre.pk, user.pk), ()))


def cases_of(team: Team) -> QuerySet[Case]:
    return team.cases.select_related("application__centre", "application__round").order_by("pk")
