"""States of a reading, a circular and a delivery. Whether a delivery was forwarded or an action done is derived."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import Move, State, Workflow

READING = Workflow(
    "reading",
    states=[
        State("READ", _("to be confirmed"), holder="OFFICER", tone="waiting"),
        State("CONFIRMED", _("confirmed"), tone="good"),
        State("DISCARDED", _("discarded"), tone="neutral"),
    ],
    moves=[
        Move("confirm", ("READ",), "CONFIRMED", _("Confirm the reading")),
        Move("discard", ("READ",), "DISCARDED", _("Discard the reading")),
    ],
)

CIRCULAR = Workflow(
    "circular",
    states=[
        State("DRAFT", _("draft"), holder="SENDER", tone="neutral"),
        State("ISSUING", _("being sent"), holder=None, tone="active"),
        State("ISSUED", _("issued"), tone="good"),
    ],
    moves=[
        Move("issue", ("DRAFT",), "ISSUING", _("Issue the circular")),
        Move("finish", ("ISSUING",), "ISSUED", _("Finish sending")),
    ],
)

DELIVERY = Workflow(
    "delivery",
    states=[
        State("SENT", _("not yet received"), holder="REGISTRAR", tone="waiting"),
        State("RECEIVED", _("received"), holder="HEAD", tone="active"),
        State("ACKNOWLEDGED", _("acknowledged"), tone="good"),
    ],
    moves=[
        Move("receive", ("SENT",), "RECEIVED", _("Receive")),
        Move("acknowledge", ("RECEIVED",), "ACKNOWLEDGED", _("Acknowledge")),
    ],
)
