"""What happens by the clock, and how often. The only place that knows all jobs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from saduak.applications import jobs as applications
from saduak.circulars import jobs as circulars
from saduak.files import jobs as files
from saduak.kernel import clock
from saduak.outbox import jobs as outbox
from saduak.people.actor import system
from saduak.surveys import jobs as surveys

KEPT_IN_QUEUE = timedelta(days=7)


@dataclass(frozen=True)
class Job:
    """name: for the log; seconds: between two runs; run: the work, returns how much there was."""

    name: str
    seconds: int
    run: Callable[[], int]


def keep_statistics() -> int:
    """Let SQLite look at its tables, so that it chooses the right index; PostgreSQL sees to that by itself."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 1000")  # rows an index; the whole takes milliseconds then
        cursor.execute("ANALYZE")
    return 0


def forget_tasks() -> int:
    """Throw away what the queue has done more than a week ago: the work itself is told by its own rows; returns how many."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=clock.now() - KEPT_IN_QUEUE)
    return done.delete()[0]


JOBS = [
    Job("send messages", 5, outbox.send_ready),
    Job("take up letters whose sending stopped", 30, lambda: len(circulars.resume())),
    Job("take up readings that stopped", 30, circulars.resume_readings),
    Job("exchange letters with other systems", 30, circulars.exchange_by_the_clock),
    Job("take up printing that stopped", 60, circulars.resume_prints),
    Job("clear prints away", 3600, circulars.clear_prints),
    Job("draft letters of readiness", 60, circulars.draft_readiness_letters),
    Job("remind silent offices by the clock", 300, circulars.remind_by_the_clock),
    Job("scan files that were missed", 600, files.scan_missed),
    Job("scan again with new signatures", 3600, files.scan_with_new_signatures),
    Job("tell of malware in evidence", 60, lambda: applications.tell_of_malware(by=system("malware"))),
    Job("forget unfinished uploads", 3600, files.forget_expired_uploads),
    Job("forget tasks that are done", 6 * 3600, forget_tasks),
    Job("keep the statistics of the database", 6 * 3600, keep_statistics),
    Job("forget drafts and names of surveys that are long over", 24 * 3600, surveys.forget_by_the_clock),
    Job("erase files that nothing needs", 24 * 3600, lambda: files.erase_unneeded(by=system("erasure"))),
]
