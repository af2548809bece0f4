"""What every page of a survey begins with. Whoever may not know of a thing gets 404."""

from django.http import Http404, HttpRequest

from saduak.people import queries as people
from saduak.people.models import Organisation
from saduak.surveys import policy, queries
from saduak.surveys.models import Survey


def survey_of(request: HttpRequest, code: str) -> Survey:
    try:
        return queries.by_code(code, request.actor)
    except Survey.DoesNotExist:
        raise Http404 from None


def body_of(request: HttpRequest, code: str) -> Organisation:
    """A body at or below the actor's own, or any for those who see all."""
    try:
        found = people.organisation(code)
    except Organisation.DoesNotExist:
        raise Http404 from None
    if not policy.within(request.actor, found):
        raise Http404
    return found


def home_of(request: HttpRequest, survey: Survey) -> Organisation:
    """Where the actor begins to look: the top of the survey, or their own body where that lies below it."""
    actor = request.actor
    if actor.has(*policy.READERS) or survey.top.path.startswith(actor.path):
        return survey.top
    found: Organisation = Organisation.objects.get(pk=actor.organisation_id)
    return found
