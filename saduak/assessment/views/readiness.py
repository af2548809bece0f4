"""Releasing readiness, and what a body above reads of it and takes note of."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.assessment import commands, policy
from saduak.assessment.models import ReadinessRelease
from saduak.assessment.queries import cases, teams
from saduak.assessment.queries import readiness as queries
from saduak.assessment.views.shown import organisation, page_of, round_of, round_tabs
from saduak.people.roles import OFFICE_ROLES, Role


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    if actor.has(Role.OFFICER, Role.AUDITOR):
        round = round_of(request)
        provinces = teams.provinces()
        groups = queries.groups(round) if round else []
        context: dict[str, Any] = {
            "round": round,
            "rounds": round_tabs(round, reverse("assessment:readiness")),
            "groups": [{"group": one, "province": provinces.get(one.province, "")} for one in groups],
            "bodies": list({one.body.pk: one.body for one in groups}.values()),
            "page": page_of(request, queries.releases(round)),
            "provinces": provinces,
            "may_release": policy.may_release_readiness(actor),
        }
        return render(request, "assessment/readiness_officer.html", context)
    if actor.role not in OFFICE_ROLES:
        policy.may_release_readiness(actor).require()
    page = page_of(request, queries.told_to(actor))
    return render(request, "assessment/readiness_body.html", {"page": page})


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest) -> HttpResponse:
    """Preview by GET, release by POST: the same body, area and number of results."""
    policy.may_release_readiness(request.actor).require()
    asked = request.POST if request.method == "POST" else request.GET
    round, body = round_of(request), organisation(asked.get("body", ""))
    province = asked.get("province", "")
    if round is None:
        raise Http404
    if request.method == "POST":
        expected = int(asked["expected"]) if asked.get("expected", "").isdigit() else None
        made = commands.release_readiness(round.code, body.code, by=request.actor, province=province, expected=expected)
        messages.success(request, _("Readiness has been released: the units and the bodies above have been told."))
        return redirect("assessment:readiness_release", made.number)
    held = list(queries.held_below(round, body, province))
    context = {
        "round": round,
        "body": body,
        "province": province,
        "province_name": teams.provinces().get(province, ""),
        "preview": queries.preview(held),
        "ready": sum(1 for one in held if one.result == "READY"),
        "offices": cases.offices_of([one.application.centre for one in held]),
    }
    return render(request, "assessment/readiness_preview.html", context)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    try:
        found, mine = queries.release_for(number, request.actor)
    except ReadinessRelease.DoesNotExist:
        raise Http404 from None
    page = page_of(request, queries.table(found, mine.organisation if mine else None))
    offices = cases.offices_of([one.application.centre for one in page])
    context = {
        "release": found,
        "mine": mine,
        "page": page,
        "rows": [{"screening": one, "office": offices.get(one.application.centre.path)} for one in page],
        "counts": _counts(queries.table(found, mine.organisation if mine else None)),
        "notes": page_of(request, queries.acknowledgements(found)).object_list if mine is None else [],
        "may_acknowledge": policy.may_acknowledge(request.actor, mine) if mine else None,
        "province_name": teams.provinces().get(found.province_code, ""),
    }
    return render(request, "assessment/readiness_release.html", context)


def _counts(found: Any) -> dict[str, int]:
    results = list(found.order_by().values_list("result", flat=True))
    return {"ready": results.count("READY"), "not_ready": results.count("NOT_READY")}


@require_POST
def acknowledge(request: HttpRequest, number: str) -> HttpResponse:
    commands.acknowledge(number, by=request.actor)
    messages.success(request, _("You have taken note for your office."))
    return redirect("assessment:readiness_release", number)
