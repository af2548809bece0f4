"""Writing a circular, checking it, issuing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.circulars import commands, jobs, policy, printing
from saduak.circulars.forms.letters import Draft, NewCircular
from saduak.circulars.models import Circular
from saduak.circulars.queries import addressees, boxes
from saduak.kernel.refusals import Refusal
from saduak.people.models import Kind, Organisation
from saduak.rounds import queries as rounds

SAMPLE = 12


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
    circular = _circular(request, code)
    policy.may_edit(request.actor, circular).require()
    form, refusal = Draft(circular, request.POST or None), None
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
            messages.success(request, _("The draft is kept."))
            return redirect("circulars:edit", code)
    actions = [
        {"action": one, "text": form[f"text_{one.code}"], "due": form[f"due_{one.code}"]} for one in form.actions
    ]
    context = {"circular": circular, "form": form, "actions": actions, "refusal": refusal}
    return render(request, "circulars/edit.html", context, status=refusal.status if refusal else 200)


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Before it leaves: whom it reaches, and whether its dates can be met."""
    circular = _circular(request, code)
    policy.may_issue(request.actor, circular).require()
    if circular.state != "DRAFT":
        return redirect("circulars:circular", code)
    return render(request, "circulars/check.html", _check_context(request, circular, None))


@require_POST
def issue(request: HttpRequest, code: str) -> HttpResponse:
    circular = _circular(request, code)
    try:
        issued = jobs.issue(code, by=request.actor)
    except Refusal as refusal:
        if circular.state != "DRAFT":
            raise
        return render(
            request, "circulars/check.html", _check_context(request, circular, refusal), status=refusal.status
        )
    messages.success(request, _("The letter has its number: %(number)s") % {"number": issued.number})
    return redirect("circulars:circular", code)


def _check_context(request: HttpRequest, circular: Circular, refusal: Refusal | None) -> dict[str, Any]:
    context: dict[str, Any] = {
        "circular": circular,
        "refusal": refusal,
        "links": {f"#id_{name}": _edit(circular, name) for name in (*commands.drafts.TEXTS, "selection")},
        "may_issue": policy.may_issue(request.actor, circular),
        "assumed": addressees.ASSUMED_DAYS,
    }
    try:
        chosen = addressees.addressees(circular)
    except Refusal as wrong:
        return context | {"wrong": wrong, "count": 0}
    kinds: dict[str, int] = {}
    for kind in chosen.values_list("kind", flat=True):
        kinds[kind] = kinds.get(kind, 0) + 1
    return context | {
        "count": sum(kinds.values()),
        "kinds": [{"label": Kind(kind).label, "value": many} for kind, many in sorted(kinds.items())],
        "sample": list(chosen[:SAMPLE]),
        "feasibility": addressees.feasibility(circular, chosen),
    }


def _edit(circular: Circular, name: str) -> str:
    return f"{reverse('circulars:edit', args=[circular.code])}#id_{name}"


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, code: str) -> HttpResponse:
    circular = _circular(request, code)
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
    circular = _circular(request, code)
    return pdf(printing.letter(circular), f"{code}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _circular(request: HttpRequest, code: str) -> Circular:
    try:
        return boxes.circular(code, request.actor)
    except Circular.DoesNotExist:
        raise Http404 from None
