"""Language, lost form tokens, and the page of components."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from saduak.web import language, specimens
from saduak.web.middleware import back


@csrf_exempt
@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language for a year and go back to where the visitor was (a page of ours, nothing else).

    Without a token: a foreign site gains nothing by it, and public pages stay free of the token's cookie.
    """
    response = redirect(safe_next(request, request.POST.get("next", "")))
    code = language.chosen(request.POST.get("language"))
    response.set_cookie(
        language.COOKIE,
        code,
        max_age=language.YEAR_IN_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def safe_next(request: HttpRequest, target: str) -> str:
    """`target` if it is a path of this site, else the first page."""
    path = target.startswith("/") and not target.startswith(("//", "/\\"))
    if path and url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return "/"


@login_not_required
@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, to look at and to test."""
    return render(request, "web/components.html", specimens.context(request.GET))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is gone: the page stood open for long, or cookies are off. Says how to go on."""
    return render(request, "web/csrf_failure.html", {"back": back(request)}, status=403)
