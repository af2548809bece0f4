"""Who may change organisations and posts."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.verdict import YES, Verdict, no
from saduak.people.actor import Actor
from saduak.people.models import Import, Kind, Organisation
from saduak.people.roles import OFFICE_ROLES, PROGRAMME_ROLES, Role


def may_register_centre(actor: Actor, parent: Organisation) -> Verdict:
    """A coordinator or head of the office (or of the body above it) registers its service centres."""
    if parent.kind == Kind.CENTRE:
        return no(_("A centre belongs to an office, not to another centre."))
    if actor.has(Role.COORDINATOR, Role.HEAD) and actor.covers(parent.path):
        return YES
    if actor.has(Role.OFFICER):
        return YES
    return no(_("Only a coordinator or the head of %(office)s registers its centres."), office=parent.name)


def may_invite(actor: Actor, organisation: Organisation, role: str) -> Verdict:
    """The head of the office, or of a body above, vouches that a person belongs to it; the officer gives programme roles."""
    if role in PROGRAMME_ROLES:
        return YES if actor.has(Role.OFFICER) else no(_("Only an officer of the secretariat gives this role."))
    if role in OFFICE_ROLES and (
        (actor.has(Role.HEAD) and (actor.covers(organisation.path) or actor.above(organisation.path)))
        or actor.has(Role.OFFICER)
    ):
        return YES
    return no(_("Only the head of %(office)s, or of a body above it, gives posts there."), office=organisation.name)


def may_delegate(actor: Actor, capacity: str) -> Verdict:
    """Who acts for the head does not hand that on: only the head, a body above or the secretariat names somebody."""
    if capacity and actor.capacity:
        return no(_("Who acts for the head cannot name another to act for the head."))
    return YES


may_end_post = may_invite


def may_see_people(actor: Actor, organisation: Organisation) -> Verdict:
    """Names and addresses of an office are for the office itself, the bodies above it, officers and auditors.

    Assessors and members of the committee have their post at the secretariat, but they are no body above anybody.
    """
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return YES
    if actor.has(*OFFICE_ROLES) and (actor.covers(organisation.path) or actor.above(organisation.path)):
        return YES
    return no(_("Who acts for an office is shown to the office itself and to the bodies above it."))


def may_import(actor: Actor) -> Verdict:
    return YES if actor.has(Role.OFFICER) else no(_("Only an officer of the secretariat imports organisations."))


def may_bring(actor: Actor, kind: str) -> Verdict:
    """Who may bring a file of this kind. Each of its lines is asked for once more: centres and people only where one
    may register or invite them by hand."""
    if kind == Import.Kind.ORGANISATIONS:
        return may_import(actor)
    if kind == Import.Kind.CENTRES and actor.has(Role.OFFICER, Role.HEAD, Role.COORDINATOR):
        return YES
    if kind == Import.Kind.PEOPLE and actor.has(Role.OFFICER, Role.HEAD):
        return YES
    return no(_("Only an officer of the secretariat, or the head of an office for their own, brings such a file."))
