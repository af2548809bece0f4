"""The public register: for everybody, without sign-in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from saduak.applications import queries as applications
from saduak.certificates import outlines, provinces
from saduak.certificates.models import Reason
from saduak.directory import entries, open_data, provinces_map, queries
from saduak.directory.filters import ORDERS, STANDINGS, Filters
from saduak.kernel import clock
from saduak.people import queries as people
from saduak.people.models import Kind
from saduak.web import language
from saduak.web.components import kept

# The address is the same in both languages and for every visitor, so no shared cache may keep a page; and a revocation
# shows at once.
fresh = cache_control(private=True, no_cache=True)


@login_not_required
@require_GET
@fresh
def index(request: HttpRequest) -> HttpResponse:
    """Search, filters, fifty centres a page."""
    filters = Filters.of(request.GET)
    page, lines = queries.leaf(filters, request.GET.get("page"))
    first = language.current()
    offered = queries.choices()
    levels = [(level.code, level.title.say(first)) for level in offered.levels]
    context = {
        "filters": filters,
        "page_obj": page,
        "total": page.paginator.count,
        "entries": entries.entries(lines, first),
        "provinces": entries.province_options(filters.province, first),
        "offices": entries.office_options(offered.offices, filters.office, first),
        "levels": kept.options(levels, filters.level),
        "years": kept.options(((year, year) for year in offered.years), filters.year),
        "standings": kept.options(STANDINGS.items(), filters.stands),
        "orders": kept.options(((code, label) for code, (label, _fields) in ORDERS.items()), filters.order),
    }
    return render(request, "directory/index.html", context)


@login_not_required
@require_GET
@fresh
def centre(request: HttpRequest, code: str) -> HttpResponse:
    """A centre and everything that was ever issued to it."""
    found = queries.centre(code)
    history = queries.history(found)
    above = [one for one in people.bodies_above(found.path) if one.kind != Kind.SECRETARIAT]
    context = {
        "centre": found,
        "now": history[0],
        "history": [(one, Reason(one.reason).label if one.reason else "") for one in history],
        "above": above,
        "shown": applications.shown_of_centre(found),
        "province": provinces.name(found.province_code, language.current()),
    }
    return render(request, "directory/centre.html", context)


@login_not_required
@require_GET
@fresh
def figures(request: HttpRequest) -> HttpResponse:
    """The map, and the same as tables."""
    counted = queries.figures(language.current())
    link = reverse("directory:index") + "?province="
    context = {
        "figures": counted,
        "map": provinces_map.draw(counted.provinces, label=_("Valid certificates by province"), link=link),
        "attribution": outlines.ATTRIBUTION,
        "provinces": [_bar(name, count, link + code) for code, name, count in counted.provinces if count],
        "without": ngettext("%(n)s province has none.", "%(n)s provinces have none.", _none(counted))
        % {"n": _none(counted)},
        "levels": [_bar(name, count) for name, count in counted.levels],
        "years": [_bar(year, count, f"{reverse('directory:index')}?year={year}") for year, count in counted.years],
        "standings": [(STANDINGS[code], code, count) for code, count in counted.standings.items()],
    }
    return render(request, "directory/figures.html", context)


@login_not_required
@require_GET
@fresh
def register_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The register as CSV, filtered as the page it was taken from."""
    lines = open_data.as_csv(queries.open_lines(Filters.of(request.GET)))
    return _file(lines, "text/csv; charset=utf-8", "register.csv")


@login_not_required
@require_GET
@fresh
def register_json(request: HttpRequest) -> StreamingHttpResponse:
    about = {
        "title": {"th": "ทะเบียนศูนย์ราชการสะดวกที่ได้รับการรับรอง", "en": "Register of certified centres"},
        "url": settings.BASE_URL + reverse("directory:index"),
        "as_of": clock.now().isoformat(),
        "days": "ISO 8601, last day included; fiscal years B.E.",
        "filters": Filters.of(request.GET).query,
    }
    lines = open_data.as_json(queries.open_lines(Filters.of(request.GET)), about)
    return _file(lines, "application/json; charset=utf-8", "register.json")


def _file(lines: Any, content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _bar(label: Any, value: int, url: str = "") -> dict[str, Any]:
    return {"label": str(label), "value": value, "url": url}


def _none(counted: queries.Figures) -> int:
    return sum(1 for _code, _name, count in counted.provinces if not count)
