"""Screening, teams, marks, decision and certificates of the demonstration."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from saduak.applications import commands as applications
from saduak.applications import questionnaire
from saduak.applications.models import Application
from saduak.assessment import commands as assessment
from saduak.assessment.models import Acknowledgement, Case
from saduak.certificates import commands as certificates
from saduak.circulars import commands as circulars
from saduak.config.demo import answering
from saduak.config.demo.letters import actor_at
from saduak.kernel import clock
from saduak.people import queries as people
from saduak.people.actor import Actor, actor_of, system
from saduak.people.models import Membership, Organisation
from saduak.people.roles import Role
from saduak.rounds import queries as rounds

if TYPE_CHECKING:
    from saduak.config.demo.story import Story

# functions of the members of each team, by the e-mail of an assessor
TEAMS = [
    {"assessor1": "CHAIR", "assessor2": "EXPERT", "assessor3": "EXPERT", "assessor4": "SECRETARY"},
    {"assessor5": "CHAIR", "assessor6": "EXPERT", "assessor7": "SECRETARY", "assessor8": "ASSISTANT"},
]
NOTES = [
    "เห็นหลักฐานครบถ้วน เจ้าหน้าที่ตอบข้อซักถามได้",
    "ดำเนินการแล้ว แต่เพิ่งเริ่มในปีนี้ ควรติดตามต่อเนื่อง",
    "มีผลการดำเนินงานชัดเจนและนำไปปรับปรุงจริง",
    "หลักฐานยังไม่ครอบคลุมทุกจุดบริการ",
]


def _handed_in(story: Story) -> list[Application]:
    round = rounds.by_code(story.round_code)
    return list(
        Application.objects.filter(round=round, state="SUBMITTED").select_related("centre", "round").order_by("number")
    )


def screen(story: Story) -> None:
    """Every handed-in application is looked at: most are ready, some went back first, a few are not ready or still open."""
    officer, returned, left = story.officer, answering.script()["returned"], False
    for turn, application in enumerate(_handed_in(story)):
        if turn % 12 == 11:  # not looked at yet
            continue
        day = clock.bangkok(2022, 3, 7, 9) + timedelta(days=turn % 20, minutes=turn)
        criteria = [one.id for one in rounds.standard(application.round).criteria]
        met = {item: {"verdict": "MET"} for item in criteria}
        wrong = returned["wrong"].items() <= _values(application).items()
        if wrong or turn % 9 == 4:
            with clock.at(day):
                flawed = {
                    criteria[15]: {
                        "verdict": "NOT_MET",
                        "kind": "INCOMPLETE",
                        "remark": "ผลสำรวจยังไม่ครอบคลุมหัวข้อเวลาให้บริการ โปรดเพิ่มข้อมูล",
                    }
                }
                if wrong:
                    flawed = {
                        returned["item"]: {"verdict": "NOT_MET", "kind": "INCORRECT", "remark": returned["remark"]}
                    }
                assessment.save_findings(application.number, met | flawed, by=officer)
                assessment.return_for_correction(application.number, date(2022, 4, 29), by=officer)
            if turn % 18 == 4 or (wrong and not left):  # still with the unit
                left = left or wrong
                continue
            _correct(application.number, story, day + timedelta(days=4), returned if wrong else None)
            day += timedelta(days=6)
        with clock.at(day):
            assessment.save_findings(application.number, met, by=officer)
            if turn % 16 == 6:
                assessment.finish(
                    application.number,
                    "NOT_READY",
                    by=officer,
                    note="ผลสำรวจความต้องการจัดทำก่อนปีงบประมาณ พ.ศ. 2562 ไม่แสดงสภาพปัจจุบัน",
                )
            else:
                assessment.finish(application.number, "READY", by=officer)


def _values(application: Application) -> dict[str, Any]:
    return dict(application.answers.values_list("item", "value"))


def _correct(number: str, story: Story, at: Any, returned: Mapping[str, Any] | None) -> None:
    """returned: the script of a question that is corrected."""
    applicant = story.numbers[number]
    reply = returned["reply"] if returned else "เพิ่มผลสำรวจหัวข้อเวลาให้บริการแล้ว"
    with clock.at(at):
        if returned:
            right = {item: {"value": value} for item, value in returned["right"].items()}
            applications.save_answers(number, right, by=applicant.coordinator)
        for remark in Application.objects.get(number=number).remarks.filter(replied_at=None):
            applications.reply_to_remark(number, remark.public_id, reply, by=applicant.coordinator)
        applications.resubmit(number, by=applicant.head)


def _assessor(name: str) -> Actor:
    post = (
        Membership.objects.filter(people.current(), user__email__startswith=f"{name}@", role=Role.ASSESSOR)
        .select_related("user", "organisation")
        .get()
    )
    return actor_of(post)


def assess(story: Story) -> None:
    """Readiness is released, teams are formed, cases given out; about half are marked."""
    officer = story.officer
    with clock.at(clock.bangkok(2022, 4, 29, 10)):
        for code in _departments(story):
            assessment.release_readiness(story.round_code, code, by=officer)
        circulars.draft_readiness_letters(by=system("circulars"))
        observer = actor_at("TH-54", Role.OBSERVER)
    with clock.at(clock.bangkok(2022, 5, 2, 9)):
        teams = []
        for spec in TEAMS:
            team = assessment.form_team(story.round_code, by=officer)
            for name, function in spec.items():
                assessment.add_member(team.code, _assessor(name).ref, function, by=officer)
            teams.append(team)
        ready = list(Application.objects.filter(round__code=story.round_code, state="READY").order_by("number"))
        for turn, application in enumerate(ready):
            assessment.assign(application.number, teams[turn % 2].code, by=officer)
    with clock.at(clock.bangkok(2022, 5, 3, 9)):
        _take_note(observer)
    for turn, case in enumerate(_cases(story, "ASSIGNED")):
        if turn % 2 == 0 or turn % 10 == 3:
            mark(case, at=clock.bangkok(2022, 5, 10, 9) + timedelta(days=turn % 25, minutes=turn))
    for turn, case in enumerate(_cases(story, "MARKED")):
        if turn % 3 == 0:
            moderate(case, at=clock.bangkok(2022, 6, 7, 10, turn))


def _departments(story: Story) -> list[str]:
    """The departments below which a screening result is held."""
    held = Application.objects.filter(round__code=story.round_code, state="SUBMITTED", screening__state="DONE")
    depth = 3 * Organisation.steplen  # secretariat, ministry, department
    paths = {path[:depth] for path in held.values_list("centre__path", flat=True)}
    return list(Organisation.objects.filter(path__in=paths).order_by("path").values_list("code", flat=True))


def _take_note(observer: Actor) -> None:
    for waiting in assessment_notices(observer):
        assessment.acknowledge(waiting, by=observer)


def assessment_notices(actor: Actor) -> list[str]:
    """Numbers of the readiness releases that wait for this actor's body."""
    found = Acknowledgement.objects.filter(organisation_id=actor.organisation_id, acknowledged_at=None)
    return [one.release.number for one in found.select_related("release")]


