"""`saduak worker`: does the background work: queued tasks, and what happens by the clock."""

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from saduak.config.schedule import JOBS

log = logging.getLogger("saduak.worker")


class Command(BaseCommand):
    help = "Work through the queue and the schedule until stopped (Ctrl-C or SIGTERM)."

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="saduak",
        )
        stop = threading.Event()
        clockwork = threading.Thread(target=_keep_schedule, args=(stop,), daemon=True)

        def leave(*_: Any) -> None:
            stop.set()
            worker.running = False

        signal.signal(signal.SIGINT, leave)
        signal.signal(signal.SIGTERM, leave)
        clockwork.start()
        worker.run()
        stop.set()
        clockwork.join(timeout=10)


def _keep_schedule(stop: threading.Event) -> None:
    due = {job.name: 0.0 for job in JOBS}
    while not stop.wait(1):
        for job in JOBS:
            if time.monotonic() < due[job.name]:
                continue
            close_old_connections()
            try:
                job.run()
            except Exception:
                # One job's fault must not stop the others; it is tried again at its next turn.
                log.exception("job failed: %s", job.name)
            due[job.name] = time.monotonic() + job.seconds
