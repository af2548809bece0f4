"""What time it is. The only place that asks.

Deadlines decide rights, so time is something one must be able to set: tests pass a moment with `at(...)`, and a
demonstration runs on a clock of its own (`use`), because its round lies in the past.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def _wall() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _wall


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moment.get() or _source()


def today() -> date:
    """The present day in Bangkok: the day that letters, registers and deadlines mean."""
    return now().astimezone(BANGKOK).date()


def use(source: Callable[[], datetime] | None) -> None:
    """Take the time from `source` from now on; None goes back to the wall clock."""
    global _source
    _source = source or _wall


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stand still at an aware `moment` within the block. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _moment.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moment.reset(token)


def bangkok(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A moment written as Bangkok wall time; the year is C.E."""
    return datetime(year, month, day, hour, minute, second, tzinfo=BANGKOK)
