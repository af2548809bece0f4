"""What happens by the clock: every job runs, also when there is nothing to do."""

import pytest

from saduak.config.schedule import JOBS


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_job_with_nothing_to_do_does_nothing(job, db):
    assert job.run() == 0
