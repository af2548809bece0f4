"""The state of one walk: the house, the people, and what they have come upon so far."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser

from .walker import ROOT, Cast, Walker

CENTRE = "ศูนย์บริการนักท่องเที่ยวและประชาชนพระธาตุช่อแฮ"  # registered on the way
EARLIER = "ศูนย์บริการประชาชนเทศบาลตำบลช่อแฮ"  # certified in the round of 2562


@dataclass
class Walk:
    """Numbers are what people read off the screen on their way; empty before they have."""

    house: Any
    cast: Cast
    done: int = 0
    reading: str = ""
    round: str = ""
    circular: str = ""
    application: str = ""
    item: str = ""
    missing: str = ""
    case: str = ""
    meeting: str = ""
    certificate: str = ""

    @classmethod
    def begin(cls, house: Any, browser: Browser) -> "Walk":
        return cls(house, Cast(browser, house))

    @contextmanager
    def step(self, number: int, at: datetime) -> Iterator[None]:
        """Steps need those before them: after a fault the later ones are skipped, so that the first one is read."""
        if self.done != number - 1:
            pytest.skip(f"step {self.done + 1} did not get through")
        self.house.set_clock(at)
        yield
        self.done = number

    def at(self, moment: datetime, name: str) -> Walker:
        """Move the clock, and go to this person."""
        self.house.set_clock(moment)
        return self.cast(name)

    def anew(self, name: str) -> Walker:
        """The person closes the browser, and signs in again at another one."""
        self.cast.there.pop(name).context.close()
        return self.cast(name)

    def file(self, path: str) -> dict[str, Any]:
        """A file of the repository, as a browser uploads it."""
        source = ROOT / path
        return {
            "name": source.name,
            "mimeType": mimetypes.guess_type(source.name)[0] or "application/octet-stream",
            "buffer": source.read_bytes(),
        }
