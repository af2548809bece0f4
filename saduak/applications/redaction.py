"""Boxes to be burnt into a copy for the public: as typed, as kept, as the engine takes them. Pure.

A box is left, top, width, height in hundredths of the page as people type them, and as shares of it for the engine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from saduak.applications.kept_text import BadValue

PARTS = ("left", "top", "width", "height")
MOST_ON_A_PAGE = 60
MOST_PAGES = 100
Box = tuple[float, float, float, float]

NOT_A_NUMBER = _("Box %(number)s: write numbers from 0 to 100, such as 12.5.")
HALF = _("Box %(number)s: fill in all four numbers, or none.")
OUTSIDE = _("Box %(number)s lies outside of the page, or has no size.")
TOO_MANY = _("There are more than %(most)s boxes on one page. Please use fewer, larger ones.")


@dataclass(frozen=True)
class Row:
    """One box as it was typed, and as hundredths of the page when it is one."""

    number: int
    typed: tuple[str, str, str, str]
    box: Box | None = None


def typed_rows(data: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """The boxes of one page as the form sends them (box-0-left …), empty ones left out; at most one over the limit."""
    found = []
    for place in range(MOST_ON_A_PAGE + 1):
        typed = tuple(str(data.get(f"box-{place}-{part}", "")).strip()[:20] for part in PARTS)
        if any(typed):
            found.append(typed)
    return found  # type: ignore[return-value]


def read(rows: Iterable[tuple[str, ...]]) -> list[Box]:
    """The boxes in hundredths of the page. Raises BadValue with a sentence that names the box."""
    boxes = []
    for number, row in enumerate(rows, 1):
        if not all(row):
            raise BadValue(HALF % {"number": number})
        try:
            values = [float(one.replace(",", ".")) for one in row]
        except ValueError:
            raise BadValue(NOT_A_NUMBER % {"number": number}) from None
        if not all(math.isfinite(one) and 0 <= one <= 100 for one in values):
            raise BadValue(NOT_A_NUMBER % {"number": number})
        left, top, width, height = values
        width, height = min(width, 100 - left), min(height, 100 - top)
        if width < 0.1 or height < 0.1:
            raise BadValue(OUTSIDE % {"number": number})
        boxes.append((left, top, width, height))
    if len(boxes) > MOST_ON_A_PAGE:
        raise BadValue(TOO_MANY % {"most": MOST_ON_A_PAGE})
    return boxes


def carried(text: str, pages: int) -> dict[int, list[Box]]:
    """The boxes of the other pages, which travel with the form; whatever is no box is left out."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    kept: dict[int, list[Box]] = {}
    for page, boxes in found.items():
        if not (
            page.isascii() and page.isdigit() and len(page) < 5 and 1 <= int(page) <= pages and isinstance(boxes, list)
        ):
            continue
        try:
            kept[int(page)] = read(
                [tuple(str(value) for value in box) for box in boxes[:MOST_ON_A_PAGE] if len(box) == 4]
            )
        except (BadValue, TypeError):
            continue
    return kept


def dumped(boxes: Mapping[int, Iterable[Box]]) -> str:
    """As `carried` reads them."""
    return json.dumps({str(page): [list(box) for box in found] for page, found in boxes.items() if found})


def shares(boxes: Mapping[int, Iterable[Box]]) -> dict[int, list[Box]]:
    """As shares of the page, for the engine."""
    made = {}
    for page, found in boxes.items():
        made[page] = [(left / 100, top / 100, width / 100, height / 100) for left, top, width, height in found]
    return made
