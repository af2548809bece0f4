"""How a certificate stands on a day: its state, its last day and its successor together. Pure; nothing is stored."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import State
from saduak.thai.dates import fiscal_year

VALID = State("VALID", _("valid"), tone="good")
DUE = State("DUE", _("valid – due for renewal"), tone="waiting")
SUSPENDED = State("SUSPENDED", _("suspended"), tone="waiting")
EXPIRED = State("EXPIRED", _("expired"))
SUCCEEDED = State("SUCCEEDED", _("succeeded by a newer one"))
REVOKED = State("REVOKED", _("revoked"), tone="bad")
UNKNOWN = State("UNKNOWN", _("not ours"), tone="bad")

STANDINGS = {state.code: state for state in (VALID, DUE, SUSPENDED, EXPIRED, SUCCEEDED, REVOKED, UNKNOWN)}


def standing(state: str, valid_to: date, *, succeeded: bool, today: date) -> State:
    """The one thing to say first. What was revoked stays revoked, whatever came after it; one that has ended has ended,
    suspended or not. Due for renewal: it ends in the fiscal year that `today` lies in."""
    if state == "REVOKED":
        return REVOKED
    if succeeded:
        return SUCCEEDED
    if today > valid_to:
        return EXPIRED
    if state == "SUSPENDED":
        return SUSPENDED
    return DUE if fiscal_year(valid_to) == fiscal_year(today) else VALID
