"""`saduak diff-pack A B`: what changed from one pack to another, for those who must approve."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand

from saduak.kernel.refusals import NotComplete
from saduak.packs import lineage, loader, queries, workbooks
from saduak.packs.comparing import TRACED
from saduak.packs.differences import AREAS, Change, differences
from saduak.packs.mistakes import Mistake, PackMistakes, quoted
from saduak.packs.models import PublishedPack
from saduak.web.refusals import sentence

_LONGEST = 300


class Command(BaseCommand):
    help = "Show what changed between two packs: ids, points, levels, evidence, dates, texts. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "before", help="ID@VERSION of a published pack, ID or path of one in the folder, or a workbook"
        )
        parser.add_argument("after", help="the same; in the folder if without @VERSION")
        parser.add_argument("--root", type=Path, default=settings.PACKS, help="folder of packs")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(options["root"]).resolve()
        (before, published), (after, newer) = (_content(root, options[name]) for name in ("before", "after"))
        if before["kind"] != after["kind"]:
            _stop("ชุดข้อมูลทั้งสองเป็นคนละชนิด เปรียบเทียบกันไม่ได้", "the packs are of different kinds and cannot be compared")
        found = differences(before, after)
        self.stdout.write(f"{_label(before)} → {_label(after)}")
        for area, title in AREAS.items():
            mine = [one for one in found if one.area == area]
            if mine:
                self.stdout.write(f"\n{title.th} / {title.en} ({len(mine)})")
                for one in mine:
                    self._tell(one)
        if after["kind"] in TRACED:
            self._tell_moves(before, after, _moved(published, newer, before, after))
        if not found:
            self.stdout.write("ไม่มีสิ่งใดเปลี่ยนแปลง / Nothing changed")

    def _tell_moves(self, before: dict[str, Any], after: dict[str, Any], moved: lineage.Moves) -> None:
        """Where answers and evidence go when a centre applies again."""
        moves = lineage.moves(before, after, moved)
        if moves:
            title = ("เกณฑ์เดิมกับเกณฑ์ใหม่", "Old and new criteria")
            if after["kind"] != "standard":
                title = ("คำถามเดิมกับคำถามใหม่", "Old and new questions")
            self.stdout.write(f"\n{title[0]} / {title[1]} ({len(moves)})")
        for one in moves:
            fate = lineage.FATES[one.fate]
            old, new = (" + ".join(f"{name} ({title.th})" for name, title in side) for side in (one.before, one.after))
            self.stdout.write(f"  {fate.th} / {fate.en}: {' → '.join(filter(None, (old, new)))}")

    def _tell(self, one: Change) -> None:
        name = f"  [{one.named.th} / {one.named.en}]" if one.named else ""
        self.stdout.write(f"  {one.where}{name}")
        for sign, value in (("-", one.before), ("+", one.after)):
            if value is not None:
                self.stdout.write(f"    {sign} {_short(value)}")


def _moved(
    published: PublishedPack | None, newer: PublishedPack | None, before: dict[str, Any], after: dict[str, Any]
) -> lineage.Moves:
    """Along the versions in between where what came before is published."""
    if published is None:
        return lineage.step(before, after)
    return queries.mapping(published, newer) if newer is not None else queries.mapping_to(published, after)


def _content(root: Path, given: str) -> tuple[dict[str, Any], PublishedPack | None]:
    """The content of a pack, and the pack itself where it is a published one."""
    if given.lower().endswith(".xlsx"):
        return _of_workbook(given), None
    pack_id, at, version = given.rpartition("@")
    try:
        if not at:
            return loader.load(root, loader.id_of(root, given)).content, None
        if version.isascii() and version.isdigit() and len(version) < 5:
            found = queries.published(pack_id, int(version))
            return found.content, found
    except PublishedPack.DoesNotExist:
        pass
    except PackMistakes as refusal:
        _stop_at(refusal.mistakes)
    name = quoted(given)
    _stop(f"ยังไม่มีการเผยแพร่ “{name}”", f"“{name}” has not been published")


def _of_workbook(path: str) -> dict[str, Any]:
    try:
        brought = workbooks.read(Path(path).read_bytes())
    except OSError:
        _stop(f"เปิดไฟล์ {quoted(path)} ไม่ได้", f"the file {quoted(path)} cannot be opened")
    except NotComplete as refusal:
        _stop(sentence(refusal), "this is no workbook of a standard")
    if brought.pack is None:
        _stop_at(brought.mistakes)
    return brought.pack.content


def _stop_at(mistakes: Iterable[Mistake]) -> NoReturn:
    for one in mistakes:
        sys.stderr.write(f"{one.file}:{one.line}: {one.th}\n{' ' * 4}{one.en}\n")
    sys.exit(2)


def _stop(th: str, en: str) -> NoReturn:
    sys.stderr.write(f"{th}\n{en}\n")
    sys.exit(2)


def _label(content: dict[str, Any]) -> str:
    return f"{content['id']} ({content['version']})"


def _short(value: str) -> str:
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
