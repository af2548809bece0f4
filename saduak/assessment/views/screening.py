"""The officer's queue, one desk check, and what is done with it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from saduak.applications import queries as applications
from saduak.applications import questionnaire
from saduak.applications.models import Application
from saduak.assessment import commands, policy
from saduak.assessment.forms import QueueFilters, ResultForm, ReturnForm, ShareForm
from saduak.assessment.models import FindingVerdict, FlawKind
from saduak.assessment.queries import cases
from saduak.assessment.queries import screening as queries
from saduak.assessment.views.shown import organisation, page_of, round_of, round_tabs
from saduak.assessment.workflow import SCREENING
from saduak.files import serving
from saduak.kernel import clock
from saduak.kernel.refusals import Refusal
from saduak.kernel.verdict import first_no
from saduak.rounds import queries as rounds
from saduak.rounds.models import Round
from saduak.rounds.moments import day_text, last_day

CHANGES = "changes"
CORRECTION_DAYS = 10  # working days that a unit is given where the officer does not choose otherwise; drafted by us


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    policy.may_see_overview(request.actor).require()
    round = round_of(request)
    form, tab, found = _found(request, round, request.GET)
    page = page_of(request, found)
    offices = cases.offices_of([row.centre for row in page])
    counts = queries.counts(request.actor, round)
    suffix = f"&round={round.code}" if round else ""
    context = {
        "round": round,
        "rounds": round_tabs(round, reverse("assessment:screening")),
        "tab": tab,
        "tabs": [
            {"label": label, "url": f"?tab={key}{suffix}", "count": counts[key], "key": key}
            for key, (label, _where) in queries.TABS.items()
        ],
        "form": form,
        "page": page,
        "rows": [
            {"application": row, "office": offices.get(row.centre.path)} for row in queries.with_submissions(page)
        ],
        "window": rounds.window(round, "SCREENING") if round else None,
        "share": _share_form(request, round) if tab == "waiting" and policy.may_screen(request.actor) else None,
        "asked": request.GET.urlencode(),
    }
    return render(request, "assessment/screening_queue.html", context)


def _found(request: HttpRequest, round: Any, asked: QueryDict) -> tuple[QueueFilters, str, QuerySet[Application]]:
    """What the filters of the queue find."""
    form = QueueFilters(asked)
    tab = asked.get("tab", "")
    tab = tab if tab in queries.TABS else "waiting"
    below = form.asked("below")
    found = queries.queue(
        request.actor,
        round,
        tab,
        province=form.asked("province"),
        text=form.asked("q"),
        whose=form.asked("whose"),
        below=organisation(below) if below else None,
    )
    return form, tab, found


def _share_form(request: HttpRequest, round: Any, data: QueryDict | None = None) -> ShareForm:
    officers = list(queries.officers())
    return ShareForm(data, loads=queries.loads(round, officers), officers=officers)


@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Give the ticked applications, or all that the filters find, to one officer or to several in turn."""
    policy.may_screen(request.actor).require()
    round = round_of(request)
    asked = QueryDict(request.POST.get("asked", ""))
    form = _share_form(request, round, request.POST)
    if not form.is_valid():
        raise Http404
    numbers = request.POST.getlist("number")
    if "all" in request.POST:
        numbers = list(_found(request, round, asked)[2].values_list("number", flat=True))
    shared = commands.share_out(numbers, form.cleaned_data["to"], by=request.actor)
    messages.success(
        request,
        ngettext("%(many)s application was given.", "%(many)s applications were given.", shared) % {"many": shared},
    )
    return redirect(f"{reverse('assessment:screening')}?{asked.urlencode()}")


