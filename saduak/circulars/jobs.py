"""Sending in the background. A page answers at once; these do the work, and take up what an interruption left."""

from datetime import timedelta

from django.db import transaction
from django_tasks import task

from saduak.circulars import commands
from saduak.circulars.models import Circular, Reminder
from saduak.kernel import clock
from saduak.people.actor import Actor, system

STALLED_AFTER = timedelta(minutes=1)


@transaction.atomic
def issue(code: str, *, by: Actor) -> Circular:
    """Issue a circular and put the sending into the queue, both or neither."""
    circular = commands.issue(code, by=by)
    send.enqueue(code)
    return circular


@task()
def send(code: str) -> int:
    """Send a circular batch by batch until everybody has it; returns how many batches it took."""
    by, batches = system("circulars"), 1
    while commands.send_batch(code, by=by):
        batches += 1
    return batches


def resume() -> list[str]:
    """Put every circular back into the queue whose sending stopped half-way (a worker was killed); returns codes.

    Harmless to call at any time: a batch that is being sent holds the circular, and nothing is sent twice.
    """
    with transaction.atomic():
        stalled = commands.take_up_stalled(clock.now() - STALLED_AFTER, by=system("circulars"))
        for code in stalled:
            send.enqueue(code)
    return stalled


@transaction.atomic
def remind(code: str, action_code: str, *, by: Actor, note: str = "") -> Reminder:
    """Order reminders and put their sending into the queue, both or neither."""
    made = commands.remind(code, action_code, by=by, note=note)
    send_reminders.enqueue(made.code)
    return made


@task()
def send_reminders(code: str) -> int:
    """Send a reminder batch by batch; returns how many batches it took."""
    by, batches = system("circulars"), 1
    while commands.remind_batch(code, by=by):
        batches += 1
    return batches


def remind_by_the_clock() -> int:
    """Order the reminders whose day has come, and take up those whose sending stopped; returns how many."""
    by = system("circulars")
    with transaction.atomic():
        codes = commands.run_rules(by=by) + commands.take_up_reminders(clock.now() - STALLED_AFTER, by=by)
        for code in codes:
            send_reminders.enqueue(code)
    return len(codes)
