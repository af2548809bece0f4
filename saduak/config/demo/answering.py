"""What the centres of the demonstration answer to the questions of a standard. The words are data; no question is named here."""

import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from saduak.packs import questions
from saduak.packs.question_types import Question
from saduak.packs.standard import Standard

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def script() -> dict[str, Any]:
    """What is written in data/answers.yaml."""
    return yaml.safe_load((DATA / "answers.yaml").read_text(encoding="utf-8"))


def answers(standard: Standard, *, province: str, strength: float, dice: random.Random) -> dict[str, Any]:
    """Question → answer, as JSON holds it, for every question that is asked and has a script; better centres (strength near
    1) have better numbers. Files are given as evidence, not here.
    """
    given: dict[str, Any] = {}
    for criterion in standard.criteria:
        clean: dict[str, Any] = {}
        for question in criterion.questions:
            value = _answer(question, province, strength, dice)
            answer = questions.parse(question, value) if value is not None else None
            clean[question.id] = answer.value if answer is not None else None
            if value is None and question.type == "place" and question.applies_when is not None:
                # No place is written down for this province: then there is none.
                given[question.applies_when.question], clean[question.applies_when.question] = "no", False
            if value is not None:
                given[question.id] = value
        asked = {one.id for one in questions.applicable(criterion.questions, clean)}
        given = {item: one for item, one in given.items() if item not in clean or item in asked}
    return given


def title(question: Question) -> str:
    """The name of the file that answers a question."""
    return str(script()["answers"].get(question.id, question.title.th))


def _answer(question: Question, province: str, strength: float, dice: random.Random) -> Any:
    written = script()["answers"].get(question.id)
    if written is None or question.type == "file":
        return None
    if question.type == "place":
        return dice.choice(written[province]) if province in written else None
    if isinstance(written, list):
        return dice.choice(written)
    if "rows" in written:
        return written["of"][: dice.choice(written["rows"])]
    share = min(1.0, max(0.0, dice.gauss(strength, 0.1)))
    return str(round(written["from"] + (written["to"] - written["from"]) * share))
