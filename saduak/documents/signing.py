"""Signing and checking of PDFs: PAdES (ETSI EN 319 142), added as an incremental update.

The signature field lies outside the page and prints: PDF/A wants it printable, PDF/UA accepts an untagged one only
where it cannot be seen.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from saduak.documents.keys import KeyUnusable, SigningKey, VerificationKey, is_demonstration, verification_of

__all__ = ["SignatureReport", "SigningFailed", "check_signature", "sign_pdf"]

FIELD = "Saduak"
# Signature, two or three certificates and attributes take some 2 kB. Without the figure pyHanko signs twice.
BYTES_RESERVED = 16_384


class SigningFailed(Exception):
    """The bytes are no PDF that could be signed."""


@dataclass(frozen=True)
class SignatureReport:
    """What a check found. `valid` is the one word for people; the rest says why not.

    signed: there is a signature; intact: not a byte was changed after it, and it covers the whole file; ours: made with
    one of the keys given, at a moment at which that key counted; demonstration: made with a demonstration key.
    """

    signed: bool = False
    intact: bool = False
    ours: bool = False
    signer: str = ""
    key_id: str = ""
    signed_at: datetime | None = None
    demonstration: bool = False
    problem: str = ""

    @property
    def valid(self) -> bool:
        return self.signed and self.intact and self.ours


class _Signer(signers.PdfSigner):
    """A PDF signer that takes the moment from its caller instead of the wall clock."""

    def __init__(self, at: datetime, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.at = at

    def init_signing_session(self, *arguments: Any, **settings: Any) -> Any:
        session = super().init_signing_session(*arguments, **settings)
        session.system_time = self.at
        return session


class _Writer(IncrementalPdfFileWriter):
    """An update that leaves the metadata as typeset: title, dates and the PDF/A and PDF/UA claims are the document's,
    and the moment of signing stands in the signature. pyHanko would write them anew with the wall clock."""

    def _update_meta(self) -> None:
        pass


def sign_pdf(pdf: bytes, *, key: SigningKey, at: datetime, reason: str = "", location: str = "") -> bytes:
    """The PDF with a certifying signature that allows no further change. `at` is the moment of signing.

    The original bytes stay as they are at the beginning. Raises SigningFailed for what is no PDF, KeyUnusable when the
    key does not count at that moment.
    """
    if not key.verification.counted_at(at):
        raise KeyUnusable(f"The signing key {key.key_id} is not valid on {at:%Y-%m-%d}; configure one that is.")
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason or None,
        location=location or None,
        name=_common_name(key.certificate),
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    spec = fields.SigFieldSpec(
        FIELD,
        readable_field_name="ลายมือชื่อดิจิทัล",
        invis_sig_settings=fields.InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
    )
    signer = _Signer(at, meta, signer=_cms_signer(key), new_field_spec=spec)
    signed = io.BytesIO()
    try:
        writer = _Writer(io.BytesIO(pdf))
        # PDF/UA 7.18.3: a page with an annotation says in which order they are walked.
        page = writer.root["/Pages"]["/Kids"][0]
        while "/Kids" in page:
            page = page["/Kids"][0]
        page[NameObject("/Tabs")] = NameObject("/S")
        writer.update_container(page)
        signer.sign_pdf(writer, output=signed, bytes_reserved=BYTES_RESERVED)
    except (PdfError, SigningError, KeyError, ValueError, TypeError) as error:
        raise SigningFailed("This is no PDF that can be signed.") from error
    return signed.getvalue()


def check_signature(pdf: bytes, *, keys: Mapping[str, VerificationKey] | None = None) -> SignatureReport:
    """Check the last signature of a PDF against keys that count. Never raises: what cannot be read is not signed."""
    try:
        embedded = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        if not embedded:
            return SignatureReport(problem="not signed")
        status = _status(embedded[-1])
        certificate = x509.load_der_x509_certificate(embedded[-1].signer_cert.dump())
        signed_at = embedded[-1].self_reported_timestamp
    except (
        PdfError,
        SignatureValidationError,
        SigningError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
    ):
        return SignatureReport(problem="not readable")
    return _report(status, certificate, signed_at, keys or {})


def _report(
    status: PdfSignatureStatus,
    certificate: x509.Certificate,
    signed_at: datetime | None,
    keys: Mapping[str, VerificationKey],
) -> SignatureReport:
    intact = bool(status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE)
    try:
        key_id = verification_of(certificate).key_id
    except KeyUnusable:
        key_id = ""
    known = keys.get(key_id)
    if not intact:
        problem = "changed after signing"
    elif known is None:
        problem = "unknown key"
    elif signed_at is None or not known.counted_at(signed_at):
        problem = "key did not count when it was signed"
    else:
        problem = ""
    return SignatureReport(
        signed=True,
        intact=intact,
        ours=problem == "",
        signer=_common_name(certificate),
        key_id=key_id,
        signed_at=signed_at.astimezone(UTC) if signed_at else None,
        demonstration=is_demonstration(certificate),
        problem=problem,
    )


def _status(embedded: Any) -> PdfSignatureStatus:
    # Only the mathematics is asked here, so the signer's certificate vouches for itself; whom to trust is decided by our
    # own list of keys, and nobody is asked over the network.
    context = ValidationContext(
        trust_roots=[embedded.signer_cert], allow_fetching=False, moment=embedded.self_reported_timestamp
    )
    return validate_pdf_signature(embedded, signer_validation_context=context)


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()


@lru_cache(maxsize=8)
def _cms_signer(key: SigningKey) -> signers.SimpleSigner:
    """pyHanko's form of the key; making it costs as much as a signature."""
    chain = [asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in key.chain]
    private = key.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=chain[0],
        signing_key=asn1_keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore.from_certs(chain[1:]),
    )
