"""The register as a file for machines: CSV and JSON, written line by line, so that its size does not matter."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from saduak.certificates.spreadsheet import safe

FIELDS = (
    "number", "status", "centre_code", "centre_th", "centre_en", "office_th", "office_en", "department_th", "ministry_th",
    "province_code", "province_th", "province_en", "level", "level_th", "level_en", "fiscal_year_be", "valid_from", "valid_to",
)  # fmt: skip


class _Line:
    """What csv writes to: it hands the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def as_csv(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    """RFC 4180 with a mark for Excel that Thai follows; no cell is ever computed by a spreadsheet."""
    writer: Any = csv.writer(_Line())
    yield "\ufeff"
    yield writer.writerow(FIELDS)
    for line in lines:
        yield writer.writerow([safe(line[name]) for name in FIELDS])


def as_json(lines: Iterable[dict[str, Any]], about: dict[str, Any]) -> Iterator[str]:
    """{"about": …, "certificates": [ … ]}."""
    yield f'{{"about": {json.dumps(about, ensure_ascii=False)}, "certificates": ['
    between = "\n"
    for line in lines:
        yield between + json.dumps(line, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"
