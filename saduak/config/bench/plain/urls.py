from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from saduak.config.bench.plain.models import Row


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Session, user, one indexed query, 50 rows."""
    return render(request, "plain.html", {"rows": Row.objects.order_by("-moment")[:50]})


def empty(request: HttpRequest) -> HttpResponse:
    """The floor: nothing at all."""
    return HttpResponse("ok")


urlpatterns = [path("plain/", page), path("empty/", empty)]
