"""What every template knows: `house`. Nothing here asks the database unless a template reads it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from saduak.kernel import clock
from saduak.web import language


class House:
    """Language, kind of instance and acting person of one request, looked up when read."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def language(self) -> str:
        return language.current()

    @property
    def language_name(self) -> str:
        return language.NAMES[self.language]

    @property
    def other_language(self) -> dict[str, str]:
        """{code, name} of the language one may change to."""
        code = "en" if self.language == "th" else "th"
        return {"code": code, "name": language.NAMES[code]}

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def now(self) -> datetime:
        """The moment on the clock of this instance (a demonstration has its own)."""
        return clock.now()

    @property
    def signed_in(self) -> bool:
        """Is somebody signed in? A visitor without a session cookie costs no look-up."""
        if settings.SESSION_COOKIE_NAME not in self._request.COOKIES:
            return False
        user = getattr(self._request, "user", None)
        return bool(user and user.is_authenticated)

    @property
    def actor(self) -> Any:
        """Who acts, with name, role_label and organisation_name; None for visitors and people without a post."""
        actor = getattr(self._request, "actor", None) if self.signed_in else None
        return actor if actor and getattr(actor, "name", "") else None

    @property
    def path(self) -> str:
        """Where the page is, with its query, to come back to."""
        return self._request.get_full_path()


def page(request: HttpRequest) -> dict[str, Any]:
    """Context: `house`."""
    return {"house": House(request)}
