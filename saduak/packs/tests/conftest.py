"""A folder of packs that a test may spoil, and the standards of the house."""

import re
import shutil
from pathlib import Path

import pytest

from saduak.packs import loader
from saduak.packs.standard import Standard, from_resolved

ROOT = Path(__file__).resolve().parents[3] / "packs"
ASKING = Path(__file__).resolve().parent / "asking"  # a small standard that asks a question of every type
CHARTER = "valdora/standards/citizens-charter"


@pytest.fixture(scope="session")
def root() -> Path:
    """The packs of the repository; not to be written to."""
    return ROOT


@pytest.fixture(scope="session")
def gecc() -> Standard:
    return from_resolved(loader.load(ROOT, "gecc/standards/2568").content)


@pytest.fixture(scope="session")
def charter() -> Standard:
    return from_resolved(loader.load(ROOT, CHARTER).content)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packs, to be spoilt; all in their first version, so that tests count from there."""
    copy = Path(shutil.copytree(ROOT, tmp_path / "packs"))
    for path in copy.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        first = re.sub(r"\bversion: [0-9]+", "version: 1", text)
        if first != text:
            path.write_text(first, encoding="utf-8")
    return copy


@pytest.fixture
def asking_folder(tmp_path: Path) -> Path:
    """A copy of the pack that asks everything, to be spoilt."""
    return Path(shutil.copytree(ASKING, tmp_path / "asking"))
