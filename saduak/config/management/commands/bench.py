"""`saduak bench`: measures pages and work against a plain Django page in the same run."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from saduak.config.bench.run import PARTS, WORLDS, run

HEAD = """# Benchmarks

Made by `saduak bench` (`make bench`). Times of one machine say little by themselves; the ratio to a plain Django page on the same kind of server in the same
run says how much of a page's time is ours. The plain page is a project without a line of Saduak (`saduak/config/bench/plain`): stock middleware, session, user, one
indexed query, a bare table of 50 rows. The empty view is the floor.

"""


class Command(BaseCommand):
    help = "Measure the pages people wait for, and write docs/benchmarks.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=40, help="how often each page is fetched")
        parser.add_argument("--inside", action="store_true", help="measure in this process's own, empty instance")
        parser.add_argument("--only", choices=PARTS, nargs="+", help="measure only this; prints, and writes no report")
        parser.add_argument("--no-report", action="store_true", help="print only")

    def handle(
        self, *args: Any, rounds: int, inside: bool, no_report: bool, only: list[str] | None, **options: Any
    ) -> None:
        if inside:
            call_command("migrate", verbosity=0)
            self.stdout.write(run(lambda text: self.stderr.write(f"  {text} …"), rounds=rounds, only=only or WORLDS[0]))
            return
        reports = []
        for parts in WORLDS:
            wanted = [part for part in parts if part in (only or PARTS)]
            if wanted:
                reports.append(self._measured(wanted, rounds))
        self.stdout.write("\n\n".join(reports))
        if not (no_report or only):
            Path(settings.ROOT, "docs", "benchmarks.md").write_text(
                HEAD + "\n\n".join(reports) + "\n", encoding="utf-8"
            )

    def _measured(self, parts: list[str], rounds: int) -> str:
        """In an instance and a database of its own: no benchmark touches the data of a running one."""
        with tempfile.TemporaryDirectory(prefix="saduak-bench-") as folder, _database() as url:
            environment = {**os.environ, "SADUAK_DATA": folder, "SADUAK_DEMO": "1"}
            environment.pop("DATABASE_URL", None)
            environment |= {"DATABASE_URL": url} if url else {}
            command = [sys.executable, "-m", "saduak.config.console", "bench", "--inside", "--rounds", str(rounds)]
            command += ["--only", *parts]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout.strip()


@contextmanager
def _database() -> Iterator[str]:
    """The address of a fresh database beside the one of DATABASE_URL, dropped afterwards; "" for SQLite, whose file lies
    in the instance's folder. The account must be allowed to create databases."""
    url = os.environ.get("DATABASE_URL", "")
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield ""
        return
    name = f"saduak_bench_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}"')  # a name of ours
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            there.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
