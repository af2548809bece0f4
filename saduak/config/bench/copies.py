"""Copies of the measured database as it stands, so that a small world and a large one can be measured side by side."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connection


@contextlib.contextmanager
def copied() -> Iterator[str]:
    """A copy of this process's database: its address for a server, until the block ends. Nobody else may be connected."""
    if connection.vendor == "sqlite":
        own = Path(connection.settings_dict["NAME"])
        connection.close()  # the last one to leave writes what waits beside the file into it
        copy = own.with_name(f"copy-{secrets.token_hex(4)}.sqlite3")
        shutil.copyfile(own, copy)
        try:
            yield f"sqlite://{copy}"
        finally:
            copy.unlink(missing_ok=True)
        return
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"saduak_copy_{secrets.token_hex(6)}"
    connection.close()
    connection.close_pool()
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as there:
        there.execute(f'CREATE DATABASE "{name}" TEMPLATE "{url.path.lstrip("/")}"')  # names of ours
    try:
        yield url._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as there:
            there.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
