"""The first page: what waits, until when; a stranger meets the doors that stand open to all."""

import pytest

from saduak.applications import commands as applications
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.rounds import commands as rounds

pytestmark = pytest.mark.django_db


def test_a_midnight_is_the_end_of_the_day_before(world, sign_in, settings):
    """A window that closes on 1 March 00:00 is over at the end of 28 February; nobody should read "1 March"."""
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        packs.publish_all(settings.PACKS, by=world.officer)
        made = rounds.open_round("gecc/rounds/2565", by=world.officer)
        applications.start(made.code, world.centre.code, by=world.coordinator)
        page = sign_in(world.users["coordinator"]).get("/").content.decode()
    assert "28 ก.พ. 2565 24.00 น." in page
    assert "1 มี.ค. 2565" not in page


def test_a_stranger_sees_no_work(client, world):
    page = client.get("/").content.decode()
    assert "ตรวจสอบใบรับรอง" in page
    assert "งานที่รอท่าน" not in page
