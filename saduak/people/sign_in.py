"""Sign-in rules: nobody signs up by themselves; an invitation by an office makes a person known."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from saduak.people import signed_in
from saduak.people.models import Membership, User
from saduak.people.queries import current

DEMO_PASSWORD = "saduak-demo-2565"  # noqa: S105  printed by `make run`; accepted for invented persons of a demonstration only


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, and keeps invented persons out of a real instance."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user is not None and user.is_invented and not settings.DEMO:
            return None
        return user

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the mail leads to the address of this instance, whatever host the request named."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.BASE_URL}{path}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """… and so do the words of every mail about an account."""
        host = urlsplit(settings.BASE_URL).netloc
        super().send_mail(template_prefix, email, context | {"current_site": SimpleNamespace(name=host, domain=host)})


class Backend(AuthenticationBackend):
    """Signs people in as django-allauth does; whoever comes back with a session is read together with their posts."""

    def get_user(self, user_id: int) -> User | None:
        """The person with this primary key, if they may sign in; `posts_on_arrival` are theirs of today."""
        user, posts = signed_in.person(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.posts_on_arrival = posts
        return user


def demo_people() -> list[dict[str, str]]:
    """One invented person for each role, for the sign-in page of a demonstration; empty elsewhere."""
    if not settings.DEMO:
        return []
    posts = (
        Membership.objects.filter(current(), user__is_invented=True, user__email__endswith="@demo.example.go.th")
        .select_related("user", "organisation")
        .order_by("pk")
    )
    people: dict[str, dict[str, str]] = {}
    for post in posts[:40]:
        people.setdefault(
            post.user.email,
            {
                "name": post.user.name,
                "email": post.user.email,
                "role_label": str(post.get_role_display()),
                "organisation": post.organisation.name,
            },
        )
    return list(people.values())
