"""What every test has: a few named people in a small tree of command, a clock that stands still, a data folder of its own."""

import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from playwright.sync_api import Browser, sync_playwright

from saduak.journal.models import Entry
from saduak.kernel import clock
from saduak.people import commands, queries
from saduak.people.actor import Actor, system
from saduak.people.models import Kind, Organisation, User
from saduak.people.roles import Role

PASSWORD = "correct-horse-battery"  # noqa: S105
BEGAN = date(2018, 10, 1)


DATABASES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items):
    """Whoever asks for the database is marked, so that the second database is tried with nothing else."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    """No test writes into the folder of a running instance."""
    settings.DATA = tmp_path
    settings.WHITENOISE_AUTOREFRESH = True  # else every test client walks all static files before its first answer
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.INCOMING = str(tmp_path / "incoming")
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }


APPEND_ONLY = ("saduak.journal.migrations.0002_append_only", "saduak.packs.migrations.0002_append_only")


class _Statements:
    """What the migrations of the append-only tables need of a schema editor."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


_emptied = False  # has a test with real transactions left the append-only tables without triggers and first line?


@pytest.fixture(autouse=True)
def _append_only_tables(request):
    """Let the append-only tables be emptied after a test with real transactions, and put them right for the next one."""
    global _emptied
    real = _real_transactions(request)
    if not (real or (_emptied and "_django_db_helper" in request.fixturenames and _uses_database(request))):
        yield
        return
    request.getfixturevalue("transactional_db" if real else "db")
    for name in APPEND_ONLY if _emptied else ():
        import_module(name).add(apps, _Statements())
    again, _emptied = _emptied and not real, False
    yield
    _emptied = again
    if real:
        for name in APPEND_ONLY:
            import_module(name).remove(apps, _Statements())
        _emptied = True


def _real_transactions(request) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in request.fixturenames


def _uses_database(request) -> bool:
    return request.node.get_closest_marker("django_db") is not None or "db" in request.fixturenames


@dataclass
class World:
    """organisation attributes are Organisations, person attributes Actors; `users` gives the User behind a name."""

    secretariat: Organisation
    ministry: Organisation
    department: Organisation
    province: Organisation
    district: Organisation
    body: Organisation
    centre: Organisation
    other_province: Organisation
    other_district: Organisation
    other_body: Organisation
    other_centre: Organisation
    users: dict[str, User] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.__dict__["actors"][name]
        except KeyError:
            raise AttributeError(name) from None


# name: (Thai name, organisation attribute, role, subtree)
PEOPLE = {
    "officer": ("วรรณา ใจงาม", "secretariat", Role.OFFICER, True),
    "officer2": ("สมหมาย ตั้งตรง", "secretariat", Role.OFFICER, True),
    "assessor1": ("กมล แก้วใส", "secretariat", Role.ASSESSOR, False),
    "assessor2": ("ชูชัย มั่นคง", "secretariat", Role.ASSESSOR, False),
    "assessor3": ("นารี ศรีสุข", "secretariat", Role.ASSESSOR, False),
    "committee1": ("ประเสริฐ ดีเลิศ", "secretariat", Role.COMMITTEE, False),
    "committee2": ("มาลี บุญมา", "secretariat", Role.COMMITTEE, False),
    "committee3": ("อำนวย สุขใจ", "secretariat", Role.COMMITTEE, False),
    "auditor": ("ตรวจตรา เที่ยงธรรม", "secretariat", Role.AUDITOR, True),
    "operator": ("ระบบ พร้อมใช้", "secretariat", Role.OPERATOR, False),
    "registrar_secretariat": ("สารบรรณ สปน", "secretariat", Role.REGISTRAR, False),
    "registrar_ministry": ("สารบรรณ กระทรวง", "ministry", Role.REGISTRAR, False),
    "registrar_department": ("สารบรรณ กรม", "department", Role.REGISTRAR, False),
    "registrar_province": ("สารบรรณ จังหวัด", "province", Role.REGISTRAR, False),
    "registrar_district": ("สารบรรณ อำเภอ", "district", Role.REGISTRAR, False),
    "registrar_body": ("สารบรรณ เทศบาล", "body", Role.REGISTRAR, False),
    "observer_province": ("ติดตาม จังหวัด", "province", Role.OBSERVER, True),
    "coordinator": ("สมหญิง ขยันยิ่ง", "body", Role.COORDINATOR, True),
    "colleague": ("มานี ช่วยงาน", "body", Role.COORDINATOR, True),
    "head": ("บุญส่ง นำพา", "body", Role.HEAD, True),
    "stranger": ("แปลก หน้าใหม่", "other_body", Role.COORDINATOR, True),
    "stranger_head": ("ต่าง ถิ่นไกล", "other_body", Role.HEAD, True),
}

