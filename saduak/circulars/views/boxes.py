"""What came in, what goes out, what is asked of us."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.circulars import policy
from saduak.circulars.forms.letters import Search
from saduak.circulars.queries import actions as asked
from saduak.circulars.queries import boxes
from saduak.circulars.queries.approvals import proposed
from saduak.circulars.queries.registers import divisions_of
from saduak.circulars.workflow import DELIVERY
from saduak.kernel import clock
from saduak.people.actor import Actor
from saduak.people.roles import Role

PER_PAGE = 50


def tabs_for(actor: Actor) -> list[dict[str, object]]:
    """The boxes that a role looks into."""
    shown = []
    if not actor.has(Role.OFFICER, Role.AUDITOR):
        shown.append({"key": "in", "label": _("Incoming"), "url": reverse("circulars:inbox")})
    if actor.has(Role.COORDINATOR, Role.HEAD, Role.REGISTRAR, Role.OBSERVER):
        shown.append({"key": "actions", "label": _("What is asked"), "url": reverse("circulars:actions")})
    if actor.has(Role.OFFICER, Role.AUDITOR, Role.REGISTRAR, Role.HEAD):
        shown.append({"key": "out", "label": _("Outgoing"), "url": reverse("circulars:outgoing")})
    if actor.has(Role.HEAD):
        waits = {"label": _("For your approval"), "url": reverse("circulars:approvals")}
        shown.append({"key": "approvals", "count": proposed(actor).count()} | waits)
    if actor.has(Role.COORDINATOR, Role.OBSERVER) and divisions_of(actor).exists():
        shown.append({"key": "division", "label": _("Registers of my division"), "url": reverse("circulars:registers")})
    if actor.has(Role.OFFICER, Role.AUDITOR):
        shown.append({"key": "readings", "label": _("Letters read in"), "url": reverse("circulars:readings")})
        shown.append({"key": "exchange", "label": _("Exchange of letters"), "url": reverse("circulars:exchange")})
    return shown


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    if actor.has(Role.OFFICER, Role.AUDITOR):
        return redirect("circulars:outgoing")
    if actor.has(Role.COORDINATOR) and "state" not in request.GET and "q" not in request.GET:
        return redirect("circulars:actions")
    wanted, form = request.GET.get("state", ""), Search(request.GET or None)
    state = wanted if wanted in DELIVERY.states else ""
    q = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(boxes.incoming(actor, state=state, q=q), PER_PAGE).get_page(request.GET.get("page"))
    counts = boxes.counts_incoming(actor)
    narrow = [{"key": "", "label": _("All"), "url": "?state=", "count": counts[""]}] + [
        {"key": code, "label": one.label, "url": f"?state={code}", "count": counts.get(code, 0)}
        for code, one in DELIVERY.states.items()
    ]
    context = {"page": page, "form": form, "tabs": tabs_for(actor), "narrow": narrow, "state": state, "q": q}
    return render(request, "circulars/inbox.html", context)


@require_safe
def outgoing(request: HttpRequest) -> HttpResponse:
    actor = request.actor
    page = Paginator(boxes.outgoing(actor), PER_PAGE).get_page(request.GET.get("page"))
    may_write = actor.has(Role.OFFICER, *policy.SENDERS) and actor.organisation_id is not None
    may_read = policy.may_read_letters(actor)
    lines = [(one, policy.may_edit(actor, one)) for one in page]
    context = {"page": page, "lines": lines, "tabs": tabs_for(actor), "may_write": may_write, "may_read": may_read}
    return render(request, "circulars/outgoing.html", context)


@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    found = asked.of_actor(request.actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    open_ones = sum(one.open for one in found)
    context = {"page": page, "tabs": tabs_for(request.actor), "open_ones": open_ones, "now": clock.now()}
    return render(request, "circulars/actions.html", context)
