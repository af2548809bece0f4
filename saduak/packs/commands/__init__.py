"""Publishing packs, from YAML and from workbooks."""

from saduak.packs.commands.bringing import check_workbook, discard_draft, publish_draft, publish_workbook
from saduak.packs.commands.publishing import check, publish, publish_all, slug_of

__all__ = [
    "check",
    "check_workbook",
    "discard_draft",
    "publish",
    "publish_all",
    "publish_draft",
    "publish_workbook",
    "slug_of",
]
