"""Files of organisations, centres and people: which columns they have, and what each line would do."""

from saduak.people.importing.check import check
from saduak.people.importing.columns import COLUMNS, NEEDED, label
from saduak.people.importing.lines import Line, say

__all__ = ["COLUMNS", "NEEDED", "Line", "check", "label", "say"]
