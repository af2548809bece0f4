"""What came of a survey: who has answered, branch by branch, and results of groups that are large enough."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.files import tables
from saduak.people import queries as people
from saduak.people.models import Organisation
from saduak.surveys import export, policy, queries, tallies
from saduak.surveys.models import Survey
from saduak.surveys.queries.tree import own_state
from saduak.surveys.views.finding import body_of, home_of, survey_of

PER_PAGE = 100
TEXTS_PER_PAGE = 50


@require_safe
def tree(request: HttpRequest, code: str, body: str) -> HttpResponse:
    """How many of those asked have answered, for a body and for each office directly below it."""
    survey, branch = _asked(request, code, body)
    rows = queries.branches(survey, branch)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _frame(request, survey, branch) | {
        "whole": queries.total(survey, branch),
        "own": own_state(survey, branch),
        "page": page,
        "chart": [
            {
                "label": one.organisation.name,
                "value": one.share,
                "note": _("%(done)s of %(total)s") % {"done": one.counts["answered"], "total": one.counts["invited"]},
                "url": reverse("surveys:tree", args=[code, one.organisation.code]) if one.below else "",
            }
            for one in page
            if one.below
        ],
    }
    return render(request, "surveys/tree.html", context)


@require_safe
def tree_csv(request: HttpRequest, code: str, body: str) -> StreamingHttpResponse:
    survey, branch = _asked(request, code, body)
    return tables.csv(f"survey-{survey.code}-{branch.code}.csv", queries.table(survey, branch))


@require_safe
def tree_xlsx(request: HttpRequest, code: str, body: str) -> HttpResponse:
    survey, branch = _asked(request, code, body)
    return tables.xlsx(
        f"survey-{survey.code}-{branch.code}.xlsx", tables.workbook(queries.table(survey, branch), frozen=(1, 2))
    )


@require_safe
def results(request: HttpRequest, code: str, body: str) -> HttpResponse:
    """Results by question for a body and everything at or below it."""
    survey, branch = _found(request, code, body)
    policy.may_see_results(request.actor, survey, branch).require()
    found = queries.results(survey, branch)
    known = [one for one in found.tallies.values() if one is not None]
    mean = tallies.overall(known) if sum(bool(one.scored) for one in known) > 1 else None
    context = _frame(request, survey, branch) | {
        "found": found,
        "groups": [(group, [_drawn(found, one) for one in group.questions]) for group in found.form.groups],
        "mean": mean,
        "mean_word": tallies.word_of(found.form, mean),
        "below": _below(survey, branch, found),
        "may_texts": policy.may_read_texts(request.actor),
        "whole": branch == survey.top or survey.top.path.startswith(branch.path),
    }
    return render(request, "surveys/results.html", context)


def _drawn(found: queries.Results, question: Any) -> dict[str, Any]:
    """One question as the page shows it: bars with their figures, a mean, or why there is nothing."""
    tally = found.tallies.get(question.id)
    if tally is None:
        return {"question": question, "tally": None}
    language = get_language()
    rows = []
    for one in tally.lines:
        label = one.label.say(language) if hasattr(one.label, "say") else str(one.label)
        rows.append({"label": f"{label} ({one.many})", "value": one.share})
    return {"question": question, "tally": tally, "rows": rows, "word": tallies.word_of(found.form, tally.mean)}


def _below(survey: Survey, branch: Organisation, found: queries.Results) -> list[tuple[Organisation, bool]]:
    """Offices directly below with answers, and whether their results may be shown."""
    shown = {path: may for path, may in found.branches.items() if len(path) == len(branch.path) + Organisation.steplen}
    return [(one, shown[one.path]) for one in Organisation.objects.filter(path__in=shown).order_by("path")]


@require_safe
def results_csv(request: HttpRequest, code: str, body: str) -> StreamingHttpResponse:
    survey, branch = _found(request, code, body)
    policy.may_see_results(request.actor, survey, branch).require()
    return tables.csv(f"results-{survey.code}-{branch.code}.csv", export.rows(queries.results(survey, branch)))


@require_safe
def results_xlsx(request: HttpRequest, code: str, body: str) -> HttpResponse:
    survey, branch = _found(request, code, body)
    policy.may_see_results(request.actor, survey, branch).require()
    content = tables.workbook(
        export.rows(queries.results(survey, branch)),
        above=[survey.title, branch.name],
        widths=(6, 60, 16, 12, 50, 12, 10, 40),
    )
    return tables.xlsx(f"results-{survey.code}-{branch.code}.xlsx", content)


@require_safe
def texts(request: HttpRequest, code: str, question: str) -> HttpResponse:
    """What was written in one's own words, without whose it was."""
    survey = survey_of(request, code)
    policy.may_read_texts(request.actor).require()
    policy.may_see_results(request.actor, survey, survey.top).require()
    asked = next((one for one in queries.form(survey).questions if one.id == question), None)
    if asked is None or asked.type not in ("text", "long_text"):
        raise Http404
    page = Paginator(queries.texts(survey, question), TEXTS_PER_PAGE).get_page(request.GET.get("page"))
    context = _frame(request, survey, survey.top) | {"question": asked, "page": page}
    return render(request, "surveys/texts.html", context)


def _asked(request: HttpRequest, code: str, body: str) -> tuple[Survey, Organisation]:
    """The same, where offices are asked and the reader may see which of them have answered."""
    survey, branch = _found(request, code, body)
    if survey.for_anybody:
        raise Http404
    policy.may_see_tree(request.actor, branch).require()
    return survey, branch


def _found(request: HttpRequest, code: str, body: str) -> tuple[Survey, Organisation]:
    """The survey, and a body on the line of its top: at or below what was asked, or above it."""
    survey, branch = survey_of(request, code), body_of(request, body)
    if not (branch.path.startswith(survey.top.path) or survey.top.path.startswith(branch.path)):
        raise Http404
    return survey, branch


def _frame(request: HttpRequest, survey: Survey, branch: Organisation) -> dict[str, Any]:
    """Survey, branch, and the bodies above it as far as the reader sees them."""
    home = home_of(request, survey)
    above = [one for one in people.bodies_above(branch.path) if one.path.startswith(home.path)]
    crumbs: list[dict[str, Any]] = [
        {"label": _("Surveys"), "url": reverse("surveys:index")},
        {"label": survey.title, "url": reverse("surveys:detail", args=[survey.code])},
    ]
    return {"survey": survey, "branch": branch, "above": above, "crumbs": [*crumbs, {"label": branch.name}]}