def _cases(story: Story, state: str) -> list[Case]:
    return list(
        Case.objects.filter(application__round__code=story.round_code, state=state)
        .select_related("application__round", "team")
        .order_by("number")
    )


def mark(case: Case, *, at: Any) -> None:
    """Chair and experts without a conflict declare so, fill their sheets and hand them in."""
    places = questionnaire.places(rounds.standard(case.application.round))
    # Some centres are better than others: from below the lowest level to excellent.
    quality = random.Random(case.number).choice((0.64, 0.75, 0.77, 0.84, 0.86, 0.97))  # noqa: S311
    for turn, member in enumerate(
        case.team.members.filter(function__in=["CHAIR", "EXPERT"]).select_related("user").order_by("pk")
    ):
        assessor = _assessor(member.user.email.split("@")[0])
        with clock.at(at + timedelta(hours=turn)):
            if not _declares(case, assessor):
                continue
            dice = random.Random(f"{case.number}{turn}")  # noqa: S311
            given = {
                item: {"value": _mark(place.scoring, quality, dice), "note": dice.choice(NOTES)}
                for item, place in places.items()
                if place.scoring
            }
            assessment.save_marks(case.number, given, by=assessor)
            assessment.hand_in(case.number, by=assessor)


def _declares(case: Case, assessor: Actor) -> bool:
    try:
        assessment.declare(case.number, "NONE", by=assessor)
    except Case.DoesNotExist:  # a conflict that the system knows of: there is nothing to declare
        return False
    return True


