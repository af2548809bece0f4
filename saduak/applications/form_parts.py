"""The parts that rows of the form are made of: what a page is given, one thing to answer with its error and its rivals, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from saduak.applications.models import Remark
from saduak.applications.progress import Answered, Piece


@dataclass
class Rival:
    """What somebody else wrote at the same time; `choice` is what the button sends to choose it."""

    content: str
    by: str
    at: str
    choice: str
    raw: Any = None


@dataclass
class Part:
    """One thing to answer: name of its input, what stands in it, and what is wrong with it."""

    name: str
    value: Any
    error: Any = ""
    rivals: list[Rival] = field(default_factory=list)
    stands: str = ""  # the choice that keeps what stands
    stands_by: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Given:
    """All that a page of the form shows besides the standard. typed: what could not be kept, shown again beside its
    error ("<item>.<part>"); add_url: where evidence is added, here: the page itself, both addresses of ours
    that need no quoting; province: code of the province of the centre.
    """

    answers: Mapping[str, Answered]
    evidence: Iterable[Piece]
    add_url: str
    here: str
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    errors: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    province: str = ""


def said_error(sentence: Any) -> str:
    return f'<p class="field-error">{escape(sentence)}</p>' if sentence else '<p class="field-error" hidden></p>'


def said_rivals(label: str, part: Part) -> str:
    return render_to_string("applications/_rivals.html", {"label": label, "part": part})


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def part_of(
    item: str,
    part: str,
    answer: Answered | None,
    errors: Mapping[str, Any],
    typed: Mapping[str, Mapping[str, Any]],
) -> Part:
    stands = getattr(answer, part) if answer else None
    error = errors.get(f"{item}.{part}", "")
    value = typed.get(item, {}).get(part, stands) if error else stands
    made = Part(f"{part[0]}:{item}", value, error=error)
    if part == "justification":
        made.value = value or ""
    if answer is not None and answer.rivals:
        mine = [one for one in answer.rivals if one["part"] == part]
        made.rivals = [
            Rival(_plain(one["content"]), one["by"], one["at"], f"{item}|{part}|{place}", one["content"])
            for place, one in enumerate(mine)
        ]
        made.stands, made.shown = f"{item}|{part}|", _plain(stands)
        made.stands_by = mine[0]["beside"] if mine else ""
    return made


def said_remark(remark: Remark) -> SafeString:
    return render_to_string("applications/_remark.html", {"remark": remark})


def said_copied(item: str, keys: Iterable[str], answers: Mapping[str, Answered]) -> str:
    """Says that the answer is a copy nobody has looked at yet, with the button that says it still holds."""
    years = [year for key in keys if (answer := answers.get(key)) is not None and (year := answer.copied_from)]
    if not years:
        return ""
    return render_to_string("applications/_copied.html", {"item": item, "year": max(years)})
