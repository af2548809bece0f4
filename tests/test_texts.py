"""The Thai texts: complete, with the same placeholders as the English, one Thai for one English, nothing forgotten."""

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = sorted((ROOT / "saduak").glob("*/locale/th/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])|%%|(?<!%)%([sd])")


def app(path: Path) -> str:
    return path.relative_to(ROOT / "saduak").parts[0]


def read(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text, locale="th")


def messages(path: Path) -> list[Message]:
    return [one for one in read(path) if one.id]


def forms(text: object) -> tuple[str, ...]:
    """A message or its translation as a tuple: of one, or of its plurals."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def placeholders(text: str) -> set[tuple[str, ...]]:
    return {found.groups() for found in PLACEHOLDER.finditer(text) if found.group() != "%%"}


def test_every_app_that_speaks_has_a_catalogue():
    speaks = re.compile(r"gettext_lazy as _\b|\bimport gettext\b|\{% (?:block)?translate ")
    for folder in sorted((ROOT / "saduak").iterdir()):
        files = [one for kind in ("*.py", "*.html") for one in folder.rglob(kind) if "tests" not in one.parts]
        if any(speaks.search(one.read_text(encoding="utf-8")) for one in files):
            assert (folder / "locale/th/LC_MESSAGES/django.po").exists(), f"{folder.name} speaks, but has no catalogue"


@pytest.mark.parametrize("path", CATALOGUES, ids=app)
def test_every_text_is_translated(path):
    missing = [one.id for one in messages(path) if one.fuzzy or not all(forms(one.string))]
    assert not missing, f"without a Thai text that holds, in {app(path)}: {missing}"


@pytest.mark.parametrize("path", CATALOGUES, ids=app)
def test_placeholders_agree(path):
    differ = []
    for one in messages(path):
        wanted = placeholders(forms(one.id)[-1])
        differ += [(one.id, said) for said in forms(one.string) if placeholders(said) != wanted]
    assert not differ, f"other placeholders in the Thai text, in {app(path)}: {differ}"


def test_one_english_text_has_one_thai_text():
    """Django has one namespace for all catalogues: of two Thai texts for one msgid, the app listed first would win everywhere."""
    said: dict[tuple[str | None, str], dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in CATALOGUES:
        for one in messages(path):
            said[(one.context, forms(one.id)[0])][forms(one.string)].append(app(path))
    differ = {text: dict(thai) for text, thai in said.items() if len(thai) > 1}
    assert not differ, f"make them agree, or give one a context (pgettext): {differ}"


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed (apt install gettext)")
@pytest.mark.parametrize("path", CATALOGUES, ids=app)
def test_makemessages_would_add_nothing(path, tmp_path, monkeypatch):
    folder = tmp_path / app(path)
    shutil.copytree(ROOT / "saduak" / app(path), folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "static"))
    monkeypatch.chdir(folder)
    call_command("makemessages", locale=["th"], no_location=True, no_obsolete=True, verbosity=0)
    before = {(one.context, one.id) for one in messages(path)}
    after = {(one.context, one.id) for one in messages(folder / "locale/th/LC_MESSAGES/django.po")}
    assert not after - before, f"run makemessages in {app(path)} and translate"
    assert not before - after, f"no longer said in {app(path)}: run makemessages with --no-obsolete"
