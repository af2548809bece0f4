"""Keys that sign documents and credentials: P-256, with an X.509 chain.

Until the operator brings a key, a demonstration key made at set-up signs; its names say so, and everything signed with
it can be told apart. The private key of its issuer is thrown away at once: nothing more can ever be issued under it.
"""

import base64
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from saduak.documents.configuration import SigningSettings

__all__ = [
    "KeyUnusable",
    "SigningKey",
    "VerificationKey",
    "is_demonstration",
    "load_signing_key",
    "make_demonstration_key",
    "verification_keys",
    "verification_of",
]

DEMONSTRATION = "DEMONSTRATION"
SIGNER_NAME = "Saduak DEMONSTRATION key – not an authority"
ISSUER_NAME = "Saduak DEMONSTRATION issuer – not an authority"
# A demonstration runs on a clock of its own, which may stand years back.
DEMONSTRATION_FROM = datetime(2015, 1, 1, tzinfo=UTC)
DEMONSTRATION_UNTIL = datetime(2100, 1, 1, tzinfo=UTC)
DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


class KeyUnusable(ValueError):
    """The signing key cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class VerificationKey:
    """The public half of a key, and the time in which what it signed counts."""

    key_id: str
    public: ec.EllipticCurvePublicKey
    valid_from: datetime
    valid_until: datetime
    demonstration: bool

    def counted_at(self, moment: datetime) -> bool:
        return self.valid_from <= moment <= self.valid_until


@dataclass(frozen=True, eq=False)
class SigningKey:
    """A private key with its certificates, the signer's first. Loaded once per process, so it equals only itself."""

    private: ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, ...]
    verification: VerificationKey

    @property
    def key_id(self) -> str:
        return self.verification.key_id

    @property
    def demonstration(self) -> bool:
        return self.verification.demonstration

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain[0]


def make_demonstration_key(folder: Path) -> None:
    """Make the demonstration key in `folder`/demonstration, readable by its owner only, unless it is there already.

    Several processes may start at once: the first one's key is kept, by every one of them.
    """
    target = folder / "demonstration"
    if (target / "chain.pem").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    issuer, signer = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer_name, signer_name = _name(ISSUER_NAME), _name(SIGNER_NAME)
    root = (
        _certificate(issuer_name, issuer_name, issuer.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(issuer.public_key()), critical=False)
        .sign(issuer, hashes.SHA256())
    )
    leaf = (
        _certificate(signer_name, issuer_name, signer.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(signer.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)
        .sign(issuer, hashes.SHA256())
    )
    making = folder / f".making-{secrets.token_hex(8)}"
    making.mkdir(mode=0o700)
    private = signer.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(making / "key.pem", private)
    _write(making / "chain.pem", b"".join(one.public_bytes(serialization.Encoding.PEM) for one in (leaf, root)))
    try:
        # A folder appears whole or not at all.
        making.rename(target)
    except OSError:
        shutil.rmtree(making)
        if not (target / "chain.pem").exists():
            raise


def load_signing_key(settings: SigningSettings) -> SigningKey:
    """The operator's key where one is configured, else the demonstration key.

    Raises KeyUnusable with one helpful sentence: not there, not readable, wrong password, not P-256, does not belong to
    the certificate.
    """
    if settings.key and settings.certificate:
        return _load(settings.key, settings.certificate, settings.password)
    folder = settings.folder / "demonstration"
    return _load(folder / "key.pem", folder / "chain.pem", "")


def verification_keys(settings: SigningSettings) -> dict[str, VerificationKey]:
    """Keys whose signatures count, by key id: the present one, and those in keys/retired/*.pem.

    A retired certificate counts for what was signed before its end. A stolen key is taken out of the folder, and
    nothing it signed counts any more.
    """
    keys = [load_signing_key(settings).verification]
    for path in sorted((settings.folder / "retired").glob("*.pem")):
        keys.append(verification_of(_certificates(path)[0]))
    return {key.key_id: key for key in keys}


@lru_cache(maxsize=8)
def _load(key_path: Path, chain_path: Path, password: str) -> SigningKey:
    chain = _certificates(chain_path)
    try:
        pem = key_path.read_bytes()
        private = serialization.load_pem_private_key(pem, password.encode() or None)
    except OSError as error:
        raise KeyUnusable(f"The signing key {key_path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError) as error:
        raise KeyUnusable(
            f"The signing key {key_path} cannot be opened: check that it is PEM, and its password."
        ) from error
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise KeyUnusable(f"The signing key {key_path} is not an elliptic curve key; a P-256 key is needed.")
    verification = verification_of(chain[0])
    if private.public_key() != verification.public:
        raise KeyUnusable(f"The signing key {key_path} does not belong to the first certificate in {chain_path}.")
    return SigningKey(private=private, chain=chain, verification=verification)


def _certificates(path: Path) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except OSError as error:
        raise KeyUnusable(f"The certificate {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise KeyUnusable(f"The certificate {path} is not a certificate in PEM.") from error


def verification_of(certificate: x509.Certificate) -> VerificationKey:
    """The public half of a certificate. Raises KeyUnusable when it is not for P-256."""
    public = certificate.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
        raise KeyUnusable(f"The certificate of {certificate.subject.rfc4514_string()} is not for a P-256 key.")
    return VerificationKey(
        key_id=_key_id(public),
        public=public,
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        demonstration=is_demonstration(certificate),
    )


def is_demonstration(certificate: x509.Certificate) -> bool:
    """Does the certificate call itself a demonstration? So does ours, wherever it is configured."""
    names: Iterable[x509.NameAttribute] = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(name.value == DEMONSTRATION for name in names)


def _key_id(public: ec.EllipticCurvePublicKey) -> str:
    """The first 16 characters (96 bits) of the JWK thumbprint of RFC 7638: short, because it is printed in QR codes."""
    numbers = public.public_numbers()
    point = {name: _base64url(value.to_bytes(32, "big")) for name, value in (("x", numbers.x), ("y", numbers.y))}
    jwk = json.dumps({"crv": "P-256", "kty": "EC", **point}, separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(jwk.encode()).digest())[:16]


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Saduak"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, DEMONSTRATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=public,
        serial_number=x509.random_serial_number(),
        not_valid_before=DEMONSTRATION_FROM,
        not_valid_after=DEMONSTRATION_UNTIL,
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
