"""The clock's work on applications."""

from saduak.applications import commands, queries
from saduak.people.actor import Actor


def tell_of_malware(*, by: Actor) -> int:
    """Tell the people of every piece of evidence in whose file malware was found since it was added; returns how many pieces."""
    return sum(commands.tell_of_malware(number, by=by) for number in queries.with_malware())
