"""The numbered actions of a draft, one by one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saduak.circulars import commands, policy
from saduak.circulars.commands.drafts import inherited
from saduak.circulars.forms.draft_actions import ActionForm, TakeOver
from saduak.circulars.models import Circular, Reading
from saduak.circulars.queries import boxes
from saduak.circulars.queries.readings import asked, values
from saduak.circulars.views.checking import own
from saduak.kernel.refusals import Refusal

READINGS_SHOWN = 20


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    return _form(request, code, "")


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str, action: str) -> HttpResponse:
    return _form(request, code, action)


def _form(request: HttpRequest, code: str, action_code: str) -> HttpResponse:
    circular = _draft(request, code)
    action = circular.actions.filter(code=action_code).first() if action_code else None
    if action_code and action is None:
        raise Http404
    bound = bool(action_code) and action_code in inherited(circular)
    form, refusal = ActionForm(circular, request.POST or None, action, bound), None
    if request.method == "POST" and form.is_valid():
        try:
            if action is None:
                action = commands.add_action(code, by=request.actor, wanted=form.wanted())
            else:
                commands.change_action(code, action.code, by=request.actor, wanted=form.wanted())
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("The action is kept."))
            return redirect("circulars:edit", code)
    context = {"circular": circular, "action": action, "form": form, "refusal": refusal, "bound": bound}
    return render(request, "circulars/draft_action.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take actions over from a letter that was read in."""
    circular = _draft(request, code)
    policy.may_see_readings(request.actor).require()
    found = [one for one in boxes.reading_list(request.actor)[: READINGS_SHOWN * 2] if one.state != "DISCARDED"]
    letters = {
        f"{one.code}:{place}": (one, place) for one in found[:READINGS_SHOWN] for place in range(len(one.letters))
    }
    given = request.POST.get("letter") or request.GET.get("letter", "")
    chosen = given if given in letters else next(iter(letters), "")
    proposed = [one for one in asked(*letters[chosen]) if one.kind] if chosen else []
    form = TakeOver(
        [(key, _label(*letters[key])) for key in letters],
        [(one.number, one.text) for one in proposed],
        request.POST or None,
        chosen,
    )
    refusal = None
    if request.method == "POST" and chosen and form.is_valid():
        reading, place = letters[chosen]
        try:
            many = commands.take_actions(
                code, by=request.actor, reading_code=reading.code, place=place, numbers=form.cleaned_data["numbers"]
            )
        except Refusal as caught:
            refusal = caught
        else:
            messages.success(request, _("Taken over: %(many)s. See each one's date and whom it asks.") % {"many": many})
            return redirect("circulars:edit", code)
    context = {"circular": circular, "form": form, "proposed": proposed, "chosen": chosen, "refusal": refusal}
    return render(request, "circulars/take_actions.html", context, status=refusal.status if refusal else 200)


def _draft(request: HttpRequest, code: str) -> Circular:
    circular = own(request, code)
    policy.may_edit(request.actor, circular).require()
    if circular.in_reply_to_id is not None:
        raise Http404
    return circular


def _label(reading: Reading, place: int) -> str:
    given = values(reading, place)
    name = " · ".join(part for part in (given.get("number", ""), given.get("subject", "")) if part)
    return f"{reading.code} / {place + 1}: {name[:120]}"
