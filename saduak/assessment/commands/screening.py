"""The desk check: findings per criterion, the result that is held, and giving back for correction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saduak.applications import commands as application_commands
from saduak.applications import queries as applications
from saduak.applications.models import Application
from saduak.assessment import policy
from saduak.assessment.models import Finding, FindingVerdict, FlawKind, Screening, ScreeningResult
from saduak.assessment.queries import screening as queries
from saduak.assessment.workflow import SCREENING
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import Item, NotComplete, NotPossible
from saduak.people.actor import Actor

LONGEST = 4000


def subject(application: Application) -> journal.Subject:
    return journal.Subject("screening", application.number, application.centre.name_th)


def _hold(number: str, by: Actor) -> tuple[Application, Screening]:
    """The application and its desk check, both held; the desk check begins with the first look. Raises NotPossible outside
    the round's period of screening: nothing of a desk check is written before it opens or after it has closed.
    """
    application = applications.lock(number, actor=by)
    policy.may_screen(by).require()
    policy.in_time(application.round, "screen").require()
    screening, made = Screening.objects.select_for_update().get_or_create(
        application=application, defaults={"opened_at": clock.now(), "opened_by": by.name}
    )
    if made:
        journal.record("screening.opened", subject(application), by=by)
    return application, screening


def _with_officer(application: Application) -> None:
    if application.state != "SUBMITTED":
        raise NotPossible(
            _("The application cannot be screened now: it is “%(state)s”."), params={"state": application.status.label}
        )


def text_of(value: str) -> str:
    """Text as it is kept. Raises NotComplete when it is too long."""
    text = value.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > LONGEST:
        raise NotComplete(_("This text is too long: at most %(most)s characters."), params={"most": LONGEST})
    return text


@transaction.atomic
def save_findings(number: str, findings: Mapping[str, Mapping[str, str]], *, by: Actor) -> Screening:
    """Write down findings: criterion → any of {"verdict", "remark", "kind"}; what is not named stays as it is.

    Raises NotAllowed, NotPossible (not with the officer, already screened, or not the period of screening), NotComplete
    (unknown item or value).
    """
    application, screening = _hold(number, by)
    _with_officer(application)
    if screening.state != "OPEN":
        SCREENING.can(screening.state, "finish").require()
    known = {one.id for one in applications.standard(application).criteria}
    latest = applications.latest_submission(application)
    assert latest is not None  # it was handed in
    kept = {one.item: one for one in screening.findings.filter(item__in=list(findings))}
    at = clock.now()
    for item, given in findings.items():
        if item not in known:
            raise NotComplete(_("There is no item “%(item)s”."), params={"item": item[:60]})
        if item not in kept and not any(given.values()):
            continue  # a form sends every field: what nobody touched is no finding
        one = kept.get(item) or Finding(screening=screening, item=item)
        one.verdict = _choice(given.get("verdict", one.verdict), FindingVerdict.values)
        one.kind = _choice(given.get("kind", one.kind), FlawKind.values)
        one.remark = text_of(given.get("remark", one.remark))
        if one.verdict == FindingVerdict.MET:
            one.kind = ""
        if one.pk is None or "verdict" in given:  # a remark alone does not count as a new look
            one.sequence = latest.sequence
        one.by_name, one.at = by.name, at
        one.save()
    return screening


def _choice(value: str, allowed: list[str]) -> str:
    if value and value not in allowed:
        raise NotComplete(_("“%(value)s” cannot be chosen here."), params={"value": value[:40]})
    return value


@transaction.atomic
def finish(number: str, result: str, *, by: Actor, note: str = "") -> Screening:
    """Record ready or not ready; nobody outside learns of it before the release.

    Raises NotComplete naming every criterion that has not been looked at (since the last correction), every item of the
    gate that is not met when the result is "ready", and a missing note when it is "not ready".
    """
    application, screening = _hold(number, by)
    target = SCREENING.move(screening.state, "finish")
    _with_officer(application)
    if result not in ScreeningResult.values:
        raise NotComplete(_("Choose ready or not ready."), field="result")
    checklist = queries.checklist(application)
    _require_all_seen(checklist)
    words = text_of(note)
    if result == ScreeningResult.READY:
        gates = {one.id for one in checklist.standard.gate}
        failed = [line for line in checklist.flawed if line.given.criterion.id in gates]
        if failed:
            raise NotComplete(
                _(
                    "Items of the gate that are not met stand against “ready”. Return the application or record “not ready”."
                ),
                items=[_item(line) for line in failed],
            )
    elif not words:
        raise NotComplete(_("Write why it is not ready, and what the unit can do for the next round."), field="note")
    screening.state, screening.result, screening.note = target, result, words
    screening.done_at, screening.done_by = clock.now(), by.name
    screening.save(update_fields=["state", "result", "note", "done_at", "done_by"])
    details = {"result": result, "not_met": [line.given.criterion.id for line in checklist.flawed], "note": words}
    journal.record("screening.finished", subject(application), by=by, details=details)
    return screening


def _require_all_seen(checklist: queries.Checklist) -> None:
    if checklist.open_lines:
        raise NotComplete(
            _("%(count)s criteria have not been checked yet."),
            params={"count": len(checklist.open_lines)},
            items=[_item(line) for line in checklist.open_lines],
        )


def _item(line: queries.Line) -> Item:
    one = line.given.criterion
    return Item(f"{one.number} {one.title.say(get_language())}", f"#item-{one.id}")


@transaction.atomic
def reopen(number: str, *, by: Actor) -> Screening:
    """Take a held result back before its release."""
    application, screening = _hold(number, by)
    screening.state = SCREENING.move(screening.state, "reopen")
    was, screening.result, screening.note = screening.result, "", ""
    screening.done_at, screening.done_by = None, ""
    screening.save(update_fields=["state", "result", "note", "done_at", "done_by"])
    journal.record("screening.reopened", subject(application), by=by, details={"was": was})
    return screening


@transaction.atomic
def return_for_correction(number: str, due_on: date | None, *, by: Actor) -> Application:
    """Give the application back: one remark for each criterion that is not met, with its kind and the same last day.

    Raises NotComplete naming every such criterion whose kind or remark is missing; NotPossible while it is not with
    the officer or the result is already held.
    """
    application, screening = _hold(number, by)
    _with_officer(application)
    if screening.state != "OPEN":
        SCREENING.can(screening.state, "finish").require()
    if due_on is None:
        raise NotComplete(_("Give the day by which it has to be corrected."), field="due_on")
    flawed = queries.checklist(application).flawed
    if not flawed:
        raise NotComplete(_("No criterion is marked as not met, so there is nothing to correct."))
    bare = [line for line in flawed if line.finding is None or not line.finding.kind or not line.finding.remark]
    if bare:
        raise NotComplete(
            _("Say for each criterion that is not met what is wrong: choose a kind and write a remark."),
            items=[_item(line) for line in bare],
        )
    remarks: list[dict[str, Any]] = [
        {"item": one.item, "kind": one.kind, "text": one.remark, "due_on": due_on}
        for line in flawed
        if (one := line.finding) is not None
    ]
    returned = application_commands.return_for_correction(number, remarks, by=by)
    journal.record(
        "screening.returned",
        subject(application),
        by=by,
        details={"items": [one["item"] for one in remarks], "due_on": due_on},
    )
    return returned
