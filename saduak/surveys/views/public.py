"""A survey for anybody: without sign-in, session or cookie, found by its short link or QR code."""

import re
import secrets
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.packs import posted, question_fields, questions
from saduak.packs.question_fields import Setting
from saduak.packs.question_types import Question
from saduak.people.actor import NOBODY
from saduak.surveys import commands, policy, queries
from saduak.surveys.forms import name_of
from saduak.surveys.models import Survey
from saduak.surveys.views.answering import condition
from saduak.web.limits import Limit

# A tablet at the counter answers for one visitor after the other; a program that fills a survey is faster than all of them.
ANSWERS = Limit("survey-answers", most=60, window=600)
MISSES = Limit("survey-links", most=60, window=300)
_TOKEN = re.compile(r"[0-9a-f]{32}")


@login_not_required
@csrf_exempt  # knows nobody: there is no session a forged request could ride on, and no cookie is set
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def public(request: HttpRequest, link: str) -> HttpResponse:
    """/s/<link>/: all questions on one page; a POST keeps an answer of somebody unknown."""
    survey = _survey(request, link)
    if isinstance(survey, HttpResponse):
        return survey
    if request.method != "POST":
        return _page(request, survey)
    raw = {one.id: posted.raw(one, name_of(one), request.POST) for one in queries.form(survey).questions}
    if ANSWERS.reached(request):
        return _page(request, survey, raw, slowed=True, status=429)
    token = request.POST.get("token", "")
    token = token if _TOKEN.fullmatch(token) else secrets.token_hex(16)
    try:
        commands.answer_publicly(link, raw, by=NOBODY, token=token)
    except NotComplete as refusal:
        errors = {one.where: one.label for one in refusal.items}
        return _page(request, survey, raw, errors=errors, token=token, status=refusal.status)
    except NotPossible as refusal:
        return _page(request, survey, raw, status=refusal.status)
    ANSWERS.count(request)
    return redirect("survey:thanks", link)


@login_not_required
@require_safe
@never_cache
def thanks(request: HttpRequest, link: str) -> HttpResponse:
    survey = _survey(request, link)
    if isinstance(survey, HttpResponse):
        return survey
    return render(request, "surveys/thanks.html", {"survey": survey, "form": queries.form(survey)})


def _survey(request: HttpRequest, link: str) -> Survey | HttpResponse:
    """The survey, or the page for who typed or guessed what is none."""
    if MISSES.reached(request):
        return render(request, "surveys/unknown.html", {"slowed": True}, status=429)
    try:
        return queries.by_link(link)
    except Survey.DoesNotExist:
        MISSES.count(request)
        return render(request, "surveys/unknown.html", {"typed": link[:40]}, status=404)


def _page(
    request: HttpRequest,
    survey: Survey,
    raw: dict[str, Any] | None = None,
    *,
    errors: dict[str, Any] | None = None,
    token: str = "",
    slowed: bool = False,
    status: int = 200,
) -> HttpResponse:
    form, wrong = queries.form(survey), errors or {}
    language = get_language()
    context = {
        "survey": survey,
        "form": form,
        "may": policy.may_answer_publicly(NOBODY, survey),
        "token": token or secrets.token_hex(16),
        "groups": [(group, [_control(survey, one, raw, wrong) for one in group.questions]) for group in form.groups],
        "errors": [(f"#a-{key}", f"{form.question(key).title.say(language)}: {why}") for key, why in wrong.items()],
        "slowed": slowed,
    }
    return render(request, "surveys/public.html", context, status=status)


def _control(survey: Survey, question: Question, raw: dict[str, Any] | None, errors: dict[str, Any]) -> SafeString:
    form, when = queries.form(survey), question.applies_when
    setting = Setting(
        name_of(question),
        id=f"a-{question.id}",
        province=survey.top.province_code,
        condition=condition(form, question),
        when=(name_of(form.question(when.question)), when.codes) if when else None,
    )
    typed, error = (raw or {}).get(question.id), errors.get(question.id, "")
    clean = questions.parse(question_fields.drafted(question), typed)
    value = questions.to_json(clean.value) if clean.ok else None
    return question_fields.control(question, setting, value, typed=typed, error=error)
