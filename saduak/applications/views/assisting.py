"""Entering an application for a unit that cannot: finding its centre, from what one enters, and passing the entry on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.applications import commands, eligibility, policy, queries
from saduak.applications.forms import AssistForm
from saduak.applications.views.finding import actor_of, found, frame
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible, Refusal
from saduak.people import queries as people
from saduak.people.models import Kind, Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.web import refusals


@require_safe
def assist(request: HttpRequest) -> HttpResponse:
    """Find the centre, by its own name or code or by that of its office; each says whether it may apply."""
    actor = actor_of(request)
    policy.may_assist_anybody(actor).require()
    asked, round = request.GET.get("q", "").strip()[:200], _round(request)
    rows = eligibility.for_others(actor, round, asked) if asked and round else []
    context = {"q": asked, "round": round, "rounds": _open_rounds(), "rows": rows, "most": eligibility.MOST_FOUND}
    return render(request, "applications/assist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assist_for(request: HttpRequest, code: str) -> HttpResponse:
    """From what one enters: who of the unit told, how, when. Then the same form as everybody fills."""
    actor, round = actor_of(request), _round(request)
    policy.may_assist_anybody(actor).require()
    centre = people.organisations().filter(code=code, kind=Kind.CENTRE).first()
    if centre is None or round is None:
        raise Http404
    policy.may_assist(actor, centre).require()
    form, refusal = AssistForm(request.POST or None, initial={"told_on": clock.today()}), None
    if request.method == "POST" and form.is_valid():
        try:
            begun = commands.start_for(round.code, centre.code, by=actor, **form.cleaned_data)
        except NotComplete as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refusals.sentence(refused))
        except NotPossible as refused:
            refusal = refused
        else:
            text = _("The application %(number)s has begun for “%(centre)s”. The office has been told.")
            messages.success(request, text % {"number": begun.number, "centre": centre.name})
            return redirect("applications:detail", begun.number)
    office = Organisation.objects.filter(path=centre.path[: -Organisation.steplen]).first()
    context = {
        "form": form,
        "refusal": refusal,
        "links": _links(refusal),
        "centre": centre,
        "office": office,
        "round": round,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "applications/assist_for.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, number: str) -> HttpResponse:
    """Finish the entry: the unit's head is asked to confirm it. Judged by the moment at which the request arrived."""
    arrived_at = clock.now()
    application = found(request, number)
    policy.may_enter(actor_of(request), application, arrived_at).require()
    refusal = None
    if request.method == "POST":
        try:
            commands.enter(application.number, by=actor_of(request), arrived_at=arrived_at)
        except NotComplete as incomplete:
            refusal = incomplete
        else:
            messages.success(request, _("The entry is finished. The head of the office has been asked to confirm it."))
            return redirect("applications:detail", application.number)
    elif not queries.progress(application).complete:
        messages.warning(request, _("Some things are still missing. Each line below leads to its place."))
        return redirect("applications:check", application.number)
    context = frame(request, application) | {
        "refusal": refusal,
        "question": _("Finish the entry and lay it before the head of the office?"),
        "consequences": [
            _(
                "You can then change nothing any more; the office can take it into its own hands until applications close."
            ),
            _("Once the head confirms, it counts as handed in at this moment; without that it is not handed in."),
        ],
        "confirm_label": _("Finish the entry"),
        "cancel_url": reverse("applications:detail", args=[application.number]),
    }
    return render(request, "applications/confirm.html", context, status=refusal.status if refusal else 200)


def _open_rounds() -> list[Round]:
    return [one for one in rounds.rounds() if one.state == "OPEN"]


def _round(request: HttpRequest) -> Round | None:
    """The round that is named, else the one under way; 404 for one that is not under way."""
    code = request.POST.get("round") or request.GET.get("round")
    if not code:
        return rounds.current()
    named = next((one for one in _open_rounds() if one.code == code), None)
    if named is None:
        raise Http404
    return named


def _links(refusal: Refusal | None) -> dict[str, Any]:
    """The centre's application, where it has one already, is a link."""
    return {one.where: one.where for one in refusal.items} if refusal else {}
