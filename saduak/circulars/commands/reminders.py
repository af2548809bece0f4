"""Reminding the silent: ordered by a person or a rule, sent in batches, never twice a day to one office for one action."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.circulars import policy
from saduak.circulars.commands.subjects import subject
from saduak.circulars.models import Circular, CircularAction, Reminder, ReminderLine, ReminderRule
from saduak.circulars.queries import units
from saduak.circulars.queries.visibility import lock_root
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.codes import public_code
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox.commands import notify
from saduak.people.actor import Actor
from saduak.people.models import Organisation, User
from saduak.people.roles import Role
from saduak.rounds.moments import last_day, lazy_closing
from saduak.thai.working_days import add_working_days

BATCH = 500
LONGEST_NOTE = 500
MOST_DAYS = 30
# Sees a whole cascade, as the secretariat does; it only reads.
EVERYTHING = Actor(ref="system:reminders", name="", role=Role.OFFICER)


@transaction.atomic
def remind(code: str, action_code: str, *, by: Actor, note: str = "") -> Reminder:
    """Order reminders to every silent office of the actor's part of a cascade; `remind_batch` sends them.

    The lines are written now, under the letter's lock: a second press finds nobody left. Raises NotPossible where every
    silent office was reminded today or none is silent, NotComplete for a note that is too long.
    """
    root = lock_root(code, actor=by)
    policy.may_remind(by, root).require()
    return _order(root, action_code, by=by, reader=by, note=note)


def _order(root: Circular, action_code: str, *, by: Actor, reader: Actor, note: str) -> Reminder:
    """`by` orders; the offices are those that `reader` sees."""
    action = _action(root, action_code)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise NotComplete(_("At most %(longest)s characters."), params={"longest": LONGEST_NOTE}, field="note")
    found = units.audience(units.matrix(root, reader, below=True), action.code, clock.today())
    if not found.units and not found.nobody:
        raise NotPossible(_("There is nobody to remind: no office is silent, or all of them were reminded today."))
    now = clock.now()
    made = Reminder.objects.create(
        code=public_code("M", 8), root=root, action_code=action.code, note=note, by_name=by.name, at=now,
        units=len(found.units), progressed_at=now,
    )  # fmt: skip
    every = [(unit, ReminderLine.Outcome.WAITING) for unit in found.units]
    every += [(unit, ReminderLine.Outcome.NOBODY) for unit in found.nobody]
    lines = [
        ReminderLine(
            reminder=made, root=root, action_code=action.code, organisation_id=unit.pk, day=clock.today(), outcome=outcome
        )
        for unit, outcome in every
    ]  # fmt: skip
    try:
        with transaction.atomic():
            ReminderLine.objects.bulk_create(lines, batch_size=BATCH)
    except IntegrityError:
        raise NotPossible(_("Somebody else has just reminded these offices.")) from None
    _tell_bodies_above(root, action, [unit.path for unit in found.nobody])
    details = {"reminder": made.code, "action": action.code, "units": made.units, "nobody": len(found.nobody)}
    journal.record("circular.reminded", subject(root), by=by, details=details)
    return made


def _tell_bodies_above(root: Circular, action: CircularAction, paths: list[str]) -> None:
    """Name the offices where nobody holds a post to the nearest body above that has somebody."""
    step = Organisation.steplen
    above = {path[:end] for path in paths for end in range(step, len(path), step)}
    bodies = {one.path: one for one in Organisation.objects.filter(path__in=above)}
    names = {one.path: one.name_th for one in Organisation.objects.filter(path__in=paths)}
    held = units.reachable(root, [one.pk for one in bodies.values()])
    to_tell: dict[str, list[str]] = {}
    for path in paths:
        upward = (path[:end] for end in range(len(path) - step, 0, -step))
        body = next((one for one in upward if one in bodies and bodies[one].pk in held), None)
        if body is not None:
            to_tell.setdefault(body, []).append(names[path])
    for body, offices in to_tell.items():
        persons = User.objects.filter(pk__in={user for _role, user in held[bodies[body].pk]})
        shown = ", ".join(offices[:20]) + (" …" if len(offices) > 20 else "")
        notify(
            "circular.unreachable",
            to=persons,
            subject=_("Offices below you that nobody can remind: %(many)s"),
            body=_(
                "Letter %(number)s asks: %(action)s. Nobody holds a post in these offices: %(offices)s\n\nPlease give "
                "somebody there the post of registrar or coordinator, or tell them in another way."
            ),
            params={"many": len(offices), "number": root.number, "action": action.title_th, "offices": shown},
            about=("circular", root.code),
            url=f"/circulars/{root.code}/units/",
        )


@transaction.atomic
def remind_batch(code: str, *, by: Actor, size: int = BATCH) -> int:
    """Tell the next offices of a reminder; returns how many are still to come. Who has done it meanwhile is not told.

    A batch and its outcomes are one transaction under the reminder's lock, so an interruption repeats and drops nobody.
    """
    policy.may_send_batch(by).require()
    reminder = (
        Reminder.objects.select_for_update(of=("self",)).select_related("root__sender", "root__round").get(code=code)
    )
    waiting = reminder.lines.filter(outcome=ReminderLine.Outcome.WAITING).order_by("pk")
    batch = list(waiting[:size])
    now = clock.now()
    root, action = reminder.root, _action(reminder.root, reminder.action_code)
    silent = {unit.pk: unit for unit in units.matrix(root, EVERYTHING).silent(action.code)}
    held = units.reachable(root, [line.organisation_id for line in batch])
    told: set[int] = set()
    for line in batch:
        unit, posts = silent.get(line.organisation_id), held.get(line.organisation_id)
        if unit is None:
            line.outcome = ReminderLine.Outcome.DONE
        elif not posts:
            line.outcome = ReminderLine.Outcome.NOBODY
        else:
            line.outcome = ReminderLine.Outcome.SENT
            told |= set(units.recipients(posts, received=unit.received))
    ReminderLine.objects.bulk_update(batch, ["outcome"], batch_size=BATCH)
    message = reminder_text(root, action, reminder.note)
    notify("circular.reminder", to=User.objects.filter(pk__in=told).order_by("pk"), **message)
    left = waiting.count()
    reminder.progressed_at, reminder.finished_at = now, None if left else now
    reminder.save(update_fields=["progressed_at", "finished_at"])
    return left


def reminder_text(root: Circular, action: CircularAction, note: str) -> dict[str, Any]:
    """What a reminder says, as `outbox.notify` takes it; also for the preview."""
    due = lazy_closing(action.due_at) if action.due_at else _("no date")
    return {
        "subject": _("Reminder: %(action)s"),
        "body": _(
            "Letter %(number)s of %(sender)s asks your office: %(action)s\nUntil: %(due)s\n\nNothing of it has been seen "
            "yet. If it is done, you need do nothing more.\n%(note)s"
        ),
        "params": {
            "action": action.title_th, "number": root.number, "sender": root.sender.name_th, "due": due, "note": note,
        },
        "about": ("circular", root.code),
        "url": f"/surveys/{action.survey.code}/" if action.survey is not None else "/circulars/actions/",
    }  # fmt: skip


@transaction.atomic
def set_rule(code: str, action_code: str, *, by: Actor, days_before: int, on: bool = True) -> None:
    """Remind by the clock some working days before an action's date, or no longer. Raises NotComplete, NotPossible."""
    root = lock_root(code, actor=by)
    policy.may_set_reminders(by, root).require()
    action = _action(root, action_code)
    if action.due_at is None:
        raise NotPossible(_("This action has no date before which to remind."))
    if not 1 <= days_before <= MOST_DAYS:
        raise NotComplete(
            _("Write a number of working days between 1 and %(most)s."), params={"most": MOST_DAYS}, field="days"
        )
    wanted = {"root": root, "action_code": action.code, "days_before": days_before}
    if on:
        ReminderRule.objects.get_or_create(**wanted, defaults={"by_name": by.name, "at": clock.now()})
    else:
        ReminderRule.objects.filter(**wanted, ran_at=None).delete()
    details = {"action": action.code, "days_before": days_before, "on": on}
    journal.record("circular.reminders_set", subject(root), by=by, details=details)


