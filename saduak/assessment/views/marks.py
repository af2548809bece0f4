"""One's own sheet, section by section, saved while it is filled in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.applications import questionnaire
from saduak.assessment import commands, marks, policy
from saduak.assessment.models import Case, Sheet
from saduak.assessment.queries import cases
from saduak.assessment.queries import marks as queries
from saduak.assessment.views.cases import case_of
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete, NotPossible, Refusal
from saduak.kernel.verdict import YES
from saduak.rounds import queries as rounds
from saduak.web import refusals


def _own(request: HttpRequest, number: str) -> tuple[Case, Sheet]:
    case = case_of(request, number)
    policy.may_mark(request.actor, cases.standing(case, request.actor)).require()
    sheet = queries.sheet_of(case, request.actor)
    if sheet is None:
        raise Http404
    return case, sheet


@require_safe
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """What is done and what is open, and handing in."""
    return _overview(request, number, None)


def _overview(request: HttpRequest, number: str, refusal: Refusal | None) -> HttpResponse:
    case, sheet = _own(request, number)
    pages = queries.pages(case, sheet)
    url = reverse("assessment:marks", args=[number])
    missing = queries.missing(sheet, rounds.standard(case.application.round), f"{url}%s/")
    failed = marks.gate_failed(rounds.standard(case.application.round), queries.values(sheet))
    form, profile = queries.profile(case)
    context = {
        "case": case,
        "form": form,
        "profile": profile,
        "sheet": sheet,
        "pages": pages,
        "tasks": [_task(page, f"{url}{page.section.id}/", failed) for page in pages],
        "missing": missing,
        "gate_failed": failed,
        "refusal": refusal,
        **_editing(case, sheet),
        "done": sum(page.done for page in pages),
        "all": sum(len(page.rows) for page in pages),
    }
    return render(request, "assessment/marks.html", context, status=refusal.status if refusal else 200)


def _task(page: queries.Page, url: str, failed: bool) -> dict[str, Any]:
    done, whole = page.done, len(page.rows)
    if done == whole:
        state = {"label": _("all marked"), "tone": "good"}
    elif failed and not page.section.part.gate:
        state = {"label": _("not needed"), "tone": "neutral"}
    else:
        state = {
            "label": _("%(done)s of %(all)s") % {"done": done, "all": whole},
            "tone": "active" if done else "neutral",
        }
    return {"label": page.section.title, "url": url, "status": state}


@require_safe
def section(request: HttpRequest, number: str, section: str) -> HttpResponse:
    return _section(request, number, section)


def _section(
    request: HttpRequest,
    number: str,
    section: str,
    typed: queries.Typed | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    case, sheet = _own(request, number)
    pages = queries.pages(case, sheet, typed)
    place = next((place for place, one in enumerate(pages) if one.section.id == section), None)
    if place is None:
        raise Http404
    after = pages[place + 1].section.id if place + 1 < len(pages) else ""
    before = pages[place - 1].section.id if place else ""
    context = {
        "case": case,
        "sheet": sheet,
        "current": pages[place],
        "done": sum(one.done for one in pages),
        "all": sum(len(one.rows) for one in pages),
        "place": place + 1,
        "places": len(pages),
        "tabs": _tabs(number, pages),
        **_editing(case, sheet),
        "refusal": refusal,
        "after": reverse("assessment:marks_section", args=[number, after]) if after else "",
        "before": reverse("assessment:marks_section", args=[number, before]) if before else "",
        "evidence_base": reverse("assessment:case", args=[number]) + "evidence/",
        "storage_key": f"marks-{number}-{request.actor.ref}",
        "today": clock.today(),
    }
    return render(request, "assessment/marks_section.html", context, status=refusal.status if refusal else 200)


def _editing(case: Case, sheet: Sheet) -> dict[str, Any]:
    """editable: may it be written now? in_time: whether the calendar lets one, asked only where nothing else forbids."""
    still_open = sheet.state == "OPEN" and case.state == "ASSIGNED"
    in_time = policy.in_time(case.application.round, "mark") if still_open else YES
    return {"editable": still_open and bool(in_time), "in_time": in_time}


def _tabs(number: str, pages: list[queries.Page]) -> list[dict[str, Any]]:
    return [
        {
            "label": one.section.title,
            "url": reverse("assessment:marks_section", args=[number, one.section.id]),
            "key": one.section.id,
            "count": len(one.rows) - one.done,
        }
        for one in pages
    ]


@require_POST
def save(request: HttpRequest, number: str) -> HttpResponse:
    """Autosave and the form's own button: fields `value-<item>` and `note-<item>`. Each item is kept by itself."""
    given: dict[str, dict[str, str]] = {}
    for name, value in request.POST.items():
        part, _dash, item = name.partition("-")
        if part in ("value", "note") and item:
            given.setdefault(item, {})[part] = value
    try:
        errors = _save_each(request, number, given)
    except NotPossible as refusal:
        if "X-Saduak-Autosave" in request.headers or not given:
            raise
        return _too_late(request, number, given, refusal)
    if "X-Saduak-Autosave" in request.headers:
        case, sheet = _own(request, number)
        pages = queries.pages(case, sheet)
        done, whole = sum(one.done for one in pages), sum(len(one.rows) for one in pages)
        progress = {"sheet-progress": _("%(done)s of %(all)s marked") % {"done": done, "all": whole}}
        return JsonResponse({"saved_at": clock.now().isoformat(), "errors": errors, "progress": progress})
    for sentence in errors.values():
        messages.error(request, sentence)
    if not errors:
        messages.success(request, _("Your marks have been saved."))
    return redirect(_next(request, number))


