"""`saduak compile-texts`: makes the .mo of every catalogue (.po), without GNU gettext."""

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed


class Command(BaseCommand):
    help = "Compile the Thai texts. Only what is older than its source."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        made = 0
        for source in sorted((settings.ROOT / "saduak").glob("*/locale/*/LC_MESSAGES/django.po")):
            made += compile_one(source)
            # What this process has read of a catalogue before it was there would stay English: `saduak start` compiles
            # and then writes the messages of the demonstration.
            translation_file_changed(None, source.with_suffix(".mo"))
        self.stdout.write(f"{made} catalogues compiled.")


def compile_one(source: Path) -> bool:
    """Write the .mo beside the .po when it is missing or older; returns whether it was."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parts[-3], domain="django")
    # Whole or not at all: a server that starts meanwhile must not read half a catalogue.
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    with part.open("wb") as out:
        write_mo(out, catalogue)
    os.replace(part, target)
    return True
