"""`saduak make-docs`: makes the generated pages of docs/ anew, or says which are stale."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from saduak.config import generated_docs


class Command(BaseCommand):
    help = "Write docs/workflows.md and docs/who-may-what.md from the code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = settings.ROOT / "docs"
        stale = []
        for name, text in generated_docs.pages().items():
            path = folder / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
        if check and stale:
            raise CommandError(
                f"{', '.join(stale)} in docs/ no longer say what the code does: run `make docs` and commit the change."
            )
        self.stdout.write(f"written: {', '.join(stale)}" if stale else "The generated docs are true.")
