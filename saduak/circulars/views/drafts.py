"""Writing a circular, and throwing it away."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.circulars import commands, policy, printing
from saduak.circulars.forms.letters import Draft, NewCircular
from saduak.circulars.views.checking import own, reached
from saduak.kernel.refusals import Refusal
from saduak.people.models import Organisation
from saduak.rounds import queries as rounds


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose the round; the pack words the letter."""
    found = [one for one in rounds.rounds() if one.state == "OPEN"]
    sender = Organisation.objects.filter(pk=request.actor.organisation_id).first()
    if sender is None:
        raise Http404
    policy.may_write(request.actor, sender).require()
    form = NewCircular(found, request.POST or None, request.GET.get("round", ""))
    if request.method == "POST" and form.is_valid():
        made = commands.draft(form.cleaned_data["round"], by=request.actor)
        return redirect("circulars:edit", made.code)
    return render(request, "circulars/new.html", {"form": form, "rounds": found, "sender": sender})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    circular = own(request, code)
    policy.may_edit(request.actor, circular).require()
    form, refusal = Draft(circular, request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        try:
            commands.save_draft(
                code,
                by=request.actor,
                texts=form.letter(),
                due=form.due(),
                asked=form.asked(),
                selection=form.selection(),
            )
        except Refusal as caught:
            refusal = caught
        else:
            if "check" in request.POST:
                return redirect("circulars:check", code)
            if "count" in request.POST:
                return redirect(f"{reverse('circulars:edit', args=[code])}#reach")
            messages.success(request, _("The draft is kept."))
            return redirect("circulars:edit", code)
    actions = [
        {"action": one, "text": form[f"text_{one.code}"], "due": form[f"due_{one.code}"]} for one in form.actions
    ]
    context: dict[str, Any] = {"circular": circular, "form": form, "actions": actions, "refusal": refusal}
    if not form.to_sender:
        context |= reached(circular.sender, circular.selection)
    return render(request, "circulars/edit.html", context, status=refusal.status if refusal else 200)


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
