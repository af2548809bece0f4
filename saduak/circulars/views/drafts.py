"""Writing a circular, and throwing it away."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.circulars import commands, policy, printing
from saduak.circulars.forms.letters import Draft, NewCircular
from saduak.circulars.models import CircularAction
from saduak.circulars.queries import addressees, approvals
from saduak.circulars.views.checking import own, reached
from saduak.kernel.refusals import Refusal
from saduak.people.models import Kind, Organisation
from saduak.people.roles import Role
from saduak.rounds import queries as rounds

_YEAR = re.compile(r"2[4-7][0-9]{2}")  # of the Buddhist Era


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose the round, whose pack words the letter, or none: an ordinary circular."""
    found = [one for one in rounds.rounds() if one.state == "OPEN"]
    sender = Organisation.objects.filter(pk=request.actor.organisation_id).first()
    if sender is None:
        raise Http404
    policy.may_write(request.actor, sender).require()
    usual = found[0].code if found and request.actor.has(Role.OFFICER) else ""
    year = str(request.POST.get("certificate") or request.GET.get("certificate", ""))
    cohort = addressees.where_ending(sender, int(year)) if _YEAR.fullmatch(year) else {}
    form = NewCircular(found, request.POST or None, request.GET.get("round", usual), year if cohort else "")
    if request.method == "POST" and form.is_valid():
        code, whom = form.cleaned_data["round"], {"by": request.actor, "selection": cohort or None}
        made = commands.draft(code, **whom) if code else commands.draft_free(**whom)
        return redirect("circulars:edit", made.code)
    context = {"form": form, "rounds": found, "sender": sender, "year": year, "asked": bool(year)}
    if cohort:
        context |= reached(sender, cohort)
    return render(request, "circulars/new.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    circular = own(request, code)
    policy.may_edit(request.actor, circular).require()
    form, refusal = Draft(circular, request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            kept = commands.save_draft(
                code,
                by=request.actor,
                texts=form.letter(),
                due=form.due(),
                asked=form.asked(),
                selection=form.selection(),
            )
            commands.seek(kept, kept.selection, by=request.actor)
        except Refusal as caught:
            refusal = caught
        else:
            arranged = _arranged(request, code)
            if arranged is not None:
                return arranged
            if "check" in request.POST:
                return redirect("circulars:check", code)
            if "count" in request.POST:
                return redirect(f"{reverse('circulars:edit', args=[code])}#reach")
            messages.success(request, _("The draft is kept."))
            return redirect("circulars:edit", code)
    actions = [
        {
            "action": one,
            "text": form[f"text_{one.code}"],
            "due": form[f"due_{one.code}"],
            "kinds": ", ".join(str(Kind(kind).label) for kind in one.for_kinds),
        }
        for one in form.actions
    ]
    context: dict[str, Any] = {"circular": circular, "form": form, "actions": actions, "refusal": refusal}
    context |= {"standing": approvals.standing(circular)}
    context |= {"may_take": policy.may_see_readings(request.actor), "inherited": commands.drafts.inherited(circular)}
    if not form.to_sender:
        context |= reached(circular.sender, circular.selection)
    return render(request, "circulars/edit.html", context, status=refusal.status if refusal else 200)


def _arranged(request: HttpRequest, code: str) -> HttpResponse | None:
    """What the buttons beside an action ask for, once the rest of the draft is kept; None where none was pressed."""
    for button, url in (("add", "circulars:add_action"), ("take", "circulars:take_actions")):
        if button in request.POST:
            return redirect(url, code)
    try:
        if "change" in request.POST:
            return redirect("circulars:change_action", code, request.POST["change"])
        if "up" in request.POST or "down" in request.POST:
            moved = request.POST.get("up") or request.POST.get("down", "")
            commands.move_action(code, moved, by=request.actor, up="up" in request.POST)
        elif "remove" in request.POST:
            commands.remove_action(code, request.POST["remove"], by=request.actor)
        else:
            return None
    except CircularAction.DoesNotExist:  # somebody else took it out a moment ago
        messages.warning(request, _("This action is no longer there."))
    except NoReverseMatch:
        raise Http404 from None
    return redirect(f"{reverse('circulars:edit', args=[code])}#id_actions")


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, code: str) -> HttpResponse:
    circular = own(request, code)
    policy.may_edit(request.actor, circular).require()
    if request.method == "POST":
        commands.drop(code, by=request.actor)
        messages.success(request, _("The draft was thrown away."))
        return redirect("circulars:outgoing")
    context = {
        "question": _("Throw this draft away?"),
        "consequences": [_("Its text is lost."), _("No number was used.")],
        "confirm_label": _("Throw away"),
        "cancel_url": reverse("circulars:edit", args=[code]),
        "tone": "danger",
    }
    return render(request, "web/confirm.html", context)


@require_safe
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """The letter as PDF, also as a draft without number."""
    circular = own(request, code)
    return pdf(printing.letter(circular), f"{code}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
