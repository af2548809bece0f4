"""The pictures that the docs show: which, what they show, and how they get there.

Made by the walks: `SADUAK_SCREENSHOTS=docs pytest -m journey tests/journeys`.
"""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
MADE = ROOT / "build" / "screenshots"
KEPT = ROOT / "docs" / "screens"
MOST_BYTES = 250_000
TALLEST = 1.6  # times the width; what is longer is cut, a picture in a page is no scroll

# file: what it shows
SCREENS: dict[str, str] = {}


def keep(name: str) -> None:
    """Bring the pictures of this look that the docs show into docs/screens, small enough to be read over a slow line."""
    for width in (1440, 390):
        file = f"{name}-{width}.png"
        if file in SCREENS:
            KEPT.mkdir(parents=True, exist_ok=True)
            _smaller(MADE / file, KEPT / file)


def _smaller(source: Path, target: Path) -> None:
    with Image.open(source) as picture:
        tallest = TALLEST if picture.width > 800 else 2.6
        cut = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, int(picture.width * tallest))))
    for colours in (256, 128, 64, 32):
        cut.quantize(colours, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= MOST_BYTES:
            return
    raise ValueError(f"{target.name} stays larger than {MOST_BYTES} bytes")
