"""Sixty centres of the demonstration, and what they write about themselves."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from saduak.applications import commands, questionnaire
from saduak.applications import queries as applications
from saduak.config.demo import answering, cast, evidence
from saduak.config.demo.letters import actor_at
from saduak.files import commands as files
from saduak.people import commands as people_commands
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import Role

PROFILE = {
    "hours": "จันทร์–ศุกร์ 08.30–16.30 น. ไม่พักกลางวัน",
    "services_own": "รับคำขออนุญาต ชำระค่าธรรมเนียมและภาษี ออกหนังสือรับรอง และให้คำปรึกษาก่อนยื่นคำขอ",
    "services_information": "ให้ข้อมูลบริการของหน่วยงานของรัฐทุกแห่งในพื้นที่ พร้อมแผ่นพับและป้ายข้อมูลที่ปรับปรุงทุกไตรมาส",
    "services_complaints": "รับเรื่องร้องทุกข์ที่จุดแรกรับ ทางโทรศัพท์ และทางระบบออนไลน์ ออกเลขรับเรื่องและแจ้งผลภายใน 15 วัน",
    "channels": ["counter", "telephone", "website", "chat"],
    "contact_phone": "0 5555 0100",
}
REASONS = [
    "ดำเนินการต่อเนื่องตั้งแต่ปีงบประมาณ พ.ศ. 2564 มีคำสั่งแต่งตั้งผู้รับผิดชอบและรายงานผลทุกเดือน",
    "สำรวจความต้องการของผู้รับบริการ 320 ราย นำผลมาปรับลำดับขั้นตอน ทำให้ระยะเวลารอเฉลี่ยลดลง",
    "มีคู่มือปฏิบัติงานที่ปรับปรุงล่าสุดเดือนธันวาคม 2564 และอบรมเจ้าหน้าที่ครบทุกคน",
    "ติดตามผลรายไตรมาสและรายงานต่อผู้บริหาร พร้อมข้อเสนอเพื่อการปรับปรุง",
]
PLACES_PER_APPLICATION = 8


@dataclass(frozen=True)
class Applicant:
    """A centre with the two people who act for it, and how good it is (0 to 1)."""

    centre: Organisation
    coordinator: Actor
    head: Actor
    strength: float


def gather(*, by: Actor) -> list[Applicant]:
    """Centres of local bodies in Phrae and service points of departments, with a coordinator and a head each."""
    names = cast.invented_names()
    dice = random.Random(2565)  # noqa: S311  the same world every time
    bodies = list(Organisation.objects.filter(kind=Kind.LOCAL_BODY, province_code="54").order_by("path"))[:26]
    found = []
    for body in bodies:
        if not body.memberships.filter(role=Role.HEAD).exists():
            cast.join(body, Role.COORDINATOR, next(names), by=by, subtree=True)
            cast.join(body, Role.HEAD, next(names), by=by, subtree=True)
        coordinator = actor_at(body.code, Role.COORDINATOR)
        kind = "สำนักงาน" if body.name_th.startswith("องค์การ") else ""
        centre = people_commands.register_centre(
            body.code, by=coordinator, name_th=f"ศูนย์บริการประชาชน{kind}{body.name_th}", name_en=f"Public Service Centre, {body.name_en}",
            address_th=body.address_th, phone="0 5555 0100",
        )  # fmt: skip
        found.append(Applicant(centre, coordinator, actor_at(body.code, Role.HEAD), dice.uniform(0.62, 1)))
    for centre in (
        Organisation.objects.filter(kind=Kind.CENTRE, code__startswith="C-")
        .exclude(pk__in=[one.centre.pk for one in found])
        .order_by("path")
    ):
        if len(found) == 60:
            break
        cast.join(centre, Role.COORDINATOR, next(names), by=by)
        cast.join(centre, Role.HEAD, next(names), by=by)
        found.append(
            Applicant(
                centre, actor_at(centre.code, Role.COORDINATOR), actor_at(centre.code, Role.HEAD), dice.uniform(0.62, 1)
            )
        )
    return found


def gather_more(count: int, *, by: Actor) -> list[Applicant]:
    """More centres that have not applied, with a coordinator and a head each: for measuring."""
    names = cast.invented_names()
    spare = Organisation.objects.filter(kind=Kind.CENTRE, applications=None).order_by("-path")[:count]
    found = []
    for centre in spare:
        cast.join(centre, Role.COORDINATOR, next(names), by=by)
        cast.join(centre, Role.HEAD, next(names), by=by)
        found.append(Applicant(centre, actor_at(centre.code, Role.COORDINATOR), actor_at(centre.code, Role.HEAD), 0.9))
    return found


def begin(applicant: Applicant, round_code: str) -> str:
    """Start the application; returns its number."""
    return commands.start(round_code, applicant.centre.code, by=applicant.coordinator).number


def fill(
    number: str, applicant: Applicant, share: float = 1.0, *, instead: Mapping[str, Any] | None = None, but: str = ""
) -> None:
    """Answer the form up to a share of it, with evidence for what is answered. instead: answers in place of those that would
    be given; but: a question that is left open.
    """
    dice = random.Random(number)  # noqa: S311
    by = applicant.coordinator
    profile = PROFILE | {
        "address": applicant.centre.address_th or applicant.centre.name_th, "staff": str(dice.randint(3, 18)),
        "visitors": str(dice.randint(200, 4200)), "contact_name": f"{by.name} ผู้ประสานงาน",
    }  # fmt: skip
    commands.save_profile(number, profile, by=by)
    standard = applications.standard(applications.by_number(number, actor=by))
    places = list(questionnaire.places(standard).items())
    answered = places[: max(1, int(len(places) * share))]
    said = answering.answers(
        standard,
        province=applicant.centre.province_code,
        strength=applicant.strength,
        dice=random.Random(number),  # noqa: S311
    ) | dict(instead or {})
    answers: dict[str, dict[str, Any]] = {}
    for item, place in answered:
        answer: dict[str, Any] = {}
        if place.question is not None:
            if item in said and item != but:
                answers[item] = {"value": said[item]}
            continue
        if place.scoring is not None:
            answer["value"] = _score(place.scoring, applicant.strength, dice)
        if place.sub_item is None and (place.scoring is None or place.scoring.type != "yes_no"):
            answer["justification"] = dice.choice(REASONS)
        answers[item] = answer
    commands.save_answers(number, answers, by=by)
    _prove(number, applicant, [place.criterion for item, place in answered if item == place.criterion.id], dice)
    for item, place in answered:
        if place.question is not None and place.question.type == "file" and place.question.required:
            _add(number, applicant, "plan", [item], 0, dice, title=answering.title(place.question))


def _score(scoring: Any, strength: float, dice: random.Random) -> str | bool:
    if scoring.type == "yes_no":
        return True
    wished = Decimal(str(min(1.0, max(0.0, dice.gauss(strength, 0.08))))) * scoring.maximum
    allowed = [Decimal(text) for text in questionnaire.scores(scoring)]
    return str(min(allowed, key=lambda value: abs(value - wished)))


def _prove(number: str, applicant: Applicant, criteria: list[Any], dice: random.Random) -> None:
    """One piece of evidence for each kind wanted, shared by the criteria that want the same kind."""
    wanted: dict[str, list[str]] = {}
    for criterion in criteria:
        for want in criterion.evidence:
            for _ in range(max(1, want.minimum)):
                wanted.setdefault(want.kind, []).append(criterion.id)
    for kind, items in wanted.items():
        chunks = [items[start::3] for start in range(3)] if kind == "photo" else [items[start::2] for start in range(2)]
        for turn, chunk in enumerate(chunks):
            _add(number, applicant, kind, sorted(set(chunk)), turn, dice)
    repeated = {kind: sorted({item for item in items if items.count(item) > 1}) for kind, items in wanted.items()}
    for kind, items in repeated.items():
        if items:
            _add(number, applicant, kind, items, 3, dice)
            _add(number, applicant, kind, items, 4, dice)


def _add(
    number: str, applicant: Applicant, kind: str, items: list[str], turn: int, dice: random.Random, *, title: str = ""
) -> None:
    if not items:
        return
    titles = {"photo": ["จุดแรกรับและป้ายบอกทาง", "พื้นที่รอรับบริการ", "ห้องน้ำและทางลาด", "เคาน์เตอร์บริการ", "จุดประเมินความพึงพอใจ"]}
    title = (
        title
        or titles.get(
            kind, ["รายงานผลการดำเนินงาน", "คำสั่งแต่งตั้งคณะทำงาน", "ผลสำรวจความต้องการ", "คู่มือปฏิบัติงาน", "แผนบริหารความต่อเนื่อง"]
        )[turn % 5]
    )
    if kind == "link":
        commands.add_evidence(
            number,
            by=applicant.coordinator,
            title=f"ระบบบริการออนไลน์ {turn + 1}",
            link="https://service.example.go.th/",
            items=items,
        )
        return
    upload = evidence.photo(title, turn) if kind == "photo" else evidence.document(title, turn)
    stored = files.store(upload, by_ref=applicant.coordinator.ref)
    commands.add_evidence(
        number, by=applicant.coordinator, title=title, stored=stored, shows=f"แสดง{title}ของศูนย์ ณ วันที่ถ่ายหรือจัดทำ", items=items,
        holds_from=date(2021, 10, 1 + dice.randint(0, 27)),
    )  # fmt: skip
