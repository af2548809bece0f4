"""Language of a request, what no cache may keep, and refusals made into answers."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from saduak.kernel.refusals import Refusal
from saduak.web import language, refusals
from saduak.web.context import House

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Thai, or what the visitor chose with POST /language/. Accept-Language is not looked at: a Thai office on an
    English computer should meet Thai."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = language.chosen(request.COOKIES.get(language.COOKIE))
        request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ("Cookie",))
        return response


class SoundTextMiddleware:
    """Refuses text with a NUL, which PostgreSQL cannot keep and nobody types, before any view meets it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or any("\0" in value for _name, values in request.GET.lists() for value in values):
            raise BadRequest("text with a NUL")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        # Here, because the upload handlers and the check of the form's token come before the fields are read.
        if request.method == "POST" and any(
            "\0" in value for _name, values in request.POST.lists() for value in values
        ):
            raise BadRequest("text with a NUL")


PERMISSIONS = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"


class PrivacyMiddleware:
    """What somebody saw while signed in is kept by no cache and shown by no “back” after signing out. Of the device a page
    may ask only where it is, and only our own pages may (places on a map).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS
        cookie = settings.SESSION_COOKIE_NAME
        if cookie in request.COOKIES or cookie in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class RefusalMiddleware:
    """Where a Refusal becomes an answer: a fragment for HTMX, JSON for who accepts only that, else a page. What does not
    exist, or not for this person, is not found."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ObjectDoesNotExist):  # what a stranger gets from `queries.lock`
            raise Http404 from None
        return answer(request, exception) if isinstance(exception, Refusal) else None


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer that a refusal deserves, with its own status (403, 409 or 422)."""
    sentence, items = refusals.sentence(refusal), refusals.items(refusal)
    if wants_json(request):
        body = {"message": sentence, "field": refusal.field, "items": items}
        return JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    context = {"refusal": refusal, "sentence": sentence, "items": [_linked(item) for item in items]}
    if getattr(request, "htmx", False):
        response = render(request, "web/_refusal.html", context, status=refusal.status)
        response.headers["HX-Retarget"] = "#alerts"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    context["layout"] = "web/page.html" if House(request).actor else "web/public.html"
    context["back"] = back(request)
    return render(request, "web/refusal.html", context, status=refusal.status)


def wants_json(request: HttpRequest) -> bool:
    """Does the caller accept JSON and not a page?"""
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def back(request: HttpRequest) -> str:
    """The page the visitor came from, if it is one of ours and not this address itself; else the first page."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(referer)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path.startswith("/") and not path.startswith("//") else "/"


def _linked(item: dict[str, str]) -> dict[str, str]:
    where = item["where"]
    ours = where.startswith("#") or (where.startswith("/") and not where.startswith(("//", "/\\")))
    return {"label": item["label"], "url": where if ours else ""}
