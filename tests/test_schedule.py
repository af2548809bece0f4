"""What happens by the clock: every job runs, also when there is nothing to do."""

import pytest
from django.db import connection

from saduak.config.schedule import JOBS, keep_statistics


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_job_with_nothing_to_do_does_nothing(job, db):
    assert job.run() == 0


def test_sqlite_learns_how_its_tables_have_grown(world):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its statistics by itself")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("PRAGMA optimize = -1")  # only says what it would do
        assert any("people_" in line for (line,) in cursor.fetchall())
    keep_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl LIKE 'people_%'")
        assert cursor.fetchone()[0] > 0