def _mark(scoring: Any, quality: float, dice: random.Random) -> str:
    if scoring.type == "yes_no":
        return "yes"
    allowed = [Decimal(text) for text in questionnaire.scores(scoring)]
    wished = Decimal(str(min(1.0, max(0.2, dice.gauss(quality, 0.08))))) * scoring.maximum
    return str(min(allowed, key=lambda value: abs(value - wished)))


def moderate(case: Case, *, at: Any) -> None:
    """The team agrees on the middle of what was marked, with a reason where marks differed."""
    members = [one.user for one in case.team.members.select_related("user").order_by("pk")]
    sheets = {
        sheet.user_id: {one.item: one.value for one in sheet.marks.all()}
        for sheet in case.sheets.filter(state="HANDED_IN").prefetch_related("marks")
    }
    chair = next(_assessor(user.email.split("@")[0]) for user in members if user.pk in sheets)
    given = {}
    for item in next(iter(sheets.values())):
        values = sorted((marks[item] for marks in sheets.values()), key=lambda value: (len(value), value))
        if len(set(values)) > 1:
            given[item] = {
                "value": values[len(values) // 2],
                "reason": "พิจารณาหลักฐานร่วมกันแล้ว เห็นควรให้คะแนนตามผลที่ตรวจพบ ณ สถานที่จริง",
            }
    with clock.at(at):
        presence = {user.ref: {"present": True} for user in members if user.pk in sheets}
        assessment.save_agreement(case.number, given, by=chair, presence=presence)
        assessment.agree(case.number, by=chair)


def agree(story: Story) -> None:
    """All cases are marked and agreed; the committee's meeting is called."""
    for turn, case in enumerate(_cases(story, "ASSIGNED")):
        mark(case, at=clock.bangkok(2022, 6, 20, 9) + timedelta(days=turn % 25, minutes=turn))
    for turn, case in enumerate(_cases(story, "MARKED")):
        moderate(case, at=clock.bangkok(2022, 7, 20, 9, turn % 60))
    with clock.at(clock.bangkok(2022, 8, 8, 9)):
        meeting = assessment.call_meeting(
            story.round_code, clock.bangkok(2022, 8, 22, 13, 30), by=story.officer, place="ห้องประชุม 1 ทำเนียบรัฐบาล"
        )
        assessment.put_on_agenda(meeting.code, [case.number for case in _cases(story, "AGREED")], by=story.officer)
    story.meeting = meeting.code


def certify(story: Story) -> None:
    """The committee decides, results are released at one moment, certificates are issued."""
    officer = story.officer
    committee = [f"committee{number}" for number in range(1, 6)]
    with clock.at(clock.bangkok(2022, 8, 22, 13, 40)):
        people_there = [_member(name) for name in committee]
        assessment.note_presence(story.meeting, [one.ref for one in people_there], by=officer)
        for case in _cases(story, "AGREED"):
            for member in people_there:
                _declares(case, member)
            decide(story.meeting, case, people_there[0])
    with clock.at(clock.bangkok(2022, 9, 1, 9)):
        assessment.release_results(story.round_code, by=officer)
        issuing = certificates.issue_round(story.round_code, by=officer)
        certificates.carry_on(issuing.pk)


def _member(name: str) -> Actor:
    post = (
        Membership.objects.filter(people.current(), user__email__startswith=f"{name}@", role=Role.COMMITTEE)
        .select_related("user", "organisation")
        .get()
    )
    return actor_of(post)


def decide(meeting: str, case: Case, by: Actor) -> None:
    """The computed level stands; below the lowest level the unit is told what would help."""
    if case.computed_level:
        assessment.decide(meeting, case.number, case.computed_level, by=by)
    else:
        remedy = "ปรับปรุงเกณฑ์ขั้นสูงด้านเทคโนโลยีและผลลัพธ์ แล้วสมัครใหม่ในรอบถัดไป หรืออุทธรณ์ภายใน 30 วันนับแต่วันประกาศผล"
        assessment.decide(meeting, case.number, "", by=by, reason="คะแนนรวมไม่ถึงเกณฑ์ขั้นต่ำของระดับพื้นฐาน", remedy=remedy)
