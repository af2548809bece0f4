"""The survey on incentives of the demonstration: opened with the round, answered by local bodies of Phrae in January."""

import random
from datetime import timedelta
from typing import Any

from saduak.config.demo.centres import Applicant
from saduak.kernel import clock
from saduak.people import queries as people
from saduak.people.actor import NOBODY, Actor
from saduak.people.models import Kind, Organisation
from saduak.surveys import commands, queries

PACK = "gecc/surveys/incentives"
SATISFACTION = "gecc/surveys/satisfaction"
CLOSES = clock.bangkok(2022, 2, 1)
WORDS = [
    "ขอให้จัดอบรมการเตรียมเอกสารในจังหวัด เพราะเดินทางไปส่วนกลางลำบาก",
    "ควรมีทีมพี่เลี้ยงจากศูนย์ที่ผ่านการรับรองแล้วมาช่วยแนะนำ",
    "อยากให้นับผลการรับรองเป็นคะแนนในการประเมินประสิทธิภาพขององค์กรปกครองส่วนท้องถิ่น (LPA)",
    "งบประมาณปรับปรุงทางลาดและห้องน้ำมีไม่พอ ขอเงินอุดหนุนเฉพาะกิจ",
    "ลดจำนวนเอกสารที่ต้องแนบ หลายรายการซ้ำกับที่รายงานกรมอยู่แล้ว",
    "ขอให้ประกาศเกียรติคุณเจ้าหน้าที่เป็นรายบุคคลด้วย",
]


def open_it(round_code: str, *, by: Actor) -> str:
    """Open the survey that the circular will name; returns its code."""
    kinds = [Kind.DEPARTMENT, Kind.STATE_ENTERPRISE, Kind.PROVINCE, Kind.DISTRICT, Kind.LOCAL_BODY]
    made = commands.open_survey(
        PACK,
        by=by,
        round_code=round_code,
        for_kinds=kinds,
        opens_at=clock.bangkok(2021, 12, 22, 8, 30),
        closes_at=CLOSES,
    )
    return made.code


def answer(code: str, applicants: list[Applicant], *, late: bool) -> None:
    """Local bodies answer: the first two thirds before 24 January, the others in the last week; some only begin."""
    offices = [one for one in applicants if _office(one).kind == Kind.LOCAL_BODY]
    for turn, applicant in enumerate(offices):
        if late != (turn % 3 == 2):
            continue
        office, dice = _office(applicant), random.Random(f"{applicant.centre.pk}{turn}")  # noqa: S311
        at = clock.bangkok(2022, 1, 25 if late else 12, 9, turn) + timedelta(days=turn % 6, hours=turn % 5)
        with clock.at(at):
            given = _answers(turn, dice)
            if turn % 8 == 5:  # began, and left it at the first page
                given = {key: given[key] for key in ("experience",)}
            if turn % 11 == 10:
                continue
            commands.save_answers(code, office.code, given, by=applicant.coordinator)
            if turn % 8 != 5:
                commands.hand_in(code, office.code, by=applicant.head if turn % 4 == 0 else applicant.coordinator)


def rate_centre(applicant: Applicant, *, by: Actor) -> None:
    """Visitors of one centre rate it: the survey on satisfaction, opened for it in January."""
    with clock.at(clock.bangkok(2022, 1, 10, 8)):
        made = commands.open_survey(
            SATISFACTION,
            by=by,
            opens_at=clock.now(),
            closes_at=clock.bangkok(2023, 1, 1),
            top_code=applicant.centre.code,
        )
    dice = random.Random(2565)  # noqa: S311
    rated = [one for one in queries.form(made).questions if one.type == "one_of"]
    for visitor in range(23):
        given = {
            one.id: dice.choices(
                one.options, (9, 11, 4, 1, 1, 1)[: len(one.options)] if one.required else [1] * len(one.options)
            )[0].code
            for one in rated
            if one.required or dice.random() < 0.8
        }
        with clock.at(clock.bangkok(2022, 1, 11 + visitor // 2, 10)):
            commands.answer_publicly(str(made.link), given, by=NOBODY, token=f"{visitor:032d}")


def _office(applicant: Applicant) -> Organisation:
    """The office that the centre belongs to."""
    found = people.bodies_above(applicant.centre.path).last()
    return found if found is not None else applicant.centre


def _answers(turn: int, dice: random.Random) -> dict[str, Any]:
    plan = dice.choices(["apply", "undecided", "later"], [6, 3, 2])[0]
    given: dict[str, Any] = {
        "experience": dice.choices(["never", "failed", "held", "holds"], [7, 3, 2, 1])[0],
        "plan": plan,
        "for_office": dice.sample(["budget", "score", "advice", "equipment", "recognition", "visits"], dice.randint(1, 3)),
        "for_staff": dice.sample(["pay", "certificate", "training", "career", "workplace", "time"], dice.randint(1, 3)),
        "worth": dice.choices(["s5", "s4", "s3", "s2", "s1"], [1, 3, 5, 3, 1])[0],
    }  # fmt: skip
    if plan != "apply":
        given["obstacles"] = dice.sample(["people", "money", "premises", "criteria", "paperwork"], dice.randint(1, 3))
    if turn % 3 == 0:
        given["words"] = WORDS[turn // 3 % len(WORDS)]
    return given
