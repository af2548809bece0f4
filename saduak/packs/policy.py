"""Who may publish packs, and who looks after them. What is published is public; its history and workshop are not secret either."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.verdict import YES, Verdict, no
from saduak.people.actor import Actor
from saduak.people.roles import SYSTEM, Role


def may_publish(actor: Actor) -> Verdict:
    """An officer decides what the programme asks; an operator publishes from the command line at set-up."""
    if actor.has(Role.OFFICER, Role.OPERATOR, SYSTEM):
        return YES
    return no(_("Only an officer of the secretariat or the operator publishes packs."))


def may_look_after(actor: Actor) -> Verdict:
    """The pages on which packs are read, compared and checked; standards themselves anybody may read."""
    if actor.has(Role.OFFICER, Role.OPERATOR, Role.AUDITOR, SYSTEM):
        return YES
    return no(
        _("Packs are looked after by the secretariat and the operator. Published standards are open to everybody.")
    )
