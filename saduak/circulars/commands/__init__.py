"""What changes readings, circulars, deliveries and registers."""

from saduak.circulars.commands.deliveries import acknowledge, assign, receive, reply
from saduak.circulars.commands.drafts import draft, draft_forward, drop, save_draft
from saduak.circulars.commands.readings import confirm, correct, discard, read
from saduak.circulars.commands.reminders import remind, remind_batch, run_rules, set_rule, take_up_reminders
from saduak.circulars.commands.sending import issue, send_batch, take_up_stalled

__all__ = [
    "acknowledge",
    "assign",
    "confirm",
    "correct",
    "discard",
    "draft",
    "draft_forward",
    "drop",
    "issue",
    "read",
    "receive",
    "remind",
    "remind_batch",
    "reply",
    "run_rules",
    "save_draft",
    "send_batch",
    "set_rule",
    "take_up_reminders",
    "take_up_stalled",
]
