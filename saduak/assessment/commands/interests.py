"""Declaring one's own interest in a case, and the officer's word on it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.assessment import policy
from saduak.assessment.commands.marks import close_marking
from saduak.assessment.commands.marks import subject as case_subject
from saduak.assessment.commands.screening import text_of
from saduak.assessment.interests import interest
from saduak.assessment.models import Case, Declaration, DeclarationKind, Pin, Sheet
from saduak.assessment.policy import FEWEST_SHEETS, MARKING
from saduak.assessment.queries import cases
from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.outbox import commands as outbox
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import User
from saduak.people.roles import Role


@transaction.atomic
def declare(number: str, kind: str, *, by: Actor, text: str = "") -> Declaration:
    """Declare one's own interest. "None" opens the case; anything else makes it disappear for the person.

    Whoever declared none may declare an interest later (it came up while reading), never the other way round: then the
    case is no longer there for them. Raises Case.DoesNotExist, NotAllowed, NotComplete, NotPossible.
    """
    case = cases.lock(number, actor=by)
    standing = cases.standing(case, by)
    policy.may_declare(by, standing).require()
    if kind not in DeclarationKind.values:
        raise NotComplete(_("Choose whether you have an interest, and which."), field="kind")
    words = text_of(text)
    if kind == DeclarationKind.OTHER and not words:
        raise NotComplete(_("Say in a few words which interest it is."), field="text")
    said = Declaration.objects.filter(case=case, user_id=by.user_id).first()
    if said is not None and kind == DeclarationKind.NONE:
        raise NotPossible(_("You have declared your interests on this centre already."))
    if case.state == "RELEASED":
        raise NotPossible(_("The result of this case has been released."))
    said = said or Declaration(case=case, user_id=by.user_id)
    said.kind, said.text, said.declared_at = kind, words, clock.now()
    said.save()
    journal.record("interest.declared", case_subject(case), by=by, details={"kind": kind, "text": words})
    if kind == DeclarationKind.NONE:
        if standing.function in MARKING and case.state == "ASSIGNED":
            Sheet.objects.get_or_create(case=case, user_id=by.user_id, defaults={"opened_at": clock.now()})
    else:
        _after_conflict(case, by)
    return said


def _after_conflict(case: Case, by: Actor) -> None:
    """Without this person the sheets may be complete, or too few may be left."""
    if case.state != "ASSIGNED":
        return
    close_marking(case, by=by)
    markers = [one for one in cases.free_team_of(case) if one.marks]
    if len(markers) < FEWEST_SHEETS:
        outbox.notify(
            "case.too_few_markers",
            to=people.programme_people(Role.OFFICER),
            subject=_("Case %(number)s needs another assessor"),
            body=_(
                "Only %(free)s members of the team can mark case %(number)s. Add a member to the team or give the case to another one."
            ),
            params={"number": case.number, "free": len(markers)},
            about=("case", case.number),
            url=f"/assessment/cases/{case.number}/interests/",
        )


@transaction.atomic
def pin_interest(number: str, user_ref: str, conflict: bool, *, by: Actor, reason: str) -> Pin:
    """The officer settles whether a person has a conflict in a case; it wins over what was declared and derived.

    Raises NotAllowed (no officer, or about oneself), NotComplete (no reason), NotPossible (already decided).
    """
    case = cases.lock(number, actor=by)
    user = _person(case, user_ref, by)
    words = text_of(reason)
    if not words:
        raise NotComplete(_("Give a reason."), field="reason")
    if case.state in ("DECIDED", "RELEASED"):
        raise NotPossible(_("The case has been decided: what was known then stands."))
    pin, _made = Pin.objects.update_or_create(
        case=case,
        user=user,
        defaults={"conflict": conflict, "reason": words, "pinned_at": clock.now(), "pinned_by": by.name},
    )
    details = {"person": user.ref, "name": user.name_th, "conflict": conflict, "reason": words}
    journal.record("interest.pinned", case_subject(case), by=by, details=details)
    _after_change(case, user, by)
    return pin


@transaction.atomic
def unpin_interest(number: str, user_ref: str, *, by: Actor) -> None:
    """Take the officer's word back; what was declared and derived counts again."""
    case = cases.lock(number, actor=by)
    user = _person(case, user_ref, by)
    if case.state in ("DECIDED", "RELEASED"):
        raise NotPossible(_("The case has been decided: what was known then stands."))
    found = Pin.objects.get(case=case, user=user)
    details = {"person": user.ref, "name": user.name_th, "was": found.conflict, "reason": found.reason}
    found.delete()
    journal.record("interest.unpinned", case_subject(case), by=by, details=details)
    _after_change(case, user, by)


def _person(case: Case, ref: str, by: Actor) -> User:
    """Somebody who could have a part in the case. Raises NotAllowed, User.DoesNotExist."""
    policy.may_pin(by, by.user_id if ref == by.ref else None).require()
    found = next((one for one in cases.concerned(case) if one.ref == ref), None)
    if found is None:
        raise User.DoesNotExist
    return found


def _after_change(case: Case, user: User, by: Actor) -> None:
    known = interest(case, user)
    if known.conflict:
        _after_conflict(case, by)
    elif (
        known.declared
        and case.state == "ASSIGNED"
        and any(one.user == user and one.marks for one in cases.team_of(case))
    ):
        Sheet.objects.get_or_create(case=case, user=user, defaults={"opened_at": clock.now()})
