"""Issuing one certificate."""

import hashlib
from datetime import date, datetime

from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import commands as applying
from saduak.applications import queries as applications
from saduak.certificates import credential, document, notices, numbers, policy
from saduak.certificates.models import Certificate, PublishedKey
from saduak.certificates.subjects import subject
from saduak.certificates.validity import last_day
from saduak.documents.keys import KeyUnusable, SigningKey
from saduak.documents.signing import sign_pdf
from saduak.files import commands as files
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.packs.standard import Level, Standard
from saduak.people.actor import Actor, system
from saduak.people.models import Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.thai.text import fold, sort_key


@transaction.atomic
def issue(application_number: str, *, by: Actor) -> Certificate:
    """One act: number, signed PDF, public record, journal and message to the unit.

    It holds from the day on which the results were released. An earlier certificate of the centre is succeeded.
    Raises Application.DoesNotExist (strangers), NotAllowed, NotPossible (not certified, practice round, issued before).
    """
    application = applications.lock(application_number, actor=by)
    policy.may_issue(by, application.round).require()
    if application.state != "CERTIFIED" or application.decided_at is None:
        raise NotPossible(_("Only a certified application leads to a certificate."))
    if Certificate.objects.filter(application=application).exists():
        raise NotPossible(
            _("The certificate for %(number)s has been issued already."), params={"number": application.number}
        )
    standard = rounds.standard(application.round)
    level = standard.level(application.decided_level)
    released = application.decided_at.astimezone(clock.BANGKOK).date()
    certificate = _prepare(application.centre, application.round, level, released)
    certificate.application = application
    _sign(certificate, standard)
    _write(certificate, by=by, event="certificate.issued")
    notices.issued(certificate)
    return certificate


@transaction.atomic
def enter_earlier(
    round_code: str, centre_code: str, *, by: Actor, level: str, valid_from: date, number: str = ""
) -> Certificate:
    """Enter a certificate that was issued on paper before this system: a public record without PDF or signature.

    number: as printed, or empty to give one. Raises NotAllowed, NotPossible (the centre has a newer one), NotComplete
    (no such level, a number in use, a first day to come).
    """
    round = Round.objects.select_for_update().get(code=round_code)
    centre = Organisation.objects.select_for_update().get(code=centre_code)
    policy.may_enter_earlier(by).require()
    policy.may_issue(by, round).require()
    try:
        found = rounds.standard(round).level(level)
    except KeyError:
        raise NotComplete(_("The standard has no level “%(level)s”."), params={"level": level}, field="level") from None
    if valid_from > clock.today():
        raise NotComplete(_("The first day lies in the future."), field="valid_from")
    if number and (not numbers.key(number) or Certificate.objects.filter(key=numbers.key(number)).exists()):
        raise NotComplete(
            _("The number “%(number)s” cannot be used, or is in use."), params={"number": number}, field="number"
        )
    newer = Certificate.objects.filter(centre=centre, programme=_programme(round), valid_from__gte=valid_from)
    if newer.exists():
        raise NotPossible(_("The centre has a certificate from that day on, or a newer one."), field="valid_from")
    certificate = _prepare(centre, round, found, valid_from)
    certificate.number = number or certificate.number
    _write(certificate, by=by, event="certificate.entered")
    return certificate


def _programme(round: Round) -> str:
    return str(round.round_pack.content["programme"])


def _prepare(centre: Organisation, round: Round, level: Level, valid_from: date) -> Certificate:
    """A certificate that is whole but for its papers, with the names of today."""
    office = Organisation.objects.get_parent(centre) or centre
    now = clock.now()
    return Certificate(
        number=_free_number(round.code),
        centre=centre,
        round=round,
        programme=_programme(round),
        level=level.code,
        level_name_th=level.title.th,
        level_name_en=level.title.en,
        centre_name_th=centre.name_th,
        centre_name_en=centre.name_en,
        office_name_th=office.name_th,
        office_name_en=office.name_en,
        province_code=centre.province_code,
        fiscal_year=round.fiscal_year,
        round_name_th=round.name_th,
        round_name_en=round.name_en,
        valid_from=valid_from,
        valid_to=last_day(valid_from, round.validity_years),
        issued_at=now,
        state_at=now,
    )


def _free_number(round_code: str) -> str:
    while True:
        number = numbers.new_number(round_code)
        if not Certificate.objects.filter(key=numbers.key(number)).exists():
            return number


def _sign(certificate: Certificate, standard: Standard) -> None:
    """Make the credential and the PDF, and remember the public half of the key."""
    try:
        key = credential.signing_key()
    except KeyUnusable as error:
        raise NotPossible(_("The signing key cannot be used: %(why)s"), params={"why": error}) from error
    if PublishedKey.objects.filter(key_id=key.key_id).exclude(withdrawn_at=None).exists():
        raise NotPossible(_("The signing key was withdrawn. A new one has to be put in place first."))
    certificate.demonstration = key.demonstration
    certificate.key_id = key.key_id
    certificate.credential = credential.sign(certificate, key=key)
    _remember(key, at=certificate.issued_at)
    paper = sign_pdf(
        document.print_certificate(certificate, standard=standard),
        key=key,
        at=certificate.issued_at,
        reason=certificate.number,
    )
    certificate.sha256 = hashlib.sha256(paper).hexdigest()
    upload = ContentFile(paper, name=f"{certificate.number}.pdf")
    certificate.pdf = files.store(upload, by_ref=system("certificates").ref)


def _remember(key: SigningKey, *, at: datetime) -> None:
    """Keep the public half for ever: papers outlive the key that signed them."""
    pem = key.certificate.public_bytes(Encoding.PEM).decode()
    PublishedKey.objects.get_or_create(
        key_id=key.key_id, defaults={"pem": pem, "demonstration": key.demonstration, "first_used_at": at}
    )


def _write(certificate: Certificate, *, by: Actor, event: str) -> None:
    """Put it at the head of the centre's chain. The database lets nobody have two newest ones."""
    earlier = (
        Certificate.objects.select_for_update()
        .filter(centre_id=certificate.centre_id, programme=certificate.programme, latest=True)
        .first()
    )
    if earlier is not None:
        earlier.latest = False
        earlier.save(update_fields=["latest"])
        certificate.succeeds = earlier
    certificate.key = numbers.key(certificate.number)
    names = (
        certificate.centre_name_th,
        certificate.centre_name_en,
        certificate.office_name_th,
        certificate.office_name_en,
    )
    certificate.search = fold(" ".join((certificate.number, certificate.key, *names)))[:1500]
    certificate.sort_name = sort_key(certificate.centre_name_th)[:400]
    try:
        with transaction.atomic():
            certificate.save(force_insert=True)
    except IntegrityError:  # another officer was quicker by a moment
        raise NotPossible(_("The centre has its certificate of this round already.")) from None
    applying.note_certificate(
        certificate.centre_id, certificate.programme, number=certificate.number, valid_to=certificate.valid_to
    )
    details = {
        "application": certificate.application.number if certificate.application else None,
        "level": certificate.level,
        "valid_from": certificate.valid_from,
        "valid_to": certificate.valid_to,
        "sha256": certificate.sha256,
        "key": certificate.key_id,
        "succeeds": earlier.number if earlier else None,
    }
    journal.record(event, subject(certificate), by=by, details=details)
