"""`saduak demo`: makes the demonstration world."""

import shutil
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections

from saduak.config.demo.story import STAGES, Story
from saduak.config.management.commands.start import port_in_use
from saduak.people.models import Organisation


class Command(BaseCommand):
    help = "Make the demonstration world up to a stage, through the same commands that people press."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=list(STAGES), default="assessing")
        parser.add_argument("--reset", action="store_true", help="throw away what is there and start over")

    def handle(self, *args: Any, stage: str, reset: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This is no demonstration. Invented people have no place in a real instance; set SADUAK_DEMO=1 for a demonstration."
            )
        if reset and port_in_use(settings.PORT):
            raise CommandError(
                f"Something is running at port {settings.PORT}. Stop it first (Ctrl-C where it runs), then reset."
            )
        if reset:
            empty()
        call_command("migrate", verbosity=0)
        if Organisation.objects.exists():
            raise CommandError("There is a world already. To start over: saduak demo --reset, or make demo-reset.")
        Story(self.stdout.write).tell(stage)
        self.stdout.write(f"The demonstration stands at “{stage}”.")


def empty() -> None:
    """Remove database, files and clock; keys and secret stay."""
    if connection.vendor == "sqlite":
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            settings.DATA.joinpath(f"saduak.sqlite3{suffix}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    shutil.rmtree(settings.DATA / "files", ignore_errors=True)
    shutil.rmtree(settings.DATA / "mail", ignore_errors=True)
    settings.DEMO_CLOCK.unlink(missing_ok=True)
