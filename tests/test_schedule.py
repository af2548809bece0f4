"""What happens by the clock: every job runs, also when there is nothing to do."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from saduak.circulars import jobs
from saduak.config.schedule import JOBS, forget_tasks
from saduak.kernel import clock


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_job_with_nothing_to_do_does_nothing(job, db):
    assert job.run() == 0


def test_what_the_queue_has_done_is_forgotten_after_a_week_and_what_failed_or_waits_is_not(db):
    for status in ("SUCCESSFUL", "FAILED", "READY"):
        jobs.send.enqueue("L-ABSENT")
        DBTaskResult.objects.filter(status="READY").update(status=status, finished_at=clock.now())
    with clock.at(clock.now() + timedelta(days=6)):
        assert forget_tasks() == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert forget_tasks() == 1
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"FAILED", "READY"}
