"""Who tries codes one after the other is slowed down. Addresses are never stored: a keyed hash of one is kept in memory
for five minutes, under a key that ends with the process."""

import hmac
import secrets

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MISSES = 60
WINDOW = 300  # seconds
_KEY = secrets.token_bytes(32)


def too_many(request: HttpRequest) -> bool:
    """Has this caller asked for too many codes that do not exist?"""
    return int(cache.get(_name(request), 0)) >= MISSES


def missed(request: HttpRequest) -> None:
    """Note that the caller asked for a code that does not exist."""
    name = _name(request)
    cache.add(name, 0, WINDOW)
    try:
        cache.incr(name)
    except ValueError:  # it lapsed between the two
        cache.set(name, 1, WINDOW)


def _name(request: HttpRequest) -> str:
    caller = request.META.get("REMOTE_ADDR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):  # set only behind a proxy of ours, which adds the last one
        caller = request.META.get("HTTP_X_FORWARDED_FOR", caller).rpartition(",")[2].strip()
    return "links-" + hmac.new(_KEY, caller.encode(), "sha256").hexdigest()
