"""To which moment the ledger looks back, however people write it."""

from datetime import datetime

import pytest
from django.test import RequestFactory

from saduak.circulars.models import Circular
from saduak.circulars.views.ledger import moment_of
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK

AT = clock.bangkok
NOW = AT(2022, 2, 1, 10)


@pytest.mark.parametrize(
    ("typed", "at", "asked", "wrong"),
    [
        ("", NOW, False, False),
        ("27 ธ.ค. 2564 15.37", AT(2021, 12, 27, 15, 37), True, False),
        ("๒๗ ธันวาคม ๒๕๖๔ เวลา ๑๕.๓๗ น.", AT(2021, 12, 27, 15, 37), True, False),
        ("27/12/2564 15:37", AT(2021, 12, 27, 15, 37), True, False),
        ("2021-12-27T15:37", AT(2021, 12, 27, 15, 37), True, False),
        ("27 ธ.ค. 2564", AT(2021, 12, 27, 23, 59), True, False),
        ("1 ก.พ. 2565", NOW, False, False),
        ("2 ก.พ. 2565", NOW, False, True),
        ("1 ก.พ. 2565 10.01", NOW, False, True),
        ("เมื่อวาน", NOW, False, True),
        ("2021-13-27T15:37", NOW, False, True),
    ],
)
def test_a_moment_is_read_as_people_and_links_write_it(typed: str, at: datetime, asked: bool, wrong: bool):
    with clock.at(NOW):
        found = moment_of(RequestFactory().get("/", {"at": typed}), Circular())
        shown = found.form["at"].value()
        again = moment_of(RequestFactory().get("/", {"at": shown}), Circular())
    assert (found.asked, found.wrong) == (asked, wrong)
    assert found.at.replace(second=0, microsecond=0).astimezone(BANGKOK) == at
    # What stands in the field is what was typed if that was wrong, else the moment in the Buddhist Era.
    assert (shown == typed) if wrong else ("25" in shown and again.text == found.text)
