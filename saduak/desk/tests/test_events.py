"""Every event that the code writes has words for people."""

import re
from pathlib import Path

from saduak.desk.events import EVENTS

HOUSE = Path(__file__).resolve().parents[2]


def test_every_event_has_words():
    pattern = re.compile(r"journal\.record\(\s*\"([a-z_.]+)\"")
    written = {
        event
        for path in HOUSE.rglob("commands*/**/*.py")
        for event in pattern.findall(path.read_text(encoding="utf-8"))
    }
    written |= {
        event for path in HOUSE.rglob("commands.py") for event in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert written, "the pattern finds nothing any more"
    assert written <= set(EVENTS), f"{sorted(written - set(EVENTS))}: add words for people in saduak/desk/events.py"
