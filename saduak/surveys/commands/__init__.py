"""Everything that writes a survey or an answer to one."""

from saduak.surveys.commands.answering import Conflict, Saved, hand_in, save_answers, withdraw
from saduak.surveys.commands.calendar import end, move_close
from saduak.surveys.commands.forgetting import forget
from saduak.surveys.commands.opening import open_survey
from saduak.surveys.commands.public import answer_publicly
from saduak.surveys.commands.subjects import subject

__all__ = [
    "Conflict",
    "Saved",
    "answer_publicly",
    "end",
    "forget",
    "hand_in",
    "move_close",
    "open_survey",
    "save_answers",
    "subject",
    "withdraw",
]
