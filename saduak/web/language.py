"""Thai first: the language is Thai unless the visitor chose English here; what the browser asks for is not looked at."""

from typing import Literal

from django.utils.translation import get_language

COOKIE = "saduak_language"
YEAR_IN_SECONDS = 365 * 24 * 3600
DEFAULT: Literal["th"] = "th"
NAMES = {"th": "ไทย", "en": "English"}  # each in its own language, as the reader who looks for it knows it


def current() -> Literal["th", "en"]:
    """The language of the page that is being made."""
    return "en" if (get_language() or DEFAULT).startswith("en") else "th"


def chosen(cookie: str | None) -> str:
    """The language that a cookie stands for; Thai for none and for nonsense."""
    return cookie if cookie in NAMES else DEFAULT
