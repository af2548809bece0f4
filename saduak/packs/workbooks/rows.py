"""The sheets of a workbook as rows of nodes: each cell knows its sheet, column and row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from saduak.files import sheets
from saduak.packs.mistakes import Mistake, quoted
from saduak.packs.workbooks.layout import BY_KEY, GUIDE, SHEETS, Column, Sheet
from saduak.packs.yaml_source import Node
from saduak.thai.digits import to_arabic

_KEY = re.compile(r"\[([a-z_.]+)\]\s*$")
_TAB = re.compile(r"\(([a-z_]+)\)\s*$")
_YES = {
    "yes": True,
    "true": True,
    "1": True,
    "ใช่": True,
    "no": False,
    "false": False,
    "0": False,
    "ไม่ใช่": False,
    "ไม่": False,
}
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,12}\.[0-9]{1,9}")


@dataclass(slots=True)
class Row:
    """A row of a sheet: the node of each cell that is filled, by key of its column."""

    at: Node
    cells: dict[str, Node]

    def text(self, key: str) -> str:
        return str(self.cells[key].value) if key in self.cells else ""


def rows_of(book: dict[str, list[tuple[int, list[Any]]]]) -> tuple[dict[str, list[Row]], list[Mistake]]:
    found: dict[str, list[Row]] = {}
    mistakes: list[Mistake] = []
    for title, rows in book.items():
        match = _TAB.search(title)
        layout = BY_KEY.get(match[1] if match else title.strip())
        if layout is None:
            if title != GUIDE:
                th = "ไม่รู้จักแผ่นงานนี้ ให้ลบหรือใช้ชื่อตามแม่แบบ"
                mistakes.append(
                    Mistake(title[:31], 1, th, "this sheet is not known; remove it, or name it as the template does")
                )
        elif layout.key in found:
            mistakes.append(Mistake(title, 1, "มีแผ่นงานนี้ซ้ำกัน", "this sheet stands twice"))
        else:
            found[layout.key] = list(_rows(layout, title, rows, mistakes))
    for layout in SHEETS:
        if layout.needed and layout.key not in found:
            th, en = f"ไม่มีแผ่นงาน “{layout.name}”", f"the sheet “{layout.name}” is missing"
            mistakes.append(Mistake(layout.name, 1, th, en))
    return found, mistakes


def _rows(layout: Sheet, title: str, rows: list[tuple[int, list[Any]]], mistakes: list[Mistake]) -> Iterator[Row]:
    if not rows:
        return
    top, headings = rows[0]
    columns: dict[int, Column] = {}
    for at, heading in enumerate(headings):
        text = sheets.plain(heading)
        match = _KEY.search(text)
        column = layout.column(match[1] if match else text)
        place = f"{title}!{letters(at)}"
        if column is not None and column in columns.values():
            mistakes.append(Mistake(place, top, f"มีคอลัมน์ “{column.key}” ซ้ำ", f"the column “{column.key}” stands twice"))
        elif column is not None:
            columns[at] = column
        elif text:
            known = ", ".join(one.key for one in layout.columns)
            th = f"ไม่รู้จักคอลัมน์ “{quoted(text)}” ใช้ได้: {known}"
            mistakes.append(Mistake(place, top, th, f"the column “{quoted(text)}” is not known; known are: {known}"))
    missing = [key for key in layout.needed if key not in {one.key for one in columns.values()}]
    if missing:
        names = ", ".join(missing)
        mistakes.append(Mistake(title, top, f"ขาดคอลัมน์ {names}", f"these columns are missing: {names}"))
    for number, values in rows[1:]:
        cells: dict[str, Node] = {}
        for at, column in columns.items():
            text = sheets.plain(values[at]) if at < len(values) else ""
            if text:
                cells[column.key] = Node(value(text, column.type), f"{title}!{letters(at)}", number)
        if cells:
            yield Row(Node(None, title, number), cells)


def letters(at: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def value(text: str, type: str) -> Any:
    """A cell as YAML would read it; what does not fit stays text, and the schema says so."""
    if type == "amount":
        given = to_arabic(text).replace(",", "").replace(" ", "")
        if _WHOLE.fullmatch(given):
            return int(given)
        return Decimal(given) if _DECIMAL.fullmatch(given) else text
    if type == "yes_no":
        return _YES.get(text.casefold(), text)
    return text if type in ("text", "ids", "reference") else " ".join(text.split())
