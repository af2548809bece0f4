"""The officer's queue of desk checks, and one desk check with what changed since the last look."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from saduak.applications import handed_in, profile
from saduak.applications import queries as applications
from saduak.applications.models import Application, Evidence, Submission
from saduak.assessment.dossier import Given, changed_parts, dossier
from saduak.assessment.models import DeskCheck, Finding, Screening
from saduak.assessment.workflow import SCREENING
from saduak.packs.asking import Form
from saduak.packs.standard import Standard
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation, User
from saduak.people.roles import Role
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.thai.text import fold

TABS = {
    "waiting": (_("To screen"), Q(state="SUBMITTED") & (Q(screening=None) | Q(screening__state="OPEN"))),
    "returned": (_("With the unit for correction"), Q(state="RETURNED")),
    "held": (_("Screened, result held"), Q(state="SUBMITTED", screening__state="DONE")),
    "released": (_("Readiness told"), Q(screening__state="RELEASED")),
}


def screened_by(actor: Actor) -> QuerySet[Application]:
    """Applications whose desk check the actor may see: handed in, and only for officers and auditors."""
    if not actor.has(Role.OFFICER, Role.AUDITOR):
        return Application.objects.none()
    return applications.visible_to(actor).filter(submitted_at__isnull=False).exclude(state="WITHDRAWN")


def queue(
    actor: Actor,
    round: Round | None,
    tab: str,
    *,
    province: str = "",
    text: str = "",
    whose: str = "",
    below: Organisation | None = None,
) -> QuerySet[Application]:
    """One tab of the queue, longest waiting first.

    whose: "mine", "nobody", or the ref of an officer; below: only centres at or below this body.
    """
    found = screened_by(actor).filter(TABS[tab][1]).select_related("centre", "screening", "desk_check__user")
    if whose == "mine":
        found = found.filter(desk_check__user_id=actor.user_id)
    elif whose == "nobody":
        found = found.filter(desk_check=None)
    elif whose:
        found = found.filter(desk_check__user__uuid=whose)
    if below is not None:
        found = found.filter(centre__path__gte=below.path, centre__path__lt=people.path_end(below.path))
    if round is not None:
        found = found.filter(round=round)
    if province:
        found = found.filter(centre__province_code=province)
    for word in fold(text).split():
        found = found.filter(Q(centre__search__contains=word) | Q(number__icontains=word))
    return found.order_by("submitted_at", "pk")


def with_submissions(rows: Iterable[Application]) -> list[Application]:
    """The rows of a page, each with how often (`times`) and when last (`last_submitted_at`) it was handed in. One query;
    counted for a page and not for the whole queue, which would count every application for fifty."""
    shown = list(rows)
    found = Submission.objects.filter(application_id__in=[one.pk for one in shown]).order_by()
    counted = found.values_list("application_id").annotate(many=Count("pk"), last=Max("submitted_at"))
    known = {pk: (many, last) for pk, many, last in counted}
    for one in shown:
        one.times, one.last_submitted_at = known.get(one.pk, (0, one.submitted_at))  # type: ignore[attr-defined]
    return shown


def officers() -> QuerySet[User]:
    """The officers among whom desk checks are shared."""
    return people.programme_people(Role.OFFICER)


def parents() -> list[Organisation]:
    """Ministries, departments and state enterprises, to filter by; in order of the tree. Sorted here: asked for the order,
    SQLite reads every organisation of the country along it instead of these few by their kind.
    """
    kinds = (Kind.MINISTRY, Kind.DEPARTMENT, Kind.STATE_ENTERPRISE)
    found = people.organisations().filter(kind__in=kinds).only("code", "name_th", "name_en", "depth", "path")
    return sorted(found.order_by(), key=lambda one: one.path)


def loads(round: Round | None, users: Iterable[User]) -> dict[int, int]:
    """How many desk checks each officer still has to do."""
    found = DeskCheck.objects.filter(user__in=list(users)).filter(
        Q(application__state="SUBMITTED"),
        Q(application__screening=None) | Q(application__screening__state="OPEN"),
    )
    if round is not None:
        found = found.filter(application__round=round)
    return dict(found.order_by().values_list("user").annotate(many=Count("pk")))


def counts(actor: Actor, round: Round | None) -> dict[str, int]:
    """How many stand in each tab; two queries, of which the first reads nothing but an index, and the second begins with the
    desk checks that are done.
    """
    found = screened_by(actor)
    if round is not None:
        found = found.filter(round=round)
    states: dict[str, int] = dict(found.order_by().values_list("state").annotate(many=Count("pk")))
    checked = found.filter(screening__state__in=[one for one in SCREENING.states if one != "OPEN"]).order_by()
    done = {
        (state, check): many
        for state, check, many in checked.values_list("state", "screening__state").annotate(many=Count("pk"))
    }
    held = done.get(("SUBMITTED", "DONE"), 0)
    closed = sum(many for (state, _check), many in done.items() if state == "SUBMITTED")
    return {
        "waiting": states.get("SUBMITTED", 0) - closed, "returned": states.get("RETURNED", 0), "held": held,
        "released": sum(many for (_state, check), many in done.items() if check == "RELEASED"),
    }  # fmt: skip


def by_number(number: str, *, actor: Actor) -> Application:
    """One application to screen. Raises Application.DoesNotExist."""
    found = screened_by(actor).select_related(
        "centre", "round__standard_pack", "round__profile_pack", "screening__release"
    )
    return found.get(number=number)


@dataclass(frozen=True)
class Line:
    """One criterion of the checklist: what was handed in and what the officer found.

    again: the finding was made on an earlier submission, and the unit changed something since.
    """

    given: Given
    finding: Finding | None
    again: bool
    reply: str = ""

    @property
    def verdict(self) -> str:
        return "" if self.finding is None or self.again else self.finding.verdict

    def typed(self, parts: Mapping[str, str]) -> Line:
        """The line as somebody has filled it in, though it was not kept: any of verdict, kind and remark."""
        finding = copy.copy(self.finding) if self.finding is not None else Finding(item=self.given.criterion.id)
        finding.verdict = parts.get("verdict", finding.verdict)
        finding.kind, finding.remark = parts.get("kind", finding.kind), parts.get("remark", finding.remark)
        return replace(self, finding=finding, again=self.again and not parts.get("verdict"))


@dataclass(frozen=True)
class Checklist:
    """A desk check: its lines by section of the form."""

    application: Application
    screening: Screening | None
    submission: Submission
    standard: Standard
    lines: dict[str, Line]
    profile_changed: bool
    form: Form | None = None  # of the profile

    @property
    def open_lines(self) -> list[Line]:
        return [line for line in self.lines.values() if not line.verdict]

    @property
    def flawed(self) -> list[Line]:
        return [line for line in self.lines.values() if line.verdict == "NOT_MET"]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines.values() if line.given.changed]


def checklist(application: Application) -> Checklist:
    """Everything of one desk check, in a fixed number of queries."""
    last_two = list(application.submissions.order_by("-sequence")[:2])
    submission = last_two[0]
    form = rounds.profile_form(application.round)
    found = handed_in.changes(last_two[1].content, submission.content, form) if len(last_two) == 2 else []
    screening = Screening.objects.filter(application=application).first()
    findings = {one.item: one for one in screening.findings.all()} if screening else {}
    replies: dict[str, str] = {}
    if len(last_two) == 2:
        replies = dict(last_two[1].remarks.exclude(reply="").values_list("item", "reply"))
    standard = rounds.standard(application.round)
    given = dossier(
        standard, submission.content, changed_parts(found), applications.evidence_marks(application, submission.content)
    )
    lines = {
        key: _line(one, findings.get(key), submission.sequence, replies.get(key, "")) for key, one in given.items()
    }
    profile_changed = any(one.item.startswith(profile.PREFIX) for one in found)
    return Checklist(application, screening, submission, standard, lines, profile_changed, form)


def _line(given: Given, finding: Finding | None, sequence: int, reply: str) -> Line:
    # A finding that was not met has to be looked at again after each correction, even where the unit changed nothing.
    stale = (
        finding is not None and finding.sequence < sequence and (bool(given.changed) or finding.verdict == "NOT_MET")
    )
    return Line(given, finding, stale, reply)


def evidence(application: Application, public_id: str) -> Evidence:
    """A piece of evidence that is part of the latest submission. Raises Evidence.DoesNotExist."""
    content = applications.submitted_content(application)
    if public_id not in {str(one["id"]) for one in content.get("evidence", ())}:
        raise Evidence.DoesNotExist
    return Evidence.objects.select_related("stored").get(application=application, uuid=public_id)


def funnel(round: Round) -> list[tuple[Any, int]]:
    """How far the round's applications are; every bar counts those that got at least so far. One query."""
    past = Q(screening__state="RELEASED")
    found = Application.objects.filter(round=round, submitted_at__isnull=False).exclude(state="WITHDRAWN").order_by()
    rows = {
        "submitted": Q(pk__isnull=False),
        "screened": Q(screening__state__in=["DONE", "RELEASED"]),
        "ready": past & Q(screening__result="READY"),
        "assigned": Q(case__isnull=False),
        "marked": Q(case__state__in=["MARKED", "AGREED", "DECIDED", "RELEASED"]),
        "agreed": Q(case__state__in=["AGREED", "DECIDED", "RELEASED"]),
        "decided": Q(case__state__in=["DECIDED", "RELEASED"]),
        "released": Q(case__state="RELEASED"),
    }
    figures = found.aggregate(**{key: Count("pk", filter=where) for key, where in rows.items()})
    return [(FUNNEL[key], figures[key]) for key in rows]


FUNNEL = {
    "submitted": _("Application handed in"),
    "screened": _("Screened"),
    "ready": _("Ready"),
    "assigned": _("With a team"),
    "marked": _("Marked"),
    "agreed": _("Marks agreed"),
    "decided": _("Decided"),
    "released": _("Result released"),
}
