"""Pages of docs/ that are made from the code, so that the published procedure cannot drift from the program."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils import translation

from saduak.kernel.workflow import Workflow
from saduak.people.roles import Role

STACK = ["circulars", "certificates", "assessment", "applications", "surveys", "rounds", "packs", "people", "desk"]


def pages() -> dict[str, str]:
    """Name of the page in docs/ → its text."""
    with translation.override("en"):
        return {"workflows.md": _workflows(), "who-may-what.md": _who_may_what()}


def _found_workflows() -> Iterator[tuple[str, Workflow]]:
    for config in apps.get_app_configs():
        if not config.name.startswith("saduak.") or not Path(config.path, "workflow.py").exists():
            continue
        module = importlib.import_module(f"{config.name}.workflow")
        for value in vars(module).values():
            if isinstance(value, Workflow):
                yield config.name.split(".")[1], value


def _workflows() -> str:
    lines = [
        "# Workflows",
        "",
        "Made by `saduak make-docs` from the tables in `saduak/<app>/workflow.py`. Overdue, under a conflict, expired: facts like these are derived and are no states.",
    ]
    for app, workflow in sorted(
        _found_workflows(), key=lambda found: (STACK.index(found[0]) if found[0] in STACK else 99, found[1].name)
    ):
        lines += [
            "",
            f"## {workflow.name} ({app})",
            "",
            "```mermaid",
            workflow.mermaid(),
            "```",
            "",
            "| state | in words | ในภาษาไทย | whose turn |",
            "|---|---|---|---|",
        ]
        for state in workflow.states.values():
            with translation.override("th"):
                thai = str(state.label)
            lines.append(f"| `{state.code}` | {state.label} | {thai} | {_holder(state.holder)} |")
    return "\n".join(lines) + "\n"


def _holder(code: str | None) -> str:
    if code is None:
        return "nobody's"
    return str(Role(code).label) if code in Role.values else code.lower()


def _who_may_what() -> str:
    lines = [
        "# Who may what",
        "",
        "Made by `saduak make-docs` from `saduak/<app>/policy.py`: each rule, what its author says of it, and the sentences a person reads when the answer is no. The same rule stops the command, greys the button and explains why.",
    ]
    for app in STACK:
        rules = list(_rules(settings.ROOT / "saduak" / app))
        if rules:
            lines += ["", f"## {app}", "", "| rule | says | refuses with |", "|---|---|---|"]
            lines += [f"| `{name}` | {_cell(says)} | {_cell(' · '.join(reasons))} |" for name, says, reasons in rules]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _rules(app: Path) -> Iterator[tuple[str, str, list[str]]]:
    for path in [app / "policy.py", *sorted((app / "policy").glob("*.py"))]:
        if not path.exists():
            continue
        body = ast.parse(path.read_text(encoding="utf-8")).body
        told = {node.name: ast.get_docstring(node) for node in body if isinstance(node, ast.FunctionDef)}
        for node in body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("may_"):
                yield node.name, ast.get_docstring(node) or "", list(dict.fromkeys(_sentences(node)))
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Name)
                and isinstance(node.targets[0], ast.Name)
            ):
                if node.targets[0].id.startswith("may_"):
                    yield node.targets[0].id, told.get(node.value.id) or f"As `{node.value.id}`.", []


def _sentences(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id == "_"
            and isinstance(call.args[0], ast.Constant)
        ):
            yield str(call.args[0].value)
