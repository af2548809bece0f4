"""House rules that matter, as checks with a helpful message (docs/architecture.md)."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parents[1]
APPS = sorted(path.parent.name for path in (ROOT / "saduak").glob("*/apps.py") if path.parent.name != "config")
CODE = [path for path in (ROOT / "saduak").rglob("*.py") if "migrations" not in path.parts]
SOURCES = [path for path in CODE if "tests" not in path.parts]
JUNK = {"utils", "common", "helpers", "core", "base", "service", "services", "manager", "managers", "misc"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_no_file_is_a_warehouse(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 400, f"{name(path)} has {lines} lines: make it a package of the same name, cut by noun (section 2)."


def test_no_junk_drawers():
    found = [name(path) for path in CODE if path.stem in JUNK or JUNK & set(path.parts[len(ROOT.parts) :])]
    assert not found, f"Name the subject instead of {found}."


WRITES = re.compile(
    r"\.(objects|filter\([^)]*\)|all\(\))\.?(create|bulk_create|bulk_update|update|get_or_create|update_or_create|delete)\(|\.save\((update_fields|force_insert|\))"
)


@pytest.mark.parametrize("path", [p for p in SOURCES if p.parts[len(ROOT.parts) + 1] in APPS], ids=name)
def test_only_commands_write(path):
    relative = path.relative_to(ROOT / "saduak")
    if "commands" in relative.parts or path.stem == "commands" or "models" in (*relative.parts, path.stem):
        return
    found = [
        line.strip()
        for line in path.read_text(encoding="utf-8").splitlines()
        if WRITES.search(line) and "writes:" not in line
    ]
    assert not found, f"{name(path)} writes: {found}. Only commands write; put a command there and call it."


def _commands() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for app in APPS:
        folder = ROOT / "saduak" / app
        paths = [folder / "commands.py", *(folder / "commands").glob("*.py")]
        for path in paths:
            if path.exists():
                tree = ast.parse(path.read_text(encoding="utf-8"))
                found += [
                    (name(path), node)
                    for node in tree.body
                    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                ]
    return found


def test_commands_take_their_actor_by_name():
    faults = [
        f"{path}:{node.name}" for path, node in _commands() if "by" in [argument.arg for argument in node.args.args]
    ]
    assert not faults, f"`by` is keyword-only in {faults}: put it after a *."


def test_public_commands_tell_what_they_do():
    faults = [
        f"{path}:{node.name}" for path, node in _commands() if node.name != "subject" and not ast.get_docstring(node)
    ]
    assert not faults, f"A docstring is missing in {faults}."


def test_states_are_guarded_by_the_database():
    faults = []
    for model in apps.get_models():
        if not model.__module__.startswith("saduak.") or not any(field.name == "state" for field in model._meta.fields):
            continue
        constraints = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
        if not any("state" in str(constraint.condition) for constraint in constraints):
            faults.append(model.__name__)
    assert not faults, f"{faults} store a state without a CheckConstraint: a typing error would strand the row."


def test_what_belongs_together_is_together():
    """A moment and the person of the same act (`released_at`, `released_by`) carry a constraint, or neither has a name."""
    faults = []
    for model in apps.get_models():
        if not model.__module__.startswith("saduak."):
            continue
        fields = {field.name for field in model._meta.fields if field.null}
        for field in fields:
            pair = field.replace("_at", "_by")
            if field.endswith("_at") and pair in fields:
                conditions = " ".join(
                    str(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
                )
                if field not in conditions or pair not in conditions:
                    faults.append(f"{model.__name__}.{field}/{pair}")
    assert not faults, f"{faults}: add a CheckConstraint that both are there or neither."


# Pages for everybody. A new one is added here by hand, with a second thought.
PUBLIC = re.compile(
    r"^(desk:(home|calendar_feed)$|rounds:calendar_file$|applications:public_file$|web:|packs:(index|standard|version)$|directory:|links:open|survey:(public|thanks)$|certificates:(ask|check|check_paper|check_json|mark|keys|verify|offline)|account_(login|logout|signup|reset|inactive|email_verification|confirm|reauth)|mfa_auth|mfa_|account_)"
)


def _patterns(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern.url_patterns, inner)


def test_every_page_asks_for_a_sign_in_unless_it_is_public():
    open_pages = [
        route
        for route, pattern in _patterns(get_resolver().url_patterns)
        if not getattr(pattern.callback, "login_required", True) and not PUBLIC.match(route)
    ]
    assert not open_pages, f"{open_pages} are open to everybody: is that meant? Then add them to PUBLIC."


def test_nothing_names_the_workshop_or_a_registry():
    """Lock files carry hashes, never addresses; no path of a developer's machine stands in the repository."""
    hosts = re.compile(r"pythonhosted\.org|pypi\.org|registry\.npmjs|/home/\w+/|/root/")
    faults = []
    for pattern in ("requirements*.txt", "package-lock.json", "Makefile", "tools/*.py", "docs/**/*.md", "README*.md"):
        faults += [name(path) for path in ROOT.glob(pattern) if hosts.search(path.read_text(encoding="utf-8"))]
    assert not faults, f"{faults} name a registry or a machine."
