"""Everything that changes screening and assessment."""

from saduak.assessment.commands.interests import declare, pin_interest, unpin_interest
from saduak.assessment.commands.marks import hand_in, save_marks
from saduak.assessment.commands.meetings import call_meeting, decide, note_presence, put_on_agenda
from saduak.assessment.commands.moderation import agree, save_agreement
from saduak.assessment.commands.readiness import acknowledge, release_readiness
from saduak.assessment.commands.results import release_results
from saduak.assessment.commands.screening import finish, reopen, return_for_correction, save_findings
from saduak.assessment.commands.sharing import share_out
from saduak.assessment.commands.teams import add_member, assign, assign_many, form_team, remove_member, set_region

__all__ = [
    "acknowledge",
    "add_member",
    "agree",
    "assign",
    "assign_many",
    "call_meeting",
    "decide",
    "declare",
    "finish",
    "form_team",
    "hand_in",
    "note_presence",
    "pin_interest",
    "put_on_agenda",
    "release_readiness",
    "release_results",
    "remove_member",
    "reopen",
    "return_for_correction",
    "save_agreement",
    "save_findings",
    "save_marks",
    "set_region",
    "share_out",
    "unpin_interest",
]
