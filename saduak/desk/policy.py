"""Who may read the journal."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.verdict import YES, Verdict, no
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.people.roles import OFFICE_ROLES, Role


def may_read_journal(actor: Actor) -> Verdict:
    """Auditors read every line; officers too, because they answer for the programme. Everybody else reads their own cases."""
    return (
        YES
        if actor.has(Role.AUDITOR, Role.OFFICER)
        else no(_("The journal as a whole is read by auditors and officers."))
    )


def may_follow(actor: Actor, body: Organisation) -> Verdict:
    """How far the units of a body are is for the body itself, those above it, officers and auditors."""
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return YES
    if actor.has(*OFFICE_ROLES) and actor.path and body.path.startswith(actor.path):
        return YES
    return no(_("How far the units of %(office)s are is shown to it and to the bodies above it."), office=body.name)
