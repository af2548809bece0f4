"""The clock's work on the outbox."""

from saduak.outbox import commands, queries


def send_ready() -> int:
    """Send what is ready; returns how many left."""
    return sum(commands.send_one(pk) for pk in queries.waiting())
