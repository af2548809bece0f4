"""What changes a round: opening and ending it, moving a window, admitting a unit late."""

from saduak.rounds.commands.feeds import renew_calendar_address, revoke_calendar_address
from saduak.rounds.commands.late import admit_late
from saduak.rounds.commands.moving import move_window
from saduak.rounds.commands.opening import Span, Term, end, open_round, round_code, subject

__all__ = [
    "Span",
    "Term",
    "admit_late",
    "end",
    "move_window",
    "open_round",
    "renew_calendar_address",
    "revoke_calendar_address",
    "round_code",
    "subject",
]
