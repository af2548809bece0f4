"""The signed payload in a certificate's QR code, and the keys by which it is checked.

The payload says what the paper says, so that the paper can be held against it without asking any register:
n number, c centre, l level, f first day, t last day. Whether the certificate still holds only the register knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from jwt import get_unverified_header
from jwt.algorithms import ECAlgorithm

from saduak.certificates import numbers
from saduak.certificates.models import Certificate, PublishedKey
from saduak.documents.configuration import signing_settings
from saduak.documents.keys import (
    SigningKey,
    VerificationKey,
    load_signing_key,
    make_demonstration_key,
    verification_keys,
    verification_of,
)
from saduak.documents.payloads import PayloadRefused, check_payload, sign_payload

# Longer names are cut in the code only: each character makes it finer, and the register has the rest.
LONGEST_NAME = 90
PATH = "/v/"


@dataclass(frozen=True)
class Claim:
    """What a paper says of itself, and which key vouches for it."""

    number: str
    centre: str
    level: str
    valid_from: date
    valid_to: date
    demonstration: bool


def signing_key() -> SigningKey:
    """The key that signs now. A demonstration key is made where the operator has given none. Raises KeyUnusable."""
    settings = signing_settings()
    if settings.key is None:
        make_demonstration_key(settings.folder)
    return load_signing_key(settings)


def sign(certificate: Certificate, *, key: SigningKey) -> str:
    """The compact payload of a certificate that is about to be issued."""
    name = certificate.centre_name_th
    payload = {
        "n": certificate.number,
        "c": name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…",
        "l": certificate.level_name_th,
        "f": certificate.valid_from.isoformat(),
        "t": certificate.valid_to.isoformat(),
    }
    return sign_payload(payload, key=key, at=certificate.issued_at)


def keys_that_count() -> dict[str, VerificationKey]:
    """Every key whose signatures count, by its id: the operator's, those retired to files, and all that ever signed
    here, without those that were withdrawn."""
    settings = signing_settings()
    known = list(PublishedKey.objects.all())
    keys = {one.key_id: _verification(one.pem) for one in known}
    if settings.key is not None or (settings.folder / "demonstration" / "chain.pem").exists():
        keys |= verification_keys(settings)
    for one in known:
        if one.withdrawn_at is not None:
            keys.pop(one.key_id, None)
    return keys


def check(text: str, *, keys: Mapping[str, VerificationKey] | None = None) -> Claim:
    """What the code on a paper says, once its signature is proved.

    text: the whole link as a telephone reads it, or the payload alone. Raises PayloadRefused: malformed, unknown_key,
    altered, expired_key, or mismatch when the link and the payload do not speak of the same certificate.
    """
    number, token = split(text)
    known = keys_that_count() if keys is None else keys
    payload = check_payload(token, keys=known)
    key = known[str(get_unverified_header(token)["kid"])]
    claim = _claim(payload, demonstration=key.demonstration)
    if number and numbers.key(number) != numbers.key(claim.number):
        raise PayloadRefused("mismatch")
    return claim


def split(text: str) -> tuple[str, str]:
    """(number in the link or "", payload) of what a QR code holds. Where a link leads to is not looked at: this page
    is ours, and what is proved is the payload."""
    text = "".join(text.split())
    if "#" not in text:
        return "", text
    link, _hash, token = text.partition("#")
    path = urlsplit(link).path
    return (path.split(PATH, 1)[1].strip("/") if PATH in path else ""), token


def published_keys() -> list[dict[str, Any]]:
    """The public keys as JWK (RFC 7517), for everybody who checks for himself."""
    shown = []
    for key_id, key in sorted(keys_that_count().items()):
        jwk = ECAlgorithm.to_jwk(key.public, as_dict=True)
        shown.append({**jwk, "kid": key_id, "alg": "ES256", "use": "sig", "demonstration": key.demonstration})
    return shown


def _claim(payload: Mapping[str, Any], *, demonstration: bool) -> Claim:
    try:
        number, centre, level = (str(payload[name]) for name in "ncl")
        first, last = (date.fromisoformat(str(payload[name])) for name in "ft")
    except (KeyError, ValueError) as error:
        raise PayloadRefused("malformed") from error
    return Claim(number, centre, level, first, last, demonstration)


@lru_cache(maxsize=64)
def _verification(pem: str) -> VerificationKey:
    return verification_of(x509.load_pem_x509_certificate(pem.encode()))
