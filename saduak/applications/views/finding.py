"""What every page of an application begins with."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saduak.applications import policy, queries
from saduak.applications.models import Application
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.people.roles import Role
from saduak.rounds import queries as rounds


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def found(request: HttpRequest, number: str) -> Application:
    """The application for its pages; 404 for a stranger.

    Members of the committee read applications through their agenda, where interests are known, never here.
    """
    actor = actor_of(request)
    if actor.has(Role.COMMITTEE, Role.ASSESSOR):
        raise Http404
    try:
        return queries.by_number(number.upper(), actor=actor)
    except Application.DoesNotExist:
        raise Http404 from None


def readable(request: HttpRequest, number: str) -> Application:
    """… whose content the actor may read as well; refused with the reason otherwise."""
    application = found(request, number)
    policy.may_read(actor_of(request), application).require()
    return application


def is_own(request: HttpRequest, application: Application) -> bool:
    """Is it the actor's own application, to work on, or one that the actor enters for its unit?"""
    actor = actor_of(request)
    if policy.is_own(actor, application):
        return True
    return application.submitted_at is None and policy.assists(actor, application)


def frame(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What every page of an application shows: which one, whether it is the reader's own, and who entered it for the unit
    (helping: the reader does, and has not passed it on yet)."""
    entry = policy.entry_of(application)
    return {
        "application": application,
        "own": is_own(request, application),
        "entry": entry,
        "helping": entry is not None and entry.in_hand and policy.assists(actor_of(request), application),
    }


def paper(application: Application) -> dict[str, Any]:
    """What stands at the head of a printed page: the standard with its version, and when it was printed."""
    standard = queries.standard(application)
    title = standard.title.say(get_language())
    words = _("%(standard)s, version %(version)s") % {"standard": title, "version": standard.version}
    return {"standard": words, "at": clock.now()}


def calendar(application: Application) -> dict[str, Any]:
    """Until when applications are received, and whether they are now."""
    return {
        "closes_at": rounds.closes_at(application.round, application.centre),
        "open": rounds.is_open(application.round, "APPLICATION", organisation=application.centre),
    }
