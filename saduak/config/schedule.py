"""What happens by the clock, and how often. The only place that knows all jobs."""

from collections.abc import Callable
from dataclasses import dataclass

from saduak.circulars import jobs as circulars
from saduak.files import jobs as files
from saduak.outbox import jobs as outbox


@dataclass(frozen=True)
class Job:
    """name: for the log; seconds: between two runs; run: the work, returns how much there was."""

    name: str
    seconds: int
    run: Callable[[], int]


JOBS = [
    Job("send messages", 5, outbox.send_ready),
    Job("take up letters whose sending stopped", 30, lambda: len(circulars.resume())),
    Job("remind silent offices by the clock", 300, circulars.remind_by_the_clock),
    Job("scan files that were missed", 600, files.scan_missed),
]
