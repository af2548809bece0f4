"""Addresses for tests: views that refuse, and the pages of the house that need no other app."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from saduak.kernel.refusals import Item, NotAllowed, NotComplete, NotPossible
from saduak.kernel.workflow import IMPOSSIBLE
from saduak.web import phrases


@login_not_required
def not_allowed(request: HttpRequest) -> HttpResponse:
    raise NotAllowed(phrases.NOT_YOUR_OFFICE)


@login_not_required
def not_possible(request: HttpRequest) -> HttpResponse:
    raise NotPossible(IMPOSSIBLE, params={"move": "ยื่น", "state": "<b>ร่าง</b>"})


@login_not_required
def not_complete(request: HttpRequest) -> HttpResponse:
    items = [Item("Province", "#id_province"), Item("<i>Seats</i>", "/elsewhere/"), Item("Reason", "//evil.example/")]
    raise NotComplete(phrases.THINGS_MISSING, field="province", items=items)


@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    raise Http404("the secret case 42 exists")


@login_not_required
def not_for_you(request: HttpRequest) -> HttpResponse:
    raise ObjectDoesNotExist("the secret case 42 exists")


@login_not_required
def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("inner reason")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("", include("saduak.web.urls")),
    path("accounts/", include("allauth.urls")),
    path("403/", not_allowed),
    path("409/", not_possible),
    path("422/", not_complete),
    path("404/", nothing_here),
    path("not-for-you/", not_for_you),
    path("forbidden/", forbidden),
    path("500/", broken),
]
