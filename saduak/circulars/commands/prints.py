"""Print runs: every addressee's letter as PDF, set in the background. What takes long happens between these commands."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.drafts import subject
from saduak.circulars.models import PrintForm, PrintRun
from saduak.circulars.queries.visibility import lock_circular
from saduak.circulars.workflow import PRINT_RUN
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor

KEPT = timedelta(days=7)  # how long the file of a run is kept


@transaction.atomic
def order_prints(code: str, *, by: Actor, form: str) -> tuple[PrintRun, bool]:
    """Order the letters of all addressees in a form; the run, and whether it is new.

    A run of that form that is under way or ready is given instead of a second one. Raises NotComplete for no such form.
    """
    circular = lock_circular(code, actor=by)
    policy.may_print_letters(by, circular).require()
    if form not in PrintForm.values:
        raise NotComplete(_("Choose in which form you want the letters."), field="form")
    total = len(circular.addressee_ids)
    had = PrintRun.objects.filter(circular=circular, form=form, total=total, state__in=["SETTING", "READY"]).first()
    if had is None:  # one of fewer letters, from before another office was added, does not stand in the way
        had = PrintRun.objects.filter(circular=circular, form=form, state="SETTING").first()
    if had is not None:
        return had, False
    now = clock.now()
    made = PrintRun.objects.create(
        code=public_code("P", 10), circular=circular, form=form, total=total, ordered_at=now, ordered_by=by.name,
        progressed_at=now,
    )  # fmt: skip
    details = {"run": made.code, "form": form, "letters": total}
    journal.record("circular.prints_ordered", subject(circular), by=by, details=details)
    return made, True


@transaction.atomic
def keep_part(code: str, *, by: Actor, after: int, name: str, starts: list[int]) -> bool:
    """Count a part as done, unless another worker was faster: `after` is how many were done when it was begun."""
    policy.may_send_batch(by).require()
    run = _locked(code)
    if run.state != "SETTING" or run.done != after:
        return False
    run.parts = [*run.parts, [name, starts]]
    run.done += len(starts)
    run.progressed_at = clock.now()
    run.save(update_fields=["parts", "done", "progressed_at"])
    return True


@transaction.atomic
def finish_prints(code: str, *, by: Actor, file: str, size: int) -> bool:
    """The whole is there. False when another worker was faster."""
    policy.may_send_batch(by).require()
    run = _locked(code)
    if run.state != "SETTING":
        return False
    run.state = PRINT_RUN.move(run.state, "finish")
    run.file, run.size, run.finished_at = file, size, clock.now()
    run.save(update_fields=["state", "file", "size", "finished_at"])
    details = {"run": run.code, "letters": run.total, "size": size}
    journal.record("circular.prints_ready", subject(run.circular), by=by, details=details)
    return True


@transaction.atomic
def fail_prints(code: str, *, by: Actor, problem: str) -> bool:
    """Give a run up, with the reason. False when it is no longer under way."""
    policy.may_send_batch(by).require()
    run = _locked(code)
    if run.state != "SETTING":
        return False
    run.state = PRINT_RUN.move(run.state, "fail")
    run.problem, run.finished_at = problem[:500], clock.now()
    run.save(update_fields=["state", "problem", "finished_at"])
    journal.record(
        "circular.prints_failed", subject(run.circular), by=by, details={"run": code, "problem": problem[:500]}
    )
    return True


@transaction.atomic
def clear_prints(code: str, *, by: Actor) -> PrintRun:
    """Note that the files of a run are no longer offered; the caller deletes them then."""
    policy.may_send_batch(by).require()
    run = _locked(code)
    run.state = PRINT_RUN.move(run.state, "clear")
    run.file, run.parts = "", []
    run.save(update_fields=["state", "file", "parts"])
    journal.record("circular.prints_cleared", subject(run.circular), by=by, details={"run": code})
    return run


@transaction.atomic
def take_up_prints(before: datetime, *, by: Actor) -> list[str]:
    """The codes of runs at which nothing happened since `before` though it should; their clock starts anew."""
    policy.may_send_batch(by).require()
    stalled = PrintRun.objects.select_for_update().filter(state="SETTING", progressed_at__lt=before)
    codes = list(stalled.values_list("code", flat=True))
    PrintRun.objects.filter(code__in=codes).update(progressed_at=clock.now())
    return codes


def _locked(code: str) -> PrintRun:
    return PrintRun.objects.select_for_update(of=("self",)).select_related("circular__sender").get(code=code)
