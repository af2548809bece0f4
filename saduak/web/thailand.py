"""The provinces of Thailand as outlines: is a place in the country, in which province, and a picture to see it by.

Outlines: npm @svg-maps/thailand (Victor Cazanave, CC BY 4.0), read at set-up, not copied. They are a Mercator map without
degrees; its scale follows from the outermost points of the country, and holds to about two kilometres. No other server is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import geothai
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

Ring = tuple[tuple[float, float], ...]

ATTRIBUTION = "https://www.npmjs.com/package/@svg-maps/thailand"
WIDTH, HEIGHT = 560, 1025
#: Outermost points of the country: degrees (WGS 84) and where the drawing has them.
_WEST, _EAST = (97.3434, 0.2584), (105.6370, 559.3184)
_NORTH, _SOUTH = (20.4648, 0.2926), (5.6128, 1024.2626)
#: The drawing is no survey: within ten kilometres of a border a place may lie on either side (in points of the drawing).
NEAR = 6.0
_PATH = re.compile(r'<path\s+id="\w+"\s+aria-label="(?P<label>[^"]+)"\s+d="(?P<d>[^"]+)"', re.DOTALL)
_TOKEN = re.compile(r"[mz]|-?\d+(?:\.\d+)?")


def _mercator(latitude: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


X_PER_DEGREE = (_EAST[1] - _WEST[1]) / (_EAST[0] - _WEST[0])
Y_PER_DEGREE = (_SOUTH[1] - _NORTH[1]) / (_mercator(_NORTH[0]) - _mercator(_SOUTH[0]))
X_OF_ZERO = _WEST[1] - _WEST[0] * X_PER_DEGREE
Y_OF_ZERO = _NORTH[1] + _mercator(_NORTH[0]) * Y_PER_DEGREE


def point(latitude: float, longitude: float) -> tuple[float, float]:
    """Where the drawing has a place given in degrees."""
    x, y = X_OF_ZERO + longitude * X_PER_DEGREE, Y_OF_ZERO - _mercator(max(min(latitude, 85), -85)) * Y_PER_DEGREE
    return round(x, 1), round(y, 1)


@dataclass(frozen=True)
class Outline:
    """A province: its code, its rings, and the box around them (left, top, right, bottom)."""

    code: str
    rings: tuple[Ring, ...]
    box: tuple[float, float, float, float]

    def holds(self, at: tuple[float, float]) -> bool:
        """Is the point inside? Islands are rings of their own."""
        left, top, right, bottom = self.box
        return left <= at[0] <= right and top <= at[1] <= bottom and any(_inside(ring, at) for ring in self.rings)

    def away(self, at: tuple[float, float]) -> float:
        """How far the point lies from the nearest corner of the outline; corners stand close together."""
        return min(math.dist(corner, at) for ring in self.rings for corner in ring)


def province_at(latitude: float, longitude: float) -> str:
    """The code of the province that holds the place, or that is nearest within ten kilometres; "" outside Thailand."""
    at = point(latitude, longitude)
    found = outlines()
    inside = next((one.code for one in found.values() if one.holds(at)), "")
    if inside or not (-NEAR <= at[0] <= WIDTH + NEAR and -NEAR <= at[1] <= HEIGHT + NEAR):
        return inside
    away, code = min((one.away(at), one.code) for one in found.values())
    return code if away <= NEAR else ""


def in_thailand(latitude: float, longitude: float) -> bool:
    """Does the place lie in Thailand, or so near its border that the drawing cannot tell?"""
    return bool(province_at(latitude, longitude))


def in_province(code: str, latitude: float, longitude: float) -> bool:
    """Does the place lie in the province, or within ten kilometres of it? True for a province nobody has drawn."""
    outline = outlines().get(code)
    at = point(latitude, longitude)
    return outline is None or outline.holds(at) or outline.away(at) <= NEAR


def province_name(code: str, language: str) -> str:
    """The name of the province, "" for no code."""
    one = _provinces().get(code)
    return "" if one is None else (one.name_en if language.startswith("en") else one.name_th)


def country() -> SafeString:
    """All provinces as one coarse drawing (the d of a path), small enough to stand in a page."""
    return _country(settings.NODE_MODULES)


def close_up(code: str) -> str:
    """The view box that shows the province with some room around it; the whole country for no province."""
    outline = outlines().get(code)
    if outline is None:
        return f"0 0 {WIDTH} {HEIGHT}"
    left, top, right, bottom = outline.box
    room = 0.15 * max(right - left, bottom - top)
    return f"{left - room:.0f} {top - room:.0f} {right - left + 2 * room:.0f} {bottom - top + 2 * room:.0f}"


def drawn(code: str) -> SafeString:
    """The province's own outline (the d of a path), "" when it is not drawn."""
    outline = outlines().get(code)
    return _d(outline.rings, 0.8) if outline is not None else SafeString("")


