"""An office answers: what is to be done, page by page, check, hand in, read and print what was handed in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.kernel.refusals import NotComplete, NotPossible
from saduak.packs import question_fields, questions
from saduak.packs.asking import Form, Group
from saduak.packs.question_fields import Setting
from saduak.packs.question_types import Question
from saduak.people import queries as people
from saduak.people.models import Organisation
from saduak.surveys import checking, commands, policy, queries
from saduak.surveys.commands import Conflict, Saved
from saduak.surveys.forms import Typed, name_of, state_of, typed
from saduak.surveys.models import Response, Survey
from saduak.surveys.views.finding import survey_of
from saduak.web.middleware import wants_json


@require_safe
def answer(request: HttpRequest, code: str, body: str) -> HttpResponse:
    """The office's answer: the pages with how far they are, or what was handed in."""
    survey, office = _found(request, code, body)
    response, form = queries.response_of(survey, office), queries.form(survey)
    may = policy.may_answer(request.actor, survey, office)
    context = _frame(survey, office, response, form) | {"may": may}
    if response is not None and response.state == "HANDED_IN":
        context["sections"] = _sections(survey, office, form, response.values, edit=False)
        return render(request, "surveys/handed_in.html", context)
    checked = checking.check(form, response.values if response else {})
    context["tasks"] = [
        {
            "label": group.title.say(get_language()),
            "url": reverse("surveys:page", args=[code, body, group.id]),
            "state": _task_state(*checked.done[group.id]),
            "hint": _("%(done)s of %(total)s answered") % {"done": checked.done[group.id][0], "total": checked.done[group.id][1]},
        }
        for group in form.groups
    ]  # fmt: skip
    context["sections"] = (
        [] if may or response is None else _sections(survey, office, form, response.values, edit=False)
    )
    return render(request, "surveys/answer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str, body: str, group: str) -> HttpResponse:
    """One group of questions. POST keeps what was touched; as JSON it is the autosave."""
    survey, office = _found(request, code, body)
    form = queries.form(survey)
    here = next((one for one in form.groups if one.id == group), None)
    if here is None:
        raise Http404
    if request.method != "POST":
        response = queries.response_of(survey, office)
        if not policy.may_answer(request.actor, survey, office) or (response and response.state != "DRAFT"):
            return redirect("surveys:answer", code, body)
        return _page(request, survey, office, form, here, response)
    sent = typed(request.POST, here.questions)
    try:
        saved = commands.save_answers(code, body, sent.answers, by=request.actor, seen=sent.versions)
    except NotPossible as refusal:
        if wants_json(request) or not policy.may_read_answer(request.actor, office):
            raise
        return _too_late(request, survey, office, here, refusal, sent)
    response = queries.response_of(survey, office)
    if wants_json(request):
        return _as_json(here, response, saved)
    if saved.errors or saved.conflicts:
        return _page(request, survey, office, form, here, response, sent, saved)
    if more := request.POST.get("more"):  # rows of a table, without scripts: more stand under what was kept
        return redirect(f"{request.path}#{more}")
    return redirect(_onward(request, survey, office, form, here, response))


def _onward(
    request: HttpRequest, survey: Survey, office: Organisation, form: Form, here: Group, response: Response | None
) -> str:
    """Where to go from a page: the next that has something to ask, then the check."""
    if "onward" not in request.POST:
        messages.success(request, _("Saved."))
        return reverse("surveys:answer", args=[survey.code, office.code])
    values = response.values if response else {}
    for group in form.groups[form.groups.index(here) + 1 :]:
        if checking.asked_in(form, group, values):
            return reverse("surveys:page", args=[survey.code, office.code, group.id])
    return reverse("surveys:check", args=[survey.code, office.code])


@require_safe
def check(request: HttpRequest, code: str, body: str) -> HttpResponse:
    """Everything that was answered, before it is handed in."""
    survey, office = _found(request, code, body)
    response = queries.response_of(survey, office)
    if response is None or response.state != "DRAFT":
        return redirect("surveys:answer", code, body)
    return _checked(request, survey, office, response)


@require_POST
def hand_in(request: HttpRequest, code: str, body: str) -> HttpResponse:
    survey, office = _found(request, code, body)
    try:
        commands.hand_in(code, body, by=request.actor)
    except NotComplete as refusal:
        response = queries.response_of(survey, office)
        if response is None:
            raise
        return _checked(request, survey, office, response, refusal)
    messages.success(request, _("The answer of your office is handed in. Thank you."))
    return redirect("surveys:answer", code, body)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, code: str, body: str) -> HttpResponse:
    survey, office = _found(request, code, body)
    if request.method == "POST":
        commands.withdraw(code, body, by=request.actor)
        messages.warning(request, _("The answer was taken back. It does not count until it is handed in again."))
        return redirect("surveys:answer", code, body)
    policy.may_answer(request.actor, survey, office).require()
    context = {
        "question": _("Take the answer of %(office)s back to change it?") % {"office": office.name},
        "consequences": [
            _("Until you hand it in again it does not count, and your office is reminded as if it had not answered."),
            _("Everything you wrote stays as it is."),
        ],
        "confirm_label": _("Take the answer back"),
        "cancel_url": reverse("surveys:answer", args=[code, body]),
    }
    return render(request, "web/confirm.html", context)


