"""How the exchange with other systems stands, for those who keep it running."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saduak.circulars import policy
from saduak.circulars.queries import exchange as queries
from saduak.circulars.queries import visibility
from saduak.circulars.views.boxes import PER_PAGE, tabs_for


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    policy.may_see_exchange(request.actor).require()
    context = {
        "addresses": queries.addresses(),
        "tabs": tabs_for(request.actor) if request.actor.has(*visibility.ALL) else [],
        "lost": queries.without_address().count(),
        "page": Paginator(queries.messages(), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "circulars/exchange.html", context)
