"""`saduak publish-pack [PATH|ID|FILE.xlsx] [--dry-run]`: publish one pack with what it refers to, a workbook, or all."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connection

from saduak.kernel.refusals import NotComplete
from saduak.packs import commands, loader, workbooks
from saduak.packs.loader import ResolvedPack
from saduak.packs.mistakes import Mistake, PackMistakes
from saduak.packs.models import PublishedPack
from saduak.people.actor import Actor, system
from saduak.web.refusals import sentence


class Command(BaseCommand):
    help = (
        "Publish packs: standards, rounds, forms, surveys and letter texts of YAML, or a standard as a workbook. "
        "Exit 0: published, or nothing new. "
        "Exit 2: a mistake, told with file, line and reason; nothing is published."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "pack",
            nargs="?",
            help="id (gecc/standards/2568) or path of a pack, or a workbook (.xlsx); all packs if left out",
        )
        parser.add_argument("--root", type=Path, default=settings.PACKS, help="folder of packs")
        parser.add_argument("--dry-run", action="store_true", help="check only; publish nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        root, given, by = Path(options["root"]).resolve(), options["pack"], system("publish-pack")
        try:
            if options["dry_run"]:
                packs = _read(root, given)
                if _database_is_there():
                    commands.check(packs)
                self._tell(packs)
                self.stdout.write("Nothing was published (--dry-run). / ยังไม่ได้เผยแพร่ (--dry-run)")
                return
            done = _publish(root, given, by)
        except NotComplete as refusal:
            if not isinstance(refusal, PackMistakes):
                self.stderr.write(sentence(refusal))
                sys.exit(2)
            for one in refusal.mistakes:
                self.stderr.write(f"{one.file}:{one.line}: {one.th}\n{' ' * 4}{one.en}")
            self.stderr.write("Nothing was published. / ไม่ได้เผยแพร่สิ่งใด")
            sys.exit(2)
        self._tell(done)

    def _tell(self, packs: Any) -> None:
        for one in packs:
            self.stdout.write(f"{one.pack_id} version {one.version} {one.sha256[:12]}")


def _database_is_there() -> bool:
    """Authors may check their packs where no database was set up; then nothing is held against what is published."""
    try:
        return PublishedPack._meta.db_table in connection.introspection.table_names()
    except OperationalError:
        return False


def _read(root: Path, given: str | None) -> list[ResolvedPack]:
    """What would be published. Raises PackMistakes."""
    if given is None:
        return loader.load_all(root)
    if not given.lower().endswith(".xlsx"):
        return loader.load_with_references(root, loader.id_of(root, given))
    brought = workbooks.read(_bytes(given))
    if brought.pack is None:
        raise PackMistakes(brought.mistakes)
    return [brought.pack]


def _publish(root: Path, given: str | None, by: Actor) -> list[PublishedPack]:
    if given is None:
        return commands.publish_all(root, by=by)
    if given.lower().endswith(".xlsx"):
        return [commands.publish_workbook(_bytes(given), by=by)]
    return commands.publish(root, loader.id_of(root, given), by=by)


def _bytes(given: str) -> bytes:
    try:
        return Path(given).read_bytes()
    except OSError:
        raise PackMistakes([Mistake(given, 1, "เปิดไฟล์นี้ไม่ได้", "this file cannot be opened")]) from None
