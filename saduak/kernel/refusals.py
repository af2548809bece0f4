"""The three ways in which Saduak says no. Each carries a sentence for the person who asked.

`message` is an English msgid with named placeholders (or an already lazy translation); `web` turns it into the
reader's language, so this module needs no framework. Codes follow HTTP because screens and API answer alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Item:
    """One thing that is missing or wrong: what to call it, and where it is found (a key the view turns into a link)."""

    label: Any
    where: str = ""


class Refusal(Exception):
    """Base of all refusals.

    message: sentence with named placeholders; params: values for them; field: name of the input that is to blame;
    items: every single thing that is missing, so that nobody has to try again and again.
    """

    status = 400

    def __init__(
        self,
        message: Any,
        *,
        params: Mapping[str, Any] | None = None,
        field: str | None = None,
        items: Sequence[Item] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.params = dict(params or {})
        self.field = field
        self.items = tuple(items)

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


class NotAllowed(Refusal):
    """This actor may not do it (403)."""

    status = 403


class NotPossible(Refusal):
    """It cannot be done in the state the thing is in, or not at this time (409)."""

    status = 409


class NotComplete(Refusal):
    """Something that was given is missing or wrong (422)."""

    status = 422
