"""`saduak read-letters FILE`: the letters of a text file as JSON."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from saduak.saraban.reader import read

LIMIT = 2 * 1024 * 1024
"""Bytes a file may have."""


class UnreadableFile(ValueError):
    """The file is no text, empty or too large. `thai` and `english` say so in one sentence each."""

    def __init__(self, thai: str, english: str) -> None:
        super().__init__(f"{thai} / {english}")
        self.thai = thai
        self.english = english


def read_text(path: Path | str) -> str:
    """The text of the file: UTF-8 with or without a byte order mark, or TIS-620 / Windows-874.

    Raises UnreadableFile for a file that is missing, empty, over 2 MB or no text.
    """
    path = Path(path)
    try:
        if path.stat().st_size > LIMIT:
            raise UnreadableFile("ไฟล์ใหญ่เกิน 2 MB โปรดแบ่งเป็นไฟล์ย่อย", "The file is larger than 2 MB; please split it.")
        content = path.read_bytes()
    except OSError:
        raise UnreadableFile(
            "เปิดไฟล์ไม่ได้ โปรดตรวจสอบชื่อและสิทธิ์ของไฟล์", "The file cannot be opened; please check its name and rights."
        )
    return decode(content)


def decode(content: bytes) -> str:
    """The text in `content`. Raises UnreadableFile when it is empty, too large or no text."""
    if len(content) > LIMIT:
        raise UnreadableFile("ไฟล์ใหญ่เกิน 2 MB โปรดแบ่งเป็นไฟล์ย่อย", "The file is larger than 2 MB; please split it.")
    text = _decoded(content)
    if text is None:
        raise UnreadableFile(
            "ไฟล์นี้ไม่ใช่ข้อความ โปรดใช้ไฟล์ข้อความ (.txt) รหัส UTF-8 หรือ TIS-620",
            "The file is not text; please give a text file (.txt) in UTF-8 or TIS-620.",
        )
    if not text.strip("\ufeff \t\r\n\f\x00"):
        raise UnreadableFile("ไฟล์ว่างเปล่า ไม่มีข้อความให้อ่าน", "The file is empty; there is nothing to read.")
    return text


def _decoded(content: bytes) -> str | None:
    if b"\x00" in content or content.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp874")
    except UnicodeDecodeError:
        return None
    thai = sum("\u0e01" <= letter <= "\u0e5b" for letter in text)
    odd = sum(letter < " " and letter not in "\t\r\n\f" for letter in text)
    return text if thai * 4 > len(text.strip()) and odd * 50 < len(text) else None


def read_file(path: Path | str) -> dict[str, Any]:
    """The letters of the file and what is noticed about them, as JSON values. Raises UnreadableFile."""
    return read(read_text(path)).to_json()


def main(argv: list[str] | None = None) -> int:
    """Print the JSON of one file. Exit status 0, or 2 with one sentence when there is nothing to read."""
    parser = argparse.ArgumentParser(
        prog="saduak read-letters", description="Read Thai official letters from a text file and print them as JSON."
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="text file, UTF-8 or TIS-620, up to 2 MB")
    arguments = parser.parse_args(argv)
    try:
        result = read_file(arguments.file)
    except UnreadableFile as refusal:
        sys.stderr.write(f"{refusal.thai} ({arguments.file.name})\n{refusal.english}\n")
        return 2
    output = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.buffer.write(output.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0
