"""Looking at a piece of evidence: its pages as pictures of our own, its hash, and where else the office uses the same file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saduak.applications import policy, queries
from saduak.applications.views.evidence import file_of
from saduak.applications.views.finding import actor_of, frame
from saduak.files import serving


@require_safe
def view_evidence(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    """One page at a time; a file that cannot be drawn is offered as a download."""
    one = file_of(request, number, piece)
    last = max(one.stored.pages, 1)
    wanted = request.GET.get("page", "1")
    page = min(max(int(wanted), 1), last) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    titles = queries.item_titles(one.application)
    context = frame(request, one.application) | {
        "piece": one,
        "marks": queries.evidence_marks(one.application)[one.public_id],
        "copy": queries.public_copy_of(one),
        "may_redact": policy.may_redact(actor_of(request), one.application),
        "page": page,
        "last": last,
        "before": page - 1 if page > 1 else None,
        "after": page + 1 if page < last else None,
        "titles": [titles[item] for item in one.items if item in titles],
        "elsewhere": queries.same_file(one, actor_of(request)),
    }
    return render(request, "applications/evidence_view.html", context)


@require_safe
def evidence_page(request: HttpRequest, number: str, piece: str, page: int) -> HttpResponse:
    """The picture of one page; ?small=1 for lists."""
    stored = file_of(request, number, piece).stored
    return serving.page(stored, page, small=bool(request.GET.get("small")))
