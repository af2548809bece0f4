"""What was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from saduak.applications import questionnaire
from saduak.applications.models import Application, Remark, Submission
from saduak.packs.standard import Standard
from saduak.people.models import Organisation
from saduak.rounds.models import Round


def latest_submission(application: Application) -> Submission | None:
    return Submission.objects.filter(application=application).order_by("-sequence").first()


def submissions(application: Application) -> list[Submission]:
    """Everything that was handed in, newest first, without the content."""
    return list(Submission.objects.filter(application=application).defer("content").order_by("-sequence"))


def submission(application: Application, sequence: int) -> Submission:
    """Raises Submission.DoesNotExist."""
    return Submission.objects.get(application=application, sequence=sequence)


def contents(application: Application, sequences: Iterable[int]) -> dict[int, dict[str, Any]]:
    """sequence → what was handed in then. One query."""
    found = Submission.objects.filter(application=application, sequence__in=list(sequences))
    return dict(found.values_list("sequence", "content"))


def remarks_between(application: Application, before: int, after: int) -> list[Remark]:
    """The remarks on the submission `before` and on those after it, up to but without `after`; oldest first."""
    found = Remark.objects.filter(
        application=application, submission__sequence__gte=before, submission__sequence__lt=after
    )
    return list(found.order_by("made_at", "pk"))


def handed_in_evidence(application: Application) -> set[str]:
    """Public ids of the evidence in any submission: what the secretariat and the bodies above may open."""
    contents = Submission.objects.filter(application=application).values_list("content", flat=True)
    return {piece["id"] for content in contents for piece in content["evidence"]}


def submitted_content(application: Application) -> dict[str, Any]:
    """What was last handed in (README.md has its shape); {} when nothing was."""
    found = latest_submission(application)
    return found.content if found else {}


def self_marks(content: Mapping[str, Any], wanted: Standard) -> dict[str, Any]:
    """The unit's own marks in a submission, as packs.scoring.compute takes them."""
    answers = content.get("answers", {})
    given = {item: questionnaire.mark(answers[item]["value"]) for item in wanted.marks_wanted if item in answers}
    return {item: mark for item, mark in given.items() if mark is not None}


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


def applied_above(round: Round, at: datetime) -> set[str]:
    """Places in the tree at or above every centre that had applied by a moment: who has applied, for many at once."""
    applied = Application.objects.filter(round=round, submitted_at__lte=at).exclude(state="WITHDRAWN")
    step = Organisation.steplen
    paths = set(applied.values_list("centre__path", flat=True))
    return {path[:end] for path in paths for end in range(step, len(path) + 1, step)}


def handed_in(round: Round) -> QuerySet[Application]:
    """The applications of a round that were handed in and not withdrawn."""
    return Application.objects.filter(round=round, submitted_at__isnull=False).exclude(state="WITHDRAWN")


def _applied_paths(round: Round) -> set[str]:
    return set(handed_in(round).values_list("centre__path", flat=True))
