"""A backup restores into an empty instance and is proved; a damaged one restores nothing. Each step as its own process."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from saduak.config import backup
from saduak.kernel.refusals import NotComplete, NotPossible

pytestmark = pytest.mark.database
ROOT = Path(__file__).resolve().parents[1]
PEOPLE = """
from saduak.files import commands as files
from django.core.files.uploadedfile import SimpleUploadedFile
from saduak.people import commands
from saduak.people.actor import system
row = {"code": "OPM", "kind": "SECRETARIAT", "name_th": "สำนักงาน", "parent": None, "province_code": "", "district_code": ""}
commands.grow_tree([row], by=system("tests"), source="tests")
png = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010800000000" + "3a7e9b55" + "0000000a49444154789c6360000000020001" + "48afa471" + "0000000049454e44ae426082")
print(files.store(SimpleUploadedFile("a.png", png), by_ref="x").path)
"""


class Instance:
    """An instance of Saduak in a folder of its own."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SADUAK_", "DJANGO_", "DATABASE_URL", "PYTEST"))
        } | {
            "SADUAK_DATA": str(folder),
            "SADUAK_DEMO": "1",
            "PYTHONWARNINGS": "ignore",
            "SADUAK_NODE_MODULES": str(ROOT / "node_modules"),
            **more,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "saduak.config.console", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    def count(self, table: str) -> int:
        with sqlite3.connect(self.folder / "saduak.sqlite3") as database:
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Instance:
    """A small instance with an organisation and a stored file."""
    instance = Instance(tmp_path_factory.mktemp("source"))
    for arguments in (("migrate", "-v0"), ("shell", "-v0", "-c", PEOPLE)):
        done = instance.run(*arguments)
        assert done.returncode == 0, done.stderr
    return instance


@pytest.fixture(scope="module")
def copy(source, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("copies") / "first"
    done = source.run("backup", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def damaged(copy, tmp_path_factory) -> Path:
    return Path(shutil.copytree(copy, tmp_path_factory.mktemp("damaged") / "copy"))


def test_it_restores_into_an_empty_instance_only_and_its_journal_is_proved(source, copy, tmp_path):
    """One walk, because every step is a process of its own."""
    target = Instance(tmp_path / "target")
    done = target.run("restore", str(copy))
    assert done.returncode == 0, done.stderr
    assert "whole" in done.stdout
    assert target.count("people_organisation") == source.count("people_organisation") == 1
    kept = {
        str(path.relative_to(source.folder)): path.read_bytes()
        for path in source.folder.glob("files/**/*")
        if path.is_file()
    }
    assert kept
    assert {name: (target.folder / name).read_bytes() for name in kept} == kept
    assert (target.folder / "secret-key").read_text() == (source.folder / "secret-key").read_text()
    # The files alone are gone: the database still holds something that must not be overwritten by mistake.
    shutil.rmtree(target.folder / "files")
    again = target.run("restore", str(copy))
    assert again.returncode != 0
    assert "--replace" in again.stderr
    assert target.run("restore", "--replace", str(copy)).returncode == 0
    assert (target.folder / "files").is_dir()
    with sqlite3.connect(target.folder / "saduak.sqlite3") as database:
        database.execute("DROP TRIGGER journal_entry_no_update")
        database.execute("UPDATE journal_entry SET actor = 'somebody else' WHERE number = 1")
    assert target.run("verify-journal").returncode != 0
    told = target.run("backup", str(tmp_path / "second"))
    assert told.returncode != 0
    assert "tampered" in told.stderr


def spoil_file(folder: Path) -> None:
    next(path for path in folder.glob("files/**/*") if path.is_file()).write_bytes(b"other")


def lose_file(folder: Path) -> None:
    next(path for path in folder.glob("files/**/*") if path.is_file()).unlink()


def spoil_database(folder: Path) -> None:
    with (folder / "database.sqlite3").open("r+b") as file:
        file.seek(5000)
        file.write(b"\xff")


def add_file(folder: Path) -> None:
    (folder / "files" / "added.txt").write_text("x")


def forget_database(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["files"]["database.sqlite3"]
    (folder / "manifest.json").write_text(json.dumps(manifest))


def empty_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[]")


def no_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


@pytest.mark.parametrize(
    "spoil", [spoil_file, lose_file, spoil_database, add_file, forget_database, empty_manifest, no_manifest]
)
def test_a_damaged_one_restores_nothing(damaged, settings, spoil):
    """Found before anything is touched: neither database nor files are opened."""
    spoil(damaged)
    before = sorted(settings.DATA.iterdir())
    with pytest.raises(NotComplete):
        backup.restore(damaged)
    assert sorted(settings.DATA.iterdir()) == before


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "older").write_text("x")
    with pytest.raises(NotPossible):
        backup.backup(folder)
    assert [path.name for path in folder.iterdir()] == ["older"]


@pytest.fixture
def two_databases():
    """Addresses of two empty databases on the server that the tests use."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres") or shutil.which("pg_dump") is None:
        pytest.skip("the suite runs on SQLite, or pg_dump is not installed")
    names = [f"saduak_backup_{os.getpid()}_{letter}" for letter in "ab"]
    with psycopg.connect(url, autocommit=True) as server:
        for name in names:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield [urlsplit(url)._replace(path=f"/{name}").geturl() for name in names]
        for name in names:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_a_postgresql_database_is_backed_up_and_restored(two_databases, tmp_path):
    first, second = (Instance(tmp_path / name, DATABASE_URL=url) for name, url in zip("ab", two_databases, strict=True))
    for arguments in (("migrate", "-v0"), ("shell", "-v0", "-c", PEOPLE), ("backup", str(tmp_path / "copy"))):
        done = first.run(*arguments)
        assert done.returncode == 0, done.stderr
    for arguments in (("restore", str(tmp_path / "copy")), ("verify-journal",)):
        done = second.run(*arguments)
        assert done.returncode == 0, done.stderr
        assert "1 lines" in done.stdout
    assert second.run("restore", str(tmp_path / "copy")).returncode != 0
