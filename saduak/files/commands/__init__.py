"""The only writer of stored files. What was stored is recorded in the journal by the app it belongs to."""

from saduak.files.commands.incoming import (
    Behind,
    Gone,
    append,
    begin,
    discard,
    finish,
    forget_expired,
    receive,
    take,
)
from saduak.files.commands.storing import scan_again, store

__all__ = [
    "Behind",
    "Gone",
    "append",
    "begin",
    "discard",
    "finish",
    "forget_expired",
    "receive",
    "scan_again",
    "store",
    "take",
]
