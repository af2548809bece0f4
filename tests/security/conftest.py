"""One house in the middle of its year, built once for all tests of this folder by the real commands, then only looked at.

Every test runs in a transaction of its own inside the one that built the house, so that nothing it does stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings

from saduak.applications import commands as applications
from saduak.applications import queries as application_queries
from saduak.applications.models import Application
from saduak.assessment import commands as assessment
from saduak.assessment.models import Case
from saduak.certificates import commands as certificates
from saduak.circulars import commands as circulars
from saduak.circulars.models import Circular, Delivery
from saduak.config.demo import assessing, centres, evidence
from saduak.config.demo.story import BUNDLE
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.packs import queries as published
from saduak.packs import workbooks
from saduak.people import commands as people
from saduak.people import queries as people_queries
from saduak.people.actor import Actor, system
from saduak.people.models import Membership
from saduak.people.roles import Role
from saduak.rounds import commands as rounds
from saduak.surveys import commands as surveys

BELOW = {"kinds": [], "children": True}  # a letter to every office directly below
NOW = clock.bangkok(2022, 9, 5, 10)
SHEET = "รหัสหน่วยงานเจ้าของ,ชื่อศูนย์ภาษาไทย\nL-540101,ศูนย์ที่นำเข้า\n"


@dataclass
class House:
    """world: people and offices; the rest are public numbers of things that belong to the centre of `world.body`.

    done: certified, with its certificate; marked: at the panel, sheets handed in; draft: not handed in; screened:
    handed in by the stranger's centre.
    """

    world: Any
    round: str = ""
    done: str = ""
    marked: str = ""
    screened: str = ""
    draft: str = ""
    numbers: dict[str, Any] = field(default_factory=dict)


def _settings(folder: Any) -> dict[str, Any]:
    evidence = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder / "files")},
    }
    return {
        "DATA": folder,
        "EMAIL_FILE_PATH": folder / "mail",
        "STORAGES": {**django_settings.STORAGES, "evidence": evidence},
    }


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, make_world, tmp_path_factory) -> Iterator[House]:
    """The house; rolled back when the last test of this folder has run."""
    folder = tmp_path_factory.mktemp("house")
    with django_db_blocker.unblock(), override_settings(**_settings(folder)):
        outer = transaction.atomic()
        outer.__enter__()
        try:
            house = House(make_world())
            house.numbers["folder"] = folder
            _build(house)
            with django_db_blocker.block():
                yield house
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def house(built: House, db: None, settings: Any, _own_data_folder: None) -> Iterator[House]:
    """The built house at NOW, in this test's own transaction."""
    for name, value in _settings(built.numbers["folder"]).items():
        setattr(settings, name, value)
    with clock.at(NOW):
        yield built


def _build(house: House) -> None:
    world = house.world
    _more_people(world)
    for pack in ("gecc/rounds/2562", "gecc/rounds/2565"):
        packs.publish(django_settings.PACKS, pack, by=world.officer)
    with clock.at(clock.bangkok(2021, 12, 20, 9)):
        rounds.open_round("gecc/rounds/2562", by=world.officer)
        house.round = rounds.open_round("gecc/rounds/2565", by=world.officer).code
        house.numbers["reading"] = circulars.read(
            BUNDLE.read_text(encoding="utf-8"), by=world.officer, source_name="bundle.txt"
        ).code
        house.numbers["import"] = people.check_import("CENTRES", SHEET.encode(), name="ศูนย์.csv", by=world.head).code
        content = published.published("gecc/standards/2568").content
        book = workbooks.write({**content, "version": content["version"] + 1})
        house.numbers["workbook"] = packs.check_workbook(book, name="มาตรฐาน.xlsx", by=world.officer).code
        house.numbers["draft_circular"] = circulars.draft(house.round, by=world.officer).code
    packs.publish(django_settings.PACKS, "gecc/surveys/incentives", by=world.officer)
    with clock.at(clock.bangkok(2022, 9, 1, 9)):
        house.numbers["survey"] = surveys.open_survey(
            "gecc/surveys/incentives", by=world.officer, opens_at=clock.now(), closes_at=clock.bangkok(2022, 10, 1),
            for_kinds=["PROVINCE", "DISTRICT", "LOCAL_BODY"],
        ).code  # fmt: skip
        packs.publish(django_settings.PACKS, "gecc/surveys/satisfaction", by=world.officer)
        house.numbers["survey_link"] = surveys.open_survey(
            "gecc/surveys/satisfaction", by=world.officer, opens_at=clock.now(), closes_at=clock.bangkok(2022, 10, 1),
            top_code=world.centre.code,
        ).link  # fmt: skip
    _cascade(house)
    _apply(house)
    _assess(house)
    _certify(house)


