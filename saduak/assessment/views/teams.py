"""Teams of a round, and giving applications to them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.assessment import commands, policy
from saduak.assessment.forms import MemberForm, ReasonForm, RegionForm
from saduak.assessment.models import Team
from saduak.assessment.queries import cases
from saduak.assessment.queries import teams as queries
from saduak.assessment.views.shown import page_of, round_of, round_tabs


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    policy.may_see_overview(request.actor).require()
    round = round_of(request)
    provinces = queries.provinces()
    found = list(queries.teams(round)) if round else []
    context = {
        "round": round,
        "rounds": round_tabs(round, reverse("assessment:teams")),
        "teams": [
            {"team": one, "region": [provinces.get(code, code) for code in one.provinces], "members": one.members.all()}
            for one in found
        ],
        "may_manage": policy.may_manage_teams(request.actor),
        "unassigned": queries.unassigned(round).count() if round else 0,
    }
    return render(request, "assessment/teams.html", context)


@require_POST
def form_team(request: HttpRequest) -> HttpResponse:
    round = round_of(request)
    if round is None:
        raise Http404
    team = commands.form_team(round.code, by=request.actor)
    messages.success(request, _("Team %(number)s has been formed. Add its members now.") % {"number": team.number})
    return redirect("assessment:team", team.code)


def _team(code: str) -> Team:
    try:
        return queries.by_code(code)
    except Team.DoesNotExist:
        raise Http404 from None


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    policy.may_see_overview(request.actor).require()
    team = _team(code)
    provinces = queries.provinces()
    mine = cases.full(cases.visible_to(request.actor).filter(team=team)).order_by("-assigned_at")
    page = page_of(request, mine)
    context = {
        "team": team,
        "members": team.members.select_related("user"),
        "region": [provinces.get(one, one) for one in team.provinces],
        "page": page,
        "may_manage": policy.may_manage_teams(request.actor),
        "form": MemberForm(team=team),
        "region_form": RegionForm(initial={"provinces": team.provinces}),
    }
    return render(request, "assessment/team.html", context)


@require_POST
def set_region(request: HttpRequest, code: str) -> HttpResponse:
    commands.set_region(code, request.POST.getlist("provinces"), by=request.actor)
    messages.success(request, _("The region has been saved."))
    return redirect("assessment:team", code)


@require_POST
def add_member(request: HttpRequest, code: str) -> HttpResponse:
    commands.add_member(code, request.POST.get("user", ""), request.POST.get("function", ""), by=request.actor)
    messages.success(request, _("The member has been added."))
    return redirect("assessment:team", code)


@require_http_methods(["GET", "POST"])
def remove_member(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    policy.may_manage_teams(request.actor).require()
    team = _team(code)
    member = next((one for one in team.members.select_related("user") if one.user.ref == ref), None)
    if member is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.remove_member(code, ref, by=request.actor, reason=form.cleaned_data["reason"])
        messages.success(request, _("The member has been taken out of the team."))
        return redirect("assessment:team", code)
    context = {
        "question": _("Take %(name)s out of team %(number)s?") % {"name": member.user.name, "number": team.number},
        "consequences": [
            _("Sheets that were handed in stay and count."),
            _("Open sheets no longer count, and the team’s cases are closed to this person."),
        ],
        "confirm_label": _("Take out"),
        "cancel_url": reverse("assessment:team", args=[code]),
        "tone": "danger",
        "form": form,
    }
    return render(request, "web/confirm.html", context)


@require_http_methods(["GET", "POST"])
def assignments(request: HttpRequest) -> HttpResponse:
    """Ready applications with a proposed team each; the officer changes what she will and gives them out."""
    policy.may_assign(request.actor).require()
    round = round_of(request)
    if request.method == "POST":
        chosen = [(name[5:], value) for name, value in request.POST.items() if name.startswith("team-") and value]
        given = commands.assign_many(chosen, by=request.actor, reason=request.POST.get("reason", "")) if chosen else []
        words = ngettext("%(count)s case has been given out.", "%(count)s cases have been given out.", len(given))
        messages.success(request, words % {"count": len(given)})
        return redirect(
            f"{reverse('assessment:assignments')}?round={round.code}" if round else "assessment:assignments"
        )
    page = page_of(request, queries.unassigned(round)) if round else None
    found = list(queries.teams(round)) if round else []
    proposals = queries.proposals(page, found) if page is not None else []
    context = {
        "round": round,
        "rounds": round_tabs(round, reverse("assessment:assignments")),
        "page": page,
        "proposals": proposals,
        "teams": found,
        "provinces": queries.provinces(),
        "offices": cases.offices_of([one.application.centre for one in proposals]),
    }
    return render(request, "assessment/assignments.html", context)
