"""What a page of the form knows of the answers it shows: version and a checksum of each part, in one hidden input.

With it a part that was not touched is told from one that was, so that a page sent as a whole says nothing about answers
its writer left alone, and a part that somebody else changed meanwhile is seen.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from saduak.applications import profile, questionnaire
from saduak.applications.progress import Answered
from saduak.applications.questionnaire import Section
from saduak.packs.asking import Form


def page_state(answers: Mapping[str, Answered], items: Iterable[str]) -> str:
    """What the page knows of each item, for its hidden input."""
    return dumped(state_of(answers, items))


def state_of(answers: Mapping[str, Answered], items: Iterable[str]) -> dict[str, list[int]]:
    """item → [version, checksum of value, checksum of justification], so that a part that was not touched is told from
    one that was.
    """
    known = {}
    for item in items:
        answer = answers.get(item)
        if answer is None:
            known[item] = [0, _NOTHING, _NO_WORDS]
        else:
            known[item] = [answer.version, checksum(answer.value), checksum(answer.justification)]
    return known


def dumped(state: Mapping[str, list[int]]) -> str:
    return json.dumps(state, separators=(",", ":"))


def checksum(content: Any) -> int:
    """A short mark of what stands in a part; not a secret and no proof, only to see whether somebody touched it."""
    return zlib.crc32(json.dumps(content, ensure_ascii=False).encode())


_NOTHING, _NO_WORDS = checksum(None), checksum("")


def items_on(sections: Iterable[Section], form: Form | None) -> list[str]:
    """Every item that stands on the page; form: that of the profile, where it stands there."""
    items = list(profile.questions(form))
    for section in sections:
        for criterion in section.criteria:
            items += questionnaire.keys_of(criterion)
    return items
