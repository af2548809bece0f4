"""Receipts on paper, many at once: the silent addressees as a table, entered whole or not at all."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from saduak.circulars import commands, policy
from saduak.circulars.forms.letters import Search
from saduak.circulars.forms.receipts import Receipts
from saduak.circulars.models import Circular
from saduak.circulars.queries import boxes
from saduak.circulars.queries.electronic import silent_on_paper
from saduak.kernel.refusals import NotComplete

PER_PAGE = 30


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    """The addressees of whom nothing is known and who do not use Saduak, some on a page."""
    circular = _circular(request, code)
    search = Search(request.GET or None)
    q = search.cleaned_data["q"] if search.is_valid() else ""
    page = Paginator(silent_on_paper(circular, q), PER_PAGE).get_page(request.GET.get("page"))
    if request.method != "POST":
        return _page(request, circular, page, Receipts(page.object_list), search)
    # The rows that the person filled in, whoever has received the letter meanwhile.
    posted = list(
        circular.deliveries.filter(code__in=request.POST.getlist("row")[:PER_PAGE]).select_related("organisation")
    )
    form, refusal = Receipts(posted, request.POST), None
    if form.is_valid():
        try:
            many = commands.enter_receipts(code, by=request.actor, rows=form.rows())
        except NotComplete as caught:
            refusal = caught
            for item in caught.items:
                form.add_error(item.where.removeprefix("#id_"), str(item.label))
        else:
            said = ngettext("%(many)s receipt was entered.", "%(many)s receipts were entered.", many)
            messages.success(request, said % {"many": many})
            return redirect(request.get_full_path())
    return _page(request, circular, page, form, search, refusal)


def _page(
    request: HttpRequest, circular: Circular, page: Any, form: Receipts, search: Search, refusal: Any = None
) -> HttpResponse:
    context = {"circular": circular, "page": page, "form": form, "search": search, "refusal": refusal}
    status = 422 if form.is_bound else 200
    return render(request, "circulars/receipts.html", context, status=status)


def _circular(request: HttpRequest, code: str) -> Circular:
    """The letter, for those who enter its receipts. Raises NotAllowed, NotPossible for a draft, Http404."""
    try:
        found = boxes.circular(code, request.actor)
    except Circular.DoesNotExist:
        raise Http404 from None
    policy.may_enter_receipts(request.actor, found).require()
    return found
