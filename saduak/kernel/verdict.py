"""An answer to "may this actor?": yes, or no with a reason a person can read.

The same verdict stops the command, greys the button and explains why.
"""

from dataclasses import dataclass, field
from typing import Any

from saduak.kernel.refusals import NotAllowed, NotPossible, Refusal


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed. `reason` is a msgid with named placeholders filled from `params`."""

    allowed: bool
    reason: Any = ""
    params: dict[str, Any] = field(default_factory=dict)
    refusal: type[Refusal] = NotAllowed

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise the refusal that belongs to a no; return quietly on yes."""
        if not self.allowed:
            raise self.refusal(self.reason, params=self.params)


YES = Verdict(True)


def no(reason: Any, **params: Any) -> Verdict:
    """The actor may not (403)."""
    return Verdict(False, reason, params, NotAllowed)


def not_now(reason: Any, **params: Any) -> Verdict:
    """The actor might, but the state or the calendar forbids it (409)."""
    return Verdict(False, reason, params, NotPossible)


def first_no(*verdicts: Verdict) -> Verdict:
    """The first no among the verdicts, or YES."""
    return next((verdict for verdict in verdicts if not verdict), YES)
