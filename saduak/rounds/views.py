"""Pages of rounds: the list, the calendar of one, ending one, moving a period, admitting a unit late."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.people.models import Kind
from saduak.people.roles import Role
from saduak.rounds import commands, forms, ics, policy, queries
from saduak.rounds.models import Action, Round, Window
from saduak.rounds.moments import closing_text, day_text, last_day
from saduak.rounds.queries.picture import NARROW, Bar
from saduak.thai.office_days import OfficeDays

PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.rounds(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"round": one, "window": queries.window(one, "APPLICATION"), "now": _now(one)} for one in page]
    may_open = policy.may_open_round(request.actor)
    return render(request, "rounds/index.html", {"page": page, "rows": rows, "may_open": may_open})


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    round = _round(code)
    picture, days = queries.timeline(round), queries.office_days(round)
    context = {
        "round": round,
        "picture": picture,
        "narrow_picture": queries.timeline(round, width=NARROW),
        "windows": [_window_row(bar, days) for bar in picture.bars] if picture else [],
        "actions": [
            {
                "action": one,
                "owners": _kinds(one.for_kinds),
                "late": _late(one),
                "closed": queries.closed_on(days, one.due_at) if one.due_at and not _late(one) else None,
            }
            for one in queries.actions(round)
        ],
        "milestones": [_milestone(one, days) for one in queries.milestones(round)],
        "special_days": [
            {
                "day": date.fromisoformat(one["on"]),
                "title": _said(one.get("title")),
                "closed": one["offices"] == "closed",
            }
            for one in queries.special_days(round)
        ],
        "may_apply": _said(round.round_pack.content["may_apply"]["text"]),
        "surveys": queries.surveys(round),
        "applicants": _kinds(round.may_apply_kinds),
        "summary": _said(round.round_pack.content.get("summary")),
        "may_end": policy.may_end(request.actor),
        "writes": request.actor.has(Role.OFFICER) and round.state == "OPEN",
        "applies": request.actor.has(Role.COORDINATOR, Role.HEAD) and queries.is_open(round, "APPLICATION").allowed,
        "now": clock.now(),
        "may_admit_late": policy.may_admit_late(request.actor),
        "may_move": bool(policy.may_move_window(request.actor)) and round.state == "OPEN",
        "moves": queries.moves(round),
    }
    if context["may_admit_late"]:
        context["late_entries"] = Paginator(queries.late_entries(round), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "rounds/detail.html", context)


@login_not_required
@require_safe
def calendar_file(request: HttpRequest, code: str) -> HttpResponse:
    """The periods and milestones of one round as a calendar file: public, for anybody's own calendar."""
    round = _round(code)
    content = ics.calendar(round.name, queries.entries(round, None), base_url=settings.BASE_URL)
    return ics.answer(request, content, name=f"{round.code}.ics")


@require_http_methods(["GET", "POST"])
def late_entry(request: HttpRequest, code: str) -> HttpResponse:
    round = _round(code)
    policy.may_admit_late(request.actor).require()
    form, refusal = forms.LateEntryForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.admit_late(code, by=request.actor, **form.command_data())
        except (NotPossible, NotComplete) as refused:
            refusal = refused
        else:
            said = {"unit": made.organisation.name, "until": closing_text(made.until)}
            _warn_closed(request, round, made.until)
            messages.success(request, _("%(unit)s may apply until %(until)s. It has been told.") % said)
            return redirect("rounds:detail", code)
    status = 409 if refusal else 422 if form.errors else 200
    context = {"round": round, "form": form, "refusal": refusal, "window": queries.window(round, "APPLICATION")}
    return render(request, "rounds/late_entry.html", context, status=status)


@require_http_methods(["GET", "POST"])
def move_window(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    round = _round(code)
    window = queries.window(round, kind.upper())
    if window is None:
        raise Http404
    policy.may_move_window(request.actor).require()
    form, refusal = forms.MoveForm(request.POST or None, window=window), None
    if request.method == "POST" and form.is_valid():
        try:
            move = commands.move_window(code, window.kind, by=request.actor, **form.command_data())
        except (NotPossible, NotComplete) as refused:
            refusal = refused
        else:
            messages.success(
                request,
                _("“%(window)s” has been moved. Those concerned are told.") % {"window": move.get_kind_display()},
            )
            return redirect("rounds:detail", code)
    status = refusal.status if refusal else 422 if form.errors else 200
    context = {
        "round": round,
        "form": form,
        "refusal": refusal,
        "window": window,
        "told": queries.concerned(round, window.kind).exclude(pk=request.actor.user_id).count(),
        "moves": queries.moves(round, window.kind),
    }
    return render(request, "rounds/move.html", context, status=status)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, code: str) -> HttpResponse:
    round = _round(code)
    policy.may_end(request.actor).require()
    if request.method == "POST":
        commands.end(code, by=request.actor)
        messages.success(request, _("The round has ended."))
        return redirect("rounds:detail", code)
    context = {
        "question": _("End the round “%(name)s”?") % {"name": round.name},
        "consequences": [_("No period of it is open from that moment on."), _("What was done stays as it is.")],
        "confirm_label": _("End the round"),
        "cancel_url": reverse("rounds:detail", args=[code]),
        "tone": "danger",
    }
    return render(request, "web/confirm.html", context)


def _round(code: str) -> Round:
    try:
        return queries.by_code(code)
    except Round.DoesNotExist:
        raise Http404 from None


def _now(round: Round) -> list[Window]:
    return [one for one in queries.windows(round) if queries.is_open(round, one.kind)]


def _window_row(bar: Bar, days: OfficeDays) -> dict[str, Any]:
    """A window for the table: working days left while it is open, and whether its last day is one on which nobody works."""
    closes = bar.window.closes_at
    left = days.between(clock.today(), last_day(closes)) if bar.state == "open" else None
    closed = queries.closed_on(days, closes) if bar.state != "after" else None
    return {"bar": bar, "left": left, "closed": closed, "nothing": left is None and not closed and not bar.moved}


def _milestone(one: dict[str, Any], days: OfficeDays) -> dict[str, Any]:
    day = date.fromisoformat(one["on"])
    closed = queries.closed_on(days, day) if day >= clock.today() else None
    return {"day": day, "title": _said(one["title"]), "closed": closed}


def _warn_closed(request: HttpRequest, round: Round, until: datetime) -> None:
    """Say so when a deadline falls on a day on which offices are closed; it holds all the same."""
    closed = queries.closed_on(queries.office_days(round), until)
    if closed is not None:
        said = {"name": closed.name, "before": day_text(closed.before), "after": day_text(closed.after)}
        text = _(
            "The last day falls on %(name)s, when offices are closed. The working days around it: %(before)s and %(after)s."
        )
        messages.warning(request, text % said)


def _late(action: Action) -> bool:
    return action.due_at is not None and action.due_at <= clock.now()


def _said(text: dict[str, str] | None) -> str:
    """A text of a pack in the reader's language."""
    return (text or {}).get("en" if get_language() == "en" else "th", "")


def _kinds(codes: list[str]) -> str:
    labels = dict(Kind.choices)
    return ", ".join(str(labels.get(code, code)) for code in codes)
