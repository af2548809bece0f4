"""Who may do what in screening and assessment. What a person's standing in a case is, is looked up by the caller."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from saduak.assessment.models import Acknowledgement, TeamFunction
from saduak.kernel.verdict import YES, Verdict, no
from saduak.people.actor import Actor
from saduak.people.roles import OFFICE_ROLES, Role
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round, WindowKind

MARKING = frozenset({TeamFunction.CHAIR, TeamFunction.EXPERT})
MODERATING = frozenset({TeamFunction.CHAIR, TeamFunction.SECRETARY})
FEWEST_SHEETS = 2  # independent marks that a case needs


@dataclass(frozen=True)
class Standing:
    """A person's place in one case: function in its team (empty: none), seat at a meeting on it, interest."""

    function: str = ""
    leads: bool = False  # records what the team agrees: chair, secretary, or an expert where neither may take part
    has_seat: bool = False
    present: bool = False
    conflict: bool = False
    declared: bool = False
    sheet_state: str = ""


# What the calendar gives: the act may be done while one of these periods of the round is open. Agreeing prepares the
# committee's decision, so it goes on while the committee sits.
PERIODS: dict[str, tuple[str, ...]] = {
    "screen": (WindowKind.SCREENING,),
    "mark": (WindowKind.VISITS,),
    "moderate": (WindowKind.VISITS, WindowKind.DECISION),
    "decide": (WindowKind.DECISION,),
    "release_results": (WindowKind.ANNOUNCEMENT,),
}


def in_time(round: Round, act: str) -> Verdict:
    """Does the round's calendar give this act now? Nobody opens or closes it by hand: the period does."""
    return rounds.stands_open(round, *PERIODS[act])


OFFICER_ONLY = _("Only an officer of the secretariat does this.")


def _officer(actor: Actor) -> Verdict:
    return YES if actor.has(Role.OFFICER) else no(OFFICER_ONLY)


may_screen = _officer
may_release_readiness = _officer
may_manage_teams = _officer
may_assign = _officer
may_call_meeting = _officer
may_release_results = _officer


def may_see_overview(actor: Actor) -> Verdict:
    """The whole programme at a glance: officers act in it, auditors read it."""
    return YES if actor.has(Role.OFFICER, Role.AUDITOR) else no(OFFICER_ONLY)


def may_acknowledge(actor: Actor, acknowledgement: Acknowledgement) -> Verdict:
    """Anybody with a post at the body that was told takes note for it."""
    if actor.role in OFFICE_ROLES and actor.organisation_id == acknowledgement.organisation_id:
        return YES
    return no(_("Only people of the body that was told take note of it."))


def may_pin(actor: Actor, user_id: int | None) -> Verdict:
    """user_id: whom it is about, None for somebody else than the actor."""
    if not actor.has(Role.OFFICER):
        return no(OFFICER_ONLY)
    if user_id is not None and actor.user_id == user_id:
        return no(_("Nobody decides about their own interests. Ask another officer."))
    return YES


def may_declare(actor: Actor, standing: Standing) -> Verdict:
    if standing.conflict:
        return no(_("You have no part in this case."))
    if (actor.has(Role.ASSESSOR) and standing.function) or (actor.has(Role.COMMITTEE) and standing.has_seat):
        return YES
    return no(_("You have no part in this case."))


def may_read(actor: Actor, standing: Standing) -> Verdict:
    """May the actor read what the unit handed in? Team and committee only after they declared their interests."""
    if standing.conflict:
        return no(_("You have no part in this case."))
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return YES
    if not (may := may_declare(actor, standing)):
        return may
    return YES if standing.declared else no(_("Declare your interests first; then the case opens."))


def may_mark(actor: Actor, standing: Standing) -> Verdict:
    """Chair and experts mark, each on their own sheet."""
    if not actor.has(Role.ASSESSOR):
        return no(_("Only the members of the assessment team mark."))
    if not (may := may_read(actor, standing)):
        return may
    if standing.function not in MARKING:
        return no(_("The chair and the expert members of the team mark. The secretary records what is agreed."))
    return YES


may_hand_in = may_mark


def may_moderate(actor: Actor, standing: Standing) -> Verdict:
    """The chair or the secretary records what the team agrees."""
    if not actor.has(Role.ASSESSOR):
        return no(_("The assessment team agrees on the marks."))
    if not (may := may_read(actor, standing)):
        return may
    if not standing.leads:
        return no(_("The chair or the secretary of the team records what is agreed."))
    return YES


may_agree = may_moderate


def may_decide(actor: Actor, standing: Standing) -> Verdict:
    """A committee member who is present and has no interest in the case records what the committee decided."""
    if not actor.has(Role.COMMITTEE):
        return no(_("Only the committee decides."))
    if not (may := may_read(actor, standing)):
        return may
    return YES if standing.present else no(_("Only members who are present at the meeting decide."))


may_note_presence = may_call_meeting
