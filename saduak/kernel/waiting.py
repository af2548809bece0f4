"""What waits for somebody: one line of a person's first page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """title: the thing; why: what is to be done, and for which reason; until, since: aware moments; count: how many
    things the line stands for; tone: of its status tag (waiting, bad when overdue, active)."""

    title: Any
    url: str
    why: Any
    until: datetime | None = None
    since: datetime | None = None
    tone: str = "waiting"
    count: int = 1
