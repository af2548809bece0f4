"""Tables for spreadsheets: read in portions, and safe from formulas."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from csv import writer
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

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


def workbook(
    rows: Iterable[Iterable[Any]],
    *,
    above: Sequence[str] = (),
    frozen: tuple[int, int] = (1, 0),
    widths: Sequence[float] = (),
    struck: Collection[int] = (),
) -> bytes:
    """Rows as a sheet. Every cell is text, but for whole numbers, so that none is taken for a formula.

    above: lines before the headings, which are the first row; frozen: how many rows and columns stay in sight, those of
    `above` not counted; widths: of the columns, in characters; struck: rows (from 0, the headings) struck through.
    """
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True, "in_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"}) if widths else None
        crossed = book.add_format({"text_wrap": True, "valign": "top", "font_strikeout": True})
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(frozen[0] + len(above), frozen[1])
        for number, line in enumerate(above):
            sheet.write_string(number, 0, line, bold)
        for number, row in enumerate(rows):
            form = crossed if number in struck else wrapped if number else bold
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number + len(above), place, cell, form)
                else:
                    sheet.write_string(number + len(above), place, "" if cell is None else str(cell), form)
    return content.getvalue()


def xlsx(name: str, content: bytes) -> HttpResponse:
    """The workbook as a download."""
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
