"""How the exchange with other systems stands, and its addresses, for those who keep it running."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.circulars import commands, policy
from saduak.circulars.exchange_probe import probe
from saduak.circulars.forms.exchange import Address
from saduak.circulars.models import Carrier, ExchangeAddress
from saduak.circulars.queries import exchange as queries
from saduak.circulars.queries import visibility
from saduak.circulars.views.boxes import PER_PAGE, tabs_for
from saduak.kernel.refusals import NotComplete
from saduak.saraban.exchange import TransportFailed


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    policy.may_see_exchange(request.actor).require()
    context = {
        "addresses": queries.addresses(),
        "tabs": tabs_for(request.actor) if request.actor.has(*visibility.ALL) else [],
        "lost": queries.without_address().count(),
        "failed": queries.given_up(),
        "may_set": policy.may_set_exchange(request.actor),
        "page": Paginator(queries.messages(), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "circulars/exchange.html", context)


@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Give an office an address or another one, or try whether what is typed answers."""
    policy.may_set_exchange(request.actor).require()
    known = queries.addresses().filter(organisation__code=request.GET.get("office", "")).first()
    names = ("side", "carrier", "place", "department", "ministry")
    initial = {"office": known.organisation.code, **{name: getattr(known, name) for name in names}} if known else {}
    form, answer, status = Address(request.POST or None, initial=initial), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                commands.check_address(within=settings.EXCHANGE_FOLDER, **given)
                answer = _answer(given)
                if "try" not in request.POST:
                    made = commands.set_address(by=request.actor, within=settings.EXCHANGE_FOLDER, **given)
                    said = _("%(office)s has the address %(code)s in the exchange now.")
                    messages.success(request, said % {"office": made.organisation.name, "code": made.department})
                    messages.add_message(
                        request, messages.SUCCESS if answer["good"] else messages.WARNING, answer["text"]
                    )
                    return redirect("circulars:exchange")
                status = 200
            except NotComplete as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    context = {"form": form, "known": known, "answer": answer, "folder": settings.EXCHANGE_FOLDER}
    return render(request, "circulars/exchange_address.html", context, status=status)


@require_POST
def stop(request: HttpRequest, office: str) -> HttpResponse:
    try:
        stopped = commands.stop_address(office, by=request.actor)
    except ExchangeAddress.DoesNotExist:
        raise Http404 from None
    said = _("Nothing is exchanged with %(office)s any more; what was exchanged stays.")
    messages.success(request, said % {"office": stopped.organisation.name})
    return redirect("circulars:exchange")


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    many = commands.retry_failed(by=request.actor)
    messages.success(request, _("Messages that are tried again: %(many)s") % {"many": many})
    return redirect("circulars:exchange")


def _answer(given: dict[str, Any]) -> dict[str, Any]:
    """Whether the folder or the gateway answers, in words."""
    try:
        probe(given["carrier"], given["place"])
    except TransportFailed as failed:
        return {"good": False, "text": failed.english if get_language() == "en" else failed.thai}
    folder = given["carrier"] == Carrier.FOLDER
    return {"good": True, "text": _("The folder can be written to.") if folder else _("The gateway answers.")}
