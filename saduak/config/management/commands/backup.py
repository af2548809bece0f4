"""`saduak backup DIR`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.config import backup
from saduak.kernel.refusals import Refusal


class Command(BaseCommand):
    help = "Copy database, stored files and keys into a new folder, each with its hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = backup.backup(folder.resolve())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        journal = manifest["journal"]
        self.stdout.write(
            f"Backed up {len(manifest['files'])} files to {folder}; the journal has {journal['lines']} lines."
        )
        if not journal["whole"]:
            raise CommandError(f"The backup is complete, but the journal was tampered with before: {journal['fault']}.")
