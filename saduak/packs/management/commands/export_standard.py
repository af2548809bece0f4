"""`saduak export-standard ID[@VERSION] [-o FILE]`: a standard as a workbook, for people who do not write YAML."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from saduak.packs import loader, queries, workbooks
from saduak.packs.mistakes import PackMistakes
from saduak.packs.models import PublishedPack


class Command(BaseCommand):
    help = "Write a standard as an Excel workbook. Bring it back with “saduak publish-pack FILE.xlsx” or on the page Packs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("standard", help="ID@VERSION of a published standard, or ID or path of one in the folder")
        parser.add_argument("-o", "--output", type=Path, help="file to write; made from the id if left out")
        parser.add_argument("--root", type=Path, default=settings.PACKS, help="folder of packs")

    def handle(self, *args: Any, **options: Any) -> None:
        content = self._content(Path(options["root"]).resolve(), options["standard"])
        if content["kind"] != "standard":
            self._stop("ส่งออกเป็นสมุดงานได้เฉพาะมาตรฐาน", "only standards are written as workbooks")
        output = options["output"] or Path(f"{content['id'].replace('/', '-')}-{content['version']}.xlsx")
        try:
            output.write_bytes(workbooks.write(content))
        except OSError:
            self._stop(f"เขียนไฟล์ {output} ไม่ได้", f"the file {output} cannot be written")
        self.stdout.write(str(output))

    def _content(self, root: Path, given: str) -> dict[str, Any]:
        pack_id, at, version = given.rpartition("@")
        if not at:
            try:
                return loader.load(root, loader.id_of(root, given)).content
            except PackMistakes as refusal:
                for one in refusal.mistakes:
                    self.stderr.write(f"{one.file}:{one.line}: {one.th}\n{' ' * 4}{one.en}")
                sys.exit(2)
        try:
            return queries.published(pack_id, int(version)).content
        except (ValueError, OverflowError, PublishedPack.DoesNotExist):
            return self._stop(f"ยังไม่มีการเผยแพร่ “{given}”", f"“{given}” has not been published")

    def _stop(self, th: str, en: str) -> Any:
        self.stderr.write(f"{th}\n{en}")
        sys.exit(2)