def _more_people(world: Any) -> None:
    setup, began = system("set-up"), date(2018, 10, 1)
    for name, place in (("observer_other", world.other_province), ("registrar_other", world.other_body)):
        role = Role.OBSERVER if name.startswith("observer") else Role.REGISTRAR
        post = people.record_post(
            place, by=setup, email=f"{name}@example.go.th", name_th=f"ผู้อื่น {name}", role=role, starts_on=began, subtree=role == Role.OBSERVER,
            password="correct-horse-battery",
        )  # fmt: skip
        world.users[name], world.actors[name] = post.user, people_queries.actor_for(post.user)
    # Somebody whose only post has ended, and an assessor who comes from the province that is assessed.
    retired = people.record_post(
        world.body, by=setup, email="retired@example.go.th", name_th="เกษียณ แล้ว", role=Role.COORDINATOR, starts_on=began,
        ends_on=date(2020, 9, 30), password="correct-horse-battery",
    )  # fmt: skip
    world.users["retired"] = retired.user
    people.record_post(
        world.district, by=setup, email="assessor2@example.go.th", name_th="x", role=Role.OBSERVER, starts_on=began,
        ends_on=date(2022, 4, 30),
    )  # fmt: skip
    world.actors["assessor2"] = _as(world.users["assessor2"], Role.ASSESSOR)


def _as(user: Any, role: str) -> Actor:
    post = Membership.objects.get(user=user, role=role)
    return people_queries.actor_for(user, post.pk)


def _cascade(house: House) -> None:
    """Down the line of command to the local body; the answer of the body has a file."""
    world = house.world
    with clock.at(clock.bangkok(2021, 12, 22, 9)):
        root = _send(circulars.draft(house.round, by=world.officer), by=world.officer)
    for day, name in enumerate(("ministry", "department", "province", "district", "body"), 23):
        registrar = getattr(world, f"registrar_{name}")
        delivery = Delivery.objects.get(root=root, organisation=getattr(world, name))
        with clock.at(clock.bangkok(2021, 12, day, 9)):
            circulars.receive(delivery.code, by=registrar)
            if name == "body":
                circulars.acknowledge(delivery.code, by=registrar)
            else:
                _send(circulars.draft_forward(delivery.code, by=registrar), by=registrar)
        house.numbers[f"hop_{name}"] = delivery.code
    asked = root.actions.exclude(kind__in=["APPLY", "TAKE_NOTE"]).order_by("number")
    action = next(one for one in asked if world.body.kind in one.for_kinds)
    house.numbers |= {"circular": root.code, "action": action.code}
    circular = Delivery.objects.get(code=house.numbers["hop_body"]).circular
    house.numbers["circular_district"] = circular.code
    with clock.at(clock.bangkok(2021, 12, 30, 9)):
        circulars.reply(house.numbers["hop_body"], action.code, by=world.head, text="ได้ดำเนินการแล้ว", proof=_picture())


def _send(circular: Circular, *, by: Actor) -> Circular:
    texts = {"signatory": "นายสมมุติ ตัวอย่างดี", "position": "หัวหน้าส่วนราชการ"}
    circulars.save_draft(circular.code, by=by, texts=texts, selection=BELOW)
    circulars.issue(circular.code, by=by)
    while circulars.send_batch(circular.code, by=system("circulars")):
        pass
    return Circular.objects.get(pk=circular.pk)