@require_safe
def sheet(request: HttpRequest, number: str, section: str = "") -> HttpResponse:
    policy.may_see_overview(request.actor).require()
    checklist = queries.checklist(_application(request, number))
    sections = questionnaire.sections(checklist.standard)
    known = {one.id: one for one in sections}
    if not section:
        section = CHANGES if checklist.changed else sections[0].id
    if section != CHANGES and section not in known:
        raise Http404
    criteria = [line.given.criterion for line in checklist.changed] if section == CHANGES else known[section].criteria
    order = [CHANGES, *known] if checklist.changed else list(known)
    after = order[order.index(section) + 1] if section in order and order.index(section) + 1 < len(order) else ""
    context = {
        **_frame(request, checklist),
        "section": section,
        "heading": _("What changed") if section == CHANGES else known[section].title,
        "lines": [checklist.lines[one.id] for one in criteria],
        "tabs": _tabs(checklist, sections),
        "next_url": reverse("assessment:screening_section", args=[number, after]) if after else "",
        "kinds": FlawKind.choices,
        "verdicts": FindingVerdict.choices,
        "today": clock.today(),
        "turnaround": applications.turnaround_of(checklist.application),
    }
    return render(request, "assessment/screening_sheet.html", context)


def _frame(request: HttpRequest, checklist: queries.Checklist) -> dict[str, Any]:
    application, screening = checklist.application, checklist.screening
    editable = application.state == "SUBMITTED" and (screening is None or screening.state == "OPEN")
    editable = editable and bool(policy.may_screen(request.actor))
    return {
        "application": application,
        "screening": screening,
        "state": screening.status if screening else SCREENING.states["OPEN"],
        "checklist": checklist,
        "editable": editable,
        "office": cases.offices_of([application.centre]).get(application.centre.path),
        "checked": len(checklist.lines) - len(checklist.open_lines),
        "evidence_base": reverse("assessment:screening_sheet", args=[application.number]) + "evidence/",
        "may_reopen": first_no(
            policy.may_screen(request.actor), SCREENING.can(screening.state if screening else "OPEN", "reopen")
        ),
    }


def _tabs(checklist: queries.Checklist, sections: tuple[questionnaire.Section, ...]) -> list[dict[str, Any]]:
    number = checklist.application.number
    tabs = [
        {
            "label": one.title,
            "url": reverse("assessment:screening_section", args=[number, one.id]),
            "key": one.id,
            "count": sum(1 for criterion in one.criteria if not checklist.lines[criterion.id].verdict),
        }
        for one in sections
    ]
    if checklist.changed:
        address = reverse("assessment:screening_section", args=[number, CHANGES])
        tabs.insert(0, {"label": _("What changed"), "url": address, "key": CHANGES, "count": len(checklist.changed)})
    return tabs


def _application(request: HttpRequest, number: str) -> Application:
    try:
        return queries.by_number(number, actor=request.actor)
    except Application.DoesNotExist:
        raise Http404 from None


@require_POST
def save(request: HttpRequest, number: str) -> HttpResponse:
    """Autosave, and the form's own button: fields `verdict-…`, `kind-…`, `remark-…`; `rest` marks the rest as met."""
    found: dict[str, dict[str, str]] = {}
    for name, value in request.POST.items():
        part, _dash, item = name.partition("-")
        if part in ("verdict", "kind", "remark") and item:
            found.setdefault(item, {})[part] = value
    for item in request.POST.getlist("rest"):
        found.setdefault(item, {}).setdefault("verdict", FindingVerdict.MET)
    commands.save_findings(number, found, by=request.actor)
    if "X-Saduak-Autosave" in request.headers:
        checklist = queries.checklist(_application(request, number))
        checked = len(checklist.lines) - len(checklist.open_lines)
        words = _("%(done)s of %(all)s checked") % {"done": checked, "all": len(checklist.lines)}
        return JsonResponse({"saved_at": clock.now().isoformat(), "progress": {"checked": words}})
    messages.success(request, _("The findings have been saved."))
    return redirect(_next(request, number))


def _next(request: HttpRequest, number: str) -> str:
    there = request.POST.get("next", "")
    base = reverse("assessment:screening_sheet", args=[number])
    return there if there.startswith(base) else base


