"""Reading surveys: which there are, what an office has answered, who has answered at all, and what came of it."""

from saduak.surveys.queries.answers import answered, of_round, open_for, response, response_of
from saduak.surveys.queries.results import Results, results, texts
from saduak.surveys.queries.tree import COLUMNS, Branch, branches, offices, table, total
from saduak.surveys.queries.visible import (
    address,
    by_code,
    by_link,
    form,
    lock,
    own_centres,
    own_offices,
    printed,
    search,
    surveys,
    waiting_for,
)

__all__ = [
    "COLUMNS",
    "Branch",
    "Results",
    "address",
    "answered",
    "branches",
    "by_code",
    "by_link",
    "form",
    "lock",
    "of_round",
    "offices",
    "open_for",
    "own_centres",
    "own_offices",
    "printed",
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
