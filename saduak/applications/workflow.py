"""States and moves of an application, and whose turn each state is."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import Move, State, Workflow

APPLICATION = Workflow(
    "application",
    states=[
        State("DRAFT", _("Being prepared"), "COORDINATOR", "active"),
        State("PROPOSED", _("With the head for endorsement"), "HEAD", "waiting"),
        State("SUBMITTED", _("Handed in"), "OFFICER", "waiting"),
        State("RETURNED", _("Returned for correction"), "COORDINATOR", "bad"),
        State("READY", _("Ready for assessment"), "ASSESSOR", "active"),
        State("NOT_READY", _("Not ready"), None, "bad"),
        State("CERTIFIED", _("Certified"), None, "good"),
        State("REFUSED", _("Not certified"), None, "bad"),
        State("WITHDRAWN", _("Withdrawn"), None, "neutral"),
    ],
    moves=[
        Move("propose", ("DRAFT",), "PROPOSED", _("Propose to the head")),
        Move("send_back", ("PROPOSED",), "DRAFT", _("Send back")),
        Move("submit", ("DRAFT", "PROPOSED"), "SUBMITTED", _("Endorse and hand in")),
        Move("return_for_correction", ("SUBMITTED",), "RETURNED", _("Return for correction")),
        Move("resubmit", ("RETURNED",), "SUBMITTED", _("Hand in again")),
        Move("record_ready", ("SUBMITTED",), "READY", _("Record as ready")),
        Move("record_not_ready", ("SUBMITTED",), "NOT_READY", _("Record as not ready")),
        Move("record_certified", ("READY",), "CERTIFIED", _("Record as certified")),
        Move("record_refused", ("READY",), "REFUSED", _("Record as not certified")),
        Move("withdraw", ("DRAFT", "PROPOSED", "SUBMITTED", "RETURNED"), "WITHDRAWN", _("Withdraw")),
    ],
)

# While it is in the unit's own hands its answers are working papers that nobody else reads.
OPEN_TO_EDIT = ("DRAFT", "RETURNED")
IN_HAND = ("DRAFT", "PROPOSED")
DECIDED = ("CERTIFIED", "REFUSED")
