"""A folder of packs that a test may spoil, and the standards of the house."""

import shutil
from pathlib import Path

import pytest

from saduak.packs import loader
from saduak.packs.standard import Standard, from_resolved

ROOT = Path(__file__).resolve().parents[3] / "packs"
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
    """A copy of the packs, to be spoilt."""
    return Path(shutil.copytree(ROOT, tmp_path / "packs"))
