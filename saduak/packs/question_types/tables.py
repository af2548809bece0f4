"""A table: rows of the same few questions. A row in which nothing was written is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from saduak.packs.question_types import choices, figures, words
from saduak.packs.question_types.asking import Question, Refused, filled, nothing

ROWS_AT_MOST = 50
_CELLS = {
    "yes_no": figures.yes_no,
    "number": figures.number,
    "text": words.text,
    "long_text": words.long_text,
    "date": words.day,
    "one_of": choices.one_of,
}


def table(question: Question, raw: Any) -> list[dict[str, Any]]:
    """Rows as maps of the columns' ids to clean values (None where nothing stands).

    Takes a list of maps, or a list of lists in the order of the columns.
    """
    if isinstance(raw, str | Mapping) or not isinstance(raw, Sequence):
        raise Refused(_("Answer with rows."))
    given = [_cells(question, row) for row in raw[: ROWS_AT_MOST * 20]]
    rows = [(place, cells) for place, cells in enumerate(given, 1) if not all(map(nothing, cells))]
    most = int(question.maximum) if question.maximum is not None else ROWS_AT_MOST
    if len(rows) > most:
        raise Refused(filled(_("Give at most %(most)s rows; there are %(count)s."), most=most, count=len(rows)))
    least = max(int(question.minimum or 0), 1 if question.required else 0)
    if len(rows) < least:
        if not rows:
            raise Refused(_("Answer this question."))
        raise Refused(filled(_("Give at least %(least)s rows."), least=least))
    return [_row(question, place, cells) for place, cells in rows]


def _cells(question: Question, row: Any) -> list[Any]:
    if isinstance(row, Mapping):
        return [row.get(column.id) for column in question.columns]
    if isinstance(row, Sequence) and not isinstance(row, str) and len(row) <= len(question.columns):
        return [*row, *[None] * (len(question.columns) - len(row))]
    raise Refused(_("Answer with rows."))


def _row(question: Question, place: int, cells: list[Any]) -> dict[str, Any]:
    """The clean row. Refused with the first thing wrong in it, naming row and column."""
    row: dict[str, Any] = {}
    for column, raw in zip(question.columns, cells, strict=True):
        try:
            if nothing(raw):
                if column.required:
                    raise Refused(_("Answer this question."))
                row[column.id] = None
            else:
                row[column.id] = _CELLS[column.type](column, raw)
        except Refused as refusal:
            sentence = _("Row %(row)s, “%(column)s”: %(why)s")
            raise Refused(filled(sentence, row=place, column=column.title, why=refusal.args[0])) from None
    return row
