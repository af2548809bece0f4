"""The sample letters of the repository, read once."""

from pathlib import Path

import pytest

from saduak.saraban.model import Reading
from saduak.saraban.reader import read

SAMPLES = Path(__file__).parent.parent / "samples"


def sample(name: str) -> Reading:
    return read((SAMPLES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def bundle() -> Reading:
    """Province circular, department circular, ministry memo: the round of fiscal year 2565."""
    return sample("gecc-2565-bundle.txt")


@pytest.fixture(scope="session")
def external() -> Reading:
    return sample("external.txt")


@pytest.fixture(scope="session")
def memo() -> Reading:
    return sample("memo.txt")


@pytest.fixture(scope="session")
def stamped() -> Reading:
    return sample("stamped.txt")
