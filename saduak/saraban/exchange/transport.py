"""How messages leave and arrive, whatever carries them."""

from collections.abc import Iterator
from typing import Protocol

from saduak.saraban.exchange.model import Message
from saduak.saraban.refusal import Unreadable


class TransportFailed(Exception):
    """A message could not be carried. `again` says whether trying later can help; `thai` and `english` say what happened."""

    def __init__(self, thai: str, english: str, *, again: bool, code: str = "transport") -> None:
        super().__init__(f"{thai} / {english}")
        self.thai = thai
        self.english = english
        self.again = again
        self.code = code


class Parcel(Protocol):
    """A message that arrived and is held until it is settled.

    A parcel that is neither settled nor refused (the process was killed) comes again. So write what you make of it and
    `message.id` in one transaction, skip a message whose id is known, and settle it after that.
    """

    @property
    def message(self) -> Message:
        """What it says. Raises UnreadableMessage: then refuse it with that sentence."""

    def settle(self) -> None:
        """It is taken in; it does not come again."""

    def refuse(self, reason: Unreadable) -> None:
        """It cannot be taken in; it is put aside with the reason for a person to look at, and does not come again."""


class Transport(Protocol):
    """Carries messages between offices."""

    def send(self, message: Message, *, to: str) -> str:
        """Send it to the office with that code; answers what the carrier calls it. Raises TransportFailed.

        Sending the same message (the same id) again does no harm.
        """

    def arrivals(self) -> Iterator[Parcel]:
        """The messages that wait for us, the oldest first, each held by this process alone. Raises TransportFailed."""
