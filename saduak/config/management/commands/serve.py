"""`saduak serve`: the web server."""

import os
import resource
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

CONNECTIONS = 4096  # a process, most of them idle


def granian(host: str, port: int, workers: int) -> list[str]:
    """The command line of the web server.

    One thread a process: more than cores cost throughput with Python's lock (docs/benchmarks.md). What granian calls
    backpressure is the number of connections a process accepts, and a browser keeps its connection open between two
    requests: with 64 the five hundred of the last evening locked each other out (bench/last_evening.py).
    """
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "1", "--backlog", str(CONNECTIONS), "--backpressure", str(CONNECTIONS), "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
        "saduak.config.wsgi:application",
    ]  # fmt: skip


class Command(BaseCommand):
    help = "Serve the pages. Behind a proxy that speaks HTTPS, or alone for a demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--workers", type=int, default=2, help="processes; as many as cores")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        # As many open files as the system allows: each connection is one.
        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        # The server takes this process's place, so that a supervisor's signals reach it.
        command = granian(host, port, workers)
        os.execv(command[0], command)  # noqa: S606
