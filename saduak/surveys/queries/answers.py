"""What an office has answered, and in bulk which offices have."""

from collections.abc import Iterable
from datetime import datetime

from saduak.kernel import clock
from saduak.people.models import Organisation
from saduak.rounds.models import Round
from saduak.surveys.models import AnsweredBy, Response, Survey


def response_of(survey: Survey, office: Organisation) -> Response | None:
    """The office's answer, begun or handed in; None when nothing was written yet."""
    return Response.objects.filter(survey=survey, organisation=office).first()


def response(survey: Survey, office: Organisation) -> Response:
    """The office's answer, held until the transaction ends. Raises Response.DoesNotExist."""
    return Response.objects.select_for_update().get(survey=survey, organisation=office)


def answered(
    surveys: Iterable[int], at: datetime | None = None, offices: Iterable[int] | None = None
) -> set[tuple[int, int]]:
    """(survey, organisation) of all answers that stood handed in by a moment (now when none is given): primary keys, one
    query, however many offices. offices: only of these."""
    wanted = set(surveys)
    if not wanted:
        return set()
    found = Response.objects.filter(survey_id__in=wanted, state="HANDED_IN")
    if at is not None:
        found = found.filter(handed_in_at__lte=at)
    if offices is not None:
        found = found.filter(organisation_id__in=list(offices))
    return set(found.values_list("survey_id", "organisation_id").iterator(chunk_size=2000))


def of_round(round: Round) -> list[Survey]:
    """Surveys for organisations that are asked in the round and can still be answered."""
    found = Survey.objects.filter(round=round, state="OPEN", closes_at__gt=clock.now())
    return list(found.filter(answered_by=AnsweredBy.ORGANISATION).select_related("pack").order_by("closes_at", "pk"))


def open_for(kinds: Iterable[str], sender: str) -> list[Survey]:
    """Surveys that can still be answered (also those still to open), ask some of these kinds of office, and everybody of
    them below a sender's place in the tree; the one that closes first comes first."""
    asked = set(kinds)
    found = Survey.objects.filter(state="OPEN", closes_at__gt=clock.now(), answered_by=AnsweredBy.ORGANISATION)
    return [
        one
        for one in found.select_related("pack", "top", "round").order_by("closes_at", "pk")
        if asked & set(one.for_kinds) and sender.startswith(one.top.path)
    ]
