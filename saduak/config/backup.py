"""Backup and restore of an instance: database, stored files, keys; each file with its hash.

The database is copied first: stored files are named by their content and never change, so files that arrive
meanwhile do no harm, while a database that is newer than its files would miss some.
"""

import hashlib
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils.translation import gettext_lazy as _

from saduak.journal import queries as journal
from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible

MANIFEST = "manifest.json"
KEPT = ("files", "keys")  # folders of the data folder that belong to the instance
KEPT_FILES = ("secret-key", "clock.json")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def backup(target: Path) -> dict[str, Any]:
    """Write a complete copy into an empty or new folder; returns the manifest. Raises NotPossible when it is not empty."""
    target.mkdir(parents=True, exist_ok=True)
    if any(target.iterdir()):
        raise NotPossible(
            _("The folder %(path)s is not empty: give a new one, so that no older backup is spoiled."),
            params={"path": str(target)},
        )
    proof = journal.verify()
    database = _copy_database(target)
    for name in KEPT:
        if (settings.DATA / name).is_dir():
            shutil.copytree(settings.DATA / name, target / name)
    for name in KEPT_FILES:
        if (settings.DATA / name).is_file():
            shutil.copy2(settings.DATA / name, target / name)
    files = {str(path.relative_to(target)): _sha256(path) for path in sorted(target.rglob("*")) if path.is_file()}
    manifest = {
        "made_at": clock.now().isoformat(),
        "database": database,
        "journal": {"lines": proof.lines, "whole": proof.whole, "fault": proof.fault},
        "files": files,
    }
    (target / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return manifest


def _copy_database(target: Path) -> str:
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        # SQLite's own backup: a consistent copy while others write.
        with sqlite3.connect(database["NAME"]) as source, sqlite3.connect(target / "database.sqlite3") as copy:
            source.backup(copy)
        copy.close()
        source.close()
        return "database.sqlite3"
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target / 'database.dump'}", database["NAME"])
    return "database.dump"


def _postgres(program: str, *arguments: str) -> None:
    database = settings.DATABASES["default"]
    connection = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"]),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
    }
    path = shutil.which(program)
    if path is None:
        raise NotPossible(
            _("The program %(program)s is not installed: install PostgreSQL's client programs."),
            params={"program": program},
        )
    environment = {"PATH": str(Path(path).parent), **{name: value for name, value in connection.items() if value}}
    subprocess.run([path, *arguments], check=True, env=environment)


def restore(source: Path, *, replace: bool = False) -> journal.Proof:
    """Put a backup back, check every hash before touching anything, and prove the journal afterwards.

    Raises NotComplete for a folder that is no backup or whose files were changed, NotPossible when the instance
    holds data already and `replace` is not said.
    """
    try:
        manifest = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NotComplete(
            _("%(path)s is not a backup: it has no readable manifest.json."), params={"path": str(source)}
        ) from None
    faulty = _first_fault(source, manifest)
    if faulty is not None:
        raise NotComplete(
            _("The backup is damaged: %(name)s is missing or was changed. Nothing was restored."),
            params={"name": faulty},
        )
    if not replace and _holds_data():
        raise NotPossible(_("This instance already holds data. Add --replace to put the backup in its place."))
    _put_database(source / manifest["database"])
    for name in KEPT:
        shutil.rmtree(settings.DATA / name, ignore_errors=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, settings.DATA / name)
    for name in KEPT_FILES:
        if (source / name).is_file():
            shutil.copy2(source / name, settings.DATA / name)
    return journal.verify()


def _first_fault(source: Path, manifest: Any) -> str | None:
    """The first file that is not as the manifest says, or that it does not know; None for a sound backup."""
    files = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(files, dict) or manifest.get("database") not in files:
        return MANIFEST
    for name, expected in files.items():
        path = source / name
        if not path.is_file() or _sha256(path) != expected:
            return str(name)
    there = {str(path.relative_to(source)) for path in source.rglob("*") if path.is_file()}
    return min(there - files.keys() - {MANIFEST}, default=None)


def _holds_data() -> bool:
    """Are there files already, or a database in which something was done?"""
    files = settings.DATA / "files"
    if files.is_dir() and any(files.iterdir()):
        return True
    return Entry._meta.db_table in connection.introspection.table_names() and Entry.objects.exists()


def _put_database(copy: Path) -> None:
    database = settings.DATABASES["default"]
    connections.close_all()
    if "sqlite" in database["ENGINE"]:
        with sqlite3.connect(copy) as source, sqlite3.connect(database["NAME"]) as target:
            source.backup(target)
        source.close()
        target.close()
        return
    _postgres("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={database['NAME']}", str(copy))
