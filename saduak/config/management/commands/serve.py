"""`saduak serve`: the web server."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from granian import Granian
from granian.constants import Interfaces


class Command(BaseCommand):
    help = "Serve the pages. Behind a proxy that speaks HTTPS, or alone for a demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--workers", type=int, default=2, help="processes; as many as cores")

    def handle(self, *args: Any, **options: Any) -> None:
        # One thread a process: more than cores cost throughput with Python's lock (docs/benchmarks.md).
        Granian(
            "saduak.config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=1,
            log_level="warning",
            websockets=False,
            backpressure=64,
        ).serve()
