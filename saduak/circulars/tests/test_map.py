"""The map of a cascade: how an office and a province stand, what a reader below sees, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saduak.circulars.queries import ledger
from saduak.circulars.queries.ledger.places import Stand, _stand
from saduak.kernel import clock

AT = clock.bangkok
NOW = AT(2022, 1, 10)
EARLY, LATE = AT(2022, 1, 3), AT(2022, 1, 20)


@pytest.mark.parametrize(
    ("times", "below", "passed", "due", "expected"),
    [
        ((None, None, None), 0, False, None, Stand.SENT),
        ((EARLY, None, None), 3, False, None, Stand.RECEIVED),
        ((EARLY, None, None), 3, True, None, Stand.PASSED),
        ((EARLY, EARLY, None), 3, False, None, Stand.RECEIVED),  # acknowledging is not passing on
        ((EARLY, EARLY, None), 3, True, None, Stand.DONE),
        ((EARLY, EARLY, None), 0, False, None, Stand.DONE),
        ((None, None, EARLY), 0, False, None, Stand.RETURNED),
        ((LATE, LATE, None), 0, False, None, Stand.SENT),  # what came later is not seen
        ((None, None, None), 0, False, EARLY, Stand.LATE),
        ((EARLY, EARLY, None), 0, False, AT(2022, 1, 1), Stand.LATE),
        ((EARLY, EARLY, None), 0, False, AT(2022, 1, 4), Stand.DONE),
    ],
)
def test_how_an_office_stands_follows_from_its_times(times, below, passed, due, expected):
    assert _stand(times, below, passed, NOW, due) is expected


def test_the_map_adds_up_to_the_ledger_and_shows_each_reader_their_part(world, cascade, sign_in):
    with clock.at(AT(2022, 1, 20)):
        found = ledger.standing(cascade, world.officer)
        tiers, areas = ledger.country(cascade, world.officer, found, None, None)
        rows = {row.key: row for row in ledger.by_province(cascade, world.officer)}
        assert {one.key: (one.addressed, one.expected) for one in areas} == {
            key: (row.addressed, row.expected) for key, row in rows.items()
        }
        assert [(one.level.kind, len(one.places)) for one in tiers] == [("MINISTRY", 1), ("DEPARTMENT", 1)]
        branches = ledger.province(cascade, world.officer, found, None, None, "54")
        assert branches[0].place.label == world.province.name_th
        officer = sign_in(world.users["officer"])
        address = f"/circulars/{cascade.code}/map"
        with CaptureQueriesContext(connection) as whole:
            page = officer.get(f"{address}/").content.decode()
        with CaptureQueriesContext(connection) as one_province:
            officer.get(f"{address}/?province=54")
        registrar = sign_in(world.users["registrar_province"])
        own = registrar.get(f"{address}/").content.decode()
        assert registrar.get(f"{address}/?province=55").status_code == 404
        assert registrar.get(f"{address}.csv?province=55").status_code == 404
    assert "province=55" in page
    assert "province=55" not in own
    assert "province=54" in own
    assert len(whole) <= 13
    assert len(one_province) <= 13