@require_safe
def result(request: HttpRequest, number: str) -> HttpResponse:
    """The end of a desk check: everything that is open or not met, and what to do with it."""
    policy.may_see_overview(request.actor).require()
    suggested = correction_day(_application(request, number).round)
    return _result(request, number, ResultForm(), ReturnForm(initial={"due_on": suggested}), None)


def correction_day(round: Round) -> date:
    """The last day to suggest for a correction: some working days from now, and before the screening closes."""
    days, today = rounds.office_days(round), clock.today()
    wished = days.add(today, CORRECTION_DAYS)
    window = rounds.window(round, "SCREENING")
    if window is None:
        return wished
    last = days.add(last_day(window.closes_at) + timedelta(days=1), -1)
    return max(today, min(wished, last))


def _result(
    request: HttpRequest, number: str, form: ResultForm, back: ReturnForm, refusal: Refusal | None
) -> HttpResponse:
    checklist = queries.checklist(_application(request, number))
    sections = {
        criterion.id: section.id
        for section in questionnaire.sections(checklist.standard)
        for criterion in section.criteria
    }
    base = reverse("assessment:screening_sheet", args=[number])
    links = {f"#item-{key}": f"{base}{section}/#item-{key}" for key, section in sections.items()}
    context = {
        **_frame(request, checklist),
        "form": form,
        "back": back,
        "refusal": refusal,
        "links": links,
        "open": [{"line": one, "url": links[f"#item-{one.given.criterion.id}"]} for one in checklist.open_lines],
        "flawed": [{"line": one, "url": links[f"#item-{one.given.criterion.id}"]} for one in checklist.flawed],
    }
    return render(request, "assessment/screening_result.html", context, status=refusal.status if refusal else 200)


@require_POST
def finish(request: HttpRequest, number: str) -> HttpResponse:
    policy.may_screen(request.actor).require()
    form = ResultForm(request.POST)
    if not form.is_valid():
        return _result(request, number, form, ReturnForm(), None)
    try:
        commands.finish(number, form.cleaned_data["result"], by=request.actor, note=form.cleaned_data["note"])
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return _result(request, number, form, ReturnForm(), refusal)
    messages.success(request, _("The result is recorded and held until readiness is released."))
    return redirect("assessment:screening")


@require_POST
def return_for_correction(request: HttpRequest, number: str) -> HttpResponse:
    policy.may_screen(request.actor).require()
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _result(request, number, ResultForm(), form, None)
    try:
        commands.return_for_correction(number, form.cleaned_data["due_on"], by=request.actor)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return _result(request, number, ResultForm(), form, refusal)
    messages.success(request, _("The application has gone back to the unit for correction."))
    closed = rounds.closed_on(rounds.office_days(_application(request, number).round), form.cleaned_data["due_on"])
    if closed is not None:
        text = _(
            "The last day falls on %(name)s, when offices are closed. The working days around it: %(before)s and %(after)s."
        )
        said = {"name": closed.name, "before": day_text(closed.before), "after": day_text(closed.after)}
        messages.warning(request, text % said)
    return redirect("assessment:screening")


@require_POST
def reopen(request: HttpRequest, number: str) -> HttpResponse:
    commands.reopen(number, by=request.actor)
    messages.success(request, _("The held result was taken back. You can screen again."))
    return redirect("assessment:screening_sheet", number)


@require_safe
def evidence(request: HttpRequest, number: str, public_id: str) -> HttpResponse:
    """A piece of evidence as a download, or its small picture with ?small=1."""
    policy.may_see_overview(request.actor).require()
    return served(request, queries.evidence(_application(request, number), public_id))


def served(request: HttpRequest, piece: Any) -> HttpResponse:
    if piece.stored is None:
        raise Http404
    return serving.thumbnail(piece.stored) if request.GET.get("small") else serving.attachment(piece.stored)
