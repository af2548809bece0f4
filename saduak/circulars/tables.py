"""Tables for spreadsheets: read in portions, and safe from formulas."""

from collections.abc import Iterable, Iterator
from csv import writer
from typing import Any

from django.http import StreamingHttpResponse

# A cell that begins with one of these is taken for a formula by spreadsheet programs.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    def write(self, value: str) -> str:
        return value


def safe(cell: Any) -> str:
    """The cell as text that no spreadsheet program executes."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_RISKY) else text


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Lines of a CSV with a byte order mark, so that spreadsheet programs read the Thai."""
    out = writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield out.writerow([safe(cell) for cell in row])


def csv(name: str, rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """The rows as a download."""
    response = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
