"""Who may publish packs."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.verdict import YES, Verdict, no
from saduak.people.actor import Actor
from saduak.people.roles import SYSTEM, Role


def may_publish(actor: Actor) -> Verdict:
    """An officer decides what the programme asks; an operator publishes from the command line at set-up."""
    if actor.has(Role.OFFICER, Role.OPERATOR, SYSTEM):
        return YES
    return no(_("Only an officer of the secretariat or the operator publishes packs."))
