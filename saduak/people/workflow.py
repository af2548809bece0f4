"""States of an import: what a file would do is looked at before it is done, and can be undone as a whole."""

from django.utils.translation import gettext_lazy as _

from saduak.kernel.workflow import Move, State, Workflow

IMPORT = Workflow(
    "import",
    states=[
        State("CHECKED", _("looked at, nothing written"), holder="IMPORTER", tone="waiting"),
        State("APPLIED", _("taken in"), tone="good"),
        State("UNDONE", _("undone"), tone="neutral"),
        State("DISCARDED", _("laid aside"), tone="neutral"),
    ],
    moves=[
        Move("apply", ("CHECKED",), "APPLIED", _("Take in")),
        Move("undo", ("APPLIED",), "UNDONE", _("Undo the import")),
        Move("discard", ("CHECKED",), "DISCARDED", _("Discard the file")),
    ],
)
