"""Before a letter leaves: whom it reaches, whether its dates can be met; and its leaving."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.circulars import commands, jobs, policy
from saduak.circulars.forms.addressees import Addressees
from saduak.circulars.models import Circular, CircularAction
from saduak.circulars.queries import addressees, approvals, boxes
from saduak.circulars.queries.feasibility import ENOUGH, feasibility
from saduak.circulars.queries.pace import ASSUMED_DAYS
from saduak.circulars.queries.preview import preview
from saduak.kernel.clock import BANGKOK
from saduak.kernel.refusals import NotComplete, Refusal
from saduak.people.models import Organisation
from saduak.thai.dates import format_date

# Fields of the page on which a letter is written, so that what is missing leads there.
FIELDS = (*commands.drafts.TEXTS, "selection", "list", "within", "except", "applied")


@require_POST
def reach(request: HttpRequest, code: str) -> HttpResponse:
    """Whom the letter would reach as the form stands; nothing is kept."""
    circular = own(request, code)
    policy.may_edit(request.actor, circular).require()
    form = Addressees(circular, request.POST)
    context: dict[str, Any] = {"circular": circular}
    if form.is_valid():
        commands.seek(circular, form.selection(), by=request.actor)
        context |= reached(circular.sender, form.selection())
    return render(request, "circulars/_reach.html", context)


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Before it leaves: whom it reaches, and whether its dates can be met."""
    circular = own(request, code)
    if circular.state != "DRAFT":
        return redirect("circulars:circular", code)
    policy.may_edit(request.actor, circular).require()
    return render(request, "circulars/check.html", checked(request, circular, None))


@require_POST
def later(request: HttpRequest, code: str, action: str) -> HttpResponse:
    """Take the earliest date that would work, as the check proposes it."""
    circular = own(request, code)
    found = CircularAction.objects.filter(circular=circular, code=action).first()
    if found is None:
        raise Http404
    try:
        day = date.fromisoformat(request.POST.get("due", ""))
    except ValueError:
        raise NotComplete(_("Choose a day."), field="due") from None
    due = datetime.combine(day + timedelta(days=1), time(), tzinfo=BANGKOK)
    commands.save_draft(code, by=request.actor, texts={}, due={action: due})
    words = {"number": found.number, "day": format_date(day, language="en" if get_language() == "en" else "th")}
    messages.success(request, _("Action %(number)s is due on %(day)s now. See that its words say the same.") % words)
    return redirect("circulars:check", code)


@require_POST
def issue(request: HttpRequest, code: str) -> HttpResponse:
    circular = own(request, code)
    try:
        issued = jobs.issue(code, by=request.actor)
    except Refusal as refusal:
        if circular.state != "DRAFT":
            raise
        return render(request, "circulars/check.html", checked(request, circular, refusal), status=refusal.status)
    messages.success(request, _("The letter has its number: %(number)s") % {"number": issued.number})
    return redirect("circulars:circular", code)


def reached(sender: Organisation, selection: Mapping[str, Any]) -> dict[str, Any]:
    """`reach`, what a choice of addressees comes to, or `wrong`, why it comes to nothing."""
    try:
        return {"reach": preview(addressees.chosen(sender, selection))}
    except Refusal as refusal:
        return {"wrong": refusal}


def own(request: HttpRequest, code: str) -> Circular:
    """The letter, if the actor may see it."""
    try:
        return boxes.circular(code, request.actor)
    except Circular.DoesNotExist:
        raise Http404 from None


def checked(request: HttpRequest, circular: Circular, refusal: Refusal | None) -> dict[str, Any]:
    """What the page of the check shows."""
    edit = reverse("circulars:edit", args=[circular.code])
    standing = approvals.standing(circular)
    context: dict[str, Any] = {
        "circular": circular,
        "refusal": refusal,
        "links": {f"#id_{name}": f"{edit}#id_{name}" for name in FIELDS},
        "standing": standing,
        "may_issue": policy.may_issue(request.actor, circular, standing.missing),
        "may_propose": policy.may_propose(request.actor, circular, standing.needed),
        "may_approve": policy.may_approve(request.actor, circular),
    }
    return context | outlook(circular)


def outlook(circular: Circular) -> dict[str, Any]:
    """Whom a draft would reach, or why nobody, and whether its dates can be met there."""
    if circular.in_reply_to_id is not None:
        found: dict[str, Any] = {"reach": preview(addressees.addressees(circular))}
    else:
        found = reached(circular.sender, circular.selection)
    if "reach" in found:
        found["feasibility"] = feasibility(circular, found["reach"].ids)
    return found | {"assumed": ASSUMED_DAYS, "enough": ENOUGH}