# attribute: (code, kind, Thai name, parent attribute, province, district)
TREE = {
    "secretariat": ("OPM", Kind.SECRETARIAT, "สำนักงานปลัดสำนักนายกรัฐมนตรี", None, "", ""),
    "ministry": ("MOI", Kind.MINISTRY, "กระทรวงมหาดไทย", "secretariat", "", ""),
    "department": ("DLA", Kind.DEPARTMENT, "กรมส่งเสริมการปกครองท้องถิ่น", "ministry", "", ""),
    "province": ("TH-54", Kind.PROVINCE, "จังหวัดแพร่", "department", "54", ""),
    "other_province": ("TH-55", Kind.PROVINCE, "จังหวัดน่าน", "department", "55", ""),
    "district": ("TH-5401", Kind.DISTRICT, "อำเภอเมืองแพร่", "province", "54", "5401"),
    "other_district": ("TH-5501", Kind.DISTRICT, "อำเภอเมืองน่าน", "other_province", "55", "5501"),
    "body": ("L-540101", Kind.LOCAL_BODY, "เทศบาลตำบลทดสอบใต้", "district", "54", "5401"),
    "other_body": ("L-550101", Kind.LOCAL_BODY, "เทศบาลตำบลทดสอบเหนือ", "other_district", "55", "5501"),
    "centre": ("C-TEST22", Kind.CENTRE, "ศูนย์บริการประชาชนเทศบาลตำบลทดสอบใต้", "body", "54", "5401"),
    "other_centre": ("C-TEST33", Kind.CENTRE, "ศูนย์บริการประชาชนเทศบาลตำบลทดสอบเหนือ", "other_body", "55", "5501"),
}


@pytest.fixture
def world(db) -> World:
    """A line of command from the secretariat to a centre, a second one beside it, and everybody who acts in them."""
    return _again(_made_world)


@pytest.fixture(scope="session")
def make_world():
    """make_world() for tests that share one world among many and see to the database themselves."""
    return _made_world


@dataclass
class _Kept:
    """What a process has built once by the real commands: the object, and the rows it left in an empty database."""

    built: World
    added: list[tuple[str, list[tuple]]]  # statement, rows
    changed: list[tuple[str, list[tuple]]]


_kept: dict[str, _Kept] = {}


def _again(build: Callable[[], World]) -> World:
    """What `build` makes of an empty database. The commands run once a process; later tests get the same rows at once,
    which saves a third of the suite's time, and a copy of the object, so that none sees what another did to it."""
    if Organisation.objects.exists() or Entry.objects.exists():
        return build()
    kept = _kept.get(connection.vendor)
    if kept is None:
        before = _rows()
        built = build()
        kept = _kept[connection.vendor] = _Kept(deepcopy(built), *_difference(before, _rows()))
        return built
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, rows in kept.added + kept.changed:
            cursor.executemany(statement, rows)
    return deepcopy(kept.built)


def _rows() -> dict[str, dict[Any, tuple]]:
    """table → key → row, of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table, key = model._meta.db_table, model._meta.pk
            columns = [field.column for field in model._meta.concrete_fields]
            cursor.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)}")
            at = columns.index(key.column)
            found[table, tuple(columns), key.column] = {row[at]: tuple(row) for row in cursor.fetchall()}
    return found


def _difference(before: dict, after: dict) -> tuple[list, list]:
    added, changed = [], []
    for table, rows in after.items():
        name, columns, key = table
        marks = ", ".join(["%s"] * len(columns))
        new = [row for pk, row in rows.items() if pk not in before[table]]
        other = [(*row, pk) for pk, row in rows.items() if before[table].get(pk, row) != row]
        if new:
            insert = f"INSERT INTO {_quoted(name)} ({', '.join(map(_quoted, columns))}) VALUES ({marks})"
            added.append((insert, new))
        if other:
            sets = ", ".join(f"{_quoted(column)} = %s" for column in columns)
            changed.append((f"UPDATE {_quoted(name)} SET {sets} WHERE {_quoted(key)} = %s", other))
    return added, changed


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _made_world() -> World:
    setup = system("set-up")
    rows = [
        {"code": code, "kind": kind, "name_th": name, "parent": TREE[parent][0] if parent else None, "province_code": province,
         "district_code": district, "letter_prefix": "ทส 0123", "phone": "0 5555 0123", "email": "saraban@example.go.th"}
        for code, kind, name, parent, province, district in TREE.values()
    ]  # fmt: skip
    commands.grow_tree(rows, by=setup, source="tests")
    found = {o.code: o for o in Organisation.objects.all()}
    made = World(**{attribute: found[spec[0]] for attribute, spec in TREE.items()})
    for name, (thai, place, role, subtree) in PEOPLE.items():
        post = commands.record_post(
            getattr(made, place),
            by=setup,
            email=f"{name}@example.go.th",
            name_th=thai,
            role=role,
            starts_on=BEGAN,
            subtree=subtree,
            password=PASSWORD,
        )
        made.users[name] = post.user
        made.actors[name] = queries.actor_for(post.user)
    return made


CHROMIUM_FLAGS = [
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all walks of a process: Playwright takes no second one beside it. Without one they are skipped."""
    chromium_path = Path(os.environ.get("SADUAK_CHROMIUM", "/usr/bin/chromium"))
    if not chromium_path.exists():
        pytest.skip(f"no browser at {chromium_path}")
    # Playwright keeps an event loop in this thread; the live server's own thread does the database work.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path,
            chromium_sandbox=os.geteuid() != 0,
            args=CHROMIUM_FLAGS,
        )
        yield chromium
        chromium.close()


@pytest.fixture
def sign_in(client):
    """sign_in(world.users["officer"]) gives a browser that is signed in."""

    def enter(user: User):
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def in_application_window():
    """The clock stands on 1 February 2565, in the middle of the application window."""
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        yield
