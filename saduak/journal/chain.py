"""How a line's hash is made: SHA-256 over the canonical JSON of everything in it and the hash before."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

START = "0" * 64
FIELDS = (
    "number", "at", "event", "actor", "actor_ref", "role", "organisation", "subject_type", "subject_id",
    "subject_title", "details", "request_id", "previous_hash",
)  # fmt: skip


def line_hash(line: Mapping[str, Any]) -> str:
    """The hash of a line given as a mapping with FIELDS; `at` is an aware datetime."""
    at: datetime = line["at"]
    plain = {name: line[name] for name in FIELDS if name != "at"}
    plain["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
