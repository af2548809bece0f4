"""Who tries codes of short links one after the other is slowed down."""

from django.http import HttpRequest

from saduak.web.limits import Limit

MISSES = 60
WINDOW = 300  # seconds


def too_many(request: HttpRequest) -> bool:
    """Has this caller asked for too many codes that do not exist?"""
    return _limit().reached(request)


def missed(request: HttpRequest) -> None:
    """Note that the caller asked for a code that does not exist."""
    _limit().count(request)


def _limit() -> Limit:
    return Limit("links", most=MISSES, window=WINDOW)
