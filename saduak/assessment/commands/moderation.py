"""Agreeing on marks: beside the untouched originals, with reasons, and with who was there."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.assessment import marks, policy
from saduak.assessment.commands.marks import subject
from saduak.assessment.commands.screening import text_of
from saduak.assessment.models import Agreed, Case, Presence
from saduak.assessment.policy import FEWEST_SHEETS
from saduak.assessment.queries import cases
from saduak.assessment.queries import moderation as queries
from saduak.assessment.workflow import CASE
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.actor import Actor
from saduak.rounds import queries as rounds


def _hold(number: str, by: Actor) -> Case:
    case = cases.lock(number, actor=by)
    policy.may_moderate(by, cases.standing(case, by)).require()
    return case


@transaction.atomic
def save_agreement(
    number: str,
    given: Mapping[str, Mapping[str, str]],
    *,
    by: Actor,
    presence: Mapping[str, Mapping[str, Any]] | None = None,
) -> Case:
    """Save some of what is agreed: item → any of {"value", "reason"}; presence: person → {"present", "left_room", "note"}.

    Raises Case.DoesNotExist, NotAllowed, NotPossible (sheets not all in, agreed already, or
    neither visits nor decision under way), NotComplete (a mark that
    cannot be given, an unknown item, somebody who does not take part).
    """
    case = _hold(number, by)
    CASE.can(case.state, "agree").require()
    policy.in_time(case.application.round, "moderate").require()
    wanted = rounds.standard(case.application.round).marks_wanted
    kept = {one.item: one for one in Agreed.objects.filter(case=case, item__in=list(given))}
    new, changed = [], []
    for item, parts in given.items():
        if item not in wanted:
            raise NotComplete(_("There is no item “%(item)s”."), params={"item": item[:60]})
        one = kept.get(item) or Agreed(case=case, item=item)
        if "value" in parts:
            one.value = marks.read(wanted[item], parts["value"])
        if "reason" in parts:
            one.reason = text_of(parts["reason"])
        (changed if one.pk else new).append(one)
    Agreed.objects.bulk_create(new)
    Agreed.objects.bulk_update(changed, ["value", "reason"])
    _note_presence(case, presence or {})
    return case


def _note_presence(case: Case, presence: Mapping[str, Mapping[str, Any]]) -> None:
    team = {one.user.ref: one.user for one in cases.free_team_of(case)}
    for ref, given in presence.items():
        user = team.get(ref)
        if user is None:
            raise NotComplete(_("Only members who take part in this case can be noted as present."))
        present = bool(given.get("present"))
        left = present and bool(given.get("left_room"))
        Presence.objects.update_or_create(
            case=case,
            user=user,
            defaults={
                "name": user.name_th,
                "present": present,
                "left_room": left,
                "note": text_of(str(given.get("note", "")))[:400],
            },
        )


@transaction.atomic
def agree(number: str, *, by: Actor) -> Case:
    """Close the moderation: the agreed marks are kept for every item and the result is computed, exactly.

    Raises NotComplete naming every item without an agreed mark, every difference without its reason, and fewer than
    two members present.
    """
    case = _hold(number, by)
    target = CASE.move(case.state, "agree")
    policy.in_time(case.application.round, "moderate").require()
    groups = queries.comparison(case)
    missing = queries.missing(case, groups, f"/assessment/cases/{case.number}/moderation/")
    if missing:
        raise NotComplete(
            _("%(count)s items are still open. Each one below leads to its place."),
            params={"count": len(missing)},
            items=missing,
        )
    present = list(Presence.objects.filter(case=case, present=True))
    if len(present) < FEWEST_SHEETS:
        raise NotComplete(
            _("Note who was present: at least %(needed)s members agree on the marks."), params={"needed": FEWEST_SHEETS}
        )
    _keep(case, groups)
    found = queries.preview(case, groups)
    case.state, case.agreed_at, case.agreed_by = target, clock.now(), by.name
    case.computed = marks.to_json(rounds.standard(case.application.round), found)
    case.computed_level, case.computed_total = found.level or "", found.counted
    case.save(update_fields=["state", "agreed_at", "agreed_by", "computed", "computed_level", "computed_total"])
    differing = [row.entry.key for row in queries.flat(groups) if row.needs_reason]
    details = {
        "level": case.computed_level,
        "total": case.computed["counted"],
        "differing": differing,
        "present": [one.name for one in present],
        "left_room": [one.name for one in present if one.left_room],
    }
    journal.record("case.agreed", subject(case), by=by, details=details)
    return case


def _keep(case: Case, groups: list[queries.Group]) -> None:
    """Common marks that nobody had to touch become agreed marks like the others."""
    rows = queries.flat(groups)
    Agreed.objects.bulk_create(
        Agreed(case=case, item=row.entry.key, value=row.common) for row in rows if row.kept is None and row.common
    )
    empty = [row.kept for row in rows if row.kept is not None and not row.kept.value and row.common]
    for row in rows:
        if row.kept is not None and not row.kept.value:
            row.kept.value = row.common
    Agreed.objects.bulk_update(empty, ["value"])
