"""The incentive survey of the house, open for the line of command of the world."""

from datetime import datetime

import pytest
from django.conf import settings

from saduak.kernel import clock
from saduak.packs import commands as packs
from saduak.people.actor import system
from saduak.surveys import commands
from saduak.surveys.models import Survey

PACK = "gecc/surveys/incentives"
OPENS, CLOSES = clock.bangkok(2022, 1, 3, 8, 30), clock.bangkok(2022, 2, 1)
KINDS = ("DEPARTMENT", "PROVINCE", "DISTRICT", "LOCAL_BODY")
ALL = {
    "experience": "never", "plan": "apply", "for_office": ["budget"], "for_staff": ["pay", "time"], "worth": "s4",
    "words": "ขอให้ลดเอกสาร",
}  # fmt: skip


@pytest.fixture
def published(db):
    packs.publish(settings.PACKS, PACK, by=system("set-up"))


@pytest.fixture
def survey(world, published) -> Survey:
    with clock.at(clock.bangkok(2021, 12, 22, 9)):
        return commands.open_survey(PACK, by=world.officer, opens_at=OPENS, closes_at=CLOSES, for_kinds=KINDS)


@pytest.fixture
def during():
    with clock.at(clock.bangkok(2022, 1, 20, 10)):
        yield


def answered(survey: Survey, office, *, by, at: datetime | None = None, **more):
    """Answer everything for an office and hand it in."""
    with clock.at(at or clock.bangkok(2022, 1, 20, 10)):
        commands.save_answers(survey.code, office.code, ALL | more, by=by)
        return commands.hand_in(survey.code, office.code, by=by)
