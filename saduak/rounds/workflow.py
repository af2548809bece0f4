"""A round is open from the moment an officer opens it until it is ended. What is allowed inside follows its windows."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import Move, State, Workflow

ROUND = Workflow(
    "round",
    states=[
        State("OPEN", _("under way"), holder="OFFICER", tone="active"),
        State("ENDED", _("ended"), tone="neutral"),
    ],
    moves=[Move("end", ("OPEN",), "ENDED", _("End the round"))],
)
