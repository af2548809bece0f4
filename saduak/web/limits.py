"""Who does something too often without being signed in is slowed down. Addresses are never stored: a keyed hash of one is
kept in memory for some minutes, under a key that ends with the process."""

import hmac
import secrets

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_KEY = secrets.token_bytes(32)


class Limit:
    """At most so many times in a window of seconds, for one caller; name: of what is counted."""

    def __init__(self, name: str, *, most: int, window: int) -> None:
        self.name, self.most, self.window = name, most, window

    def reached(self, request: HttpRequest) -> bool:
        """Has this caller done it too often?"""
        return int(cache.get(self._key(request), 0)) >= self.most

    def count(self, request: HttpRequest) -> None:
        """Note that the caller did it once more."""
        name = self._key(request)
        cache.add(name, 0, self.window)
        try:
            cache.incr(name)
        except ValueError:  # it lapsed between the two
            cache.set(name, 1, self.window)

    def _key(self, request: HttpRequest) -> str:
        caller = request.META.get("REMOTE_ADDR", "")
        if getattr(
            settings, "SECURE_PROXY_SSL_HEADER", None
        ):  # set only behind a proxy of ours, which adds the last one
            caller = request.META.get("HTTP_X_FORWARDED_FOR", caller).rpartition(",")[2].strip()
        return f"{self.name}-" + hmac.new(_KEY, caller.encode(), "sha256").hexdigest()
