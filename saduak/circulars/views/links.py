"""Short links: the public page behind /l/, and the page on which an office keeps its own."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saduak.circulars import commands, guessing, policy
from saduak.circulars.forms.links import CloseLink
from saduak.circulars.models import Circular, Link
from saduak.circulars.queries import boxes, links
from saduak.documents.qr import qr_png, qr_svg
from saduak.kernel.refusals import Refusal

PER_PAGE = 50
log = logging.getLogger(__name__)


@login_not_required
@require_safe
@never_cache
def open(request: HttpRequest, code: str) -> HttpResponse:
    """/l/<code>: open, closed or moved; for everybody. A look by HEAD, as link previews take it, is not counted."""
    if guessing.too_many(request):
        return render(request, "circulars/link_unknown.html", {"slowed": True}, status=429)
    link = links.by_code(code)
    if link is None:
        guessing.missed(request)
        return render(request, "circulars/link_unknown.html", {"typed": code[:40]}, status=404)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        try:
            commands.count_opening(link.pk)
        except DatabaseError:  # whoever scans the code wants the letter, not our statistics
            log.warning("an opening of a link was not counted", exc_info=True)
    context = {
        "link": link,
        "circular": link.circular,
        "standing": links.standing(link),
        "printed": links.printed(link),
    }
    return render(request, "circulars/link_public.html", context)


@require_safe
@never_cache
def go(request: HttpRequest, code: str) -> HttpResponse:
    """On to the page of ours that is the right one for this person. Nothing of the address says where to."""
    link = links.by_code(code)
    if link is None:
        raise Http404
    return redirect(links.destination(link, request.actor))


@require_safe
def link(request: HttpRequest, code: str) -> HttpResponse:
    """The link of a letter: code, state, and openings per branch and day."""
    return _page(request, _circular(request, code), CloseLink())


@require_POST
def close_link(request: HttpRequest, code: str) -> HttpResponse:
    circular = _circular(request, code)
    policy.may_keep_link(request.actor, circular).require()
    form = CloseLink(request.POST)
    if form.is_valid():
        try:
            commands.close_link(code, by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.field not in form.fields:
                raise
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The link is closed. Whoever scans the code reads why."))
            return redirect("circulars:link", code)
    return _page(request, circular, form, status=422)


@require_POST
def reopen_link(request: HttpRequest, code: str) -> HttpResponse:
    commands.reopen_link(_circular(request, code).code, by=request.actor)
    messages.success(request, _("The link is open again."))
    return redirect("circulars:link", code)


@require_safe
def link_svg(request: HttpRequest, code: str) -> HttpResponse:
    """The code as SVG, to be placed in a document."""
    found = _link(_circular(request, code))
    return _file(qr_svg(links.address(found)).encode(), "image/svg+xml", f"qr-{found.code}.svg")


@require_safe
def link_png(request: HttpRequest, code: str) -> HttpResponse:
    """The code as PNG, 12 pixels a module."""
    found = _link(_circular(request, code))
    return _file(qr_png(links.address(found), scale=12), "image/png", f"qr-{found.code}.png")


def _page(request: HttpRequest, circular: Circular, form: CloseLink, status: int = 200) -> HttpResponse:
    found = _link(circular)
    page = Paginator(links.branches(circular, request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "circular": circular,
        "link": found,
        "standing": links.standing(found),
        "address": links.address(found),
        "printed": links.printed(found),
        "svg": qr_svg(links.address(found)),
        "days": links.days(found),
        "page": page,
        "may_keep": policy.may_keep_link(request.actor, circular),
        "form": form,
    }
    return render(request, "circulars/link.html", context, status=status)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _circular(request: HttpRequest, code: str) -> Circular:
    try:
        found = boxes.circular(code, request.actor)
    except Circular.DoesNotExist:
        raise Http404 from None
    if found.state == "DRAFT":
        raise Http404
    return found


def _link(circular: Circular) -> Link:
    return Link.objects.select_related("circular__sender", "moved_to__link").get(circular=circular)
