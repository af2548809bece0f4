"""The ledger of a cascade: as a whole, branch by branch, as it stands or as it stood at a moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from saduak.circulars.forms.look_back import LookBack
from saduak.circulars.models import Circular, Delivery
from saduak.circulars.queries import boxes, ledger, reach
from saduak.circulars.queries.visibility import ALL
from saduak.circulars.views import hop_lines, ledger_tables
from saduak.files import tables
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.people.models import Kind
from saduak.people.queries import path_end
from saduak.people.roles import Role
from saduak.rounds.moments import closing_text

PER_PAGE = 50
FIRST = 25  # lines that the first page of a ledger fetches when its reader comes to them
WIDE = ("addressee_ids", "paragraphs", "selection")  # of a letter, what no ledger shows


@dataclass(frozen=True)
class Moment:
    """The moment at which the ledger is looked at. asked: somebody asked for it; wrong: what they wrote is none."""

    at: datetime
    asked: bool
    wrong: bool
    typed: str = ""

    @property
    def back(self) -> datetime | None:
        """The moment to look back to; None for the cascade as it stands."""
        return self.at if self.asked else None

    @property
    def text(self) -> str:
        """As links take it; years in them are C.E."""
        return self.at.astimezone(BANGKOK).strftime("%Y-%m-%dT%H:%M")

    @property
    def query(self) -> str:
        """To hand on in links: `at=…`, or nothing for now."""
        return urlencode({"at": self.text}) if self.asked else ""

    @property
    def form(self) -> LookBack:
        """To ask for another one; what was wrong stands there as it was typed."""
        return LookBack({"at": self.typed}) if self.wrong else LookBack(initial={"at": self.at.replace(second=0)})


def moment_of(request: HttpRequest, root: Circular) -> Moment:
    """The moment in ?at=, as links (2021-12-27T15:37) or people (27 ธ.ค. 2564 15.37) write it, in Bangkok time, never after
    now. Whole minutes count to their end, a day alone to its own; of today that is now."""
    now, text = clock.now(), request.GET.get("at", "").strip()[:60]
    if not text:
        return Moment(now, asked=False, wrong=False)
    try:
        at = datetime.fromisoformat(text) if "T" in text else LookBack.base_fields["at"].clean(text)
    except (ValueError, ValidationError):
        return Moment(now, asked=False, wrong=True, typed=text)
    at = at if at.tzinfo else at.replace(tzinfo=BANGKOK)
    day_alone = at == at.replace(hour=0, minute=0, second=0)
    if day_alone and "T" not in text:
        at -= timedelta(microseconds=1)
        if at.date() == clock.today():
            return Moment(now, asked=False, wrong=False)
    elif at.second == 0:
        at = at.replace(second=59, microsecond=999999)
    return Moment(now, asked=False, wrong=True, typed=text) if at > now else Moment(at, asked=True, wrong=False)


@require_safe
def ledger_page(request: HttpRequest, code: str) -> HttpResponse:
    root = root_of(request, code)
    moment = moment_of(request, root)
    standing = ledger.standing(root, request.actor, moment.back)
    context = {
        "root": root,
        "moment": moment,
        "moments": _moments(standing),
        "levels": standing.rows,
        "level_rows": ledger_tables.levels(standing.rows),
        "totals": standing.totals,
        "prospects": ledger_tables.prospects(ledger.prospects(standing)),
        "held": ledger.held(standing),
        "first": FIRST,
        "tabs": tabs(root, moment),
    }
    return render(request, "circulars/ledger.html", context)


def tabs(root: Circular, moment: Moment) -> list[dict[str, object]]:
    """The ways to look at a cascade."""
    query = f"?{moment.query}" if moment.query else ""
    return [
        {"key": "ledger", "label": _("Overview"), "url": reverse("circulars:ledger", args=[root.code]) + query},
        {"key": "map", "label": _("Map"), "url": reverse("circulars:map", args=[root.code]) + query},
        {"key": "units", "label": _("Units and actions"), "url": reverse("circulars:units", args=[root.code])},
    ]


def _moments(standing: ledger.Standing) -> list[dict[str, object]]:
    """Moments worth a look back: when the letter left, came to each level, and when a date passed."""
    found: list[tuple[datetime, str]] = []
    if standing.root.issued_at:
        found.append((standing.root.issued_at, _("the letter left")))
    for level in standing.levels:
        first = standing.cells[level.kind].first if level.kind in standing.cells else None
        if first is not None and first != standing.root.issued_at:
            found.append((first, _("first sent to a %(level)s") % {"level": level.label}))
    for action in standing.actions:
        if action.due_at and action.due_at <= standing.at:
            words = {"number": action.number, "when": closing_text(action.due_at, "short")}
            found.append((action.due_at, _("date of action %(number)s: %(when)s") % words))
    return [
        {"text": label, "query": urlencode({"at": at.astimezone(BANGKOK).strftime("%Y-%m-%dT%H:%M")})}
        for at, label in sorted(found)
    ]


@require_safe
def branch(request: HttpRequest, code: str) -> HttpResponse:
    """The hops below one hop, of one province or one level, fifty at a time; a fragment when HTMX asks."""
    root = root_of(request, code)
    moment = moment_of(request, root)
    shown = _branch(request, root, moment)
    context = {"root": root, "moment": moment, "branch": shown}
    if getattr(request, "htmx", False):
        return render(request, "circulars/_hops.html", context)
    if shown["above"] is not None:
        context |= _above(request, root, moment, shown["above"], shown["line"])
    return render(request, "circulars/branch.html", context)


def _above(
    request: HttpRequest, root: Circular, moment: Moment, above: ledger.Kept, line: ledger.Hop
) -> dict[str, Any]:
    """About the hop whose branch is shown: its own line, the way to it, and what those below it can still meet."""
    written = hop_lines.line(line, root.code, moment.query)
    context: dict[str, Any] = {"line": line, "written": written, "way": ledger.way_to(above)}
    if line.forwarded_at is None and above.below:
        whole = Delivery.objects.select_related("organisation", "circular__sender")
        delivery = whole.defer(*(f"circular__{name}" for name in WIDE)).get(pk=above.pk)
        rows = [row for row in reach.within(delivery.organisation.path) if row[1] > delivery.organisation.depth]
        counts: dict[str, int] = {}
        for kind, _depth, _province, many in rows:
            counts[kind] = counts.get(kind, 0) + many
        levels = ledger.standing(root, request.actor, moment.back).levels
        context["below"] = ledger.of_hop(delivery, moment.at, levels, counts)
    return context


@require_safe
def stuck(request: HttpRequest, code: str) -> HttpResponse:
    """Who holds the letter for longer than is usual; a fragment when HTMX asks."""
    root = root_of(request, code)
    moment = moment_of(request, root)
    standing = ledger.standing(root, request.actor, moment.back)
    context = {
        "root": root, "moment": moment, "held": ledger.held(standing),
        "stuck": ledger.stuck(root, request.actor, standing),
    }  # fmt: skip
    template = "circulars/_stuck.html" if getattr(request, "htmx", False) else "circulars/stuck.html"
    return render(request, template, context)


@require_safe
def as_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    root = root_of(request, code)
    moment = moment_of(request, root)
    return tables.csv(f"ledger-{root.code}.csv", ledger.export(root, request.actor, moment.back))


STATES = {
    "silent": gettext_lazy("sent, but not received"),
    "received": gettext_lazy("received, not passed on"),
    "forwarded": gettext_lazy("passed on"),
}


def _branch(request: HttpRequest, root: Circular, moment: Moment) -> dict[str, Any]:
    wanted = {name: request.GET.get(name, "")[:20] for name in ("hop", "province", "kind", "state")}
    title, above = "", None
    if wanted["hop"]:
        above = next(iter(ledger.Hops(root, request.actor, moment.back, code=wanted["hop"]).read(1)), None)
        if above is None:
            raise Http404
        values: dict[str, Any] = {"parent": above.pk}
    elif wanted["kind"] or wanted["province"] or wanted["state"]:
        values, title = _narrowed(wanted, moment)
    else:
        values = _top(request, root)
    per_page = FIRST if request.GET.get("size") == str(FIRST) else PER_PAGE
    found = ledger.Hops(root, request.actor, moment.back, **values)
    page = Paginator(found, per_page).get_page(request.GET.get("page"))
    kept = {name: value for name, value in wanted.items() if value}
    query = urlencode(kept | ({"at": moment.text} if moment.asked else {}))
    more = reverse("circulars:branch", args=[root.code])
    more = f"{more}?{query}&page={page.next_page_number()}&size={per_page}" if page.has_next() else ""
    # The hop above with those below it, so that what they have in common is asked once.
    first, lines = None, ledger.lines([*([above] if above else []), *page.object_list], moment.at)
    if above is not None:
        first, *lines = lines
        title = first.office.name
    written = hop_lines.written(lines, root.code, moment.query)
    return {"line": first, "lines": written, "page": page, "more": more, "title": title, "above": above}


def _narrowed(wanted: dict[str, str], moment: Moment) -> tuple[dict[str, Any], str]:
    """Hops of one level, province or state, as `ledger.Hops` takes it, and how to call them."""
    values: dict[str, Any] = {}
    title = []
    if wanted["kind"] in Kind.values:
        values["kind"] = wanted["kind"]
        title.append(str(Kind(wanted["kind"]).label))
    if wanted["province"]:
        values["province"] = wanted["province"][:4]
        title.append(boxes.province_name(wanted["province"]))
    if wanted["state"] in STATES:
        values[wanted["state"]] = moment.at
        title.append(str(STATES[wanted["state"]]))
    return values, " · ".join(title)


def _top(request: HttpRequest, root: Circular) -> dict[str, Any]:
    """Where the reader's part of the cascade begins: with the first letter, or with the letters from above them."""
    actor = request.actor
    if actor.has(Role.OFFICER, Role.AUDITOR) or root.sender.path.startswith(actor.path):
        return {"letter": root.pk}
    return {"top": actor.path, "top_end": path_end(actor.path)}


def root_of(request: HttpRequest, code: str) -> Circular:
    """The cascade's first letter; whoever sees one letter of it sees the ledger of their own part."""
    try:
        root = ledger.first_letter(code)
    except Circular.DoesNotExist:
        raise Http404 from None
    if root.state == "DRAFT":
        raise Http404
    if request.actor.has(*ALL):
        return root
    seen = boxes.circulars(request.actor).filter(pk=root.pk).exists()
    if not seen and not ledger.hops(root, request.actor).exists():
        raise Http404
    return root
