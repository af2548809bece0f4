"""The clock of a demonstration: runs at the usual pace, from a moment of its own.

A file in the data folder holds how far it stands from the wall clock. Server and worker read the same file, so moving
the clock in the browser moves it for all. Without the file, time is what it is.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from saduak.kernel import clock

_seen: tuple[float, timedelta] | None = None


def follow(path: Path) -> None:
    """Make the clock follow `path` from now on, also when it appears, changes or goes later."""

    def source() -> datetime:
        return datetime.now(UTC) + _offset(path)

    clock.use(source)


def _offset(path: Path) -> timedelta:
    global _seen
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    if _seen is None or _seen[0] != changed:
        _seen = (changed, timedelta(seconds=json.loads(path.read_text(encoding="utf-8"))["offset_seconds"]))
    return _seen[1]


def set_to(path: Path, moment: datetime) -> None:
    """From now on it is `moment` (aware). Written whole or not at all."""
    offset = (moment - datetime.now(UTC)).total_seconds()
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"offset_seconds": offset}), encoding="utf-8")
    os.replace(part, path)
