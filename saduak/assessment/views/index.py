"""The first page of assessment, by role."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.assessment import policy
from saduak.assessment.queries import cases, meetings, readiness, screening, waiting
from saduak.assessment.views.shown import round_of, round_tabs
from saduak.kernel.refusals import NotAllowed
from saduak.people.actor import Actor
from saduak.people.roles import OFFICE_ROLES, Role


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return _overview(request, actor)
    if actor.has(Role.ASSESSOR):
        return redirect("assessment:cases")
    if actor.has(Role.COMMITTEE):
        return redirect("assessment:meetings")
    if actor.role in OFFICE_ROLES:
        return redirect("assessment:readiness")
    raise NotAllowed(_("Assessment is for the secretariat, the assessors and the committee."))


def _overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    round = round_of(request)
    context: dict[str, Any] = {"round": round, "tabs": round_tabs(round, reverse("assessment:index"))}
    if round is not None:
        found = cases.filtered(cases.visible_to(actor), round=round)
        context |= {
            "funnel": [{"label": label, "value": count} for label, count in screening.funnel(round)],
            "waiting": waiting.waiting_for(actor),
            "states": cases.counts(found),
            "counts": screening.counts(actor, round),
            "held": sum(one.ready + one.not_ready for one in readiness.groups(round)),
            "meetings": meetings.meetings(actor, round)[:5],
            "may_assign": policy.may_assign(actor),
        }
    return render(request, "assessment/index.html", context)
