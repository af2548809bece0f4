"""Units and actions for the bodies above, and reminders to the silent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.circulars import commands, jobs, policy
from saduak.circulars.commands.reminders import MOST_DAYS, reminder_text
from saduak.circulars.forms.units import Narrow, Remind
from saduak.circulars.models import Circular, Reminder, ReminderRule
from saduak.circulars.queries import units
from saduak.circulars.views.ledger import Moment, root_of, tabs
from saduak.files import tables
from saduak.kernel import clock
from saduak.kernel.refusals import Refusal
from saduak.people.models import Organisation

PER_PAGE = 50
SAMPLE = 12


@require_safe
def index(request: HttpRequest, code: str) -> HttpResponse:
    root, found, form = _found(request, code)
    page = Paginator(found.units, PER_PAGE).get_page(request.GET.get("page"))
    offices = units.named(page.object_list)
    held = units.reachable(root, list(offices))
    lines = [
        {
            "unit": unit,
            "office": offices[unit.pk],
            "cells": list(zip(found.actions, units.cells(found, unit), strict=True)),
            "nobody": unit.pk not in held,
        }
        for unit in page.object_list
    ]
    context = {
        "root": root, "form": form, "page": page, "lines": lines, "counts": found.counts(), "actions": found.actions,
        "may_remind": policy.may_remind(request.actor, root),
        "tabs": tabs(root, Moment(clock.now(), asked=False, wrong=False)),
        "reminders": Reminder.objects.filter(root=root).order_by("-at")[:5],
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "circulars/units.html", context)


def _found(request: HttpRequest, code: str) -> tuple[Circular, units.Matrix, Narrow]:
    """The cascade's matrix, narrowed by what the reader asked for."""
    root = root_of(request, code)
    whole = units.matrix(root, request.actor)
    form = Narrow(whole, request.GET or None)
    wanted: dict[str, str] = form.cleaned_data if form.is_valid() else {}
    kept = [
        unit
        for unit in whole.units
        if (not wanted.get("province") or unit.province == wanted["province"])
        and (not wanted.get("kind") or unit.kind == wanted["kind"])
        and _stands(unit, wanted.get("action", ""), wanted.get("state", ""))
    ]
    return root, units.Matrix(root, whole.actions, kept, whole.at), form


def _stands(unit: units.Unit, action: str, state: str) -> bool:
    if action and action not in unit.states:
        return False
    return not state or (unit.states.get(action) == state if action else state in unit.states.values())


@require_safe
def as_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    root, found, _form = _found(request, code)
    return tables.csv(f"units-{root.code}.csv", units.table(found))


@require_safe
def as_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    root, found, _form = _found(request, code)
    return tables.xlsx(f"units-{root.code}.xlsx", tables.workbook(units.table(found), frozen=(1, 2)))


@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Before a reminder leaves: whom it reaches, who is left out and why, and what it says; then send it."""
    root = root_of(request, code)
    policy.may_remind(request.actor, root).require()
    found = units.matrix(root, request.actor, below=True)
    asked = next((one for one in found.actions if one.code == action), None)
    if asked is None:
        raise Http404
    form, refusal = Remind(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = jobs.remind(code, action, by=request.actor, note=form.cleaned_data["note"])
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("Reminders to %(many)s offices are being sent.") % {"many": made.units})
            return redirect("circulars:units", code)
    audience = units.audience(found, action, clock.today())
    text = reminder_text(root, asked, "")
    context = {
        "root": root, "asked": asked, "form": form, "refusal": refusal, "audience": audience,
        "sample": units.named(audience.units[:SAMPLE]).values(),
        "nobody": _with_body(audience.nobody[:SAMPLE]),
        "says": {"subject": str(text["subject"]) % text["params"], "body": str(text["body"]) % text["params"]},
        "rules": ReminderRule.objects.filter(root=root, action_code=action).order_by("-days_before"),
        "may_set": policy.may_set_reminders(request.actor, root),
        "most_days": MOST_DAYS,
    }  # fmt: skip
    return render(request, "circulars/remind.html", context, status=refusal.status if refusal else 200)


def _with_body(found: list[units.Unit]) -> list[tuple[Organisation, Organisation | None]]:
    """Offices where nobody holds a post, each with the body directly above it."""
    offices = units.named(found)
    above = {unit.path[: -Organisation.steplen] for unit in found}
    bodies = {one.path: one for one in Organisation.objects.filter(path__in=above)}
    return [(offices[unit.pk], bodies.get(unit.path[: -Organisation.steplen])) for unit in found]


@require_POST
def rule(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Set or take away a reminder by the clock."""
    root_of(request, code)
    text = request.POST.get("days", "").strip()
    days = int(text) if text.isdecimal() and len(text) < 4 else 0
    commands.set_rule(code, action, by=request.actor, days_before=days, on=request.POST.get("off") != "1")
    messages.success(request, _("The reminders by the clock were changed."))
    return redirect("circulars:remind", code, action)
