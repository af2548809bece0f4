"""States of a workbook that was brought: looked at first, then published or laid aside."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import Move, State, Workflow

DRAFT = Workflow(
    "pack_draft",
    states=[
        State("CHECKED", _("looked at, not published"), holder="OFFICER", tone="waiting"),
        State("PUBLISHED", _("published"), tone="good"),
        State("DISCARDED", _("laid aside"), tone="neutral"),
    ],
    moves=[
        Move("publish", ("CHECKED",), "PUBLISHED", _("Publish")),
        Move("discard", ("CHECKED",), "DISCARDED", _("Lay aside")),
    ],
)
