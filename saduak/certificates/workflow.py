"""A certificate holds until its last day, unless an officer suspends or revokes it. That it has ended is a matter of
the date, not of a move: see standing.py."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import Move, State, Workflow

CERTIFICATE = Workflow(
    "certificate",
    states=[
        State("VALID", _("valid"), tone="good"),
        State("SUSPENDED", _("suspended"), holder="OFFICER", tone="waiting"),
        State("REVOKED", _("revoked"), tone="bad"),
    ],
    moves=[
        Move("suspend", ("VALID",), "SUSPENDED", _("Suspend")),
        Move("reinstate", ("SUSPENDED",), "VALID", _("Reinstate")),
        Move("revoke", ("VALID", "SUSPENDED"), "REVOKED", _("Revoke")),
    ],
)
