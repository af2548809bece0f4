"""Pages that show published standards to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from saduak.packs import queries
from saduak.packs.models import Kind, PublishedPack
from saduak.packs.outline import outline
from saduak.packs.text import Text


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All published standards."""
    shown = [(pack, queries.standard(pack)) for pack in queries.latest(Kind.STANDARD)]
    return render(request, "packs/index.html", {"frame": _frame(request), "standards": shown})


@login_not_required
@require_GET
def standard(request: HttpRequest, slug: str, version: int | None = None) -> HttpResponse:
    """One standard as applicants and assessors see it; without a version the newest."""
    try:
        pack = queries.by_slug(Kind.STANDARD, slug, version)
    except PublishedPack.DoesNotExist:
        raise Http404 from None
    built = queries.standard(pack)
    context = {
        "frame": _frame(request),
        "pack": pack,
        "standard": built,
        "parts": outline(built),
        "drafted": sum(one.drafted for one in built.criteria),
        "sources": [{"title": Text.from_json(one["title"]), "url": one.get("url")} for one in built.sources.values()],
        "versions": list(queries.versions(pack.pack_id)),
    }
    return render(request, "packs/standard.html", context)


def _frame(request: HttpRequest) -> str:
    """People at work keep their menu; visitors see the public frame."""
    return "web/page.html" if request.user.is_authenticated else "web/public.html"