@transaction.atomic
def run_rules(*, by: Actor) -> list[str]:
    """Order the reminders whose day has come, each rule once; returns their codes. Days missed are made up for until the
    date itself has passed."""
    policy.may_send_batch(by).require()
    now, ordered = clock.now(), []
    for rule in ReminderRule.objects.select_for_update(of=("self",)).filter(ran_at=None).select_related("root__sender"):
        action = rule.root.actions.filter(code=rule.action_code).first()
        if action is None or action.due_at is None or not _come(action.due_at, rule.days_before, now):
            continue
        rule.ran_at = now
        rule.save(update_fields=["ran_at"])
        if now >= action.due_at:
            continue
        try:
            with transaction.atomic():
                ordered.append(_order(rule.root, rule.action_code, by=by, reader=EVERYTHING, note="").code)
        except NotPossible:
            continue  # nobody is silent: there is nothing to remind of
    return ordered


def _come(due_at: datetime, days: int, now: datetime) -> bool:
    day: date = add_working_days(last_day(due_at), -days)
    local = now.astimezone(clock.BANGKOK)
    return (local.date(), local.hour) >= (day, 8)


@transaction.atomic
def take_up_reminders(before: datetime, *, by: Actor) -> list[str]:
    """Codes of reminders whose sending stopped before a moment; their clock starts anew."""
    policy.may_send_batch(by).require()
    stalled = Reminder.objects.select_for_update().filter(finished_at=None, progressed_at__lt=before)
    codes = list(stalled.values_list("code", flat=True))
    Reminder.objects.filter(code__in=codes).update(progressed_at=clock.now())
    return codes


def _action(root: Circular, code: str) -> CircularAction:
    found = root.actions.filter(code=code).first()
    if found is None:
        raise NotPossible(_("This letter has no such action."))
    return found
