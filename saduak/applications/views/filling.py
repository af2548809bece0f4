"""Filling an application: task list, sections, the whole form, autosave, choosing between two versions."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.applications import commands, form_rows, page_state, policy, profile, queries, questionnaire, standing
from saduak.applications.commands import Saved
from saduak.applications.form_parts import Given
from saduak.applications.forms import Typed, typed
from saduak.applications.models import Application
from saduak.applications.views.finding import actor_of, calendar, found, frame, paper
from saduak.packs import question_fields
from saduak.packs.posted import AXES
from saduak.web.middleware import wants_json

WHOLE = "form"


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """The application: what to do, for its own people; what is known, for everybody else who may see it."""
    application = found(request, number)
    context = frame(request, application) | calendar(application) | standing.of(application, actor_of(request))
    context["turnaround"] = queries.turnaround_of(application)
    if context["own"] and application.state in ("DRAFT", "PROPOSED", "RETURNED"):
        draft = queries.sketch(application)
        context["progress"] = draft.progress
        context["tasks"] = standing.tasks(application, draft)
        context["open_comments"] = (
            queries.open_comments(application) if policy.may_comment(actor_of(request), application) else None
        )
        context["next_missing"] = standing.next_missing(application, draft.progress)
        return render(request, "applications/tasks.html", context)
    return render(request, "applications/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, number: str, section: str) -> HttpResponse:
    """One page of the form; POST saves without scripts, and goes on to the next."""
    application = found(request, number)
    actor = actor_of(request)
    if not policy.may_edit(actor, application):
        return redirect("applications:read", application.number)
    pages = standing.page_ids(queries.standard(application), queries.form(application))
    if section not in pages:
        raise Http404
    if request.method == "POST":
        sent, saved = _save(request, application)
        if saved.errors:
            return _page(request, application, section, sent, saved)
        _tell_rivals(request, saved)
        if more := request.POST.get("more"):  # rows of a table, without scripts: three more stand under what was kept
            return redirect(f"{reverse('applications:section', args=[application.number, section])}#{more}")
        place = pages.index(section) + 1
        if "onward" in request.POST and place < len(pages):
            return redirect("applications:section", application.number, pages[place])
        return redirect("applications:detail", application.number)
    return _page(request, application, section)


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, number: str) -> HttpResponse:
    """The whole form on one page."""
    application = found(request, number)
    if not policy.may_edit(actor_of(request), application):
        return redirect("applications:read", application.number)
    if request.method == "POST":
        sent, saved = _save(request, application)
        if saved.errors:
            return _page(request, application, WHOLE, sent, saved)
        _tell_rivals(request, saved)
        return redirect("applications:detail", application.number)
    return _page(request, application, WHOLE)


@require_POST
def save(request: HttpRequest, number: str) -> HttpResponse:
    """Autosave: keeps what was touched, tells what could not be kept and what somebody else wrote at the same time."""
    application = found(request, number)
    _sent, saved = _save(request, application)
    if not wants_json(request):
        _tell_rivals(request, saved)
        return redirect("applications:detail", application.number)
    answers = queries.answers(application)
    progress = queries.progress(application)
    texts = {f"done-{one.section}": _("%(done)s of %(total)s") % vars(one) for one in progress.sections.values()}
    texts["done-all"] = _("%(done)s of %(total)s") % {"done": progress.done, "total": progress.total}
    titles = queries.item_titles(application) if saved.rivals else {}
    texts |= _doubts(application, answers, saved)
    answer: dict[str, Any] = {
        "saved_at": saved.saved_at.isoformat(),
        "merge": {"state": page_state.state_of(answers, saved.versions)},
        "progress": texts,
        "notices": [_rival_sentence(titles[one.item], one.updated_by_name) for one in saved.rivals],
        "errors": {_input_name(key): str(sentence) for key, sentence in saved.errors.items()},
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@require_POST
def settle(request: HttpRequest, number: str) -> HttpResponse:
    """Choose between two versions of one answer."""
    application = found(request, number)
    item, part, place = (*request.POST.get("choice", "").split("|"), "", "")[:3]
    chosen = int(place) if place.isascii() and place.isdigit() else None
    commands.settle(application.number, item, part, chosen, by=actor_of(request))
    messages.success(request, _("Chosen. The other version is kept in the journal."))
    home = questionnaire.section_of(queries.standard(application), item)
    return redirect(f"{reverse('applications:section', args=[application.number, home])}#{item}")


@require_POST
def looked(request: HttpRequest, number: str) -> HttpResponse:
    """A copied answer still holds."""
    application = found(request, number)
    item = request.POST.get("item", "")
    standard = queries.standard(application)
    if item not in {*questionnaire.places(standard), *profile.questions(queries.form(application))}:
        raise Http404
    home = questionnaire.section_of(standard, item)
    criterion = next((one for one in standard.criteria if one.id == item), None)
    keys = questionnaire.keys_of(criterion) if criterion else (item,)
    commands.look_at(application.number, keys, by=actor_of(request))
    messages.success(request, _("Looked at."))
    return redirect(f"{reverse('applications:section', args=[application.number, home])}#{item}")


def _save(request: HttpRequest, application: Application) -> tuple[Typed, Saved]:
    sent = typed(request.POST, queries.standard(application), queries.form(application))
    saved = commands.save_answers(
        application.number, sent.answers, by=actor_of(request), versions=sent.versions, editor=sent.editor
    )
    return sent, saved


def _page(
    request: HttpRequest, application: Application, page: str, sent: Typed | None = None, saved: Saved | None = None
) -> HttpResponse:
    draft = queries.sketch(application)
    sections = questionnaire.sections(draft.standard)
    shown = sections if page == WHOLE else [one for one in sections if one.id == page]
    form = draft.form if page in (WHOLE, questionnaire.PROFILE) else None
    errors = saved.errors if saved else {}
    given = Given(
        draft.answers,
        draft.evidence,
        reverse("applications:add_evidence", args=[application.number]),
        request.path,
        standing.open_remarks(application),
        errors,
        sent.answers if sent else {},
        application.centre.province_code,
    )
    sha256 = application.round.standard_pack.sha256
    items = page_state.items_on(shown, form)
    progress = draft.progress
    context = frame(request, application) | {
        "page": page,
        "whole": page == WHOLE,
        "sections": form_rows.rows(sha256, shown, given),
        "profile": form,
        "sheets": form_rows.profile_sheets(form, given) if form is not None else [],
        "pages": standing.pages(application, draft, progress, page),
        "progress": progress,
        "state": page_state.page_state(draft.answers, items),
        "editor": sent.editor if sent else uuid4().hex,
        "errors": [(f"#{key.rpartition('.')[0]}", sentence) for key, sentence in errors.items()],
        "title": standing.page_title(draft.standard, draft.form, page),
        "paper": paper(application),
    }
    return render(request, "applications/section.html", context, status=422 if errors else 200)


def _doubts(application: Application, answers: Mapping[str, Any], saved: Saved) -> dict[str, str]:
    """What is doubtful about the places that were written, by the id of where the page says so."""
    asking = profile.questions(queries.form(application))
    for item, place in questionnaire.places(queries.standard(application)).items():
        if place.question is not None:
            asking[item] = place.question
    found = {}
    for item in saved.versions:
        if item in asking and asking[item].type == "place":
            value = (answers[item].value if item in answers else None) or {}
            degrees = [value.get(axis) for axis in AXES]
            found[f"{item}-doubt"] = question_fields.doubt_of(*degrees, application.centre.province_code)
    return found


def _input_name(key: str) -> str:
    item, _dot, part = key.rpartition(".")
    return f"{part[0]}:{item}"


def _rival_sentence(title: str, name: str) -> str:
    return _("“%(item)s”: %(name)s wrote at the same time. Both versions are kept; reload to choose.") % {
        "item": title,
        "name": name,
    }


def _tell_rivals(request: HttpRequest, saved: Saved) -> None:
    if saved.rivals:
        count = len(saved.rivals)
        sentence = ngettext(
            "%(count)s answer was written by two people at the same time. Both versions are kept; choose one.",
            "%(count)s answers were written by two people at the same time. Both versions are kept; choose one of each.",
            count,
        ) % {"count": count}
        messages.warning(request, sentence)
    else:
        messages.success(request, _("Saved."))