def _found(request: HttpRequest, code: str, body: str) -> tuple[Survey, Organisation]:
    """The survey and the office that answers. Bodies above and the secretariat are told that they may not; a stranger, and
    whoever asks for an office that this survey does not ask, gets 404."""
    survey = survey_of(request, code)
    try:
        office = people.organisation(body)
    except Organisation.DoesNotExist:
        raise Http404 from None
    if not policy.within(request.actor, office) or not policy.invited(survey, office):
        raise Http404
    policy.may_read_answer(request.actor, office).require()
    return survey, office


def _frame(survey: Survey, office: Organisation, response: Response | None, form: Form) -> dict[str, Any]:
    crumbs = [
        {"label": _("Surveys"), "url": reverse("surveys:index")},
        {"label": survey.title, "url": reverse("surveys:detail", args=[survey.code])},
        {"label": office.name},
    ]
    return {"survey": survey, "office": office, "response": response, "form": form, "crumbs": crumbs}


def _task_state(done: int, whole: int) -> dict[str, Any]:
    if not whole:
        return {"label": _("not asked"), "tone": "neutral"}
    if done >= whole:
        return {"label": _("complete"), "tone": "good"}
    return {"label": _("begun"), "tone": "active"} if done else {"label": _("not begun"), "tone": "neutral"}


def _page(
    request: HttpRequest,
    survey: Survey,
    office: Organisation,
    form: Form,
    group: Group,
    response: Response | None,
    sent: Typed | None = None,
    saved: Saved | None = None,
) -> HttpResponse:
    values = response.values if response else {}
    raw = sent.answers if sent else {}
    errors = _errors(group, saved) if saved else {}
    asked = checking.asked_in(form, group, values)
    place = form.groups.index(group)
    context = _frame(survey, office, response, form) | {
        "group": group,
        "number": place + 1,
        "controls": [_control(form, one, office, values, raw, errors) for one in asked],
        "state": state_of(response, asked),
        "errors": [(f"#a-{key}", f"{_title(form, key)}: {sentence}") for key, sentence in errors.items()],
        "earlier": reverse("surveys:page", args=[survey.code, office.code, form.groups[place - 1].id]) if place else "",
    }
    return render(
        request, "surveys/page.html", context, status=409 if saved and saved.conflicts else 422 if errors else 200
    )


def _control(
    form: Form,
    question: Question,
    office: Organisation,
    values: dict[str, Any],
    raw: dict[str, Any],
    errors: dict[str, Any],
) -> SafeString:
    when = question.applies_when
    setting = Setting(
        name_of(question),
        id=f"a-{question.id}",
        province=office.province_code,
        condition=condition(form, question),
        when=(name_of(form.question(when.question)), when.codes) if when else None,
    )
    return question_fields.control(
        question, setting, values.get(question.id), typed=raw.get(question.id), error=errors.get(question.id, "")
    )  # fmt: skip


def condition(form: Form, question: Question) -> str:
    """When the question has to be answered, in words; "" for always."""
    when = question.applies_when
    if when is None:
        return ""
    asked = form.question(when.question)
    names = [
        option.label.say(get_language()) if (option := asked.option(code)) else _("Yes") if code == "yes" else _("No")
        for code in when.codes
    ]
    return _("To be answered when “%(question)s” is answered with: %(answers)s") % {
        "question": asked.title.say(get_language()),
        "answers": ", ".join(names),
    }


