"""Gives each request its actor."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from saduak.people import queries
from saduak.people.actor import NOBODY, Actor

SESSION_KEY = "membership"


class SignInMiddleware(LoginRequiredMiddleware):
    """Everything needs a sign-in, unless the view says `login_not_required`; then nobody even looks who is there.

    Django's own asks the session and the user first, which a public page should not cost.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponse], view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class ActorMiddleware:
    """request.actor: the signed-in person in the chosen post; NOBODY for visitors; looked up only when asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return NOBODY
    chosen, person = request.session.get(SESSION_KEY), request.user
    # Of a person who was read by their session the posts came along; one who has just signed in has not been asked.
    posts = queries.memberships_of(person) if person.posts_on_arrival is None else person.posts_on_arrival
    return queries.actor_among(posts, chosen, request_id=uuid4().hex) or NOBODY
