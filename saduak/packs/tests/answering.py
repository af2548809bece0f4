"""Answers to the questions of any standard, for tests that hand in an application and do not care what is asked."""

from typing import Any

from saduak.packs.question_types import Question
from saduak.packs.standard import Standard

POINT = {"latitude": "18.14459", "longitude": "100.14028"}
SHAPES = {"email": "somebody@example.go.th", "phone": "0 5452 1234", "url": "https://queue.example.go.th/"}


def answers(standard: Standard) -> dict[str, dict[str, Any]]:
    """Item → {"value": …} for every question of the standard, save those that are answered by files."""
    asked = [one for criterion in standard.criteria for one in criterion.questions]
    return {one.id: {"value": answer(one)} for one in asked if one.type != "file"}


def answer(question: Question) -> Any:
    """Something that the question takes: the first choice, the lowest number, one row."""
    match question.type:
        case "yes_no":
            return "yes"
        case "one_of":
            return question.options[0].code
        case "some_of":
            return [one.code for one in question.options if not one.alone][: max(1, int(question.minimum or 1))]
        case "number":
            return str(question.minimum or 0)
        case "date":
            return str(question.earliest or "2021-11-30")
        case "table":
            return [{one.id: answer(one) for one in question.columns}] * max(1, int(question.minimum or 1))
        case "place":
            return POINT
        case _:
            return SHAPES.get(question.format or "", "ดำเนินการแล้ว")[: question.length or 300]
