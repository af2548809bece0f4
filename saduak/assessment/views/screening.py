"""The officer's queue, one desk check, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet, prefetch_related_objects
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
from saduak.assessment.dossier import profile_rows
from saduak.assessment.forms import QueueFilters, ShareForm
from saduak.assessment.models import FindingVerdict, FlawKind
from saduak.assessment.queries import cases
from saduak.assessment.queries import screening as queries
from saduak.assessment.views.shown import organisation, page_of, round_of, round_tabs
from saduak.assessment.workflow import SCREENING
from saduak.files import serving
from saduak.kernel import clock
from saduak.kernel.refusals import NotPossible, Refusal
from saduak.kernel.verdict import YES, first_no
from saduak.people.models import User
from saduak.rounds import queries as rounds

CHANGES = "changes"


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    policy.may_see_overview(request.actor).require()
    round = round_of(request)
    if round is not None:
        prefetch_related_objects([round], "windows")  # asked for several times below
    officers = list(queries.officers())
    form, tab, found = _found(request, round, request.GET, officers)
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
        "in_time": policy.in_time(round, "screen") if round else YES,
        "share": _share_form(round, officers) if tab == "waiting" and policy.may_screen(request.actor) else None,
        "asked": request.GET.urlencode(),
    }
    return render(request, "assessment/screening_queue.html", context)


def _found(
    request: HttpRequest, round: Any, asked: QueryDict, officers: list[User]
) -> tuple[QueueFilters, str, QuerySet[Application]]:
    """What the filters of the queue find."""
    form = QueueFilters(asked, officers)
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


def _share_form(round: Any, officers: list[User], data: QueryDict | None = None) -> ShareForm:
    return ShareForm(data, loads=queries.loads(round, officers), officers=officers)


@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """Give the ticked applications, or all that the filters find, to one officer or to several in turn."""
    policy.may_screen(request.actor).require()
    round = round_of(request)
    asked = QueryDict(request.POST.get("asked", ""))
    officers = list(queries.officers())
    form = _share_form(round, officers, request.POST)
    if not form.is_valid():
        raise Http404
    numbers = request.POST.getlist("number")
    if "all" in request.POST:
        numbers = list(_found(request, round, asked, officers)[2].values_list("number", flat=True))
    shared = commands.share_out(numbers, form.cleaned_data["to"], by=request.actor)
    messages.success(
        request,
        ngettext("%(many)s application was given.", "%(many)s applications were given.", shared) % {"many": shared},
    )
    return redirect(f"{reverse('assessment:screening')}?{asked.urlencode()}")


@require_safe
def sheet(request: HttpRequest, number: str, section: str = "") -> HttpResponse:
    policy.may_see_overview(request.actor).require()
    return _sheet(request, number, section)


Typed = dict[str, dict[str, str]]  # criterion → any of verdict, kind, remark, as they were sent


def _sheet(
    request: HttpRequest, number: str, section: str, typed: Typed | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    """typed: what was sent and not kept, for the reason that `refusal` gives; it stands on the page again."""
    checklist = queries.checklist(application_of(request, number))
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
        **frame(request, checklist),
        "section": section,
        "heading": _("What changed") if section == CHANGES else known[section].title,
        "lines": [checklist.lines[one.id].typed((typed or {}).get(one.id, {})) for one in criteria]
        if typed
        else [checklist.lines[one.id] for one in criteria],
        "refusal": refusal,
        "tabs": _tabs(checklist, sections),
        "next_url": reverse("assessment:screening_section", args=[number, after]) if after else "",
        "kinds": FlawKind.choices,
        "verdicts": FindingVerdict.choices,
        "today": clock.today(),
        "profile": profile_rows(checklist.form, checklist.submission.content),
        "turnaround": applications.turnaround_of(checklist.application),
    }
    return render(request, "assessment/screening_sheet.html", context, status=refusal.status if refusal else 200)


def frame(request: HttpRequest, checklist: queries.Checklist) -> dict[str, Any]:
    application, screening = checklist.application, checklist.screening
    may_screen, in_time = policy.may_screen(request.actor), policy.in_time(application.round, "screen")
    still_open = application.state == "SUBMITTED" and (screening is None or screening.state == "OPEN")
    still_open = still_open and bool(may_screen)
    return {
        "application": application,
        "screening": screening,
        "state": screening.status if screening else SCREENING.states["OPEN"],
        "checklist": checklist,
        "editable": still_open and bool(in_time),
        "closed": in_time if still_open and not in_time else None,
        "office": cases.offices_of([application.centre]).get(application.centre.path),
        "checked": len(checklist.lines) - len(checklist.open_lines),
        "evidence_base": reverse("assessment:screening_sheet", args=[application.number]) + "evidence/",
        "may_reopen": first_no(may_screen, in_time, SCREENING.can(screening.state if screening else "OPEN", "reopen")),
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


def application_of(request: HttpRequest, number: str) -> Application:
    try:
        return queries.by_number(number, actor=request.actor)
    except Application.DoesNotExist:
        raise Http404 from None


@require_POST
def save(request: HttpRequest, number: str) -> HttpResponse:
    """Autosave, and the form's own button: fields `verdict-…`, `kind-…`, `remark-…`; `rest` marks the rest as met."""
    found: Typed = {}
    for name, value in request.POST.items():
        part, _dash, item = name.partition("-")
        if part in ("verdict", "kind", "remark") and item:
            found.setdefault(item, {})[part] = value
    for item in request.POST.getlist("rest"):
        found.setdefault(item, {}).setdefault("verdict", FindingVerdict.MET)
    try:
        commands.save_findings(number, found, by=request.actor)
    except NotPossible as refusal:
        section = _section_of(request, number, found)
        if "X-Saduak-Autosave" in request.headers or not section:
            raise
        return _sheet(request, number, section, found, refusal)
    if "X-Saduak-Autosave" in request.headers:
        checklist = queries.checklist(application_of(request, number))
        checked = len(checklist.lines) - len(checklist.open_lines)
        words = _("%(done)s of %(all)s checked") % {"done": checked, "all": len(checklist.lines)}
        return JsonResponse({"saved_at": clock.now().isoformat(), "progress": {"checked": words}})
    messages.success(request, _("The findings have been saved."))
    return redirect(_next(request, number))


def _section_of(request: HttpRequest, number: str, typed: Typed) -> str:
    """The section in which something was typed that has not been kept; "" when nothing known was."""
    checklist = queries.checklist(application_of(request, number))
    if request.POST.get("next", "").endswith(f"/{CHANGES}/") and checklist.changed:
        return CHANGES
    item = next((one for one in typed if one in checklist.lines and any(typed[one].values())), "")
    return questionnaire.section_of(checklist.standard, item) if item else ""


def _next(request: HttpRequest, number: str) -> str:
    there = request.POST.get("next", "")
    base = reverse("assessment:screening_sheet", args=[number])
    return there if there.startswith(base) else base


@require_safe
def evidence(request: HttpRequest, number: str, public_id: str) -> HttpResponse:
    """A piece of evidence as a download, or its small picture with ?small=1."""
    policy.may_see_overview(request.actor).require()
    return served(request, queries.evidence(application_of(request, number), public_id))


def served(request: HttpRequest, piece: Any) -> HttpResponse:
    if piece.stored is None:
        raise Http404
    return serving.thumbnail(piece.stored) if request.GET.get("small") else serving.attachment(piece.stored)
