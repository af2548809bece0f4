"""Reading applications. Every list starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from saduak.applications import progress as progress_of
from saduak.applications import questionnaire
from saduak.applications.models import Answer, Application, Evidence, Remark, Submission
from saduak.applications.policy import PREPARERS
from saduak.applications.profile import BY_ITEM, FIELDS
from saduak.applications.progress import Progress
from saduak.applications.workflow import APPLICATION, IN_HAND, PAST_SCREENING
from saduak.packs import queries as packs
from saduak.packs.standard import Standard
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import SYSTEM, Role
from saduak.rounds.models import Round
from saduak.thai.text import fold

ABOVE = (Role.REGISTRAR, Role.COORDINATOR, Role.HEAD, Role.OBSERVER)


def visible_to(actor: Actor) -> QuerySet[Application]:
    """What the actor may know of.

    The unit itself: its own, in every state. Every office role of the bodies above: what was handed in below them. The
    secretariat and the auditor: everything. The committee: what is ready for assessment and later. Assessors reach
    applications through their cases only, never here; operators and visitors see none.
    """
    every = Application.objects.all()
    if actor.has(Role.OFFICER, Role.AUDITOR, SYSTEM):
        return every
    if actor.has(Role.COMMITTEE):
        return every.filter(state__in=PAST_SCREENING)
    if not actor.path or not actor.has(*ABOVE):
        return every.none()
    below = Q(centre__path__gte=actor.path, centre__path__lt=people.path_end(actor.path))
    handed_in = below & Q(submitted_at__isnull=False)
    if not actor.has(*PREPARERS):
        return every.filter(handed_in)
    return every.filter(handed_in | _own(actor))


def _own(actor: Actor) -> Q:
    """As policy.holds_for, in SQL: below the post when it holds for the subtree, else its office's own centres."""
    if actor.subtree:
        return Q(centre__path__gte=actor.path, centre__path__lt=people.path_end(actor.path))
    own_depth = len(actor.path) // Organisation.steplen
    return Q(centre__path__gte=actor.path, centre__path__lt=people.path_end(actor.path), centre__depth__lte=own_depth + 1)


def lock(number: str, *, actor: Actor) -> Application:
    """Find, filter by visibility and hold, in one act. Raises Application.DoesNotExist, also for a stranger."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("centre", "round__standard_pack")
        .get(number=number, pk__in=visible_to(actor).values("pk"))
    )


def by_number(number: str, *, actor: Actor) -> Application:
    """One application for reading. Raises Application.DoesNotExist, also for a stranger."""
    return visible_to(actor).select_related("centre", "round__standard_pack").get(number=number)


def standard(application: Application) -> Standard:
    """The standard by which it is made and judged for ever."""
    return packs.standard(application.round.standard_pack)


def answers(application: Application) -> dict[str, Answer]:
    """item → answer, as it stands now."""
    return {one.item: one for one in Answer.objects.filter(application=application)}


def profile(application: Application) -> dict[str, Any]:
    """The centre's profile as it stands now: key → value."""
    given = answers(application)
    return {field.key: given[field.item].value for field in FIELDS if field.item in given}


def evidence(application: Application, *, removed: bool = False) -> list[Evidence]:
    """The pieces of evidence in the order they were added; with removed=True those that were taken out instead."""
    found = Evidence.objects.filter(application=application, removed_at__isnull=not removed)
    return list(found.select_related("stored").order_by("pk"))


def piece(application: Application, public_id: str) -> Evidence:
    """One piece of evidence, removed or not. Raises Evidence.DoesNotExist."""
    return Evidence.objects.select_related("stored").get(application=application, uuid=_uuid(public_id))


def _uuid(public_id: str) -> str:
    """Anything that is no id matches nothing, instead of failing on the way into the database."""
    plain = str(public_id).replace("-", "")
    return plain if len(plain) == 32 and all(c in "0123456789abcdef" for c in plain) else "0" * 32


@dataclass(frozen=True)
class Draft:
    """All of an application as its own people work on it."""

    application: Application
    standard: Standard
    answers: Mapping[str, Answer]
    evidence: list[Evidence]

    @property
    def progress(self) -> Progress:
        return progress_of.progress(self.standard, self.answers, self.evidence)


def draft(application: Application) -> Draft:
    """Answers and evidence as they stand: two queries."""
    return Draft(application, standard(application), answers(application), evidence(application))


