"""Two submissions of one application side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saduak.applications import comparing, queries
from saduak.applications.models import Submission
from saduak.applications.views.finding import frame, readable


@require_safe
def compare(request: HttpRequest, number: str) -> HttpResponse:
    """What changed from one submission to another; the last two, unless `before` and `after` name others."""
    application = readable(request, number)
    every = queries.submissions(application)
    if not every:
        raise Http404
    context = frame(request, application) | {"submissions": every, "comparison": None}
    if len(every) > 1:
        before, after = _chosen(request, every)
        standard, form = queries.standard(application), queries.form(application)
        contents = queries.contents(application, (before.sequence, after.sequence))
        remarks = queries.remarks_between(application, before.sequence, after.sequence)
        context |= {
            "before": before,
            "after": after,
            "comparison": comparing.compare(
                standard, form, contents[before.sequence], contents[after.sequence], remarks
            ),
        }
    return render(request, "applications/compare.html", context)


def _chosen(request: HttpRequest, every: list[Submission]) -> tuple[Submission, Submission]:
    """The two that were asked for, the earlier one first; the last two for what is not there or is one and the same."""
    by_sequence = {str(one.sequence): one for one in every}
    after = by_sequence.get(request.GET.get("after", ""), every[0])
    before = by_sequence.get(request.GET.get("before", ""))
    if before is None or before == after:
        earlier = [one for one in every if one.sequence < after.sequence]
        before = earlier[0] if earlier else every[0]
    first, second = sorted((before, after), key=lambda one: one.sequence)
    return first, second
