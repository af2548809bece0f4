"""Answering for an office: keeping a draft that colleagues share, handing it in, taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from saduak.journal import commands as journal
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.packs import question_fields, questions
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.models import Organisation
from saduak.surveys import checking, policy, queries
from saduak.surveys.commands.subjects import subject
from saduak.surveys.models import Response, Survey
from saduak.surveys.workflow import RESPONSE


@dataclass(frozen=True)
class Conflict:
    """A colleague changed this answer since the writer's page was made: what stands now, and who wrote it."""

    value: Any
    by: str


@dataclass
class Saved:
    """What became of a save. errors: id of question → why it was not kept; conflicts: id → what stands instead; versions:
    id → version of what is kept now."""

    saved_at: datetime
    errors: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def save_answers(
    code: str, office_code: str, answers: Mapping[str, Any], *, by: Actor, seen: Mapping[str, int] | None = None
) -> Saved:
    """Keep answers of an office in its draft; what cannot be read is told and the rest is kept.

    answers: id of question → what was typed, as `packs.posted.raw` gives it; only what the writer touched. seen: id →
    version that the writer's page shows; an answer that a colleague changed since is left as it stands and told as a
    conflict. None: write without looking. Raises NotAllowed, NotPossible (closed, handed in, not asked), NotComplete (an
    unknown question), Survey.DoesNotExist, Organisation.DoesNotExist.
    """
    survey, office = _lock(code, office_code, by)
    policy.may_answer(by, survey, office).require()
    response = _response(survey, office, by)
    if response.state != "DRAFT":
        raise NotPossible(_("The answer was handed in. Take it back to change it."))
    asked = {one.id: one for one in queries.form(survey).questions}
    unknown = next((key for key in answers if key not in asked), None)
    if unknown is not None:
        raise NotComplete(_("There is no question “%(question)s”."), params={"question": unknown[:60]})
    saved = Saved(clock.now())
    response.version += 1
    changed = False
    for key, raw in answers.items():
        answer = questions.parse(question_fields.drafted(asked[key]), raw)
        if not answer.ok:
            saved.errors[key] = answer.refusal
            continue
        value, stands = questions.to_json(answer.value), response.values.get(key)
        written = response.written.get(key, {"version": 0, "by": ""})
        if value == stands:
            saved.versions[key] = written["version"]
            continue
        if seen is not None and seen.get(key, 0) < written["version"]:
            saved.conflicts[key] = Conflict(stands, written["by"])
            continue
        response.values[key] = value
        response.written[key] = {"version": response.version, "by": by.name}
        saved.versions[key] = response.version
        changed = True
    if changed or not response.updated_by_name:
        response.updated_at, response.updated_by_name = saved.saved_at, by.name
        response.save(update_fields=["values", "written", "version", "updated_at", "updated_by_name"])
    return saved


@transaction.atomic
def hand_in(code: str, office_code: str, *, by: Actor) -> Response:
    """Hand the office's answer in: it counts from now on. Answers to what is not asked are left out.

    Raises NotAllowed, NotPossible (closed, handed in already, nothing begun), NotComplete naming every question that is
    missing or no longer fits.
    """
    survey, office = _lock(code, office_code, by)
    policy.may_answer(by, survey, office).require()
    response = _begun(survey, office)
    target = RESPONSE.move(response.state, "hand_in")
    checked = checking.check(queries.form(survey), response.values)
    if checked.missing:
        raise NotComplete(_("Some questions are not answered yet."), items=checked.missing)
    response.values = {
        key: value for key, value in response.values.items() if key in checked.asked and value is not None
    }
    response.state, response.handed_in_at = target, clock.now()
    response.handed_in_by_name, response.handed_in_by_role = by.name, by.role
    response.save(update_fields=["values", "state", "handed_in_at", "handed_in_by_name", "handed_in_by_role"])
    journal.record("survey.answered", subject(survey), by=by, details={"office": office.code})
    return response


@transaction.atomic
def withdraw(code: str, office_code: str, *, by: Actor) -> Response:
    """Take the office's answer back to change it: until it is handed in again it does not count. Raises NotAllowed,
    NotPossible (closed, not handed in)."""
    survey, office = _lock(code, office_code, by)
    policy.may_answer(by, survey, office).require()
    response = _begun(survey, office)
    response.state = RESPONSE.move(response.state, "withdraw")
    response.handed_in_at, response.handed_in_by_name, response.handed_in_by_role = None, "", ""
    response.save(update_fields=["state", "handed_in_at", "handed_in_by_name", "handed_in_by_role"])
    journal.record("survey.answer_withdrawn", subject(survey), by=by, details={"office": office.code})
    return response


def _lock(code: str, office_code: str, by: Actor) -> tuple[Survey, Organisation]:
    """The survey and the office. What is held is the office's own answer (`_response`), so that offices do not wait for
    each other on the last evening."""
    survey = queries.by_code(code, by)
    office = people.organisation(office_code)
    if not (by.covers(office.path) or by.above(office.path)):
        raise Organisation.DoesNotExist
    return survey, office


def _response(survey: Survey, office: Organisation, by: Actor) -> Response:
    """The office's answer, held; begun now where there is none. Two who begin at once begin one."""
    try:
        return queries.response(survey, office)
    except Response.DoesNotExist:
        pass
    now = clock.now()
    try:
        with transaction.atomic():
            return Response.objects.create(survey=survey, organisation=office, begun_at=now, updated_at=now)
    except IntegrityError:
        return queries.response(survey, office)


def _begun(survey: Survey, office: Organisation) -> Response:
    try:
        return queries.response(survey, office)
    except Response.DoesNotExist:
        raise NotPossible(_("Your office has not begun its answer yet.")) from None
