"""Every picture of the docs is named where people read, and every picture named is there and small."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "docs" / "screens"
NAMED = re.compile(r"[\w-]+-(?:1440|390)\.png")
MOST_BYTES = 250_000


def _named() -> set[str]:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {name for page in pages for name in NAMED.findall(page.read_text(encoding="utf-8"))}


def test_every_picture_is_named_in_a_page_and_every_name_has_a_picture():
    pictures = {path.name for path in SCREENS.glob("*.png")}
    assert pictures == _named()
    assert len(pictures) >= 12


def test_every_picture_is_small():
    large = {path.name: path.stat().st_size for path in SCREENS.glob("*.png") if path.stat().st_size > MOST_BYTES}
    assert not large
