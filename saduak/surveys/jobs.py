"""What happens to surveys by the clock."""

from saduak.people.actor import system
from saduak.surveys import commands


def forget_by_the_clock() -> int:
    """Erase drafts and names of surveys that have long been over; returns how many surveys."""
    return commands.forget(by=system("erasure"))