def progress(application: Application) -> Progress:
    """What is complete and what is missing."""
    return draft(application).progress


def latest_submission(application: Application) -> Submission | None:
    return Submission.objects.filter(application=application).order_by("-sequence").first()


def submissions(application: Application) -> list[Submission]:
    """Everything that was handed in, newest first, without the content."""
    return list(Submission.objects.filter(application=application).defer("content").order_by("-sequence"))


def submission(application: Application, sequence: int) -> Submission:
    """Raises Submission.DoesNotExist."""
    return Submission.objects.get(application=application, sequence=sequence)


def submitted_content(application: Application) -> dict[str, Any]:
    """What was last handed in (README.md has its shape); {} when nothing was."""
    found = latest_submission(application)
    return found.content if found else {}


def self_marks(content: Mapping[str, Any], wanted: Standard) -> dict[str, Any]:
    """The unit's own marks in a submission, as packs.scoring.compute takes them."""
    given = {item: questionnaire.mark(one["value"]) for item, one in content.get("answers", {}).items()}
    return {item: given[item] for item in wanted.marks_wanted if given.get(item) is not None}


def remarks(application: Application) -> list[Remark]:
    """The remarks on the last submission that was returned, in the order of the form; [] when none was."""
    last = Remark.objects.filter(application=application).order_by("-submission__sequence").first()
    if last is None:
        return []
    found = Remark.objects.filter(submission_id=last.submission_id).select_related("submission")
    order = {item: place for place, item in enumerate(questionnaire.places(standard(application)))}
    return sorted(found, key=lambda one: order.get(one.item, -1))


def has_applied(organisation_ids: Iterable[int], round: Round) -> set[int]:
    """Which of the organisations have handed in an application in the round: a centre itself, or an office at or below
    which a centre has. Two queries whatever their number.
    """
    paths = _applied_paths(round)
    above = {path[:end] for path in paths for end in range(Organisation.steplen, len(path) + 1, Organisation.steplen)}
    wanted = list(organisation_ids)
    found: set[int] = set()
    for cut in range(0, len(wanted), 500):
        rows = Organisation.objects.filter(pk__in=wanted[cut : cut + 500]).values_list("pk", "path")
        found |= {pk for pk, path in rows if path in above}
    return found


def _applied_paths(round: Round) -> set[str]:
    applied = Application.objects.filter(round=round, submitted_at__isnull=False).exclude(state="WITHDRAWN")
    return set(applied.values_list("centre__path", flat=True))


def of_centre(centre: Organisation, round: Round) -> Application | None:
    """The centre's application in the round that has not been withdrawn."""
    return Application.objects.filter(centre=centre, round=round).exclude(state="WITHDRAWN").first()


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


def offices_of(rows: Iterable[Application]) -> dict[str, Organisation]:
    """path → organisation directly above the centres of the rows, for a whole page in one query."""
    paths = {row.centre.path[: -Organisation.steplen] for row in rows}
    return {one.path: one for one in Organisation.objects.filter(path__in=paths).only("path", "name_th", "name_en")}


def counts_by_state(actor: Actor, filters: Filters | None = None) -> dict[str, int]:
    """state → how many the actor may know of."""
    wanted = filters or Filters()
    found = visible_to(actor)
    if wanted.round:
        found = found.filter(round__code=wanted.round)
    counted = dict(found.values_list("state").annotate(n=Count("pk")).order_by())
    return {state: counted.get(state, 0) for state in APPLICATION.states}


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


def provinces_for(actor: Actor) -> list[Organisation]:
    """The provinces a list can be narrowed to."""
    found = people.organisations().filter(kind=Kind.PROVINCE)
    if not actor.has(Role.OFFICER, Role.AUDITOR, SYSTEM):
        found = found.filter(path__gte=actor.path, path__lt=people.path_end(actor.path)) if actor.path else found.none()
    return list(found.order_by("province_code"))


def item_titles(application: Application) -> dict[str, str]:
    """item → its number and title in the reader's language, profile fields included."""
    language = get_language()
    titles = {item: str(field.label) for item, field in BY_ITEM.items()}
    for item, place in questionnaire.places(standard(application)).items():
        one = place.sub_item or place.criterion
        titles[item] = f"{one.number} {one.title.say(language)}"
    return titles
