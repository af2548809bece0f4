"""States of a reading, its files, a circular, its approval, a delivery and a print run. Whether a delivery was forwarded or an action done is derived."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import Move, State, Workflow

READING = Workflow(
    "reading",
    states=[
        State("WAITING", _("waits to be read"), tone="active"),
        State("BEING_READ", _("being read"), tone="active"),
        State("READ", _("to be confirmed"), holder="OFFICER", tone="waiting"),
        State("REFUSED", _("could not be read"), holder="OFFICER", tone="bad"),
        State("CONFIRMED", _("confirmed"), tone="good"),
        State("DISCARDED", _("discarded"), tone="neutral"),
    ],
    moves=[
        Move("begin", ("WAITING",), "BEING_READ", _("Begin to read")),
        Move("finish", ("BEING_READ",), "READ", _("Finish reading")),
        Move("refuse", ("BEING_READ",), "REFUSED", _("Give the reading up")),
        Move("confirm", ("READ",), "CONFIRMED", _("Confirm the reading")),
        Move("discard", ("WAITING", "BEING_READ", "READ", "REFUSED"), "DISCARDED", _("Discard the reading")),
    ],
)

READING_FILE = Workflow(
    "reading_file",
    states=[
        State("WAITING", _("waits to be read"), tone="neutral"),
        State("READING", _("being read"), tone="active"),
        State("READ", _("read"), tone="good"),
        State("REFUSED", _("could not be read"), tone="bad"),
    ],
    moves=[
        Move("begin", ("WAITING",), "READING", _("Begin to read")),
        Move("finish", ("READING",), "READ", _("Finish reading")),
        Move("refuse", ("WAITING", "READING"), "REFUSED", _("Give the file up")),
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

APPROVAL = Workflow(
    "approval",
    states=[
        State("NONE", _("not yet proposed"), holder="SENDER", tone="neutral"),
        State("PROPOSED", _("waits for the head"), holder="HEAD", tone="waiting"),
        State("RETURNED", _("returned by the head"), holder="SENDER", tone="bad"),
        State("APPROVED", _("approved by the head"), holder="SENDER", tone="good"),
    ],
    moves=[
        Move("propose", ("NONE", "RETURNED"), "PROPOSED", _("Propose the letter to the head")),
        Move("approve", ("NONE", "RETURNED", "PROPOSED"), "APPROVED", _("Approve the letter")),
        Move("send_back", ("PROPOSED", "APPROVED"), "RETURNED", _("Return the letter to its writer")),
        Move("void", ("PROPOSED", "APPROVED"), "NONE", _("Change a letter that was proposed or approved")),
    ],
)

DELIVERY = Workflow(
    "delivery",
    states=[
        State("SENT", _("not yet received"), holder="REGISTRAR", tone="waiting"),
        State("ON_PAPER", _("received on paper, as the sender says"), holder="REGISTRAR", tone="active"),
        State("RECEIVED", _("received"), holder="HEAD", tone="active"),
        State("ACKNOWLEDGED", _("acknowledged"), tone="good"),
        State("RETURNED", _("sent back"), holder="SENDER", tone="waiting"),
        State("CLOSED", _("sent back, settled"), tone="neutral"),
    ],
    moves=[
        Move("receive", ("SENT", "ON_PAPER"), "RECEIVED", _("Receive")),
        Move("acknowledge", ("RECEIVED",), "ACKNOWLEDGED", _("Acknowledge")),
        Move("enter_receipt", ("SENT", "ON_PAPER"), "ON_PAPER", _("Enter a receipt on paper")),
        Move("send_back", ("SENT", "RECEIVED"), "RETURNED", _("Send the letter back")),
        Move("readdress", ("RETURNED",), "CLOSED", _("Send to another office")),
        Move("close_return", ("RETURNED",), "CLOSED", _("Close")),
    ],
)

PRINT_RUN = Workflow(
    "print_run",
    states=[
        State("SETTING", _("being typeset"), tone="active"),
        State("READY", _("ready to be fetched"), tone="good"),
        State("FAILED", _("could not be typeset"), tone="bad"),
        State("CLEARED", _("cleared away"), tone="neutral"),
    ],
    moves=[
        Move("finish", ("SETTING",), "READY", _("Finish typesetting")),
        Move("fail", ("SETTING",), "FAILED", _("Give the typesetting up")),
        Move("clear", ("READY", "FAILED"), "CLEARED", _("Clear the file away")),
    ],
)

EXCHANGE_MESSAGE = Workflow(
    "exchange_message",
    states=[
        State("WAITING", _("waits to be sent"), tone="active"),
        State("SENT", _("handed to the exchange"), tone="good"),
        State("FAILED", _("could not be sent"), tone="bad"),
        State("TAKEN", _("taken in here"), tone="good"),
        State("REFUSED", _("not taken in"), tone="bad"),
    ],
    moves=[
        Move("send", ("WAITING",), "SENT", _("Send")),
        Move("fail", ("WAITING", "SENT"), "FAILED", _("Give up")),
        Move("retry", ("FAILED",), "WAITING", _("Try again")),
    ],
)

# A hop at which nobody has to do anything any more: it went back to its sender.
GONE_BACK = ("RETURNED", "CLOSED")
