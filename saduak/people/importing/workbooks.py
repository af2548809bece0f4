"""Workbooks that go out: the template of a kind of file, and the report on one."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from saduak.people.importing.columns import COLUMNS, KIND_WORDS, NEEDED, ROLE_WORDS, label
from saduak.people.importing.lines import say
from saduak.people.models import Import

# Every cell is written as text, so that no program takes one for a formula.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def template(kind: str) -> bytes:
    """Headings in the first sheet (* on those that must be filled), an explanation of each in the second."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        strong = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})  # codes keep their zeros
        sheet = book.add_worksheet(_("Rows")[:31])
        sheet.freeze_panes(1, 0)
        for at, (key, names) in enumerate(COLUMNS[kind].items()):
            sheet.set_column(at, at, 24, text)
            sheet.write_string(0, at, names[0] + ("*" if key in NEEDED[kind] else ""), strong)
        hints = book.add_worksheet(_("How to fill it")[:31])
        hints.set_column(0, 0, 28)
        hints.set_column(1, 1, 90)
        for row, (heading, hint) in enumerate(_hints(kind)):
            hints.write_string(row, 0, heading, strong)
            hints.write_string(row, 1, hint)
    return out.getvalue()


def _hints(kind: str) -> list[tuple[str, str]]:
    words = {
        "kind": ", ".join(names[0] for code, names in KIND_WORDS.items() if code != "SECRETARIAT"),
        "role": ", ".join(names[0] for names in ROLE_WORDS.values()),
        "starts_on": _("10 ม.ค. 2565, 10/01/2565 or 2022-01-10. Empty: today."),
        "ends_on": _("The last day. Empty: until further notice."),
        "opened_on": _("10 ม.ค. 2565, 10/01/2565 or 2022-01-10."),
        "subtree": _("ใช่ or ไม่. Empty: no."),
        "parent": _("The code of the office directly above, in Saduak or in this file."),
        "organisation": _("The code that the page of the organisation shows."),
        "province_code": _("Two digits. Empty: that of the office above."),
        "district_code": _("Four digits. Empty: that of the office above."),
        "latitude": _("Degrees such as 18.14462. Latitude and longitude together, or neither."),
        "longitude": _("Degrees such as 100.14028."),
    }
    if kind == Import.Kind.CENTRES:
        words["parent"] = _("The code of the office the centre belongs to.")
        words["code"] = _("Empty for a new centre; it is given one. Fill it to correct a centre.")
    elif kind == Import.Kind.ORGANISATIONS:
        words["code"] = _("Latin letters, digits, points and hyphens. A known code corrects that organisation.")
    must = _("must be filled")
    return [
        (names[0], "; ".join(part for part in (must if key in NEEDED[kind] else "", words.get(key, "")) if part))
        for key, names in COLUMNS[kind].items()
    ] + [("", _("Rows with a known code change only the cells that are filled. A file moves, closes and removes nothing."))]  # fmt: skip


def report(found: Import) -> bytes:
    """Row, outcome and remarks, then the columns as they were brought: correct it there and upload it again."""
    acts = {"wrong": _("Faulty"), "add": _("New"), "change": _("Changed"), "same": _("As it stands")}
    cells: dict[int, dict[str, Any]] = {row["number"]: row["cells"] for row in found.rows}
    keys = [key for key in COLUMNS[found.kind] if any(key in row for row in cells.values())]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        strong = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet(found.code)
        sheet.freeze_panes(1, 0)
        sheet.set_column(2, 2, 70)
        sheet.set_column(3, 3 + len(keys), 24)
        for at, heading in enumerate([_("Row"), _("Outcome"), _("What was found"), *map(label, keys)]):
            sheet.write_string(0, at, heading, strong)
        for row, line in enumerate(found.report, 1):
            sheet.write_number(row, 0, line["number"])
            sheet.write_string(row, 1, acts[line["act"]])
            sheet.write_string(row, 2, " · ".join(say(remark) for remark in line["remarks"]))
            for at, key in enumerate(keys, 3):
                sheet.write_string(row, at, cells[line["number"]].get(key, ""))
    return out.getvalue()
