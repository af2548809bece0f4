"""`saduak read-letters FILE`: the letters of a file as JSON."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from saduak.saraban.reader import read
from saduak.saraban.refusal import Unreadable
from saduak.saraban.sources import LIMITS, Document, open_source


def open_file(path: Path | str) -> Document:
    """The document in a file: text, .docx, PDF or scan. Raises Unreadable."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LIMITS.file_bytes + 1)
    except OSError:
        raise Unreadable(
            "เปิดไฟล์ไม่ได้ โปรดตรวจสอบชื่อและสิทธิ์ของไฟล์",
            "The file cannot be opened; please check its name and rights.",
            code="not-opened",
        ) from None
    return open_source(content)


def read_file(path: Path | str) -> dict[str, Any]:
    """The letters of the file and what is noticed about them, as JSON values. Raises Unreadable."""
    return read(open_file(path)).to_json()


def main(argv: list[str] | None = None) -> int:
    """Print the JSON of one file. Exit status 0, or 2 with one sentence when there is nothing to read."""
    parser = argparse.ArgumentParser(
        prog="saduak read-letters", description="Read Thai official letters from a file and print them as JSON."
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="text (UTF-8, UTF-16, TIS-620), Word (.docx), PDF, or a scan (PNG, JPEG, TIFF), up to 20 MB; "
        "scans need Tesseract with Thai",
    )
    arguments = parser.parse_args(argv)
    try:
        result = read_file(arguments.file)
    except Unreadable as refusal:
        sys.stderr.write(f"{refusal.thai} ({arguments.file.name})\n{refusal.english}\n")
        return 2
    output = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.buffer.write(output.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0
