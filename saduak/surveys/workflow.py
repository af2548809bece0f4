"""A survey is open until it is ended; inside that the calendar decides. An answer is drafted, handed in, and may be taken
back while the survey is open."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.kernel.workflow import Move, State, Workflow

SURVEY = Workflow(
    "survey",
    states=[
        State("OPEN", pgettext_lazy("survey", "open"), tone="active"),
        State("ENDED", pgettext_lazy("survey", "ended"), tone="neutral"),
    ],
    moves=[Move("end", ("OPEN",), "ENDED", _("End the survey"))],
)

RESPONSE = Workflow(
    "survey answer",
    states=[
        State("DRAFT", pgettext_lazy("survey answer", "begun"), holder="COORDINATOR", tone="waiting"),
        State("HANDED_IN", pgettext_lazy("survey answer", "answered"), tone="good"),
    ],
    moves=[
        Move("hand_in", ("DRAFT",), "HANDED_IN", _("Hand in the answer")),
        Move("withdraw", ("HANDED_IN",), "DRAFT", _("Take the answer back")),
    ],
)

# What the calendar makes of a survey that nobody has ended: derived, not stored.
SOON = State("SOON", pgettext_lazy("survey", "not yet open"), tone="neutral")
CLOSED = State("CLOSED", pgettext_lazy("survey", "closed"), tone="neutral")
SILENT = State("SILENT", pgettext_lazy("survey answer", "nothing yet"), tone="neutral")
