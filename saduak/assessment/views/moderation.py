"""Agreeing on marks: originals side by side, agreed mark, reason, presence."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.assessment import commands, marks, policy
from saduak.assessment.models import Case
from saduak.assessment.queries import cases, results
from saduak.assessment.queries import moderation as queries
from saduak.assessment.views.cases import case_of
from saduak.assessment.workflow import CASE
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible, Refusal
from saduak.kernel.verdict import Verdict, first_no
from saduak.rounds import queries as rounds
from saduak.web import refusals


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """Everybody who may read the case reads what was agreed; the chair or secretary writes it."""
    return _detail(request, number, None)


def _readable(request: HttpRequest, number: str) -> tuple[Case, Verdict, Verdict]:
    """The case, whether the actor may write what is agreed, and whether the calendar lets anybody."""
    case = case_of(request, number)
    standing = cases.standing(case, request.actor)
    policy.may_read(request.actor, standing).require()
    if case.state == "ASSIGNED":
        raise NotPossible(_("The marks are shown when all sheets of the case are in."))
    may_write = first_no(policy.may_moderate(request.actor, standing), CASE.can(case.state, "agree"))
    return case, may_write, policy.in_time(case.application.round, "moderate")


def _detail(
    request: HttpRequest,
    number: str,
    refusal: Refusal | None,
    typed: dict[str, dict[str, str]] | None = None,
    presence: dict[str, dict[str, Any]] | None = None,
) -> HttpResponse:
    case, may_write, in_time = _readable(request, number)
    groups = queries.comparison(case, typed)
    computed = case.computed
    if not computed:  # what was typed and refused counts for nothing
        kept = queries.comparison(case) if typed else groups
        computed = marks.to_json(rounds.standard(case.application.round), queries.preview(case, kept))
    context = {
        "case": case,
        "groups": groups,
        "may_agree": first_no(may_write, in_time),
        "refusal": refusal,
        "attendance": queries.attendance(case, presence),
        "closed": in_time if may_write and not in_time and not refusal else None,
        "typed": bool(typed),
        "result": results.shown(computed, case.application.round),
        "provisional": not case.computed,
        "sheets": queries.counted_sheets(case),
        "differing": sum(group.differing for group in groups),
        "storage_key": f"moderation-{number}-{request.actor.ref}",
    }
    return render(request, "assessment/moderation.html", context, status=refusal.status if refusal else 200)


@require_POST
def save(request: HttpRequest, number: str) -> HttpResponse:
    """Fields `value-<item>`, `reason-<item>`; `present-<person>`, `left-<person>`, `note-<person>` with `person` hidden."""
    _case, may_write, in_time = _readable(request, number)
    may_write.require()
    given: dict[str, dict[str, str]] = {}
    for name, value in request.POST.items():
        part, _dash, item = name.partition("-")
        if part in ("value", "reason") and item:
            given.setdefault(item, {})[part] = value
    presence = _presence(request)
    if not in_time:
        if "X-Saduak-Autosave" in request.headers:
            in_time.require()
        return _detail(request, number, NotPossible(in_time.reason, params=in_time.params), given, presence)
    errors = _save_each(request, number, given)
    if presence:
        commands.save_agreement(number, {}, by=request.actor, presence=presence)
    if "X-Saduak-Autosave" in request.headers:
        return JsonResponse(
            {"saved_at": clock.now().isoformat(), "errors": errors, "progress": _progress(request, number)}
        )
    for sentence in errors.values():
        messages.error(request, sentence)
    if request.POST.get("then") == "agree" and not errors:
        return _agree(request, number)
    if not errors:
        messages.success(request, _("What you agreed so far has been saved."))
    return redirect("assessment:moderation", number)


def _presence(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """The page sends its people along (`person`), because a box that is not ticked is not sent."""
    names = request.POST
    return {
        ref: {
            "present": f"present-{ref}" in names,
            "left_room": f"left-{ref}" in names,
            "note": names.get(f"note-{ref}", ""),
        }
        for ref in names.getlist("person")
    }


def _progress(request: HttpRequest, number: str) -> dict[str, str]:
    case, _may, _in_time = _readable(request, number)
    groups = queries.comparison(case)
    found = queries.preview(case, groups)
    left = sum(group.open for group in groups)
    return {
        "so-far": f"{found.so_far:f}" if found.total is None else f"{found.total:f}",
        "left": _("%(count)s items without an agreed mark") % {"count": left} if left else _("every item has a mark"),
    }


def _save_each(request: HttpRequest, number: str, given: dict[str, dict[str, str]]) -> dict[str, str]:
    if not given:
        return {}
    try:
        commands.save_agreement(number, given, by=request.actor)
        return {}
    except NotComplete as refusal:
        if len(given) == 1:
            return {f"value-{next(iter(given))}": refusals.sentence(refusal)}
    errors: dict[str, str] = {}
    for item, parts in given.items():
        errors |= _save_each(request, number, {item: parts})
    return errors


@require_POST
def agree(request: HttpRequest, number: str) -> HttpResponse:
    return _agree(request, number)


def _agree(request: HttpRequest, number: str) -> HttpResponse:
    try:
        commands.agree(number, by=request.actor)
    except NotComplete as refusal:
        return _detail(request, number, refusal)
    messages.success(request, _("The marks are agreed and the result has been computed."))
    return redirect("assessment:case", number)
