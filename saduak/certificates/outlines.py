"""The outlines of the provinces: npm @svg-maps/thailand, CC BY 4.0, read at set-up, not copied."""

import re
from functools import lru_cache
from pathlib import Path

from saduak.certificates import provinces

_PATH = re.compile(r'<path\s+id="(?P<id>\w+)"\s+aria-label="(?P<label>[^"]+)"\s+d="(?P<d>[^"]+)"', re.DOTALL)
_BOX = re.compile(r'viewBox="([0-9. ]+)"')
_DRAWING = re.compile(r"[0-9a-zA-Z., -]+")
ATTRIBUTION = "https://www.npmjs.com/package/@svg-maps/thailand"


@lru_cache(maxsize=2)
def outlines(folder: Path) -> tuple[str, dict[str, str]]:
    """(view box, province code → outline). The file names provinces in English, spelled in several ways."""
    svg = (folder / "@svg-maps" / "thailand" / "thailand.svg").read_text(encoding="utf-8")
    codes = {_plain(names["en"]): code for code, names in provinces.names().items()}
    found = {
        codes[_plain(match["label"])]: _shortened(match["d"])
        for match in _PATH.finditer(svg)
        if _plain(match["label"]) in codes and _DRAWING.fullmatch(match["d"])
    }
    box = _BOX.search(svg)
    return (box.group(1) if box else "0 0 560 1025"), found


def _plain(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())


def _shortened(drawing: str) -> str:
    """One decimal is finer than a telephone's screen, and a third of the size. Relative drawings: errors stay below a point."""
    return re.sub(r"-?\d+\.\d+", lambda match: f"{float(match.group()):.1f}", drawing)
