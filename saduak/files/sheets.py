"""Tables that people bring: CSV and XLSX, read as text, row by row, with the number each row has in their program."""

import csv
import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from saduak.kernel.refusals import Item, NotComplete

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
MOST_CELL = 2_000  # characters
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u0000")
)


@dataclass(frozen=True)
class Row:
    """number: of the row in the sheet, the headings being row 1; cells: key of the column → text."""

    number: int
    cells: dict[str, str]


def read(data: bytes, *, name: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> list[Row]:
    """The rows of a sheet whose first row holds headings; empty rows are left out.

    columns: key → the headings it may have (case, spaces and order do not matter); needed: keys that must be there.
    A workbook is read from its first sheet. Raises NotComplete when the file is no sheet, too large, has a heading
    nobody knows, lacks one, or holds nothing.
    """
    if len(data) > MOST_BYTES:
        raise NotComplete(_("The file is larger than 10 MB. Split it into several files."), field="file")
    if not data.strip():
        raise NotComplete(_("The file is empty."), field="file")
    found = _workbook(data) if data[:4] == b"PK\x03\x04" else _text(data, name)
    number, headings = next(((n, row) for n, row in found if any(row)), (0, []))
    if not headings:
        raise NotComplete(_("The file is empty."), field="file")
    keys = _keys(headings, columns, needed)
    rows = []
    for number, cells in found:
        if not any(cells):
            continue
        if len(rows) == MOST_ROWS:
            raise NotComplete(
                _("The file has more than %(most)s rows. Split it into several files."),
                params={"most": f"{MOST_ROWS:,}"},
                field="file",
            )
        rows.append(Row(number, {key: cells[at] if at < len(cells) else "" for key, at in keys.items()}))
    if not rows:
        raise NotComplete(_("There is nothing below the headings."), field="file")
    return rows


def table(data: bytes, *, name: str) -> list[list[str]]:
    """The rows of a sheet whose columns are as they come, such as a list of offices. Empty rows are kept as they stand.

    Raises NotComplete when the file is no sheet, too large, or holds nothing.
    """
    if len(data) > MOST_BYTES:
        raise NotComplete(_("The file is larger than 10 MB. Split it into several files."), field="file")
    found = _workbook(data) if data[:4] == b"PK\x03\x04" else _text(data, name)
    rows = [cells for _number, cells in islice(found, MOST_ROWS + 1)]
    if not any(any(row) for row in rows):
        raise NotComplete(_("The file is empty."), field="file")
    if len(rows) > MOST_ROWS:
        raise NotComplete(
            _("The file has more than %(most)s rows. Split it into several files."),
            params={"most": f"{MOST_ROWS:,}"},
            field="file",
        )
    return rows


def _keys(headings: list[str], columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> dict[str, int]:
    known = {_plain(heading): key for key, names in columns.items() for heading in (key, *names)}
    keys: dict[str, int] = {}
    unknown = []
    for at, heading in enumerate(headings):
        key = known.get(_plain(heading))
        if key is None:
            if heading:
                unknown.append(heading)
        elif key in keys:
            raise NotComplete(
                _("The column “%(name)s” stands twice. Remove one."), params={"name": heading[:80]}, field="file"
            )
        else:
            keys[key] = at
    missing = [columns[key][0] for key in needed if key not in keys]
    if missing:
        raise NotComplete(
            _("These columns are missing: %(names)s. The first row must hold the headings; take the template."),
            params={"names": ", ".join(missing)},
            field="file",
        )
    if unknown:
        raise NotComplete(
            _("These columns are not known: %(names)s. Rename or remove them, so that nothing is left out unseen."),
            params={"names": ", ".join(name[:80] for name in unknown[:10])},
            field="file",
            items=[Item(name[:80]) for name in unknown[:50]],
        )
    return keys


def _plain(heading: str) -> str:
    return "".join(heading.split()).strip("*").casefold()


def _workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    for _title, number, cells in _cells(data, all_sheets=False):
        yield number, [_cell(value) for value in cells]


def book(data: bytes) -> dict[str, list[tuple[int, list[Any]]]]:
    """Every sheet of a workbook: title → (number of the row, its cells as the workbook holds them); empty rows are left out.

    For workbooks of several sheets with long texts; ``plain`` reads a cell without cutting it. Raises NotComplete.
    """
    if len(data) > MOST_BYTES:
        raise NotComplete(_("The file is larger than 10 MB. Split it into several files."), field="file")
    if data[:4] != b"PK\x03\x04":
        raise NotComplete(_("This is no .xlsx workbook. Save it as .xlsx and choose it again."), field="file")
    found: dict[str, list[tuple[int, list[Any]]]] = {}
    many = 0
    for title, number, cells in _cells(data, all_sheets=True):
        rows = found.setdefault(title, [])
        if any(value is not None for value in cells):
            rows.append((number, cells))
            many += 1
        if many > MOST_ROWS:
            raise NotComplete(
                _("The file has more than %(most)s rows. Split it into several files."),
                params={"most": f"{MOST_ROWS:,}"},
                field="file",
            )
    return found


def plain(value: Any) -> str:
    """A cell as text with its line ends: NFC, no invisible signs, whole numbers without “.0”, decimals as written."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime | dt.date):
        return _cell(value)
    text = unicodedata.normalize("NFC", str(value)).translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.replace("_x000D_", "").split("\n")).strip()


def _cells(data: bytes, *, all_sheets: bool) -> Iterator[tuple[str, int, list[Any]]]:
    """(title of the sheet, number of the row, cells) of the first sheet or of all."""
    broken = NotComplete(
        _("The workbook cannot be opened. Save it again as .xlsx, without a password, or as CSV."), field="file"
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise broken
        workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in workbook.worksheets if all_sheets else workbook.worksheets[:1]:
            sheet.reset_dimensions()  # what the file says of its own size may be wrong
            for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=100), 1):
                yield sheet.title, number, list(cells)
    except NotComplete:
        raise
    except Exception:  # openpyxl raises whatever its parsers meet in a broken file
        raise broken from None


def _text(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotComplete(
            _("“%(name)s” is no CSV and no .xlsx workbook. Save the sheet as one of these."),
            params={"name": name[:80]},
            field="file",
        )
    text = _decoded(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, [_cell(value) for value in cells[:100]]
    except csv.Error:
        raise NotComplete(
            _("Line %(line)s cannot be read as CSV. Look for a quotation mark that is not closed."),
            params={"line": reader.line_num},
            field="file",
        ) from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp874", errors="replace")  # what older Thai programs save


def _cell(value: Any) -> str:
    """A cell as the text a person meant: codes without “.0”, days as ISO, no invisible characters."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value)).translate(INVISIBLE)
    return " ".join(text.split())[:MOST_CELL]
