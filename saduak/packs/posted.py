"""What a posted form says about a question, as ``questions.parse`` takes it. Works without JavaScript.

Names of inputs, for a question whose name is N: N (repeated for some_of and file), N-latitude and N-longitude or
N alone (place), N-<row>-<column> (table; rows may be missing in between).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from saduak.packs.question_types import ROWS_AT_MOST, Question

#: Rows are read up to here, so that a wrong number of them is told rather than cut; more is nobody's form.
_ROW_AT_MOST = ROWS_AT_MOST * 4
AXES = ("latitude", "longitude")


class Posted(Protocol):
    """The part of Django's QueryDict that is used here."""

    def getlist(self, key: str) -> list[Any]: ...

    def get(self, key: str, default: Any = None) -> Any: ...

    def __iter__(self) -> Iterator[str]: ...


def raw(question: Question, name: str, posted: Posted) -> Any:
    """The raw answer to ``question`` whose inputs are named ``name``; None when it was not posted."""
    match question.type:
        case "some_of" | "file":
            return [one for one in posted.getlist(name) if one != ""]
        case "place":
            parts = {axis: posted.get(f"{name}-{axis}", "") for axis in AXES}
            given = [one for one in parts.values() if str(one).strip()]
            # Both numbers copied from a map into one field are a text that says where.
            return parts if len(given) == 2 else given[0] if given else posted.get(name)
        case "table":
            return _rows(question, name, posted)
        case _:
            return posted.get(name)


def was_asked(question: Question, name: str, posted: Posted) -> bool:
    """Whether the form had this question at all. Boxes that are not ticked post nothing: a form names such questions
    in a hidden input ``asked``, or has a hidden input of the question's own name with nothing in it.
    """
    if name in posted.getlist("asked") or name in posted:
        return True
    if question.type == "place":
        return any(f"{name}-{axis}" in posted for axis in AXES)
    return question.type == "table" and bool(_rows(question, name, posted))


def _rows(question: Question, name: str, posted: Posted) -> list[Mapping[str, Any]]:
    pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-(.+)")
    known = {column.id for column in question.columns}
    rows: dict[int, dict[str, Any]] = {}
    for key in posted:
        match = pattern.fullmatch(key)
        if match and match[2] in known and int(match[1]) < _ROW_AT_MOST:
            rows.setdefault(int(match[1]), {})[match[2]] = posted.get(key)
    return [rows[place] for place in sorted(rows)]
