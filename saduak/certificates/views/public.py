"""Checking a certificate: for anybody, without sign-in, session or cookie.

Nothing here may be kept by a cache: a certificate revoked a minute ago must not be shown as valid anywhere.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from saduak.certificates import credential, paper, queries, wording
from saduak.certificates.mark import draw_mark
from saduak.certificates.models import Reason
from saduak.certificates.paper import Paper
from saduak.certificates.queries import Outcome
from saduak.kernel import clock
from saduak.web import language

LONGEST_PASTE = 8000


@login_not_required
@require_GET
@never_cache
def check(request: HttpRequest, number: str) -> HttpResponse:
    """/v/<number>/: the answer to who scanned the code on a certificate. 404 for what is not ours."""
    outcome = queries.check(number)
    return _page(outcome, _words(outcome), status=200 if outcome.known else 404)


@login_not_required
@csrf_exempt  # changes nothing and knows nobody: there is no session a forged request could ride on
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """/v/: type a number (GET ?number=), or paste what the code on the paper holds (POST code)."""
    if request.method == "POST":
        found = paper.check(request.POST.get("code", "")[:LONGEST_PASTE])
        context = {"paper": _paper_words(found)}
        return _page(found.outcome, context | (_words(found.outcome) if found.outcome else {}))
    number = request.GET.get("number", "").strip()
    if number:
        return redirect("certificates:check", number=number.replace("/", " ")[:60])
    return _page(None, {})


@login_not_required
@csrf_exempt
@require_POST
@never_cache
def check_paper(request: HttpRequest) -> HttpResponse:
    """What a script asks for the part of the link behind #, which no browser sends by itself."""
    found = paper.check(request.POST.get("code", "")[:LONGEST_PASTE])
    return JsonResponse({"code": found.code, **_paper_words(found)}, json_dumps_params={"ensure_ascii": False})


@login_not_required
@require_GET
@never_cache
def check_json(request: HttpRequest, number: str) -> HttpResponse:
    """/v/<number>.json: the same for machines."""
    outcome = queries.check(number)
    return _open(_record(outcome), status=200 if outcome.known else 404)


@login_not_required
@require_GET
@never_cache
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """/v/<number>/mark.svg: for the centre's own site; it says so itself when it no longer counts."""
    outcome = queries.check(number)
    response = HttpResponse(draw_mark(outcome), content_type="image/svg+xml; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@login_not_required
@require_GET
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """/.well-known/saduak-keys.json: the public keys, for whoever checks papers without us."""
    return _open({"keys": credential.published_keys(), "issuer": settings.BASE_URL, "as_of": clock.now().isoformat()})


def _page(outcome: Outcome | None, words: dict[str, Any], status: int = 200) -> HttpResponse:
    """Rendered without context processors: they would look for a session."""
    first = language.current()
    context = {
        "outcome": outcome,
        "tone": ("DUE" if outcome.due else outcome.code).lower() if outcome else "ask",
        "first": first,
        "other": "en" if first == "th" else "th",
        "host": urlsplit(settings.BASE_URL).netloc,
        "demo": settings.DEMO,
        "now": clock.now(),
        **words,
    }
    return HttpResponse(render_to_string("certificates/check.html", context), status=status)


def _words(outcome: Outcome) -> dict[str, Any]:
    headline, sentence = wording.outcome_words(outcome)
    return {
        "headline": _pair(headline),
        "sentence": _pair(sentence),
        "facts": [(key, _pair(label), _pair(value)) for key, label, value in wording.facts(outcome)]
        if outcome.known
        else [],
    }


def _paper_words(found: Paper) -> dict[str, Any]:
    headline, sentence = wording.paper_words(found.code)
    return {"good": found.code in wording.PAPER_GOOD, "headline": _pair(headline), "sentence": _pair(sentence)}


def _pair(told: dict[str, str]) -> dict[str, str]:
    """The reader's language first; the other beneath it, unless it would say the same again."""
    first = language.current()
    other = "en" if first == "th" else "th"
    return {"first": told[first], "other": told[other] if told[other] != told[first] else ""}


def _record(outcome: Outcome) -> dict[str, Any]:
    record: dict[str, Any] = {"outcome": outcome.code, "number": outcome.number, "checked_at": clock.now().isoformat()}
    if not outcome.known:
        return record
    return record | {
        "due_for_renewal": outcome.due,
        "centre": {"code": outcome.centre_code, "th": outcome.centre_name_th, "en": outcome.centre_name_en},
        "office": {"th": outcome.office_name_th, "en": outcome.office_name_en},
        "level": {"code": outcome.level, "th": outcome.level_name_th, "en": outcome.level_name_en},
        "round": {"fiscal_year": outcome.fiscal_year, "th": outcome.round_name_th, "en": outcome.round_name_en},
        "valid_from": outcome.valid_from,
        "valid_to": outcome.valid_to,
        "since": outcome.since,
        "reason": wording.both(Reason(outcome.reason).label) if outcome.reason else None,
        "succeeded_by": outcome.successor or None,
        "demonstration": outcome.demonstration,
        "url": settings.BASE_URL + reverse("certificates:check", args=[outcome.number]),
    }


def _open(body: dict[str, Any], status: int = 200) -> JsonResponse:
    """Public data that any page may read."""
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