def outlines() -> dict[str, Outline]:
    """By code of the province; empty where the drawings were not set up."""
    return _outlines(settings.NODE_MODULES)


@lru_cache(maxsize=2)
def _outlines(folder: Path) -> dict[str, Outline]:
    path = Path(folder) / "@svg-maps" / "thailand" / "thailand.svg"
    if not path.exists():
        return {}
    codes = {_plain(one.name_en): code for code, one in _provinces().items()}
    made = {}
    for match in _PATH.finditer(path.read_text(encoding="utf-8")):
        code = codes.get(_plain(match["label"]))
        if code is not None:
            made[code] = _outline(code, tuple(_rings(match["d"])))
    return made


def _outline(code: str, rings: tuple[Ring, ...]) -> Outline:
    xs, ys = ([corner[axis] for ring in rings for corner in ring] for axis in (0, 1))
    return Outline(code, rings, (min(xs), min(ys), max(xs), max(ys)))


def _plain(name: str) -> str:
    return re.sub("[^a-z]", "", name.lower())


@lru_cache(maxsize=1)
def _provinces() -> dict[str, geothai.Province]:
    return {one.code: one for one in geothai.provinces()}


def _rings(drawing: str) -> Iterable[Ring]:
    """The rings of a path that is drawn in relative straight lines only."""
    ring: list[tuple[float, float]] = []
    x = y = 0.0
    numbers: list[float] = []
    for piece in _TOKEN.findall(drawing):
        if piece in "mz":
            if ring:
                yield tuple(ring)
                x, y = ring[0]
            ring = []
            continue
        numbers.append(float(piece))
        if len(numbers) == 2:
            x, y = x + numbers[0], y + numbers[1]
            ring.append((x, y))
            numbers = []
    if ring:
        yield tuple(ring)


def _inside(ring: Ring, at: tuple[float, float]) -> bool:
    """Does a line from the point to the right cross the ring an odd number of times?"""
    x, y = at
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


@lru_cache(maxsize=2)
def _country(folder: Path) -> SafeString:
    return mark_safe("".join(_d(one.rings, 3) for one in _outlines(folder).values()))  # noqa: S308 - numbers only


def _d(rings: Iterable[Ring], coarse: float) -> SafeString:
    """Rings as the d of a path; corners nearer than `coarse` to the one before are left out, and rings of two."""
    pieces = []
    for ring in rings:
        kept = [ring[0]]
        for corner in ring[1:]:
            if math.dist(corner, kept[-1]) >= coarse:
                kept.append(corner)
        if len(kept) > 2:
            pieces.append(_written(kept, 0 if coarse > 2 else 1))
    return mark_safe("".join(pieces))  # noqa: S308 - numbers only


def _written(ring: list[tuple[float, float]], places: int) -> str:
    """One ring; steps from corner to corner are a third shorter to write than places."""
    rounded = [(round(x, places), round(y, places)) for x, y in ring]
    steps = "".join(f"l{x2 - x1:.{places}f} {y2 - y1:.{places}f}" for (x1, y1), (x2, y2) in pairwise(rounded))
    return f"M{rounded[0][0]:.{places}f} {rounded[0][1]:.{places}f}{steps.replace(' -', '-')}z"
