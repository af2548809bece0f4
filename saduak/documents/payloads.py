"""Small signed payloads that can be checked from the paper alone: compact JWS (RFC 7515), ES256, in a QR code.

Fail closed: one algorithm, one form of header, keys only from our own list. A token names its key and the moment it was
signed (`iat`); it counts when the key counted at that moment.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from jwt import PyJWS
from jwt.exceptions import InvalidSignatureError, PyJWTError

from saduak.documents.keys import SigningKey, VerificationKey
from saduak.kernel import clock

__all__ = ["PayloadRefused", "check_payload", "sign_payload"]

ALGORITHM = "ES256"
HEADER_NAMES = {"alg", "kid"}
LONGEST = 4_096  # a QR code of version 40 holds less

_jws = PyJWS(algorithms=[ALGORITHM])


class PayloadRefused(ValueError):
    """The token is not ours or not whole. `code`: malformed, unknown_key, altered, expired_key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sign_payload(payload: Mapping[str, Any], *, key: SigningKey, at: datetime | None = None) -> str:
    """The payload as a signed token, with `iat` (seconds since 1970) set to `at`, the present if not given.

    Keep names short: every character makes the QR code finer. Raises ValueError when it grows past 4,096 characters.
    """
    content = {**payload, "iat": int((at or clock.now()).timestamp())}
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    token = _jws.encode(
        body, key.private, algorithm=ALGORITHM, headers={"typ": None, "kid": key.key_id}, sort_headers=True
    )
    if len(token) > LONGEST:
        raise ValueError(f"The payload is too long for a QR code: {len(token)} characters.")
    return token


def check_payload(text: str, *, keys: Mapping[str, VerificationKey]) -> dict[str, Any]:
    """The payload of a token signed with one of `keys` while that key counted. Raises PayloadRefused otherwise."""
    token = text.strip()
    if len(token) > LONGEST or token.count(".") != 2 or not token.isascii():
        raise PayloadRefused("malformed")
    try:
        header = _jws.get_unverified_header(token)
    except PyJWTError as error:
        raise PayloadRefused("malformed") from error
    if set(header) != HEADER_NAMES or header["alg"] != ALGORITHM or not isinstance(header["kid"], str):
        raise PayloadRefused("malformed")
    key = keys.get(header["kid"])
    if key is None:
        raise PayloadRefused("unknown_key")
    try:
        payload = json.loads(_jws.decode(token, key.public, algorithms=[ALGORITHM]))
    except InvalidSignatureError as error:
        raise PayloadRefused("altered") from error
    except (PyJWTError, ValueError, RecursionError) as error:
        raise PayloadRefused("malformed") from error
    signed = payload.get("iat") if isinstance(payload, dict) else None
    if not isinstance(signed, int) or isinstance(signed, bool):
        raise PayloadRefused("malformed")
    try:
        moment = datetime.fromtimestamp(signed, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise PayloadRefused("malformed") from error
    if not key.counted_at(moment):
        raise PayloadRefused("expired_key")
    return payload