def _too_late(
    request: HttpRequest, number: str, given: dict[str, dict[str, str]], refusal: NotPossible
) -> HttpResponse:
    """The page again as it was sent, so that nothing typed is lost, with the sentence that says why it was not saved."""
    case, _sheet = _own(request, number)
    standard = rounds.standard(case.application.round)
    item = next((one for one in given if one in standard.marks_wanted), None)
    if item is None:
        raise refusal
    return _section(request, number, questionnaire.section_of(standard, item), given, refusal)


def _save_each(request: HttpRequest, number: str, given: dict[str, dict[str, str]]) -> dict[str, str]:
    """All at once; when one mark cannot be given, the others are kept all the same and that one is named."""
    try:
        commands.save_marks(number, given, by=request.actor)
        return {}
    except NotComplete as refusal:
        if len(given) == 1:
            item = next(iter(given))
            return {f"{'value' if 'value' in given[item] else 'note'}-{item}": refusals.sentence(refusal)}
    errors: dict[str, str] = {}
    for item, parts in given.items():
        errors |= _save_each(request, number, {item: parts})
    return errors


def _next(request: HttpRequest, number: str) -> str:
    base = reverse("assessment:marks", args=[number])
    there = request.POST.get("next", "")
    return there if there.startswith(base) else base


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    case, sheet = _own(request, number)
    if request.method == "POST":
        try:
            commands.hand_in(number, by=request.actor)
        except NotComplete as refusal:
            return _overview(request, number, refusal)
        messages.success(request, _("Your sheet has been handed in. Thank you."))
        return redirect("assessment:case", number)
    if not _editing(case, sheet)["editable"]:
        return redirect("assessment:marks", number)
    context = {
        "question": _("Hand in your sheet for case %(number)s?") % {"number": number},
        "consequences": [
            _("Nobody can change it after that, you included."),
            _("Your colleagues see it only when all sheets of the case are in; then you see theirs."),
        ],
        "confirm_label": _("Hand in the sheet"),
        "cancel_url": reverse("assessment:marks", args=[number]),
    }
    return render(request, "web/confirm.html", context)
