"""Who may read the journal."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.verdict import YES, Verdict, no
from saduak.people.actor import Actor
from saduak.people.roles import Role


def may_read_journal(actor: Actor) -> Verdict:
    """Auditors read every line; officers too, because they answer for the programme. Everybody else reads their own cases."""
    return (
        YES
        if actor.has(Role.AUDITOR, Role.OFFICER)
        else no(_("The journal as a whole is read by auditors and officers."))
    )
