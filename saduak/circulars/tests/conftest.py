"""The round of 2565, opened; a bundle read; a circular on its way down the world's line of command."""

from importlib import resources

import pytest
from django.conf import settings

from saduak.circulars import commands, jobs
from saduak.circulars.models import Circular, Delivery, Reading
from saduak.circulars.queries.approvals import fingerprint
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.people import queries as people
from saduak.people.actor import Actor, actor_of, system
from saduak.people.roles import Role
from saduak.rounds import commands as rounds

SENDING = system("circulars")


@pytest.fixture
def bundle() -> str:
    """The house's own sample of three letters, with the inconsistencies of real ones."""
    return (resources.files("saduak.saraban") / "samples" / "gecc-2565-bundle.txt").read_text(encoding="utf-8")


@pytest.fixture
def gecc(world):
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    with clock.at(clock.bangkok(2021, 12, 20, 9)):
        return rounds.open_round("gecc/rounds/2565", by=world.officer)


@pytest.fixture
def reading(world, bundle):
    return commands.read(bundle, by=world.officer, source_name="bundle.txt")


def read_all(reading: Reading) -> Reading:
    """Do what the worker does until the files of a reading are read."""
    while commands.read_some(reading.code, by=SENDING):
        pass
    reading.refresh_from_db()
    return reading


def sign(circular: Circular, *, by: Actor, **more) -> Circular:
    """Put a signature under a draft, so that it can leave."""
    texts = {"signatory": "นายสมมุติ ตัวอย่างดี", "position": "หัวหน้าส่วนราชการ"}
    return commands.save_draft(circular.code, by=by, texts=texts, **more)


def send(circular: Circular, *, by: Actor, **more) -> Circular:
    """Sign, issue and send a draft to the end; where the office has a head, as the head approved of it."""
    sign(circular, by=by, **more)
    post = people.posts([circular.sender_id], Role.HEAD).select_related("organisation").first()
    if post is not None:
        circular.refresh_from_db()
        commands.approve(circular.code, by=actor_of(post), seen=fingerprint(circular))
    jobs.issue(circular.code, by=by)
    while commands.send_batch(circular.code, by=SENDING):
        pass
    circular.refresh_from_db()
    return circular


@pytest.fixture
def root(world, gecc) -> Circular:
    """The secretariat's circular, sent to the ministry on 21 December 2564."""
    with clock.at(clock.bangkok(2021, 12, 21, 9)):
        return send(commands.draft(gecc.code, by=world.officer), by=world.officer)


def hop(root: Circular, organisation) -> Delivery:
    return Delivery.objects.get(root=root, organisation=organisation)


def pass_on(root: Circular, organisation, *, by: Actor, received, sent) -> Circular:
    """Receive at an office and pass on, each at its moment."""
    delivery = hop(root, organisation)
    with clock.at(received):
        commands.receive(delivery.code, by=by)
    with clock.at(sent):
        return send(commands.draft_forward(delivery.code, by=by), by=by)


@pytest.fixture
def cascade(world, root) -> Circular:
    """Down to the local bodies, on the days of the 2565 round."""
    at = clock.bangkok
    pass_on(root, world.ministry, by=world.registrar_ministry, received=at(2021, 12, 22, 10), sent=at(2021, 12, 23, 15))
    pass_on(
        root,
        world.department,
        by=world.registrar_department,
        received=at(2021, 12, 27, 15, 37),
        sent=at(2021, 12, 29, 11),
    )
    pass_on(root, world.province, by=world.registrar_province, received=at(2022, 1, 5, 9), sent=at(2022, 1, 10, 14))
    pass_on(root, world.district, by=world.registrar_district, received=at(2022, 1, 11, 9), sent=at(2022, 1, 12, 9))
    return root
