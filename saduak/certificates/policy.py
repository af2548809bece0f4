"""Who may issue certificates and change how they stand. Who sees which is in queries.visible_to."""

from django.utils.translation import gettext_lazy as _

from saduak.certificates.models import Certificate
from saduak.certificates.workflow import CERTIFICATE
from saduak.kernel.verdict import YES, Verdict, first_no, no, not_now
from saduak.people.actor import Actor
from saduak.people.roles import SYSTEM, Role
from saduak.rounds.models import Round


def may_issue(actor: Actor, round: Round) -> Verdict:
    """An officer issues, and the job that an officer started. A practice round's results mean nothing."""
    if not actor.has(Role.OFFICER, SYSTEM):
        return no(_("Only an officer of the secretariat issues certificates."))
    return not_now(_("This is a practice round: nothing in it is certified.")) if round.is_practice else YES


def may_enter_earlier(actor: Actor) -> Verdict:
    return YES if actor.has(Role.OFFICER) else no(_("Only an officer of the secretariat enters earlier certificates."))


def _may_change(actor: Actor, certificate: Certificate, move: str) -> Verdict:
    return first_no(
        YES
        if actor.has(Role.OFFICER)
        else no(_("Only an officer of the secretariat changes how a certificate stands.")),
        CERTIFICATE.can(certificate.state, move),
        YES if certificate.latest or move == "revoke" else not_now(_("A newer certificate has taken its place.")),
    )


def may_suspend(actor: Actor, certificate: Certificate) -> Verdict:
    return _may_change(actor, certificate, "suspend")


def may_reinstate(actor: Actor, certificate: Certificate) -> Verdict:
    return _may_change(actor, certificate, "reinstate")


def may_revoke(actor: Actor, certificate: Certificate) -> Verdict:
    return _may_change(actor, certificate, "revoke")


def may_withdraw_key(actor: Actor) -> Verdict:
    return YES if actor.has(Role.OFFICER, Role.OPERATOR) else no(_("Only an officer or the operator withdraws a key."))


def may_see_cohort(actor: Actor) -> Verdict:
    return YES if actor.has(Role.OFFICER, Role.AUDITOR) else no(_("Only the secretariat sees whom to invite."))


def may_see_keys(actor: Actor) -> Verdict:
    allowed = actor.has(Role.OFFICER, Role.AUDITOR, Role.OPERATOR)
    return YES if allowed else no(_("Only the secretariat sees the keys."))
