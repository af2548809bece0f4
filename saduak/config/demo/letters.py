"""The circular of the demonstration on its way down: real dates of the 2565 round, invented people."""

from datetime import datetime, timedelta

from saduak.circulars import commands
from saduak.circulars.models import Circular, Delivery
from saduak.circulars.queries.approvals import fingerprint
from saduak.kernel import clock
from saduak.people import queries as people
from saduak.people.actor import Actor, actor_of, system
from saduak.people.models import Kind, Membership
from saduak.people.roles import Role

SIGNATORIES = {
    "OPM": ("นายดำรง สมมติวงศ์", "รองปลัดสำนักนายกรัฐมนตรี ปฏิบัติราชการแทน\nปลัดสำนักนายกรัฐมนตรี"),
    "MOI": ("นายมานพ สมมติสุข", "ปลัดกระทรวงมหาดไทย"),
    "DLA": ("นายชาญชัย สมมติไทย", "รองอธิบดี ปฏิบัติราชการแทน\nอธิบดีกรมส่งเสริมการปกครองท้องถิ่น"),
}


def actor_at(code: str, role: str) -> Actor:
    """Whoever holds the role at the organisation."""
    post = (
        Membership.objects.filter(people.current(), organisation__code=code, role=role)
        .select_related("user", "organisation")
        .order_by("pk")
        .first()
    )
    if post is None:
        raise LookupError(f"nobody is {role} at {code}")
    return actor_of(post)


def send(circular: Circular, *, by: Actor, selection: dict[str, object]) -> Circular:
    """Sign, address, issue and deliver a drafted circular, as the job would."""
    title = circular.sender.head_title_th or "หัวหน้าส่วนราชการ"
    name, position = SIGNATORIES.get(circular.sender.code, ("นายพงษ์ศักดิ์ สมมติกุล", title))
    texts = {"signatory": name, "position": position, "prefix": circular.prefix or circular.sender.letter_prefix}
    commands.save_draft(circular.code, by=by, texts=texts, selection=selection)
    approved(circular.code, by=by)
    commands.issue(circular.code, by=by)
    while commands.send_batch(circular.code, by=system("circulars")):
        pass
    return Circular.objects.get(pk=circular.pk)


def approved(code: str, *, by: Actor) -> None:
    """Where the office has a head, the letter is laid before the head, who approves of it."""
    circular = Circular.objects.get(code=code)
    post = people.posts([circular.sender_id], Role.HEAD).select_related("organisation").first()
    if post is not None:
        commands.propose(code, by=by)
        commands.approve(code, by=actor_of(post), seen=fingerprint(circular))


def delivery_to(circular: Circular, code: str) -> Delivery:
    return Delivery.objects.get(circular=circular, organisation__code=code)


def take_in(delivery: Delivery, *, at: datetime, by: Actor, acknowledge: bool = True) -> None:
    """The registrar stamps it in, and somebody takes note of it."""
    with clock.at(at):
        commands.receive(delivery.code, by=by)
    if acknowledge:
        with clock.at(at + timedelta(minutes=42)):
            commands.acknowledge(delivery.code, by=by)


def cascade(round_code: str, officer: Actor) -> None:
    """From the secretariat to the local bodies of Phrae, with the dates of the real chain."""
    moment = clock.bangkok
    with clock.at(moment(2021, 12, 22, 10, 5)):
        first = send(commands.draft(round_code, by=officer), by=officer, selection={"kinds": [Kind.MINISTRY]})
    moi = actor_at("MOI", Role.REGISTRAR)
    at_ministry = delivery_to(first, "MOI")
    take_in(at_ministry, at=moment(2021, 12, 23, 9, 12), by=moi)
    for ministry in ("MOPH", "MOL", "MOT", "MOF", "MOJ", "MOE"):
        take_in(delivery_to(first, ministry), at=moment(2021, 12, 24, 10, 30), by=actor_at(ministry, Role.REGISTRAR))
    with clock.at(moment(2021, 12, 23, 14, 20)):
        second = send(
            commands.draft_forward(at_ministry.code, by=moi),
            by=moi,
            selection={"kinds": [Kind.DEPARTMENT, Kind.STATE_ENTERPRISE]},
        )
    dla = actor_at("DLA", Role.REGISTRAR)
    at_department = delivery_to(second, "DLA")
    take_in(at_department, at=moment(2021, 12, 27, 15, 37), by=dla)
    with clock.at(moment(2021, 12, 29, 11, 0)):
        third = send(commands.draft_forward(at_department.code, by=dla), by=dla, selection={"kinds": [Kind.PROVINCE]})
    provinces = Delivery.objects.filter(circular=third).select_related("organisation").order_by("organisation__path")
    for number, delivery in enumerate(provinces):
        code = delivery.organisation.code
        if code == "TH-54" or number % 6 == 5:  # one in six has not stamped it in
            continue
        day = moment(2022, 1, 4 + number % 6, 9 + number % 7, (number * 7) % 60)
        take_in(delivery, at=day, by=actor_at(code, Role.REGISTRAR), acknowledge=number % 3 != 0)
    phrae = actor_at("TH-54", Role.REGISTRAR)
    at_province = delivery_to(third, "TH-54")
    take_in(at_province, at=moment(2022, 1, 5, 13, 50), by=phrae)
    with clock.at(moment(2022, 1, 10, 10, 15)):
        below = {"kinds": [], "children": True}
        fourth = send(commands.draft_forward(at_province.code, by=phrae), by=phrae, selection=below)
    for number, delivery in enumerate(
        Delivery.objects.filter(circular=fourth).select_related("organisation").order_by("organisation__path")
    ):
        office = delivery.organisation
        registrar = actor_at(office.code, Role.REGISTRAR)
        if number == 7:  # one district is silent
            continue
        take_in(delivery, at=moment(2022, 1, 11 + number % 3, 9, 5 + number * 4), by=registrar)
        if office.kind == Kind.DISTRICT and number != 5:
            with clock.at(moment(2022, 1, 13 + number % 4, 15, 10)):
                fifth = send(
                    commands.draft_forward(delivery.code, by=registrar),
                    by=registrar,
                    selection={"kinds": [], "children": True},
                )
            _reach_local_bodies(fifth, number)


def _reach_local_bodies(circular: Circular, district: int) -> None:
    deliveries = (
        Delivery.objects.filter(circular=circular).select_related("organisation").order_by("organisation__path")
    )
    for number, delivery in enumerate(deliveries):
        if (number + district) % 4 == 3:
            continue
        at = clock.bangkok(2022, 1, 17 + (number + district) % 5, 9, 10 + number)
        take_in(delivery, at=at, by=actor_at(delivery.organisation.code, Role.REGISTRAR), acknowledge=number % 2 == 0)
