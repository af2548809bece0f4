"""The three paths of an assessment: the desk check, the case in its team, and the sheet of one assessor."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import Move, State, Workflow

# Sent back to the unit is not a state here: it is the state RETURNED of the application.
SCREENING = Workflow(
    "screening",
    states=[
        State("OPEN", _("being screened"), holder="OFFICER", tone="active"),
        State("DONE", _("screened, result held"), holder="OFFICER", tone="waiting"),
        State("RELEASED", _("readiness released"), tone="good"),
    ],
    moves=[
        Move("finish", ("OPEN",), "DONE", _("Record the result")),
        Move("reopen", ("DONE",), "OPEN", _("Screen again")),
        Move("release", ("DONE",), "RELEASED", _("Release")),
    ],
)

CASE = Workflow(
    "case",
    states=[
        State("ASSIGNED", _("being marked"), holder="ASSESSOR", tone="active"),
        State("MARKED", _("all sheets are in"), holder="ASSESSOR", tone="waiting"),
        State("AGREED", _("marks agreed"), holder="COMMITTEE", tone="waiting"),
        State("DECIDED", _("decided, result held"), holder="OFFICER", tone="waiting"),
        State("RELEASED", _("result released"), tone="good"),
    ],
    moves=[
        Move("assign", ("ASSIGNED",), "ASSIGNED", _("Give to another team")),
        Move("complete", ("ASSIGNED",), "MARKED", _("Open the sheets")),
        Move("agree", ("MARKED",), "AGREED", _("Agree on the marks")),
        # The committee may correct itself until the release; each decision is kept.
        Move("decide", ("AGREED", "DECIDED"), "DECIDED", _("Decide")),
        Move("release", ("DECIDED",), "RELEASED", _("Release")),
    ],
)

SHEET = Workflow(
    "sheet",
    states=[
        State("OPEN", _("being filled in"), holder="ASSESSOR", tone="active"),
        State("HANDED_IN", _("handed in"), tone="good"),
    ],
    moves=[Move("hand_in", ("OPEN",), "HANDED_IN", _("Hand in the sheet"))],
)
