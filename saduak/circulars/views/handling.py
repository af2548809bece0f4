"""A hop that goes back, is settled by its sender, was received on paper, or is handed back inside the office."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.circulars import commands
from saduak.circulars.forms.handling import HandBack, PaperReceipt, SendBack, Settle
from saduak.circulars.models import Delivery
from saduak.circulars.queries import boxes
from saduak.circulars.views import hops
from saduak.files import serving
from saduak.kernel.refusals import NotComplete, NotPossible


@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    return _done(request, code, SendBack(request.POST), commands.send_back, _("The letter went back to its sender."))


@require_POST
def readdress(request: HttpRequest, code: str) -> HttpResponse:
    return _done(request, code, Settle(request.POST), commands.readdress, _("The letter was sent to the other office."))


@require_POST
def close_return(request: HttpRequest, code: str) -> HttpResponse:
    def close(code: str, *, by: Any, note: str, to: str) -> Any:
        return commands.close_return(code, by=by, note=note)

    return _done(request, code, Settle(request.POST), close, _("Closed."))


@require_POST
def enter_receipt(request: HttpRequest, code: str) -> HttpResponse:
    form = PaperReceipt(request.POST, request.FILES)
    return _done(request, code, form, commands.enter_receipt, _("The receipt was entered."))


@require_POST
def hand_back(request: HttpRequest, code: str) -> HttpResponse:
    done = "done" in request.POST

    def end(code: str, *, by: Any, note: str) -> Any:
        return commands.hand_back(code, by=by, note=note, done=done)

    said = _("Marked as dealt with.") if done else _("Handed back.")
    return _done(request, code, HandBack(request.POST), end, said)


@require_safe
def receipt_proof(request: HttpRequest, code: str) -> FileResponse:
    paper = getattr(_delivery(request, code), "paper_receipt", None)
    if paper is None or paper.proof is None:
        raise Http404
    return serving.attachment(paper.proof)


def _done(request: HttpRequest, code: str, form: forms.Form, command: Callable[..., Any], said: str) -> HttpResponse:
    """Do it and go back to the hop; what is missing is said on the same page, with all that was typed."""
    delivery = _delivery(request, code)
    status = 422
    if form.is_valid():
        try:
            command(code, by=request.actor, **form.cleaned_data)
        except (NotComplete, NotPossible) as refusal:
            field = {"upload": "proof", "file": "proof"}.get(refusal.field or "", refusal.field)
            if field not in form.fields:
                raise
            form.add_error(field, str(refusal))
            status = refusal.status
        else:
            messages.success(request, said)
            return redirect("circulars:hop", code)
    return render(request, "circulars/hop.html", hops.context(request, delivery, wrong=form), status=status)


def _delivery(request: HttpRequest, code: str) -> Delivery:
    try:
        return boxes.delivery(code, request.actor)
    except Delivery.DoesNotExist:
        raise Http404 from None
