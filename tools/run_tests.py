"""`make test`: every check, then the suite on SQLite and on PostgreSQL, then the walks in a browser. One fault fails all.

Prints at the end what was done, what was skipped and why. `--checks-only` stops before the tests.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CHECKS: list[tuple[str, list[str]]] = [
    ("format", [f"{BIN}/ruff", "format", "--check", "."]),
    ("lint", [f"{BIN}/ruff", "check", "."]),
    ("types", [f"{BIN}/mypy"]),
    ("imports", [f"{BIN}/lint-imports"]),
    ("templates", [f"{BIN}/djlint", "saduak", "--lint", "--quiet"]),
    ("settings", [f"{BIN}/saduak", "check", "--fail-level", "WARNING"]),
    ("migrations", [f"{BIN}/saduak", "makemigrations", "--check", "--dry-run"]),
    ("generated docs", [f"{BIN}/saduak", "make-docs", "--check"]),
]


def run(title: str, command: list[str], **more: str) -> bool:
    started = time.monotonic()
    print(f"\n── {title}", flush=True)
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **more}, check=False)
    print(f"   {'ok' if done.returncode == 0 else 'FAILED'} · {title} · {time.monotonic() - started:.0f} s", flush=True)
    return done.returncode == 0


# What the suite uses besides Python: program → Debian's packages that bring it, and what is left out without it.
PROGRAMS = {
    "chromium": ("chromium", "walks and component tests in a browser"),
    "pdftotext": ("poppler-utils", "reading back the text of PDFs"),
    "tesseract": ("tesseract-ocr tesseract-ocr-tha", "reading scans of letters"),
    "xgettext": ("gettext", "the check that no text is missing from the catalogues"),
}


def missing_programs() -> list[str]:
    """Install what is missing where that is possible; returns what stays missing, and what is skipped for it."""
    wanted = [package for program, (package, _) in PROGRAMS.items() if not shutil.which(program)]
    if wanted:
        print(f"Installing {', '.join(wanted)} …", flush=True)
        postgres.install_package(*" ".join(wanted).split())
    return [
        f"{why}: {program} is not installed and cannot be"
        for program, (_, why) in PROGRAMS.items()
        if not shutil.which(program)
    ]


def main() -> int:
    os.environ.update(SADUAK_DEMO="1", SADUAK_DATA=str(ROOT / "build" / "checks"))
    results = {"texts": run("compile texts", [f"{BIN}/saduak", "compile-texts"])}
    for title, command in CHECKS:
        results[title] = run(title, command)
    skipped = missing_programs()
    if "--checks-only" not in sys.argv:
        # "load" keeps the order of tests within each worker: those that flush the database come last, as they must.
        pytest = [f"{BIN}/pytest", "-q", "-n", str(os.cpu_count() or 2), "--dist", "load"]
        results["suite on SQLite"] = run(
            "suite on SQLite",
            [*pytest, "-m", "not journey", "--cov", "--cov-report=term:skip-covered", "--cov-fail-under=90"],
        )
        with postgres.running() as url:
            if url:
                # What knows no database is tested once.
                results["suite on PostgreSQL"] = run(
                    "suite on PostgreSQL", [*pytest, "-m", "database and not journey"], DATABASE_URL=url
                )
            else:
                skipped.append(
                    "suite on PostgreSQL: it is not installed and cannot be (no apt-get, or not root); install postgresql and run again"
                )
        if shutil.which("chromium"):
            results["walks in a browser"] = run("walks in a browser", [*pytest, "--dist", "loadfile", "-m", "journey"])
    print("\n" + "\n".join(f"{'ok    ' if good else 'FAILED'}  {title}" for title, good in results.items()))
    print("\n".join(f"skipped {line}" for line in skipped))
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
