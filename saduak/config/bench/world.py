"""The world that is measured: the whole country's tree, 10,000 applications, 10,000 certificates.

Rows are cloned in bulk from one that the real commands have made: a benchmark measures reading, and making ten thousand
applications press by press would take an hour.
"""

import copy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import geothai
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Model

from saduak.applications import commands as applications
from saduak.applications.models import Application
from saduak.certificates import numbers
from saduak.certificates.models import Certificate
from saduak.config import demo_clock
from saduak.config.demo import centres, letters
from saduak.config.demo.story import ROUND, Story
from saduak.kernel import clock
from saduak.people import commands as people
from saduak.people.actor import Actor, system
from saduak.people.models import Kind, Organisation, User
from saduak.people.roles import Role
from saduak.rounds import commands as rounds

MANY = 10_000
NOW = clock.bangkok(2022, 2, 21, 9)


@dataclass
class Bench:
    """What the pages need: public numbers, and a session's cookie for each role."""

    round_code: str
    draft: str
    submitted: str
    certificate: str
    officer: Actor
    head: Actor
    cookies: dict[str, str]


def build(say: Any, *, filled: bool = True, centres_of_the_country: int = MANY + 100) -> Bench:
    """Make the world in the database of this process; the clock stands on 21 February 2565. filled: with the ten
    thousand applications and certificates, which only the pages need."""
    story = Story(lambda _: None)
    say("people, packs and the tree of the demonstration")
    story.prepared()
    demo_clock.set_to(settings.DEMO_CLOCK, NOW)
    with clock.at(NOW):
        round = rounds.open_round(ROUND, by=story.officer)
        first, second = story.applicants[1], story.applicants[2]
        draft = centres.begin(first, round.code)
        centres.fill(draft, first)
        submitted = centres.begin(second, round.code)
        centres.fill(submitted, second)
        applications.submit(submitted, by=second.head)
    say("local bodies and centres of the whole country")
    grow_country(centres_of_the_country)
    spare = []
    if filled:
        say(f"{MANY:,} applications and certificates")
        free = Organisation.objects.filter(kind=Kind.CENTRE, applications=None, certificates=None)
        spare = list(free.order_by("path")[:MANY])
    clone_applications(Application.objects.get(number=submitted), spare)
    # One that is still valid: the register opens with those, and a page of it is to have its fifty lines.
    certificate = Certificate.objects.filter(valid_to__gte=NOW.date()).order_by("pk")[0]
    clone_certificates(certificate, spare)
    return Bench(
        round_code=round.code,
        draft=draft,
        submitted=submitted,
        certificate=certificate.number,
        officer=story.officer,
        head=first.head,
        cookies={
            "officer": cookie(story.officer),
            "coordinator": cookie(first.coordinator),
            "head": cookie(first.head),
            "registrar": cookie(letters.actor_at("OPM", Role.REGISTRAR)),
        },
    )


def grow_country(many: int) -> None:
    """A local body for every subdistrict outside Phrae, as nearly 7,300 rows, and so many centres, shared out evenly."""
    by = system("bench")
    rows: list[dict[str, Any]] = []
    for province in geothai.provinces():
        for district in geothai.districts(province.code):
            for subdistrict in geothai.subdistricts(district.code):
                rows.append(
                    {
                        "code": f"B-{subdistrict.code}", "parent": f"TH-{district.code}", "kind": Kind.LOCAL_BODY,
                        "name_th": f"องค์การบริหารส่วนตำบล{subdistrict.name_th}", "name_en": f"{subdistrict.name_en} SAO",
                        "province_code": province.code, "district_code": district.code, "letter_prefix": f"{province.code} {subdistrict.code}",
                    }
                )  # fmt: skip
    bodies = list(rows)
    for number in range(many):
        body = bodies[number % len(bodies)]
        rows.append(
            {
                "code": f"BC-{number}", "parent": body["code"], "kind": Kind.CENTRE, "name_th": f"ศูนย์บริการประชาชน{body['name_th']} {number // len(bodies) + 1}",
                "province_code": body["province_code"], "district_code": body["district_code"],
            }
        )  # fmt: skip
    people.grow_tree(rows, by=by, source="bench")


def _clones(original: Model, count: int) -> list[Any]:
    made = []
    for _ in range(count):
        one = copy.copy(original)
        one._state = copy.copy(original._state)
        one.pk = None
        made.append(one)
    return made


def clone_applications(original: Application, spare: list[Organisation]) -> None:
    """One application in each spare centre, in every state that has been handed in."""
    states = ["SUBMITTED", "RETURNED", "READY", "NOT_READY"]
    made = _clones(original, len(spare))
    for number, (one, centre) in enumerate(zip(made, spare, strict=True)):
        one.number, one.centre, one.state = f"A-B{number:05}", centre, states[number % 4]
        one.moved_at = one.submitted_at = original.moved_at - timedelta(minutes=number)
    Application.objects.bulk_create(made, batch_size=500)


def clone_certificates(original: Certificate, spare: list[Organisation]) -> None:
    """One certificate in each spare centre."""
    made = _clones(original, len(spare))
    for number, (one, centre) in enumerate(zip(made, spare, strict=True)):
        one.number = f"{original.number[:-6]}{number:06}"
        one.key, one.centre, one.province_code = numbers.key(one.number), centre, centre.province_code
        one.centre_name_th, one.application, one.succeeds, one.latest = centre.name_th, None, None, True
        one.search, one.sort_name = f"{centre.search} {number}", f"{centre.name_th}{number:05}"
    Certificate.objects.bulk_create(made, batch_size=500)


def cookie(actor: Actor) -> str:
    """The cookie of a session in which the actor's person is signed in."""
    user = User.objects.get(pk=actor.user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["membership"] = actor.membership_id
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
