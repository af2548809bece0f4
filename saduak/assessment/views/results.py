"""Releasing the results at one moment, and the unit's page of its own result after that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.applications import queries as applications
from saduak.applications.models import Application
from saduak.assessment import commands, policy
from saduak.assessment.queries import cases, meetings
from saduak.assessment.queries import results as queries
from saduak.assessment.views.shown import page_of, round_of, round_tabs
from saduak.kernel.verdict import YES


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What would be released, and what was."""
    policy.may_see_overview(request.actor).require()
    round = round_of(request)
    found = list(queries.decided(round).filter(pk__in=cases.visible_to(request.actor).values("pk"))) if round else []
    decisions = meetings.latest_decisions(found)
    names = queries.level_names(round) if round else {}
    page = page_of(request, found)
    offices = cases.offices(page)
    context = {
        "round": round,
        "rounds": round_tabs(round, reverse("assessment:results")),
        "page": page,
        "rows": [
            {
                "case": one,
                "office": offices.get(one.application.centre.path),
                "decision": decisions[one.pk],
                "computed": names.get(one.computed_level, ""),
                "decided": names.get(decisions[one.pk].decided_level, ""),
            }
            for one in page
        ],
        "count": len(found),
        "ladder": [
            {"label": label, "value": value} for label, value in queries.ladder(list(decisions.values()), names)
        ],
        "undecided": queries.undecided(round) if round else 0,
        "releases": queries.releases(round) if round else [],
        "may_release": policy.may_release_results(request.actor),
        "in_time": policy.in_time(round, "release_results") if round else YES,
    }
    return render(request, "assessment/results.html", context)


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    round = round_of(request)
    if round is None:
        raise Http404
    asked = request.POST.get("expected", "")
    commands.release_results(round.code, by=request.actor, expected=int(asked) if asked.isdigit() else None)
    messages.success(request, _("The results have been released: the units and the bodies above have been told."))
    return redirect(f"{reverse('assessment:results')}?round={round.code}")


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """The result of an application for whoever may see the application; before the release there is no such page."""
    try:
        application = applications.by_number(number, actor=request.actor)
    except Application.DoesNotExist:
        raise Http404 from None
    result = queries.result_of(application)
    if result is None:
        raise Http404
    names = queries.level_names(application.round)
    context = {
        "application": application,
        "result": result,
        "shown": queries.shown(result.computed, application.round),
        "computed": names.get(result.computed_level or "", ""),
        "decided": names.get(result.decided_level or "", ""),
        "differs": result.computed_level != result.decided_level,
    }
    return render(request, "assessment/result.html", context)
