"""The resolved content of a standard as a workbook. Every cell is text or a number, never a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import xlsxwriter

from saduak.packs.workbooks.layout import GUIDE, RUBRIC, SHEETS, THINGS, Sheet

# Every text is written as text, so that no program takes one for a formula, a link or a number.
_AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROWS_FOR_CHOICES = 600


def write(content: Mapping[str, Any]) -> bytes:
    """The workbook (.xlsx) of a standard. Raises ValueError for a pack of another kind."""
    if content["kind"] != "standard":
        raise ValueError(f"{content['id']} is no standard")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _AS_TEXT) as book:
        strong = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _guide(book, strong, wrapped)
        for layout in SHEETS:
            sheet = book.add_worksheet(layout.name)
            sheet.freeze_panes(1, 1)
            for at, column in enumerate(layout.columns):
                sheet.set_column(at, at, column.width, wrapped)
                sheet.write_string(0, at, f"{column.title.th} / {column.title.en} [{column.key}]", strong)
                if column.options:
                    rule = {"validate": "list", "source": list(column.options)}
                    sheet.data_validation(1, at, _ROWS_FOR_CHOICES, at, rule)
            for row, cells in enumerate(_ROWS[layout.key](content), 1):
                _row(sheet, row, layout, cells)
    return out.getvalue()


def _row(sheet: Any, row: int, layout: Sheet, cells: Mapping[str, Any]) -> None:
    for at, column in enumerate(layout.columns):
        value = cells.get(column.key)
        if value is None or value == "":
            continue
        number = isinstance(value, int) and not isinstance(value, bool)
        amount = column.type == "amount" or THINGS.get(cells.get("key", ""), ("", ""))[1] == "amount"
        if amount and (number or repr(_float(value)) == str(value)):
            sheet.write_number(row, at, float(value))
        else:
            sheet.write_string(row, at, str(value))


def _float(value: Any) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _guide(book: Any, strong: Any, wrapped: Any) -> None:
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 30, wrapped)
    sheet.set_column(1, 2, 60, wrapped)
    lines = [
        ("", "แก้ไขในแผ่นงานถัดไป แล้วนำเข้าที่หน้า “ชุดข้อมูล” ระบบจะตรวจและบอกข้อผิดพลาดทีละช่องก่อนเผยแพร่", "Edit the following sheets, then bring the workbook on the page “Packs”: every cell is checked before anything is published."),
        ("", "รหัสในวงเล็บ [ ] และชื่อแผ่นงานเป็นตัวบอกระบบ ห้ามเปลี่ยน ส่วนคอลัมน์ย้ายที่ได้", "The keys in brackets [ ] and the names of the sheets tell the system what is what: leave them. Columns may be moved."),
        ("", "เมื่อแก้ไขแล้วให้เพิ่มเลขรุ่น (version) ในแผ่นงานแรก รุ่นที่เผยแพร่แล้วไม่มีการแก้ไข", "After a change raise the version on the first sheet; a published version never changes."),
    ]  # fmt: skip
    for at, (key, th, en) in enumerate(lines):
        for column, text in enumerate((key, th, en)):
            sheet.write_string(at, column, text)
    at = len(lines) + 1
    for column, text in enumerate(("แผ่นงาน / Sheet", "คำอธิบาย", "Explanation")):
        sheet.write_string(at, column, text, strong)
    for row, layout in enumerate(SHEETS, at + 1):
        for column, text in enumerate((layout.name, layout.about.th, layout.about.en)):
            sheet.write_string(row, column, text)


def _both(key: str, value: Mapping[str, Any] | None) -> dict[str, Any]:
    return {f"{key}.{language}": value[language] for language in ("th", "en")} if value else {}


def _origin(provenance: Mapping[str, Any]) -> dict[str, Any]:
    return {"origin": provenance["kind"], "source": provenance.get("source"), **_both("note", provenance.get("note"))}


def _plain(entry: Mapping[str, Any], *texts: str) -> dict[str, Any]:
    """The entry with its texts apart by language and without what stands in other sheets."""
    row = {key: value for key, value in entry.items() if not isinstance(value, dict | list)}
    for key in texts:
        row |= _both(key, entry.get(key))
    row |= {key: "yes" if value else "no" for key, value in row.items() if isinstance(value, bool)}
    row |= {key: ", ".join(entry[key]) for key in ("replaces", "accepts", "formerly") if key in entry}
    if "provenance" in entry:
        row |= _origin(entry["provenance"])
    return row


def _standard(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    origin = _origin(content["provenance"])
    note = content["provenance"].get("note")
    for key, (_title, kind) in THINGS.items():
        value = note if key == "note" else origin[key] if key in origin else content.get(key)
        if kind == "both":
            yield {"key": key, **(dict(value) if value else {})}
        elif kind == "ids":
            yield {"key": key, "th": ", ".join(value or ())}
        elif kind == "reference":
            yield {"key": key, "th": f"{value['pack']}@{value['version']}" if value else ""}
        else:
            yield {"key": key, "th": value}


def _sources(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for key, one in content.get("sources", {}).items():
        yield {"key": key, **_plain(one, "title")}


def _parts(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in content["parts"]:
        yield _plain(one, "title", "text")


def _entries(key: str, *texts: str) -> Any:
    return lambda content: (_plain(one, *texts) for one in content.get(key, ()))


def _scored(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"scoring": entry["scoring"]["type"], "step": entry["scoring"].get("step")}


def _criteria(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in content["criteria"]:
        yield {**_plain(one, "title", "text", "guidance"), **_scored(one)}


def _subs(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in content["criteria"]:
        for sub in one["scoring"].get("sub_items", ()):
            yield one["id"], sub


def _sub_items(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for criterion, one in _subs(content):
        yield {"criterion": criterion, **_plain(one, "title", "text"), **_scored(one)}


def _bands(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in (*content["criteria"], *(sub for _, sub in _subs(content))):
        for band in one["scoring"].get("bands", ()):
            yield {"of": one["id"], **_plain(band, "text")}


def _rubrics(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in content.get("rubrics", ()):
        for at, band in enumerate(one["bands"]):
            yield {"id": one["id"], **_plain(band, "text"), **({} if at else _origin(one["provenance"]))}


def _evidence(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for one in content["criteria"]:
        for wanted in one["evidence"]:
            yield {"criterion": one["id"], **_plain(wanted, "title")}


def _asked(content: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """(owner, name among options, question) of every question, each followed by its columns."""
    for one in content["criteria"]:
        for question in one.get("questions", ()):
            yield one["id"], question["id"], question
            for column in question.get("columns", ()):
                yield question["id"], f"{question['id']}/{column['id']}", column


def _questions(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for owner, _name, one in _asked(content):
        row = {"of": owner, **_plain(one, "title", "hint", "unit")}
        if "applies_when" in one:
            row["applies_when.question"] = one["applies_when"]["question"]
            row["applies_when.one_of"] = ", ".join(one["applies_when"]["one_of"])
        yield row


def _options(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for _owner, name, one in _asked(content):
        for option in one.get("options", ()):
            yield {"of": name, **_plain(option, "title")}


def _origins(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    owners = [
        ("", content),
        *((one["id"], one) for one in content["criteria"]),
        *((sub["id"], sub) for _, sub in _subs(content)),
    ]
    owners += [(f"{RUBRIC}{one['id']}", one) for one in content.get("rubrics", ())]
    for name, one in owners:
        for field, origin in one["provenance"].get("fields", {}).items():
            yield {"of": name, "field": field, **_origin(origin)}


_ROWS = {
    "standard": _standard,
    "sources": _sources,
    "parts": _parts,
    "sides": _entries("sides", "title", "text"),
    "levels": _entries("levels", "title", "text"),
    "criteria": _criteria,
    "sub_items": _sub_items,
    "bands": _bands,
    "rubrics": _rubrics,
    "evidence": _evidence,
    "questions": _questions,
    "options": _options,
    "origins": _origins,
}
