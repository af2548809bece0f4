"""One circular and the ledger of its cascade."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.circulars import policy, printing, tables
from saduak.circulars.models import Circular
from saduak.circulars.queries import boxes, ledger
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.people.queries import path_end
from saduak.people.roles import Role
from saduak.thai.dates import format_date
from saduak.thai.digits import to_thai

PER_PAGE = 50


@require_safe
def circular(request: HttpRequest, code: str) -> HttpResponse:
    found = _circular(request, code)
    context = shown(found) | {
        "circular": found,
        "actions": found.actions.all(),
        "about": _about(found),
        "may_edit": policy.may_edit(request.actor, found),
        "stalled": _stalled(found),
    }
    return render(request, "circulars/circular.html", context)


@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that counts how many have the letter."""
    found = _circular(request, code)
    return render(request, "circulars/_progress.html", {"circular": found, "stalled": _stalled(found)})


def shown(found: Circular) -> dict[str, object]:
    """What a template needs to show the letter as paper: urgency and date in Thai, and the cascade it belongs to."""
    issued = found.issued_at
    before, after = printing.paragraphs(found.paragraphs)
    return {
        "before": before,
        "after": after,
        "urgency": printing.URGENCY[found.urgency],
        "issued_on": to_thai(format_date(issued.astimezone(BANGKOK).date())) if issued else "",
        "root_code": found.root.code if found.root else found.code,
    }


def _about(found: Circular) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"label": _("Round"), "value": found.round.code if found.round else _("none: an ordinary circular")},
        {"label": _("Sender"), "value": found.sender.name},
        {"label": _("Written by"), "value": found.created_by},
    ]
    if found.issued_at:
        day = format_date(found.issued_at, language="en" if get_language() == "en" else "th")
        rows += [
            {"label": _("Issued"), "value": day},
            {"label": _("Issued by"), "value": found.issued_by},
            {"label": _("Addressees"), "value": found.addressee_count},
        ]
    if found.parent:
        rows.append({"label": _("Passes on"), "value": found.parent.circular.number})
    return rows


def _stalled(found: Circular) -> bool:
    if found.state != "ISSUING" or found.progressed_at is None:
        return False
    return (clock.now() - found.progressed_at).total_seconds() > 60


@require_safe
def ledger_page(request: HttpRequest, code: str) -> HttpResponse:
    root = _root(request, code)
    actor = request.actor
    levels = ledger.by_level(root, actor)
    totals = {
        name: sum(getattr(row, name) for row in levels)
        for name in ("addressed", "received", "acknowledged", "forwarded", "silent")
    }
    provinces = ledger.by_province(root, actor)
    context = {
        "root": root,
        "levels": levels,
        "totals": totals,
        "provinces": provinces if len(provinces) > 1 else [],
        "lost": ledger.lost(root, actor),
        "branch": _branch(request, root),
    }
    return render(request, "circulars/ledger.html", context)


@require_safe
def branch(request: HttpRequest, code: str) -> HttpResponse:
    """The hops below one hop, or of one province, fifty at a time; a fragment when HTMX asks."""
    root = _root(request, code)
    context = {"root": root, "branch": _branch(request, root)}
    whole = not getattr(request, "htmx", False)
    return render(request, "circulars/branch.html" if whole else "circulars/_hops.html", context)


@require_safe
def as_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    root = _root(request, code)
    return tables.csv(f"ledger-{root.code}.csv", ledger.export(root, request.actor))


def _branch(request: HttpRequest, root: Circular) -> dict[str, object]:
    hop, province = request.GET.get("hop", ""), request.GET.get("province", "")
    found = ledger.hops(root, request.actor).order_by("organisation__path", "pk")
    title = ""
    if hop:
        above = ledger.hops(root, request.actor).select_related("organisation").filter(code=hop).first()
        if above is None:
            raise Http404
        found, title = found.filter(circular__parent=above), above.organisation.name
    elif province:
        found = found.filter(organisation__province_code=province[:4])
    else:
        found = _top(request, root, found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = f"hop={hop}&" if hop else (f"province={province}&" if province else "")
    more = reverse("circulars:branch", args=[root.code])
    more = f"{more}?{query}page={page.next_page_number()}" if page.has_next() else ""
    return {"lines": ledger.lines(page.object_list), "page": page, "more": more, "title": title, "query": query}


def _top(request: HttpRequest, root: Circular, found):  # type: ignore[no-untyped-def]
    """Where the reader's part of the cascade begins: with the first letter, or with the letters from above them."""
    actor = request.actor
    if actor.has(Role.OFFICER, Role.AUDITOR) or root.sender.path.startswith(actor.path):
        return found.filter(circular=root)
    return found.exclude(circular__sender__path__gte=actor.path, circular__sender__path__lt=path_end(actor.path))


def _root(request: HttpRequest, code: str) -> Circular:
    """The cascade's first letter; whoever sees one letter of it sees the ledger of their own part."""
    try:
        root = Circular.objects.select_related("sender", "round").get(code=code, parent=None)
    except Circular.DoesNotExist:
        raise Http404 from None
    if root.state == "DRAFT":
        raise Http404
    seen = boxes.circulars(request.actor).filter(pk=root.pk).exists()
    if not seen and not ledger.hops(root, request.actor).exists():
        raise Http404
    return root


def _circular(request: HttpRequest, code: str) -> Circular:
    try:
        return boxes.circular(code, request.actor)
    except Circular.DoesNotExist:
        raise Http404 from None
