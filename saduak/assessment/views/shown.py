"""What every page of assessment asks first: which round is looked at, and a page of a list."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from saduak.people.models import Organisation
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round

PER_PAGE = 50


def round_of(request: HttpRequest) -> Round | None:
    """The round named in the address, or the one under way. 404 for one that does not exist."""
    code = request.GET.get("round") or request.POST.get("round")
    if not code:
        return rounds.current()
    try:
        return rounds.by_code(code)
    except Round.DoesNotExist:
        raise Http404 from None


def round_tabs(round: Round | None, url: str) -> list[dict[str, Any]]:
    """The rounds to choose from; empty when there is only one."""
    every = list(rounds.rounds().prefetch_related(None).values_list("code", flat=True)[:8])
    if len(every) < 2:
        return []
    current = round.code if round else ""
    return [{"label": one, "url": f"{url}?round={one}", "key": one, "current": one == current} for one in every]


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def organisation(code: str) -> Organisation:
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist:
        raise Http404 from None


def english() -> bool:
    return get_language() == "en"
