"""The packs of the house, published, and the round of 2565 opened from them."""

import pytest
from django.conf import settings

from saduak.packs import commands as packs
from saduak.people.actor import system
from saduak.rounds import commands


@pytest.fixture
def published(db):
    """The packs that the rounds of 2565 and 2562 need."""
    packs.publish(settings.PACKS, "gecc/rounds/2565", by=system("set-up"))
    packs.publish(settings.PACKS, "gecc/rounds/2565-practice", by=system("set-up"))


@pytest.fixture
def gecc(world, published):
    """The round of 2565 as its pack says."""
    return commands.open_round("gecc/rounds/2565", by=world.officer)
