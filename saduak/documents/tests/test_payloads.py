"""Signed payloads in QR codes: only our own keys, only one algorithm, only untouched, only in the key's time."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from saduak.documents import keys
from saduak.documents.configuration import SigningSettings
from saduak.documents.payloads import PayloadRefused, check_payload, sign_payload
from saduak.documents.qr import qr_svg

MOMENT = datetime(2022, 10, 1, 2, 30, tzinfo=UTC)
PAYLOAD = {"n": "GECC-2565-7K4M9", "c": "ศูนย์บริการประชาชน ที่ว่าการอำเภอเมืองแพร่", "l": "E", "t": "2025-09-30"}


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    keys.make_demonstration_key(folder)
    return keys.load_signing_key(SigningSettings(folder))


@pytest.fixture(scope="module")
def ours(key):
    return {key.key_id: key.verification}


@pytest.fixture(scope="module")
def token(key):
    return sign_payload(PAYLOAD, key=key, at=MOMENT)


def part(content) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def refused(token: str, known) -> str:
    with pytest.raises(PayloadRefused) as refusal:
        check_payload(token, keys=known)
    return refusal.value.code


def test_what_was_signed_comes_back(token, ours):
    assert check_payload(token, keys=ours) == {**PAYLOAD, "iat": int(MOMENT.timestamp())}
    assert check_payload(f"  {token}\n", keys=ours)["n"] == "GECC-2565-7K4M9"


def test_it_fits_a_qr_code_on_paper(token):
    assert len(token) < 420
    assert qr_svg(token)


def test_standard_readers_read_it(token, key):
    """A verifier in another country needs nothing of ours."""
    read = jwt.decode(token, key.verification.public, algorithms=["ES256"])
    assert read["n"] == PAYLOAD["n"]


def test_unknown_key(token):
    assert refused(token, {}) == "unknown_key"


def test_wrong_key_under_our_id(token, key):
    stranger = replace(key.verification, public=ec.generate_private_key(ec.SECP256R1()).public_key())
    assert refused(token, {key.key_id: stranger}) == "altered"


@pytest.mark.parametrize("which", [1, 2])
def test_altered(token, ours, which):
    parts = token.split(".")
    raw = bytearray(base64.urlsafe_b64decode(parts[which] + "=="))
    raw[5] ^= 1
    parts[which] = part(bytes(raw))
    assert refused(".".join(parts), ours) == "altered"


def test_altered_level(token, key, ours):
    header, _, signature = token.split(".")
    forged = part({**PAYLOAD, "l": "X", "iat": int(MOMENT.timestamp())})
    assert refused(f"{header}.{forged}.{signature}", ours) == "altered"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256", "ES384", "RS256", ""])
def test_other_algorithms(token, key, ours, algorithm):
    _, body, signature = token.split(".")
    for tail in ("", signature):
        assert refused(f"{part({'alg': algorithm, 'kid': key.key_id})}.{body}.{tail}", ours) == "malformed"


def test_public_key_as_shared_secret(key, ours):
    """The classic: HS256 with our public key as the secret."""
    public = key.verification.public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed = f"{part({'alg': 'HS256', 'kid': key.key_id})}.{part(PAYLOAD)}"
    forged = part(hmac.new(public, signed.encode(), hashlib.sha256).digest())
    assert refused(f"{signed}.{forged}", ours) == "malformed"


@pytest.mark.parametrize(
    "extra", [{"jku": "https://192.0.2.1/"}, {"jwk": {}}, {"x5u": "x"}, {"crit": ["b64"]}, {"typ": "JWT"}]
)
def test_headers_that_bring_their_own_key(token, key, ours, extra):
    _, body, signature = token.split(".")
    assert refused(f"{part({'alg': 'ES256', 'kid': key.key_id, **extra})}.{body}.{signature}", ours) == "malformed"


@pytest.mark.parametrize("year", [2014, 2101])
def test_key_did_not_count_then(key, ours, year):
    assert refused(sign_payload(PAYLOAD, key=key, at=datetime(year, 1, 1, tzinfo=UTC)), ours) == "expired_key"


def test_key_that_ended(token, key):
    ended = replace(key.verification, valid_until=datetime(2022, 1, 1, tzinfo=UTC))
    assert refused(token, {key.key_id: ended}) == "expired_key"


@pytest.mark.parametrize(
    "body", [[1, 2], "text", {"n": 1}, {"iat": "2022"}, {"iat": True}, {"iat": 1e400}, {"iat": 10**30}]
)
def test_payloads_without_a_moment(key, ours, body):
    raw = json.dumps(body).encode()
    token = jwt.PyJWS().encode(raw, key.private, algorithm="ES256", headers={"typ": None, "kid": key.key_id})
    assert refused(token, ours) == "malformed"


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b", "a.b.c", "a.b.c.d", "ก.ข.ค", "x" * 5000, "%%.%%.%%", "e30.e30.e30", "bnVsbA.e30.e30"]
)
def test_what_is_no_token(ours, text):
    assert refused(text, ours) == "malformed"


def test_too_long_for_paper(key):
    with pytest.raises(ValueError, match="too long"):
        sign_payload({"c": "ก" * 3000}, key=key, at=MOMENT)
