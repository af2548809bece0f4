"""`saduak restore DIR`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.config import backup
from saduak.kernel.refusals import Refusal


class Command(BaseCommand):
    help = "Put a backup back, and prove that its journal is whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="also when this instance holds data already")

    def handle(self, *args: Any, folder: Path, replace: bool, **options: Any) -> None:
        try:
            proof = backup.restore(folder.resolve(), replace=replace)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if not proof.whole:
            raise CommandError(f"Restored, but the journal is not whole: {proof.fault}.")
        self.stdout.write(f"Restored from {folder}. The journal is whole: {proof.lines} lines.")
