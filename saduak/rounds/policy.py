"""Who may open and end a round, move its windows, and admit a late unit. Everybody who is signed in may read its calendar."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.verdict import YES, Verdict, no
from saduak.people.actor import Actor
from saduak.people.roles import Role


def may_open_round(actor: Actor) -> Verdict:
    """A round is opened by the secretariat, from a published pack."""
    return YES if actor.has(Role.OFFICER) else no(_("Only an officer of the secretariat opens a round."))


def may_end(actor: Actor) -> Verdict:
    """A round is ended by the secretariat; every window closes with it."""
    return YES if actor.has(Role.OFFICER) else no(_("Only an officer of the secretariat ends a round."))


def may_admit_late(actor: Actor) -> Verdict:
    """Late entry is granted by the secretariat, one unit at a time."""
    return YES if actor.has(Role.OFFICER) else no(_("Only an officer of the secretariat admits a unit late."))


def may_move_window(actor: Actor) -> Verdict:
    """The calendar of a round is moved by the secretariat; everybody reads why."""
    return YES if actor.has(Role.OFFICER) else no(_("Only an officer of the secretariat moves a period."))


def may_have_calendar(actor: Actor) -> Verdict:
    """Everybody who holds a post has a calendar of their own; it is made of their posts."""
    return YES if actor.membership_id else no(_("A calendar is made of the posts one holds; you hold none today."))