def _picture() -> SimpleUploadedFile:
    return evidence.photo("หลักฐาน", 1)


def _apply(house: House) -> None:
    world = house.world
    applicants = {"done": (world.centre, world.coordinator, world.head)}
    for name in ("marked", "draft"):
        with clock.at(clock.bangkok(2022, 1, 10, 9)):
            centre = people.register_centre(world.body.code, by=world.coordinator, name_th=f"ศูนย์บริการประชาชน {name}")
        applicants[name] = (centre, world.coordinator, world.head)
        house.numbers[f"centre_{name}"] = centre.code
    applicants["screened"] = (world.other_centre, world.stranger, world.stranger_head)
    for name, (centre, coordinator, head) in applicants.items():
        one = centres.Applicant(centre, coordinator, head, 1.0)
        with clock.at(clock.bangkok(2022, 2, 1, 10)):
            number = centres.begin(one, house.round)
            centres.fill(number, one, 0.3 if name == "draft" else 1.0)
            if name != "draft":
                applications.submit(number, by=head)
        setattr(house, name, number)


def _assess(house: House) -> None:
    world, officer = house.world, house.world.officer
    with clock.at(clock.bangkok(2022, 3, 10, 9)):
        for number in (house.done, house.marked):
            application = Application.objects.get(number=number)
            criteria = application_queries.standard(application).criteria
            assessment.save_findings(number, {one.id: {"verdict": "MET"} for one in criteria}, by=officer)
            assessment.finish(number, "READY", by=officer)
        house.numbers["release"] = assessment.release_readiness(house.round, world.department.code, by=officer).number
    with clock.at(clock.bangkok(2022, 5, 2, 9)):
        team = assessment.form_team(house.round, by=officer)
        for name, function in {"assessor1": "CHAIR", "assessor3": "EXPERT", "assessor2": "SECRETARY"}.items():
            assessment.add_member(team.code, world.users[name].ref, function, by=officer)
        house.numbers["team"] = team.code
        for name in ("done", "marked"):
            house.numbers[f"case_{name}"] = assessment.assign(getattr(house, name), team.code, by=officer).number
    for turn, name in enumerate(("done", "marked")):
        case = Case.objects.select_related("application__round", "team").get(number=house.numbers[f"case_{name}"])
        assessing.mark(case, at=clock.bangkok(2022, 5, 10 + turn, 9))
        if name == "done":
            case.refresh_from_db()
            assessing.moderate(case, at=clock.bangkok(2022, 6, 7, 10))


def _certify(house: House) -> None:
    world, officer = house.world, house.world.officer
    held = clock.bangkok(2022, 8, 22, 13, 30)
    case = Case.objects.get(number=house.numbers["case_done"])
    with clock.at(clock.bangkok(2022, 8, 8, 9)):
        meeting = assessment.call_meeting(house.round, held, by=officer, place="ห้องประชุม 1")
        assessment.put_on_agenda(meeting.code, [case.number], by=officer)
        house.numbers["meeting"] = meeting.code
    with clock.at(held):
        members = [world.committee1, world.committee2, world.committee3]
        assessment.note_presence(meeting.code, [one.ref for one in members], by=officer)
        assessment.declare(case.number, "NONE", by=world.committee1)
        assessment.decide(meeting.code, case.number, "basic", by=world.committee1, reason="ตามที่ประชุมเห็นชอบ")
    with clock.at(clock.bangkok(2022, 9, 1, 9)):
        assessment.release_results(house.round, by=officer)
        house.numbers["certificate"] = certificates.issue(house.done, by=officer).number
        certificates.enter_earlier(
            "GECC-2562", world.other_centre.code, by=officer, level="basic", valid_from=date(2019, 9, 12)
        )
