"""Saying that a certificate does not count, for now or for good, and that a key does not."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.applications import commands as applications
from saduak.certificates import notices, policy, queries
from saduak.certificates.models import Certificate, PublishedKey, Reason
from saduak.certificates.subjects import subject
from saduak.certificates.workflow import CERTIFICATE
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.actor import Actor

LONGEST_REASON = 2000


@transaction.atomic
def suspend(number: str, *, by: Actor, reason: str, text: str) -> Certificate:
    """Hold a certificate while it is looked into. Public at once: the class of the reason, not the text."""
    certificate = queries.lock(number, actor=by)
    policy.may_suspend(by, certificate).require()
    return _move(certificate, "suspend", "certificate.suspended", by=by, reason=reason, text=text)


@transaction.atomic
def reinstate(number: str, *, by: Actor, text: str) -> Certificate:
    """Let a suspended certificate hold again, until the day it would have ended anyway."""
    certificate = queries.lock(number, actor=by)
    policy.may_reinstate(by, certificate).require()
    return _move(certificate, "reinstate", "certificate.reinstated", by=by, reason="", text=text)


@transaction.atomic
def revoke(number: str, *, by: Actor, reason: str, text: str) -> Certificate:
    """Take a certificate back for good. Public at once: the class of the reason, not the text."""
    certificate = queries.lock(number, actor=by)
    policy.may_revoke(by, certificate).require()
    applications.forget_certificate(certificate.number)
    return _move(certificate, "revoke", "certificate.revoked", by=by, reason=reason, text=text)


@transaction.atomic
def withdraw_key(key_id: str, *, by: Actor, text: str) -> PublishedKey:
    """Say that a key is no longer to be trusted, because it was stolen or lost: what it signed proves nothing any more,
    before or after. Records stay as they are. Raises PublishedKey.DoesNotExist, NotAllowed, NotComplete, NotPossible."""
    key = PublishedKey.objects.select_for_update().get(key_id=key_id)
    policy.may_withdraw_key(by).require()
    if key.withdrawn_at is not None:
        raise NotPossible(_("The key has been withdrawn already."))
    text = _reasoned(text)
    key.withdrawn_at = clock.now()
    key.save(update_fields=["withdrawn_at"])
    journal.record(
        "certificates.key_withdrawn", journal.Subject("key", key.key_id, key.key_id), by=by, details={"reason": text}
    )
    return key


def _reasoned(text: str) -> str:
    told = text.strip()
    if not told:
        raise NotComplete(_("Write the reason: it stands in the journal and is told to the unit."), field="text")
    if len(told) > LONGEST_REASON:
        raise NotComplete(
            _("The reason is too long: %(most)s characters at most."), params={"most": LONGEST_REASON}, field="text"
        )
    return told


def _move(certificate: Certificate, move: str, event: str, *, by: Actor, reason: str, text: str) -> Certificate:
    target = CERTIFICATE.move(certificate.state, move)
    told = _reasoned(text)
    if target != CERTIFICATE.initial and reason not in Reason.values:
        raise NotComplete(_("Choose the reason that the public is told."), field="reason")
    certificate.state = target
    certificate.state_at = clock.now()
    certificate.reason = reason
    certificate.reason_text = told
    certificate.save(update_fields=["state", "state_at", "reason", "reason_text"])
    journal.record(event, subject(certificate), by=by, details={"reason": reason, "text": told})
    notices.moved(certificate, move)
    return certificate
