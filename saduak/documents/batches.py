"""Many letters of one form in one go: several times as fast as one by one, and taken apart again."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdf import PdfReader

from saduak.documents.printable import LONGEST_DOCUMENT
from saduak.documents.typesetting import TypesettingFailed, typeset

__all__ = ["Batch", "how_many", "join", "set_letters", "split"]

MOST = 100


@dataclass(frozen=True)
class Batch:
    """pdf: all letters behind each other; starts: the page (from 0) on which each begins."""

    pdf: bytes
    starts: tuple[int, ...]


def how_many(letter: Mapping[str, Any]) -> int:
    """How many letters as long as this one may be set at once, at least one."""
    long = len(json.dumps(letter, ensure_ascii=False))
    return max(1, min(MOST, LONGEST_DOCUMENT * 3 // 4 // max(1, long)))


def set_letters(form: str, letters: Sequence[Mapping[str, Any]], *, images: Mapping[str, bytes] | None = None) -> Batch:
    """Set letters of a form (letter, memo, stamped_letter) in one file; the QR code is that of the first, and of all.

    Raises what `typeset` raises, and TypesettingFailed when the letters cannot be told apart in the file.
    """
    first = letters[0]
    data = {"form": form, "letters": list(letters), "demonstration": first.get("demonstration", False)}
    if first.get("qr"):
        data["qr"] = first["qr"]
    pdf = typeset("letters", data, images=images)
    starts = _starts(pdf)
    if len(starts) != len(letters):
        raise TypesettingFailed(f"{len(letters)} letters were set, {len(starts)} are found in the file.")
    return Batch(pdf, starts)


def split(batch: Batch) -> Iterator[bytes]:
    """Each letter of a batch as a file of its own."""
    with pdfium.PdfDocument(batch.pdf) as source:
        ends = (*batch.starts[1:], len(source))
        for start, end in zip(batch.starts, ends, strict=True):
            with pdfium.PdfDocument.new() as letter:
                letter.import_pages(source, list(range(start, end)))
                yield _saved(letter)


def join(batches: Iterator[Batch], *, duplex: bool = False) -> bytes:
    """All letters in one file for the printer; `duplex` puts an empty page behind a letter that ends on a front."""
    with pdfium.PdfDocument.new() as joined:
        for batch in batches:
            with pdfium.PdfDocument(batch.pdf) as source:
                if not duplex:
                    joined.import_pages(source)
                    continue
                ends = (*batch.starts[1:], len(source))
                for start, end in zip(batch.starts, ends, strict=True):
                    joined.import_pages(source, list(range(start, end)))
                    if (end - start) % 2:
                        joined.new_page(*source.get_page_size(start))
        return _saved(joined)


def _saved(document: pdfium.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _starts(pdf: bytes) -> tuple[int, ...]:
    """Where the style of the page labels changes (see letters.typ)."""
    reader = PdfReader(io.BytesIO(pdf))
    numbers = reader.root_object["/PageLabels"]["/Nums"]  # type: ignore[index]
    found: list[int] = []
    before = None
    for page, label in zip(numbers[::2], numbers[1::2], strict=True):
        style = label.get_object().get("/S")
        if style != before:
            found.append(int(page))
        before = style
    return tuple(found)
