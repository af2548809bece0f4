"""Organisations (the tree of command), users and memberships."""

from saduak.people.models.organisation import Kind, Organisation
from saduak.people.models.user import Membership, User

__all__ = ["Kind", "Membership", "Organisation", "User"]
