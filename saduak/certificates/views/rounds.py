"""Issuing a whole round, entering what was issued before this system, and whom to invite again."""

import csv
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from saduak.certificates import commands, jobs, policy, provinces, queries
from saduak.certificates.cohort import by_body
from saduak.certificates.forms import EarlierForm
from saduak.certificates.spreadsheet import safe
from saduak.kernel import clock
from saduak.kernel.refusals import Refusal
from saduak.people.roles import Role
from saduak.rounds import queries as rounds
from saduak.thai.dates import fiscal_year
from saduak.web import language

PER_PAGE = 50


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """How far the round's certificates are, with the one button that issues them all."""
    round = rounds.by_code(code)
    may = policy.may_issue(request.actor, round)
    if not may and not policy.may_see_cohort(request.actor):
        may.require()
    waiting = Paginator(queries.to_issue(round.pk).select_related("centre"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"round": round, "may_issue": may, "page_obj": waiting, "progress": queries.progress(round.pk)}
    return render(request, "certificates/round.html", context)


@require_GET
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that moves; asked for again and again while the worker is at it."""
    policy.may_see_cohort(request.actor).require()
    round = rounds.by_code(code)
    return render(request, "certificates/_progress.html", {"round": round, "progress": queries.progress(round.pk)})


@require_POST
def issue_round(request: HttpRequest, code: str) -> HttpResponse:
    jobs.issue_round(code, by=request.actor)
    messages.info(request, _("The certificates are being issued. You may leave this page; the work goes on."))
    return redirect("certificates:round", code=code)


@require_POST
def issue(request: HttpRequest, application: str) -> HttpResponse:
    """One certificate, for the case file."""
    certificate = commands.issue(application, by=request.actor)
    messages.success(request, _("The certificate %(number)s has been issued.") % {"number": certificate.number})
    return redirect("certificates:detail", number=certificate.number)


@require_http_methods(["GET", "POST"])
def enter_earlier(request: HttpRequest) -> HttpResponse:
    policy.may_enter_earlier(request.actor).require()
    offered = [one for one in rounds.rounds() if not one.is_practice]
    levels = {level.code: level for one in offered for level in rounds.standard(one).levels}
    form = EarlierForm(request.POST or None, rounds=offered, levels=list(levels.values()), language=language.current())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            entered = commands.enter_earlier(
                given["round"],
                given["centre"],
                by=request.actor,
                level=given["level"],
                valid_from=given["valid_from"],
                number=given["number"],
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The certificate %(number)s has been entered.") % {"number": entered.number})
            return redirect("certificates:detail", number=entered.number)
    return render(request, "certificates/earlier.html", {"form": form})


@require_GET
def cohort(request: HttpRequest) -> HttpResponse:
    """Certificates that end in a fiscal year and have no successor: whom the next round invites."""
    policy.may_see_cohort(request.actor).require()
    year = _year(request)
    found = queries.due_in(year)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "years": queries.due_years(),
        "page_obj": page,
        "rows": queries.with_application(page.object_list, year),
        "provinces": queries.by_province(found),
        "bodies": by_body(found),
        "round": next((one for one in rounds.rounds() if one.fiscal_year == year and one.state == "OPEN"), None),
        "writes": request.actor.has(Role.OFFICER),
    }
    return render(request, "certificates/cohort.html", context)


@require_GET
def cohort_csv(request: HttpRequest) -> HttpResponse:
    """The same list for a spreadsheet, all of it: at most some thousand lines a year."""
    policy.may_see_cohort(request.actor).require()
    year = _year(request)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [_("Number"), _("Centre"), _("Belongs to"), _("Province"), _("Level"), _("Ends on"), _("Application number")]
    )
    for one, application in queries.with_application(queries.due_in(year), year):
        province = provinces.name(one.province_code, language.current())
        cells = (one.number, one.centre_name, one.office_name, province, one.level_name, one.valid_to, application)
        writer.writerow([safe(cell) for cell in cells])
    # Excel takes it for Thai only with the mark before it.
    response = HttpResponse(f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="cohort-{year}.csv"'
    return response


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    known = asked.isascii() and asked.isdigit() and len(asked) == 4
    return int(asked) if known and 2400 <= int(asked) <= 2700 else fiscal_year(clock.today())
