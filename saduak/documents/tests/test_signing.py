"""Signatures: ours hold, everything else is told apart; a demonstration never passes for an authority."""

import io
import stat
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured
from pypdf import PdfReader

from saduak.documents import keys, signing
from saduak.documents.configuration import SigningSettings, signing_settings
from saduak.documents.keys import KeyUnusable, SigningKey
from saduak.documents.tests import examples
from saduak.documents.typesetting import typeset

MOMENT = datetime(2022, 10, 1, 2, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("keys")
    keys.make_demonstration_key(made)
    return made


@pytest.fixture(scope="module")
def key(folder) -> SigningKey:
    return keys.load_signing_key(SigningSettings(folder))


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return typeset("receipt", examples.RECEIPT, at=MOMENT)


@pytest.fixture(scope="module")
def signed(pdf, key) -> bytes:
    return signing.sign_pdf(pdf, key=key, at=MOMENT, reason="ออกใบรับ", location="กรุงเทพมหานคร")


def own_key(folder, *, name="สปน.", since=MOMENT, days=365, private=None, password: str = "") -> SigningSettings:
    """A key as an operator would bring it, with a certificate that signs itself."""
    folder.mkdir(parents=True, exist_ok=True)
    private = private or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = x509.CertificateBuilder(
        issuer_name=subject,
        subject_name=subject,
        public_key=private.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=since,
        not_valid_after=since + timedelta(days=days),
    ).sign(private, hashes.SHA256())
    locked = serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
    key_path, certificate_path = folder / "key.pem", folder / "cert.pem"
    key_path.write_bytes(private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked))
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return SigningSettings(folder, key_path, certificate_path, password)


# --- the demonstration key -------------------------------------------------------------------------------------------


def test_demonstration_key_says_what_it_is(key):
    assert key.demonstration
    assert "DEMONSTRATION" in key.certificate.subject.rfc4514_string()
    assert "not an authority" in key.certificate.subject.rfc4514_string()
    assert len(key.chain) == 2
    key.chain[0].verify_directly_issued_by(key.chain[1])
    assert key.verification.counted_at(datetime(2016, 1, 1, tzinfo=UTC))
    assert key.verification.counted_at(datetime(2099, 1, 1, tzinfo=UTC))


def test_demonstration_key_is_for_its_owner_only(folder):
    for path in (folder / "demonstration").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(path.name for path in folder.iterdir()) == ["demonstration"], "the issuer's key is kept nowhere"


def test_making_it_again_changes_nothing(folder):
    before = (folder / "demonstration" / "key.pem").read_bytes()
    keys.make_demonstration_key(folder)
    assert (folder / "demonstration" / "key.pem").read_bytes() == before


def test_several_processes_at_once_agree_on_one_key(tmp_path):
    with get_context("spawn").Pool(4) as pool:
        pool.map(keys.make_demonstration_key, [tmp_path] * 8)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demonstration"]
    assert keys.load_signing_key(SigningSettings(tmp_path)).demonstration


# --- the operator's key ----------------------------------------------------------------------------------------------


def test_operators_key_is_no_demonstration(tmp_path, pdf):
    settings = own_key(tmp_path / "own", password="a secret")
    own = keys.load_signing_key(settings)
    assert not own.demonstration
    report = signing.check_signature(signing.sign_pdf(pdf, key=own, at=MOMENT), keys=keys.verification_keys(settings))
    assert report.valid
    assert (report.signer, report.demonstration) == ("สปน.", False)


def test_demonstration_key_stays_one_when_configured_as_the_operators(folder):
    demonstration = folder / "demonstration"
    settings = SigningSettings(folder, demonstration / "key.pem", demonstration / "chain.pem")
    assert keys.load_signing_key(settings).demonstration


def test_unusable_keys_are_explained(tmp_path):
    with pytest.raises(KeyUnusable, match="cannot be read"):
        keys.load_signing_key(SigningSettings(tmp_path / "nothing"))
    locked = own_key(tmp_path / "locked", password="right")
    with pytest.raises(KeyUnusable, match="password"):
        keys.load_signing_key(SigningSettings(locked.folder, locked.key, locked.certificate, "wrong"))
    one, other = own_key(tmp_path / "one"), own_key(tmp_path / "other")
    with pytest.raises(KeyUnusable, match="does not belong"):
        keys.load_signing_key(SigningSettings(one.folder, one.key, other.certificate))
    weak = own_key(tmp_path / "weak", private=rsa.generate_private_key(65537, 2048))
    with pytest.raises(KeyUnusable, match="P-256"):
        keys.load_signing_key(weak)
    (tmp_path / "text.pem").write_text("hello")
    with pytest.raises(KeyUnusable, match="PEM"):
        keys.load_signing_key(SigningSettings(tmp_path, one.key, tmp_path / "text.pem"))


