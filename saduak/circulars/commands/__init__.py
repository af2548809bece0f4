"""What changes readings, circulars, deliveries and registers."""

from saduak.circulars.commands.approvals import approve, propose, return_draft
from saduak.circulars.commands.cuts import join, restore, split
from saduak.circulars.commands.deliveries import acknowledge, assign, hand_back, receive, reply
from saduak.circulars.commands.division_members import join_division, leave_division
from saduak.circulars.commands.draft_actions import (
    add_action,
    change_action,
    move_action,
    remove_action,
    take_actions,
)
from saduak.circulars.commands.drafts import draft, draft_answer, draft_forward, draft_free, drop, save_draft
from saduak.circulars.commands.exchange import check_address, offices_due, retry_failed, set_address, stop_address
from saduak.circulars.commands.exchange_run import exchange_once
from saduak.circulars.commands.file_order import Ordered, order_files
from saduak.circulars.commands.letterheads import set_letterhead
from saduak.circulars.commands.links import close_link, count_opening, reopen_link
from saduak.circulars.commands.paper_receipts import enter_receipt, enter_receipts
from saduak.circulars.commands.prints import (
    clear_prints,
    fail_prints,
    finish_prints,
    keep_part,
    order_prints,
    take_up_prints,
)
from saduak.circulars.commands.readiness_letters import draft_readiness_letters
from saduak.circulars.commands.reading_files import hand_in, keep, read_some
from saduak.circulars.commands.reading_files import take_up_stalled as take_up_readings
from saduak.circulars.commands.readings import confirm, correct, discard, read
from saduak.circulars.commands.register_corrections import CORRECTED, correct_line
from saduak.circulars.commands.registers import (
    cancel_number,
    close_division,
    enter_letter,
    note_line,
    open_division,
    pass_inside,
)
from saduak.circulars.commands.reminders import remind, remind_batch, run_rules, set_rule, take_up_reminders
from saduak.circulars.commands.sending import issue, send_batch, take_up_stalled
from saduak.circulars.commands.sought_names import seek
from saduak.circulars.commands.ways_back import close_return, readdress, send_back

__all__ = [
    "CORRECTED",
    "Ordered",
    "acknowledge",
    "add_action",
    "approve",
    "assign",
    "cancel_number",
    "change_action",
    "check_address",
    "clear_prints",
    "close_division",
    "close_link",
    "close_return",
    "confirm",
    "correct",
    "correct_line",
    "count_opening",
    "discard",
    "draft",
    "draft_answer",
    "draft_forward",
    "draft_free",
    "draft_readiness_letters",
    "drop",
    "enter_letter",
    "enter_receipt",
    "enter_receipts",
    "exchange_once",
    "fail_prints",
    "finish_prints",
    "hand_back",
    "hand_in",
    "issue",
    "join",
    "join_division",
    "keep",
    "keep_part",
    "leave_division",
    "move_action",
    "note_line",
    "offices_due",
    "open_division",
    "order_files",
    "order_prints",
    "pass_inside",
    "propose",
    "read",
    "read_some",
    "readdress",
    "receive",
    "remind",
    "remind_batch",
    "remove_action",
    "reopen_link",
    "reply",
    "restore",
    "retry_failed",
    "return_draft",
    "run_rules",
    "save_draft",
    "seek",
    "send_back",
    "send_batch",
    "set_address",
    "set_letterhead",
    "set_rule",
    "split",
    "stop_address",
    "take_actions",
    "take_up_prints",
    "take_up_readings",
    "take_up_reminders",
    "take_up_stalled",
]
