"""The only thing that writes applications."""

from saduak.applications.commands.answers import Saved, look_at, save_answers, save_profile, settle
from saduak.applications.commands.assisting import enter, start_for
from saduak.applications.commands.beginning import start
from saduak.applications.commands.certified import forget_certificate, note_certificate
from saduak.applications.commands.commenting import comment, resolve_comment
from saduak.applications.commands.corrections import reply_to_remark, return_for_correction
from saduak.applications.commands.drafts import propose, send_back, withdraw
from saduak.applications.commands.evidence import add_evidence, change_evidence, remove_evidence, restore_evidence
from saduak.applications.commands.malware import tell_of_malware
from saduak.applications.commands.outcomes import record_decision, record_readiness
from saduak.applications.commands.redacting import make_public_copy, show_public_copy, withdraw_public_copy
from saduak.applications.commands.shelf import add_from_shelf, delete_file, replace_evidence
from saduak.applications.commands.submission import resubmit, submit
from saduak.applications.commands.uploading import (
    add_received,
    append_upload,
    begin_upload,
    discard_upload,
    finish_upload,
)

__all__ = [
    "Saved",
    "add_evidence",
    "add_from_shelf",
    "add_received",
    "append_upload",
    "begin_upload",
    "change_evidence",
    "comment",
    "delete_file",
    "discard_upload",
    "enter",
    "finish_upload",
    "forget_certificate",
    "look_at",
    "make_public_copy",
    "note_certificate",
    "propose",
    "record_decision",
    "record_readiness",
    "remove_evidence",
    "replace_evidence",
    "reply_to_remark",
    "resolve_comment",
    "restore_evidence",
    "resubmit",
    "return_for_correction",
    "save_answers",
    "save_profile",
    "send_back",
    "settle",
    "show_public_copy",
    "start",
    "start_for",
    "submit",
    "tell_of_malware",
    "withdraw",
    "withdraw_public_copy",
]
