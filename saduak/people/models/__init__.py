"""Organisations (the tree of command), users and memberships; files that bring many of them at once."""

from saduak.people.models.imports import Import
from saduak.people.models.organisation import Kind, Organisation
from saduak.people.models.user import Membership, User

__all__ = ["Import", "Kind", "Membership", "Organisation", "User"]
