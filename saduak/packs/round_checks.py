"""What a schema cannot see in a round: windows that close before they open, actions that name no window,
days that do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from saduak.packs.mistakes import Mistake, quoted
from saduak.packs.standard_checks import repeated, sources
from saduak.packs.yaml_source import Node

#: The windows that the software itself asks about; a round must have them.
WANTED = ("application",)


def check(node: Node) -> list[Mistake]:
    """Every mistake of sense in the round at ``node``, which already follows its schema."""
    found = [*_timezone(node), *sources(node)]
    for key in ("windows", "milestones", "actions", "holidays"):
        found += repeated(node.value[key].items()) if key in node.value else []
    return [
        *found,
        *_windows(node),
        *_days(node, "milestones"),
        *_days(node, "holidays"),
        *_surveys(node),
        *_actions(node),
    ]


def settle(content: dict[str, Any]) -> None:
    """Write every instant of a checked round with its offset, and ``days`` as the instant at which they are over.

    A span of n days begins on the day after it opens, as time limits are counted in Thai administrative
    practice, so it closes at midnight after the n-th following day.
    """
    zone = ZoneInfo(content["timezone"])
    for window in content["windows"]:
        opens = datetime.fromisoformat(window["opens"]).replace(tzinfo=zone)
        window["opens"] = opens.isoformat()
        if "days" in window:
            last = opens.date() + timedelta(days=window["days"])
            closes = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=zone)
        else:
            closes = datetime.fromisoformat(window["closes"]).replace(tzinfo=zone)
        window["closes"] = closes.isoformat()
    for action in content["actions"]:
        if "due" in action:
            action["due"] = datetime.fromisoformat(action["due"]).replace(tzinfo=zone).isoformat()


def _timezone(node: Node) -> Iterator[Mistake]:
    name = node.value["timezone"].value
    if name not in available_timezones():
        yield node.mistake(f"ไม่รู้จักเขตเวลา “{quoted(name)}”", f"unknown time zone “{quoted(name)}”", "timezone")


def _instant(owner: Node, key: str) -> tuple[datetime | None, list[Mistake]]:
    found = owner.get(key)
    if found is None:
        return None, []
    try:
        return datetime.fromisoformat(found.value), []
    except ValueError:
        shown = quoted(found.value)
        return None, [owner.mistake(f"ไม่มีวันเวลา “{shown}”", f"there is no such moment: “{shown}”", key)]


def _windows(node: Node) -> Iterator[Mistake]:
    windows = node.value["windows"].items()
    for window in windows:
        opens, wrong = _instant(window, "opens")
        closes, wrong_too = _instant(window, "closes")
        yield from [*wrong, *wrong_too]
        if opens and closes and closes <= opens:
            yield window.mistake("ปิดก่อนหรือพร้อมกับเปิด", "closes before it opens, or at once", "closes")
    present = {window.value["id"].value for window in windows}
    for name in WANTED:
        if name not in present:
            yield node.mistake(f"ไม่มีช่วงเวลา “{name}”", f"there is no window “{name}”", "windows")


def _days(node: Node, key: str) -> Iterator[Mistake]:
    for one in node.value[key].items() if key in node.value else ():
        value = one.value["on"].value
        try:
            date.fromisoformat(value)
        except ValueError:
            yield one.mistake(f"ไม่มีวันที่ “{quoted(value)}”", f"there is no such day: “{quoted(value)}”", "on")


def _surveys(node: Node) -> Iterator[Mistake]:
    """A survey is named once, and an action that asks for one asks for a survey of the round."""
    named = [one.value["pack"] for one in node.value["surveys"].items()] if "surveys" in node.value else []
    known = [one.value for one in named]
    for place, one in enumerate(named):
        if one.value in known[:place]:
            th, en = f"ระบุแบบสำรวจ “{one.value}” ซ้ำ", f"the survey “{one.value}” is named twice"
            yield node.mistake(th, en, "surveys", place)
    for one in node.value["actions"].items():
        asked = one.get("survey")
        if asked is None:
            continue
        if one.value["kind"].value != "ANSWER_SURVEY":
            yield one.mistake("ใช้ได้เฉพาะกับ ANSWER_SURVEY", "belongs to ANSWER_SURVEY only", "survey")
        if asked.value not in known:
            shown = quoted(asked.value)
            th, en = f"รอบนี้ไม่ได้ระบุแบบสำรวจ “{shown}” ใน surveys", f"“{shown}” is not among the surveys of this round"
            yield one.mistake(th, en, "survey")


def _actions(node: Node) -> Iterator[Mistake]:
    windows = [one.value["id"].value for one in node.value["windows"].items()]
    numbers: dict[int, str] = {}
    for one in node.value["actions"].items():
        _, wrong = _instant(one, "due")
        yield from wrong
        named = one.get("window")
        if named is not None and named.value not in windows:
            shown, known = quoted(named.value), ", ".join(windows)
            th, en = f"ไม่มีช่วงเวลา “{shown}” (มี: {known})", f"there is no window “{shown}” (known: {known})"
            yield one.mistake(th, en, "window")
        number = one.value["number"].value
        if number in numbers:
            th, en = f"ลำดับที่ {number} ซ้ำ", f"the number {number} is used twice"
            yield one.mistake(th, en, "number")
        numbers[number] = one.file
