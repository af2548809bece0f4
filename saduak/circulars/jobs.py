"""Sending in the background. A page answers at once; these do the work, and take up what an interruption left."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.files.base import File
from django.db import transaction
from django_tasks import task

from saduak.circulars import commands, print_files
from saduak.circulars.models import Circular, ExchangeAddress, PrintRun, Reading, Reminder, Side
from saduak.documents.printable import TooMuchText
from saduak.documents.typesetting import TypesettingFailed
from saduak.kernel import clock
from saduak.people.actor import Actor, system

STALLED_AFTER = timedelta(minutes=1)
EXCHANGE_EVERY = timedelta(minutes=1)
PRINTING_STALLED_AFTER = timedelta(minutes=3)  # longer than a part, or putting all together, may take
READING_STALLED_AFTER = timedelta(minutes=2)  # longer than one page may take


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


def draft_readiness_letters() -> int:
    """Draft the letters of what was released as readiness and has none yet; returns how many."""
    return len(commands.draft_readiness_letters(by=system("circulars")))


def hand_in(uploads: Sequence[File], *, by: Actor, text: str = "") -> Reading:
    """Keep the files of a bundle and put their reading into the queue, both or neither."""
    given = commands.keep(uploads, by=by, text=text)
    with transaction.atomic():
        reading = commands.hand_in(given, by=by)
        read_on.enqueue(reading.code)
    return reading


@task()
def read_on(code: str) -> bool:
    """Read a bundle for some seconds and queue up again behind others' work; True while there is more to do."""
    more = commands.read_some(code, by=system("circulars"))
    if more:
        read_on.enqueue(code)
    return more


def order_files(code: str, order: Sequence[int], *, by: Actor) -> commands.Ordered:
    """Put the files of a reading into another order; what still has to be read goes on."""
    done = commands.order_files(code, order, by=by)
    if done.reading.state in ("WAITING", "BEING_READ"):
        read_on.enqueue(code)
    return done


def resume_readings() -> int:
    """Put every reading back into the queue that stopped half-way (a worker was killed); returns how many."""
    with transaction.atomic():
        stalled = commands.take_up_readings(clock.now() - READING_STALLED_AFTER, by=system("circulars"))
        for code in stalled:
            read_on.enqueue(code)
    return len(stalled)


def exchange_by_the_clock() -> int:
    """Queue the exchange of letters of every office of ours that it is time for; returns how many offices."""
    with transaction.atomic():
        due = commands.offices_due(by=system("exchange"), every=EXCHANGE_EVERY)
        for department in due:
            exchange.enqueue(department)
    return len(due)


@task()
def exchange(department: str) -> dict[str, int]:
    """Empty the box of one of our offices and send what waits; harmless at any time, also twice at once."""
    ours = ExchangeAddress.objects.select_related("organisation").get(department=department, side=Side.OURS)
    return commands.exchange_once(ours, by=system("exchange"))


def exchange_now() -> dict[str, dict[str, int]]:
    """The same for all our offices, at once; department → what was done."""
    offices = ExchangeAddress.objects.filter(side=Side.OURS, active=True).order_by("department")
    return {one: exchange.call(one) for one in offices.values_list("department", flat=True)}


@transaction.atomic
def order_prints(code: str, *, by: Actor, form: str) -> PrintRun:
    """Order the letters of all addressees for the printer and put the typesetting into the queue, both or neither."""
    run, new = commands.order_prints(code, by=by, form=form)
    if new:
        set_prints.enqueue(run.code)
    return run


@task()
def set_prints(code: str) -> int:
    """Typeset a run part by part and put it together; returns how many parts this worker set.

    Killed at any moment, it goes on from the last part that was counted; two workers at once count none twice.
    """
    by, parts = system("circulars"), 0
    while True:
        run = PrintRun.objects.get(code=code)
        if run.state != "SETTING":
            return parts
        try:
            if run.done == run.total:
                file, size = print_files.put_together(run)
                commands.finish_prints(code, by=by, file=file, size=size)
                return parts
            name, starts = print_files.set_part(run)
        except (TypesettingFailed, TooMuchText) as problem:
            commands.fail_prints(code, by=by, problem=str(problem))
            return parts
        parts += commands.keep_part(code, by=by, after=run.done, name=name, starts=starts)


def resume_prints() -> int:
    """Put every run back into the queue that stopped half-way (a worker was killed); returns how many."""
    with transaction.atomic():
        stalled = commands.take_up_prints(clock.now() - PRINTING_STALLED_AFTER, by=system("circulars"))
        for code in stalled:
            set_prints.enqueue(code)
    return len(stalled)


def clear_prints() -> int:
    """Delete the files of runs that were finished some days ago; returns how many runs."""
    old = PrintRun.objects.filter(state__in=["READY", "FAILED"], finished_at__lt=clock.now() - commands.prints.KEPT)
    codes = list(old.values_list("code", flat=True)[:100])
    for code in codes:
        print_files.throw_away(commands.clear_prints(code, by=system("circulars")))
    return len(codes)
