"""What a centre shows of its evidence: copies for the public, while they are shown, and never an original."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from saduak.applications import commands as applications
from saduak.certificates import commands as certificates
from saduak.files.tests import corpus
from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.rounds import commands as rounds

pytestmark = pytest.mark.django_db


def test_only_the_copy_is_on_the_page_and_only_while_it_is_shown(world, client, settings):
    with clock.at(clock.bangkok(2018, 12, 1)):
        for pack in ("gecc/rounds/2562", "gecc/rounds/2565"):
            packs.publish(settings.PACKS, pack, by=world.officer)
            rounds.open_round(pack, by=world.officer)
    with clock.at(clock.bangkok(2022, 2, 1, 10)):
        code = world.centre.code
        certificates.enter_earlier("GECC-2562", code, by=world.officer, level="basic", valid_from=date(2019, 9, 12))
        number = applications.start("GECC-2565", code, by=world.coordinator).number
        upload = ContentFile(corpus.picture(size=(400, 300)), name="ป้าย.jpg")
        piece = applications.add_evidence(number, by=world.coordinator, upload=upload, title="ป้ายหน้าศูนย์")
        copy = applications.make_public_copy(number, piece.public_id, {1: [(0, 0, 50, 50)]}, by=world.coordinator)
        page, public = f"/register/{code}/", f"/applications/public/{copy.public_id}/"
        assert "ป้ายหน้าศูนย์" not in client.get(page).text
        applications.show_public_copy(number, piece.public_id, by=world.coordinator)
        shown = client.get(page).text
        assert "ป้ายหน้าศูนย์" in shown
        assert public in shown
        assert piece.public_id not in shown
        assert client.get(f"{public}?small=1").headers["Content-Type"] == "image/webp"
        applications.withdraw_public_copy(number, piece.public_id, by=world.coordinator)
        assert "ป้ายหน้าศูนย์" not in client.get(page).text
        assert client.get(f"{public}?small=1").status_code == 404
