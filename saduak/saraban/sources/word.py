"""Letters from Word (.docx): headers, body with its tables in order, footers; text in boxes; numbers that Word counts itself."""

import io
import zipfile
from collections.abc import Collection, Iterator
from itertools import zip_longest
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources.document import Found
from saduak.saraban.sources.limits import Limits
from saduak.saraban.sources.word_numbers import Counter

_DAMAGED = (
    "ไฟล์ Word เสียหายหรือไม่สมบูรณ์ โปรดเปิดด้วยโปรแกรม Word แล้วบันทึกใหม่ หรือบันทึกเป็น PDF",
    "The Word file is damaged. Please open it in Word and save it again, or save it as PDF.",
)
_INDENT = {"center": 30, "right": 46, "end": 46}
_PAGE = "\f"
_GAP = "    "


def pages(content: bytes, limits: Limits, until: float, known: Collection[int] = ()) -> Iterator[Found]:
    """Text of each page, as far as Word marks pages. Raises Unreadable."""
    _check(content, limits)
    try:
        document = docx.Document(io.BytesIO(content))
        text = "\n".join(_lines(document))
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        ValueError,
        KeyError,
        AttributeError,
        IndexError,
        TypeError,
        OSError,
        SyntaxError,
    ) as error:
        raise Unreadable(*_DAMAGED, code="damaged") from error
    parts = text.split(_PAGE)
    for number, part in enumerate(parts, 1):
        if number not in known:
            page = {"text": part.strip("\n"), "way": "text" if part.strip() else "empty"}
            yield Found(number, len(parts), page)


def _check(content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(*_DAMAGED, code="damaged") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(
            "ไฟล์ Word มีรหัสผ่าน โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน",
            "The Word file is locked. Please save it without a password.",
            code="locked",
        )
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Unreadable(
            "ไฟล์ Word มีมาโคร โปรดบันทึกเป็น .docx ธรรมดา หรือ PDF",
            "The Word file has macros. Please save it as plain .docx or PDF.",
            code="active",
        )
    if len(entries) > 5_000 or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Unreadable(
            "ไฟล์ Word ขยายแล้วใหญ่เกินไป โปรดบันทึกเป็น PDF",
            "The Word file is too large when unpacked. Please save it as PDF.",
            code="too-large",
        )


def _lines(document: WordDocument) -> Iterator[str]:
    counter = Counter(document)
    headers: list[list[str]] = []
    footers: list[list[str]] = []
    for section in document.sections:
        first = section.different_first_page_header_footer
        for kept, part in ((headers, section.first_page_header if first else section.header),
                           (footers, section.first_page_footer if first else section.footer)):  # fmt: skip
            lines = [] if part.is_linked_to_previous and kept else list(_blocks(part, counter))
            if any(line.strip() for line in lines) and lines not in kept:
                kept.append(lines)
    for lines in headers:
        yield from lines
    yield from _blocks(document, counter)
    for lines in footers:
        yield from lines


def _blocks(container: Any, counter: Counter) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield from _table(block, counter)
        else:
            yield from _paragraph(block, counter)


def _table(table: Table, counter: Counter) -> Iterator[str]:
    """Cells of a row beside each other, as the columns of a letterhead stand."""
    for row in table.rows:
        cells, seen = [], set()
        for cell in row.cells:
            if cell._tc not in seen:  # a merged cell comes once for each column it spans
                seen.add(cell._tc)
                cells.append([line.strip() for line in _blocks(cell, counter)])
        widths = [max((len(line) for line in cell), default=0) for cell in cells]
        for lines in zip_longest(*cells, fillvalue=""):
            yield _GAP.join(line.ljust(width) for line, width in zip(lines, widths, strict=True)).rstrip()


def _paragraph(paragraph: Paragraph, counter: Counter) -> Iterator[str]:
    text, boxes = _runs(paragraph._p)
    for box in boxes:
        for inner in box.iter(qn("w:p")):
            yield from _paragraph(Paragraph(inner, paragraph._parent), counter)
    mark = counter.mark(paragraph)
    lines = text.split("\n")
    alignment = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    indent = _INDENT.get(alignment.get(qn("w:val"), "") if alignment is not None else "", 0)
    if not indent and _indented(paragraph):
        indent = 10
    for number, line in enumerate(lines):
        lead = " " * (indent if (number == 0 or indent > 10) and line.strip() else 0)
        yield lead + (mark if number == 0 and line.strip() else "") + line.rstrip(" ")


def _indented(paragraph: Paragraph) -> bool:
    form = paragraph.paragraph_format
    first = (form.first_line_indent or 0) + (form.left_indent or 0)
    return first > 450_000  # in English Metric Units: 1.25 cm


def _runs(element: Any) -> tuple[str, list[Any]]:
    """The text of a paragraph, deleted text left out; and the text boxes anchored in it."""
    pieces: list[str] = []
    boxes: list[Any] = []
    stack = list(reversed(list(element)))
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag == qn("w:t"):
            pieces.append(node.text or "")
        elif tag in (qn("w:tab"), qn("w:ptab")) and node.getparent().tag == qn("w:r"):
            pieces.append("\t")
        elif tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif tag == qn("w:cr"):
            pieces.append("\n")
        elif tag == qn("w:br"):
            pieces.append(_PAGE if node.get(qn("w:type")) == "page" else "\n")
        elif tag == qn("w:lastRenderedPageBreak"):
            if not any(_PAGE in piece for piece in pieces[-1:]):
                pieces.append(_PAGE)
        elif tag == qn("w:txbxContent"):
            boxes.append(node)
        elif tag in (
            qn("w:del"),
            qn("w:moveFrom"),
            qn("w:instrText"),
            "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
        ):
            continue
        elif isinstance(tag, str):
            stack.extend(reversed(list(node)))
    return "".join(pieces), boxes
