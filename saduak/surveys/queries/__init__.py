"""Reading surveys: which there are, what an office has answered, who has answered at all, and what came of it."""

from saduak.surveys.queries.answers import answered, of_round, open_for, response, response_of
from saduak.surveys.queries.results import Results, results, texts
from saduak.surveys.queries.tree import COLUMNS, Branch, branches, offices, table, total
from saduak.surveys.queries.visible import by_code, form, lock, own_offices, search, surveys, waiting_for

__all__ = [
    "COLUMNS",
    "Branch",
    "Results",
    "answered",
    "branches",
    "by_code",
    "form",
    "lock",
    "of_round",
    "offices",
    "open_for",
    "own_offices",
    "response",
    "response_of",
    "results",
    "search",
    "surveys",
    "table",
    "texts",
    "total",
    "waiting_for",
]
