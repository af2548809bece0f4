"""Every page that a person reaches by following links, at the end of a round: it opens, it is in order for axe in both
languages, and it fits a telephone. And what a stranger gets of the same addresses: nothing.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from .walker import Cast, Walker

pytestmark = pytest.mark.journey
PEOPLE = [
    "officer", "coordinator.chohae", "head.chohae", "registrar.phrae", "registrar.opm", "observer.phrae", "assessor1",
    "assessor3", "committee1", "auditor", "operator", "",
]  # fmt: skip
DEEP = 4  # links from the first page
# Addresses that belong to one office, and what a stranger is told of them.
OWN = ("applications:", "circulars:hop", "certificates:detail", "desk:case", "assessment:result", "desk:message")
MESSAGE = "desk:message"
STRANGER = "coordinator.l-540101@people.example.go.th"


@pytest.fixture(scope="module")
def house(start_house):
    return start_house("certified")


@pytest.fixture(scope="module")
def cast(house, browser) -> Iterator[Cast]:
    people = Cast(browser, house)
    yield people
    people.leave()


@pytest.fixture(scope="module")
def judged() -> set[str]:
    """Pages that have been judged for somebody; for others it is enough that they open."""
    return set()


def walk_through(person: Walker, judged: set[str] | None = None) -> dict[str, str]:
    """Follow links from the first page, one address for each kind of page; those not yet in `judged` are judged.
    Returns kind → address."""
    found: dict[str, str] = {}
    faults: list[str] = []
    ring = {"/": ""}  # address → kind of the page that leads there
    for _ in range(DEEP):
        following: dict[str, str] = {}
        for address, above in ring.items():
            kind = kind_of(address)
            if not kind or kind in found:
                continue
            status = person.status_of(address)
            if status >= 400:
                # A message may speak to another post of the person; every other link is meant for who sees it.
                faults += [f"{address} answers {status}; a link of {above} leads there"] if above != MESSAGE else []
                continue
            found[kind] = address
            if not person.is_page(address):
                continue
            person.goto(address)
            if judged is not None and kind not in judged:
                judged.add(kind)
                faults += person.wrong()
            following |= {one: kind for one in person.links() if one not in following}
        ring = following
    assert not faults, "\n".join(faults)
    return found


def kind_of(address: str) -> str:
    """The name of the page behind an address of ours; empty for the sign-in's own pages and for what is no page."""
    path = urlsplit(address).path
    try:
        name = resolve(path).view_name
    except Resolver404:
        return ""
    return "" if name.startswith(("account_", "mfa_")) else name


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_one_comes_by_is_in_order(cast: Cast, judged: set[str], name: str):
    person = cast(name)
    found = walk_through(person, judged)
    assert len(found) >= 4
    assert not person.faults, "\n".join(person.faults)


def test_a_stranger_finds_nothing_at_the_addresses_of_another_office(house, cast: Cast):
    word = f"from saduak.people.models import User as U; u = U.objects.get(email='{STRANGER}'); "
    word += (
        "from saduak.people.sign_in import DEMO_PASSWORD as P; u.set_password(P); u.save(update_fields=['password'])"
    )
    done = house.console("shell", "--no-imports", "-c", word)
    assert done.returncode == 0, done.stderr
    theirs = walk_through(cast("coordinator.chohae"))
    own = {
        kind: address for kind, address in theirs.items() if kind.startswith(OWN) and any(c.isdigit() for c in address)
    }
    stranger = cast(STRANGER)
    stranger.goto("/applications/")
    stranger.sees_not("ช่อแฮ")
    assert len(own) > 5
    for kind, address in own.items():
        assert stranger.status_of(address) == 404, f"{kind} {address}"
