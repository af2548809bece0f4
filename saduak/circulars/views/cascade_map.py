"""The map of a cascade: levels above the provinces, the provinces, and one province office by office, as it stands or as
it stood at a moment; the same as a table and as CSV."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.certificates import provinces
from saduak.certificates.outlines import ATTRIBUTION
from saduak.circulars.models import Circular, CircularAction
from saduak.circulars.queries import ledger
from saduak.circulars.queries.ledger import Branch, Place
from saduak.circulars.views import map_drawing
from saduak.circulars.views.ledger import Moment, moment_of, root_of, tabs
from saduak.files import tables
from saduak.web import language

WAY = "way"  # in ?action=: the way of the letter alone, whatever the dates


@require_safe
def index(request: HttpRequest, code: str) -> HttpResponse:
    root, moment, found, action = _asked(request, code)
    kept = _kept(moment, action, request)
    page = reverse("circulars:map", args=[root.code])
    csv = reverse("circulars:map_csv", args=[root.code])
    where = request.GET.get("province", "")[:4]
    context: dict[str, Any] = {
        "root": root, "moment": moment, "action": action, "tabs": tabs(root, moment), "kept": kept, "page_url": page,
        "choices": _choices(found, page, moment, where, action), "patterns": map_drawing.patterns(),
        "says": next((one for one in ledger.prospects(found) if action and one.action.pk == action.pk), None),
    }  # fmt: skip
    hop = f"{reverse('circulars:branch', args=[root.code])}?{moment.query}{'&' if moment.query else ''}hop="
    if where:
        branches = _province(request, root, moment, found, action, where)
        offices = list(_offices(branches))
        context |= {
            "province": provinces.name(where, language.current()),
            "branches": [(one, map_drawing.key(one.place.stand), map_drawing.WORDS[one.place.stand],
                          map_drawing.tiles(one.below, hop) if one.below else "") for one in branches],
            "offices": [(one, map_drawing.key(one.stand), map_drawing.WORDS[one.stand]) for one in offices],
            "legend": map_drawing.legend(offices, area=False), "hop": hop,
            "csv_url": f"{csv}?{urlencode(kept | {'province': where})}",
            "back": f"{page}?{urlencode(kept)}" if kept else page,
        }  # fmt: skip
        return render(request, "circulars/map_province.html", context)
    tiers, areas = ledger.country(root, request.actor, found, moment.back, action)
    link = f"{page}?{urlencode(kept)}{'&' if kept else ''}province="
    legend = map_drawing.legend(areas, area=True)
    context |= {
        "tiers": [(one, map_drawing.tiles(one.places, hop), map_drawing.key(one.without_stand),
                   map_drawing.WORDS[one.without_stand]) for one in tiers],
        "areas": [(one, map_drawing.key(one.stand), map_drawing.AREA_WORDS[one.stand], link + one.key) for one in areas],
        "drawing": map_drawing.thailand(
            areas, link=link, title=_("Map of the cascade by province"),
            text=", ".join(f"{words}: {many}" for _picture, words, many in legend),
        ),
        "legend": legend,
        "office_legend": map_drawing.legend((one for tier in tiers for one in tier.places), area=False),
        "not_asked": action is not None and not set(action.for_kinds) & set(ledger.TERRITORIAL), "csv_url": f"{csv}?{urlencode(kept)}" if kept else csv, "attribution": ATTRIBUTION,
    }  # fmt: skip
    return render(request, "circulars/map.html", context)


def _asked(request: HttpRequest, code: str) -> tuple[Circular, Moment, ledger.Standing, CircularAction | None]:
    """The cascade as it stood, and the action by whose date it is looked at: the one asked for, else the one whose date
    comes next, else the one whose date was the last; none where none has a date."""
    root = root_of(request, code)
    moment = moment_of(request, root)
    found = ledger.standing(root, request.actor, moment.back)
    dated = [one for one in found.actions if one.due_at is not None]
    wanted = request.GET.get("action", "")[:8]
    if wanted == WAY or not dated:
        return root, moment, found, None
    by_date = sorted(dated, key=lambda one: (one.due_at or found.at, one.number))
    coming = next((one for one in by_date if one.due_at and one.due_at > found.at), by_date[-1])
    return root, moment, found, next((one for one in dated if one.code == wanted), coming)


def _kept(moment: Moment, action: CircularAction | None, request: HttpRequest) -> dict[str, str]:
    """What a link to another part of the map hands on."""
    asked = {"action": action.code if action else WAY} if request.GET.get("action") else {}
    return asked | ({"at": moment.text} if moment.asked else {})


def _choices(
    found: ledger.Standing, page: str, moment: Moment, where: str, action: CircularAction | None
) -> list[dict[str, object]]:
    """The dates by which one may look, and the way of the letter alone."""
    more = ({"at": moment.text} if moment.asked else {}) | ({"province": where} if where else {})
    dated = [(one.code, f"{one.number}. {one.title}", one.due_at) for one in found.actions if one.due_at is not None]
    return [
        {"label": label, "due_at": due, "current": key == (action.code if action else WAY),
         "url": f"{page}?{urlencode({'action': key} | more)}"}
        for key, label, due in [*dated, (WAY, _("The way of the letter, whatever the dates"), None)]
    ]  # fmt: skip


def _province(
    request: HttpRequest,
    root: Circular,
    moment: Moment,
    found: ledger.Standing,
    action: CircularAction | None,
    where: str,
) -> list[Branch]:
    if where not in provinces.names():
        raise Http404
    branches = ledger.province(root, request.actor, found, moment.back, action, where)
    if not branches:
        raise Http404
    return branches


def _offices(branches: list[Branch]) -> Iterator[Place]:
    for one in branches:
        yield one.place
        yield from one.below


@require_safe
def as_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The map as a table: the provinces and the offices above them, or the offices of one province."""
    root, moment, found, action = _asked(request, code)
    where = request.GET.get("province", "")[:4]
    if where:
        branches = _province(request, root, moment, found, action, where)
        rows = _rows_of(action, _offices(branches))
        return tables.csv(f"map-{root.code}-{where}.csv", rows)
    tiers, areas = ledger.country(root, request.actor, found, moment.back, action)
    return tables.csv(
        f"map-{root.code}.csv", _rows_of(action, [*(one for tier in tiers for one in tier.places), *areas])
    )


def _rows_of(action: CircularAction | None, places: Any) -> Iterator[list[Any]]:
    yield ["place", "kind", "action", "stand", "expected", "addressed", "received", "passed_on", "asked", "too_late"]
    for one in places:
        counts = [one.received, one.forwarded, one.asked, one.too_late] if not one.kind else [""] * 4
        kind = one.kind or "PROVINCE_AND_BELOW"
        yield [one.label, kind, action.code if action else "", one.stand.upper(), one.expected, one.addressed, *counts]