def test_half_a_configuration_stops_the_start(settings, tmp_path):
    settings.DATA, settings.SIGNING_KEY, settings.SIGNING_CERT = tmp_path, "/somewhere/key.pem", ""
    with pytest.raises(ImproperlyConfigured, match="SADUAK_SIGNING_CERT"):
        signing_settings()
    settings.SIGNING_KEY = ""
    assert signing_settings().folder == tmp_path / "keys"


# --- signed PDFs -----------------------------------------------------------------------------------------------------


def test_signature_holds(signed, key):
    report = signing.check_signature(signed, keys={key.key_id: key.verification})
    assert report.valid
    assert (report.signed_at, report.key_id, report.demonstration) == (MOMENT, key.key_id, True)
    assert report.signer == keys.SIGNER_NAME


def test_signing_adds_and_changes_nothing(pdf, signed):
    assert signed.startswith(pdf), "an incremental update"
    assert signed.count(b"<x:xmpmeta") == 1, "metadata as typeset"
    assert b"<pdfaid:part>2</pdfaid:part>" in signed
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in signed


def test_signature_field_suits_archive_and_access(signed):
    """PDF/A: printable, not hidden. PDF/UA: outside the page, pages say the order of their annotations."""
    document = PdfReader(io.BytesIO(signed))
    page = document.pages[0]
    (field,) = (one.get_object() for one in page["/Annots"])
    assert field["/F"] & 4
    assert not field["/F"] & (1 | 2 | 32)
    assert all(float(number) < 0 for number in field["/Rect"])
    assert page["/Tabs"] == "/S"
    assert field["/V"]["/SubFilter"] == "/ETSI.CAdES.detached"
    assert document.trailer["/Root"]["/Perms"]["/DocMDP"] == field["/V"]


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_a_changed_byte_is_found(pdf, signed, key, place):
    changed = bytearray(signed)
    changed[int(len(pdf) * place)] ^= 1
    report = signing.check_signature(bytes(changed), keys={key.key_id: key.verification})
    assert not report.valid
    assert report.problem in ("changed after signing", "not readable")


def test_anything_added_is_found(signed, key):
    report = signing.check_signature(signed + b"\n% more\n", keys={key.key_id: key.verification})
    assert report.signed
    assert not report.valid


def test_unknown_key_is_not_ours(pdf, key, tmp_path):
    stranger = keys.load_signing_key(own_key(tmp_path / "stranger", name="Saduak"))
    report = signing.check_signature(
        signing.sign_pdf(pdf, key=stranger, at=MOMENT), keys={key.key_id: key.verification}
    )
    assert report.intact
    assert not report.valid
    assert report.problem == "unknown key"


def test_retired_key_counts_for_its_time_and_a_removed_one_for_nothing(pdf, tmp_path):
    old = own_key(tmp_path / "old", since=datetime(2019, 1, 1, tzinfo=UTC))
    document = signing.sign_pdf(pdf, key=keys.load_signing_key(old), at=datetime(2019, 6, 1, tzinfo=UTC))
    now = own_key(tmp_path / "now")
    retired = tmp_path / "now" / "retired"
    assert not signing.check_signature(document, keys=keys.verification_keys(now)).valid
    retired.mkdir()
    (retired / "2019.pem").write_bytes(old.certificate.read_bytes())
    assert signing.check_signature(document, keys=keys.verification_keys(now)).valid
    with pytest.raises(KeyUnusable, match="not valid on 2022"):
        signing.sign_pdf(pdf, key=keys.load_signing_key(old), at=MOMENT)


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n", b"\x00" * 100])
def test_what_is_no_signed_pdf(content, key):
    report = signing.check_signature(content, keys={key.key_id: key.verification})
    assert (report.signed, report.valid) == (False, False)
    with pytest.raises(signing.SigningFailed):
        signing.sign_pdf(content, key=key, at=MOMENT)


def test_unsigned_pdf_says_so(pdf):
    assert signing.check_signature(pdf).problem == "not signed"
