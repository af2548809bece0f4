"""The receipt of a submission: page, paper, and the bytes that were hashed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saduak.applications import handed_in, queries, reading, receipts
from saduak.applications.models import Application, Submission
from saduak.applications.views.finding import frame, readable


@require_safe
def receipt(request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """The receipt of one submission, with what changed since the one before."""
    application, submission = _submission(request, number, sequence)
    standard, form = queries.standard(application), queries.form(application)
    changes = []
    if submission.sequence > 1:
        before = queries.submission(application, submission.sequence - 1)
        changes = handed_in.changes(before.content, submission.content, form)
    titles = queries.item_titles(application)
    context = frame(request, application) | {
        "submission": submission,
        "intact": handed_in.sha256_of(submission.content) == submission.sha256,
        "counts": receipts.counts(standard, form, submission.content),
        "pieces": len(submission.content["evidence"]),
        "changes": [reading.said(one, standard, form) | {"title": titles.get(one.item, "")} for one in changes],
    }
    return render(request, "applications/receipt.html", context)


@require_safe
def receipt_pdf(request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """The receipt on paper."""
    _application, submission = _submission(request, number, sequence)
    return _download(receipts.pdf(submission), "application/pdf", f"{submission.receipt_number}.pdf")


@require_safe
def receipt_json(request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """The very bytes that were hashed, so that anybody who holds them can check the receipt."""
    _application, submission = _submission(request, number, sequence)
    return _download(handed_in.canonical(submission.content), "application/json", f"{submission.receipt_number}.json")


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _submission(request: HttpRequest, number: str, sequence: int) -> tuple[Application, Submission]:
    application = readable(request, number)
    try:
        submission = queries.submission(application, sequence)
    except Submission.DoesNotExist:
        raise Http404 from None
    submission.application = application
    return application, submission
