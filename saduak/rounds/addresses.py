"""Secret addresses of calendars: 128 bits that nobody can foresee, in letters and digits that survive any calendar program."""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac

LENGTH = 26


def new_nonce() -> str:
    return secrets.token_hex(16)


def token(nonce: str) -> str:
    """The secret part of the address: made anew each time from the nonce and the key of the house."""
    mark = salted_hmac("saduak.rounds.calendar", nonce, algorithm="sha256").digest()[:16]
    return base64.b32encode(mark).decode().rstrip("=").lower()


def digest(secret: str) -> str:
    """Under which the address is found."""
    return hashlib.sha256(secret.lower().encode()).hexdigest()
