"""The people of the demonstration. All are invented, and every family name says so (สมมติ, "assumed")."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from saduak.people import commands
from saduak.people.actor import Actor
from saduak.people.models import Kind, Organisation
from saduak.people.roles import Role
from saduak.people.sign_in import DEMO_PASSWORD

BEGAN = date(2019, 10, 1)
MAIN = "demo.example.go.th"  # shown on the sign-in page
OTHERS = "people.example.go.th"

FIRST_F = [
    "กานดา",
    "วราภรณ์",
    "สุนิสา",
    "จันทร์เพ็ญ",
    "อรทัย",
    "พิมพ์ใจ",
    "รัตนา",
    "ศิริพร",
    "มาลัย",
    "ดวงใจ",
    "นภา",
    "ลัดดา",
    "สายฝน",
    "อัมพร",
]
FIRST_M = [
    "ธนา",
    "ประเสริฐ",
    "วิชัย",
    "สมคิด",
    "ณรงค์",
    "อนันต์",
    "เกรียงไกร",
    "สุรชัย",
    "ไพโรจน์",
    "บุญมี",
    "ชาญชัย",
    "พงษ์ศักดิ์",
    "ดำรง",
    "มานพ",
]
FAMILY = ["สมมติวงศ์", "สมมติไทย", "สมมติสุข", "สมมติพัฒน์", "สมมติชัย", "สมมติกุล", "สมมติรักษ์", "สมมติธรรม", "สมมติดี"]


@dataclass(frozen=True)
class Post:
    email: str
    name_th: str
    name_en: str
    place: str  # code of the organisation
    role: Role
    subtree: bool = False


# One person for each role of the walk, in the order of the walk.
CAST = [
    Post("officer", "นางสาวกานดา สมมติวงศ์", "Ms Kanda Sommutiwong", "OPM", Role.OFFICER, True),
    Post("registrar.opm", "นายธนา สมมติไทย", "Mr Thana Sommutithai", "OPM", Role.REGISTRAR),
    Post("registrar.moi", "นางวราภรณ์ สมมติสุข", "Mrs Waraporn Sommutisuk", "MOI", Role.REGISTRAR),
    Post("registrar.dla", "นายวิชัย สมมติพัฒน์", "Mr Wichai Sommutiphat", "DLA", Role.REGISTRAR),
    Post("registrar.phrae", "นางสุนิสา สมมติชัย", "Mrs Sunisa Sommutichai", "TH-54", Role.REGISTRAR),
    Post("head.phrae", "นายสุรชัย สมมติธรรม", "Mr Surachai Sommutitham", "TH-54", Role.HEAD),
    Post("observer.phrae", "นายประเสริฐ สมมติกุล", "Mr Prasert Sommutikun", "TH-54", Role.OBSERVER, True),
    Post("registrar.mueang", "นายสมคิด สมมติรักษ์", "Mr Somkhit Sommutirak", "TH-5401", Role.REGISTRAR),
    Post("registrar.chohae", "นางสาวอรทัย สมมติดี", "Ms Orathai Sommutidi", "@เทศบาลตำบลช่อแฮ", Role.REGISTRAR),
    Post(
        "coordinator.chohae",
        "นางสาวพิมพ์ใจ สมมติธรรม",
        "Ms Phimchai Sommutitham",
        "@เทศบาลตำบลช่อแฮ",
        Role.COORDINATOR,
        True,
    ),
    Post("colleague.chohae", "นายณรงค์ สมมติดี", "Mr Narong Sommutidi", "@เทศบาลตำบลช่อแฮ", Role.COORDINATOR, True),
    Post("head.chohae", "นายอนันต์ สมมติวงศ์", "Mr Anan Sommutiwong", "@เทศบาลตำบลช่อแฮ", Role.HEAD, True),
    Post("assessor1", "นางรัตนา สมมติไทย", "Mrs Rattana Sommutithai", "OPM", Role.ASSESSOR),
    Post("assessor2", "นายเกรียงไกร สมมติสุข", "Mr Kriangkrai Sommutisuk", "OPM", Role.ASSESSOR),
    Post("assessor3", "นางสาวศิริพร สมมติพัฒน์", "Ms Siriporn Sommutiphat", "OPM", Role.ASSESSOR),
    Post("committee1", "นายสุรชัย สมมติชัย", "Mr Surachai Sommutichai", "OPM", Role.COMMITTEE),
    Post("committee2", "นางมาลัย สมมติกุล", "Mrs Malai Sommutikun", "OPM", Role.COMMITTEE),
    Post("committee3", "นายไพโรจน์ สมมติรักษ์", "Mr Phairot Sommutirak", "OPM", Role.COMMITTEE),
    Post("auditor", "นางดวงใจ สมมติธรรม", "Mrs Duangchai Sommutitham", "OPM", Role.AUDITOR, True),
    Post("operator", "นายบุญมี สมมติดี", "Mr Bunmi Sommutidi", "OPM", Role.OPERATOR),
]
COORDINATOR = "นางสาวพิมพ์ใจ สมมติธรรม"  # who the demonstration applies and answers as
# A province's own officer who also assesses: conflicted with everything in Phrae.
CONFLICTED = Post("assessor3", "", "", "TH-54", Role.OBSERVER)


def invented_names() -> Iterator[str]:
    """Names without end; the family names say that the people are not real."""
    turn = 0
    while True:
        women, men = FIRST_F[turn % len(FIRST_F)], FIRST_M[turn % len(FIRST_M)]
        family = FAMILY[(turn // 7) % len(FAMILY)]
        yield f"นาง{women} {family}"
        yield f"นาย{men} {FAMILY[(turn // 5 + 3) % len(FAMILY)]}"
        turn += 1


def place(code: str) -> Organisation:
    """The organisation with the code, or with the Thai name after an @."""
    if code.startswith("@"):
        return Organisation.objects.get(name_th=code[1:], kind=Kind.LOCAL_BODY)
    return Organisation.objects.get(code=code)


def enter(*, by: Actor) -> None:
    """Give everybody of the cast their post, and the chain of command its registrars."""
    for post in CAST:
        commands.record_post(
            place(post.place), by=by, email=f"{post.email}@{MAIN}", name_th=post.name_th, name_en=post.name_en, role=post.role,
            starts_on=BEGAN, subtree=post.subtree, password=DEMO_PASSWORD, is_invented=True,
        )  # fmt: skip
    commands.record_post(
        place(CONFLICTED.place),
        by=by,
        email=f"{CONFLICTED.email}@{MAIN}",
        name_th="-",
        role=CONFLICTED.role,
        starts_on=BEGAN,
        is_invented=True,
    )
    names = invented_names()
    taken = {place(post.place).pk for post in CAST if post.role == Role.REGISTRAR}
    offices = Organisation.objects.filter(kind__in=[Kind.MINISTRY, Kind.PROVINCE]) | Organisation.objects.filter(
        kind__in=[Kind.DISTRICT, Kind.LOCAL_BODY], province_code="54"
    )
    for office in offices.order_by("path"):
        if office.pk not in taken:
            join(office, Role.REGISTRAR, next(names), by=by)
    for number in range(4, 9):
        join(place("OPM"), Role.ASSESSOR, next(names), by=by, email=f"assessor{number}")
    for number in range(4, 6):
        join(place("OPM"), Role.COMMITTEE, next(names), by=by, email=f"committee{number}")


def join(office: Organisation, role: Role, name: str, *, by: Actor, email: str = "", subtree: bool = False) -> None:
    """Put an invented person into a post."""
    address = email or f"{role.lower()}.{office.code.lower()}"
    commands.record_post(
        office, by=by, email=f"{address}@{OTHERS}", name_th=name, role=role, starts_on=BEGAN, subtree=subtree, is_invented=True
    )  # fmt: skip
