"""Changes to organisations, people and posts, one by one and by the file."""

from saduak.people.commands.imports import apply_import, check_import, discard_import, undo_import
from saduak.people.commands.places import (
    end_post,
    give_post,
    grow_tree,
    record_post,
    register_centre,
    subject,
)

__all__ = [
    "apply_import",
    "check_import",
    "discard_import",
    "end_post",
    "give_post",
    "grow_tree",
    "record_post",
    "register_centre",
    "subject",
    "undo_import",
]
