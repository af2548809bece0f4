"""Marking: each on their own sheet, and nobody reads another's before all are in."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.assessment import marks, policy
from saduak.assessment.commands.screening import text_of
from saduak.assessment.models import Case, Mark, Sheet
from saduak.assessment.policy import FEWEST_SHEETS, MODERATING
from saduak.assessment.queries import cases
from saduak.assessment.queries import marks as queries
from saduak.assessment.workflow import CASE, SHEET
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.people.actor import Actor
from saduak.rounds import queries as rounds

NOT_MARKING = _("The sheets of this case have been opened: marks can no longer be changed.")


@transaction.atomic
def save_marks(number: str, given: Mapping[str, Mapping[str, str]], *, by: Actor) -> Sheet:
    """Save some marks of one's own sheet: item → any of {"value", "note"}; an empty value takes the mark back.

    Raises Case.DoesNotExist, NotAllowed, NotPossible (handed in, the sheets are open, or not the period of visits),
    NotComplete (unknown item, or a mark that cannot be given; nothing of this call is then kept).
    """
    case, sheet = _hold(number, by)
    SHEET.can(sheet.state, "hand_in").require()
    wanted = rounds.standard(case.application.round).marks_wanted
    kept = {one.item: one for one in sheet.marks.filter(item__in=list(given))}
    new, changed = [], []
    for item, parts in given.items():
        if item not in wanted:
            raise NotComplete(_("There is no item “%(item)s”."), params={"item": item[:60]})
        one = kept.get(item) or Mark(sheet=sheet, item=item)
        if "value" in parts:
            one.value = marks.read(wanted[item], parts["value"])
        if "note" in parts:
            one.note = text_of(parts["note"])
        (changed if one.pk else new).append(one)
    Mark.objects.bulk_create(new)
    Mark.objects.bulk_update(changed, ["value", "note"])
    sheet.saved_at = clock.now()
    sheet.save(update_fields=["saved_at"])
    return sheet


def _hold(number: str, by: Actor) -> tuple[Case, Sheet]:
    case = cases.lock(number, actor=by)
    policy.may_mark(by, cases.standing(case, by)).require()
    if case.state != "ASSIGNED":
        raise NotPossible(NOT_MARKING)
    policy.in_time(case.application.round, "mark").require()
    return case, queries.lock_sheet(case, by)


@transaction.atomic
def hand_in(number: str, *, by: Actor) -> Sheet:
    """Hand in one's own sheet; it can then not be changed by anybody. The last one opens all sheets of the case.

    Raises NotComplete naming every missing mark, and every item of the gate that is not met without a reason.
    """
    case, sheet = _hold(number, by)
    target = SHEET.move(sheet.state, "hand_in")
    missing = queries.missing(
        sheet, rounds.standard(case.application.round), f"/assessment/cases/{case.number}/marks/%s/"
    )
    if missing:
        raise NotComplete(
            _("%(count)s items are still open. Each one below leads to its place."),
            params={"count": len(missing)},
            items=missing,
        )
    sheet.state, sheet.handed_in_at = target, clock.now()
    sheet.save(update_fields=["state", "handed_in_at"])
    journal.record("sheet.handed_in", subject(case), by=by, details={"marks": sheet.marks.exclude(value="").count()})
    close_marking(case, by=by)
    return sheet


def subject(case: Case) -> journal.Subject:
    """A case is its own subject, so that the journal of the unit's application does not tell what is not released."""
    return journal.Subject("case", case.number, case.application.centre.name_th)


def close_marking(case: Case, *, by: Actor) -> bool:
    """Open the sheets when everybody who may mark has handed in, and at least two have. The case is held by the caller."""
    if case.state != "ASSIGNED":
        return False
    team = cases.free_team_of(case)
    waiting = [one for one in team if one.marks and one.sheet_state != "HANDED_IN"]
    if waiting or len(queries.handed_in(case)) < FEWEST_SHEETS:
        return False
    case.state, case.marked_at = CASE.move(case.state, "complete"), clock.now()
    case.save(update_fields=["state", "marked_at"])
    journal.record("case.marked", subject(case), by=by, details={"sheets": len(queries.handed_in(case))})
    # No name of a case in it: the message must stay harmless if a conflict of the reader shows later.
    outbox.notify(
        "case.marked",
        to=[one.user for one in team if one.function in MODERATING],
        subject=_("All sheets of a case are in: agree on the marks"),
        body=_("Every assessor of one of your cases has handed in. You find it under the cases of your team."),
        params={},
        about=("team", case.team.code),
        url="/assessment/cases/?state=MARKED",
    )
    return True