def _errors(group: Group, saved: Saved) -> dict[str, Any]:
    """What was not kept, by question: why, or what a colleague wrote meanwhile."""
    asked = {one.id: one for one in group.questions}
    found: dict[str, Any] = dict(saved.errors)
    for key, conflict in saved.conflicts.items():
        found[key] = _conflict(asked[key], conflict)
    return found


def _conflict(question: Question, conflict: Conflict) -> str:
    stands = _words(question, conflict.value) or _("no answer")
    return _(
        "%(by)s answered this while you wrote, with: “%(stands)s”. Yours is below and not kept yet: save again to put it in its place, or correct it."
    ) % {"by": conflict.by, "stands": stands[:500]}  # fmt: skip


def _words(question: Question, value: Any) -> str:
    try:
        return questions.display(question, questions.from_json(question_fields.drafted(question), value))
    except ValueError:
        return str(value)


def _title(form: Form, key: str) -> str:
    return str(form.question(key).title.say(get_language()))


def _as_json(group: Group, response: Response | None, saved: Saved) -> JsonResponse:
    asked = [one for one in group.questions if one.id in saved.versions]
    notices = [
        ngettext(
            "%(count)s answer was changed by a colleague while you wrote. Save the page to see both.",
            "%(count)s answers were changed by a colleague while you wrote. Save the page to see both.",
            len(saved.conflicts),
        ) % {"count": len(saved.conflicts)}
    ] if saved.conflicts else []  # fmt: skip
    content = {
        "saved_at": saved.saved_at.isoformat(),
        "merge": {"state": state_of(response, asked)},
        "errors": {f"q-{key}": str(sentence) for key, sentence in _errors(group, saved).items()},
        "notices": notices,
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _too_late(
    request: HttpRequest, survey: Survey, office: Organisation, group: Group, refusal: NotPossible, sent: Typed
) -> HttpResponse:
    """The page was open before the close and sent after it: the draft stays, and what was just typed is shown to copy."""
    asked = {one.id: one for one in group.questions}
    typed_now = [
        {"label": asked[key].title.say(get_language()), "value": _typed_words(asked[key], raw)}
        for key, raw in sent.answers.items()
        if raw
    ]
    response = queries.response_of(survey, office)
    context = _frame(survey, office, response, queries.form(survey)) | {"refusal": refusal, "typed": typed_now}
    return render(request, "surveys/too_late.html", context, status=refusal.status)


def _typed_words(question: Question, raw: Any) -> str:
    clean = questions.parse(question_fields.drafted(question), raw)
    return questions.display(question, clean.value) if clean.ok else str(raw)


def _checked(
    request: HttpRequest, survey: Survey, office: Organisation, response: Response, refusal: NotComplete | None = None
) -> HttpResponse:
    form = queries.form(survey)
    checked = checking.check(form, response.values)
    base = reverse("surveys:answer", args=[survey.code, office.code])
    context = _frame(survey, office, response, form) | {
        "refusal": refusal,
        "missing": [
            {"label": one.label, "url": f"{base}page/{one.where.replace('#', '/#')}"} for one in checked.missing
        ],
        "sections": _sections(survey, office, form, response.values, edit=True),
        "may": policy.may_answer(request.actor, survey, office),
    }
    return render(request, "surveys/check.html", context, status=refusal.status if refusal else 200)


def _sections(
    survey: Survey, office: Organisation, form: Form, values: dict[str, Any], *, edit: bool
) -> list[tuple[str, list[dict[str, Any]]]]:
    """(title of a group, rows for `summary_list`) of the questions that are asked."""
    asked = checking.check(form, values).asked
    found = []
    for group in form.groups:
        rows = []
        for one in group.questions:
            if one.id not in asked:
                continue
            said = question_fields.answered(one, values.get(one.id), province=office.province_code)
            row: dict[str, Any] = {"label": one.title.say(get_language()), "value": said}
            if not said:
                row |= {"value": "" if one.required else _("no answer"), "missing": one.required}
            if edit:
                row |= {
                    "action_url": reverse("surveys:page", args=[survey.code, office.code, group.id]) + f"#a-{one.id}",
                    "action_label": _("Change"),
                }
            rows.append(row)
        if rows:
            found.append((group.title.say(get_language()), rows))
    return found
