"""Copies for the public: drawing boxes page by page, making the copy, showing and withdrawing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.applications import commands, policy, queries, redaction
from saduak.applications.kept_text import BadValue
from saduak.applications.models import Evidence, PublicCopy
from saduak.applications.views.evidence import file_of
from saduak.applications.views.finding import actor_of, found, frame
from saduak.files import serving

EMPTY_ROWS = 2


@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    """One page at a time; the boxes of the other pages travel with the form."""
    application = found(request, number)
    policy.may_redact(actor_of(request), application).require()
    one = file_of(request, number, piece)
    last = max(one.stored.pages, 1)
    page, error = _number(request.POST.get("page") or request.GET.get("page", "1"), last), ""
    boxes = redaction.carried(request.POST.get("all", ""), last)
    rows = redaction.typed_rows(request.POST)
    wanted = request.POST.get("do", "")
    if request.method == "POST":
        try:
            boxes[page] = redaction.read(rows)
        except BadValue as bad:
            error = str(bad.sentence)
        else:
            if wanted == "make":
                commands.make_public_copy(application.number, one.public_id, boxes, by=actor_of(request))
                messages.success(request, _("The copy for the public is made. Look at it before it is shown."))
                return redirect("applications:view_evidence", application.number, one.public_id)
            page = _number(wanted.removeprefix("page:"), last) if wanted.startswith("page:") else page
            rows = []
    rows = (
        rows
        if error
        else [tuple(f"{value:.2f}".rstrip("0").rstrip(".") for value in box) for box in boxes.get(page, ())]
    )
    context = frame(request, application) | _page(page, last) | {
        "piece": one,
        "rows": list(enumerate([*rows, *[("",) * 4] * EMPTY_ROWS])),
        "drawn": boxes.get(page, []),
        "all": redaction.dumped({key: found for key, found in boxes.items() if key != page}),
        "error": error,
        "count": sum(len(found) for found in boxes.values()),
        "most": redaction.MOST_ON_A_PAGE,
    }  # fmt: skip
    return render(request, "applications/redact.html", context, status=422 if error else 200)


@require_safe
def public_copy(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    """The copy for those who may see the original, also before it is shown."""
    copy = queries.public_copy_of(file_of(request, number, piece))
    if copy is None:
        raise Http404
    return serving.attachment(copy.stored, inline_image=True)


@require_POST
def show(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    return _done(request, number, piece, commands.show_public_copy, _("Anybody can see the copy now."))


@require_POST
def withdraw(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    return _done(
        request, number, piece, commands.withdraw_public_copy, _("The copy was withdrawn; nobody sees it any more.")
    )


@login_not_required
@require_safe
def public_file(request: HttpRequest, copy: str) -> HttpResponse:
    """A copy that is shown to the public, or its first page as a small picture (?small=1); never an original."""
    try:
        stored = queries.shown_to_public(copy).stored
    except PublicCopy.DoesNotExist:
        raise Http404 from None
    return (
        serving.page(stored, 1, small=True)
        if request.GET.get("small")
        else serving.attachment(stored, inline_image=True)
    )


def _done(request: HttpRequest, number: str, piece: str, act: Any, said: str) -> HttpResponse:
    application = found(request, number)
    try:
        act(application.number, piece, by=actor_of(request))
    except Evidence.DoesNotExist:
        raise Http404 from None
    messages.success(request, said)
    return redirect("applications:view_evidence", application.number, piece)


def _number(text: str, last: int) -> int:
    return min(max(int(text), 1), last) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _page(page: int, last: int) -> dict[str, Any]:
    return {
        "page": page,
        "last": last,
        "before": page - 1 if page > 1 else None,
        "after": page + 1 if page < last else None,
    }
