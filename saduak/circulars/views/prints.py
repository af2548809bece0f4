"""The letters of all addressees for the printer: order them, see how far they are, fetch them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from saduak.circulars import jobs, policy
from saduak.circulars.commands.prints import KEPT
from saduak.circulars.forms.prints import Order
from saduak.circulars.models import Circular, PrintRun
from saduak.circulars.queries import boxes, prints
from saduak.files.models import blobs
from saduak.kernel import clock

SHOWN = 10


@require_http_methods(["GET", "POST"])
def index(request: HttpRequest, code: str) -> HttpResponse:
    circular = _circular(request, code)
    form = Order(request.POST or None)
    if request.method == "POST" and form.is_valid():
        jobs.order_prints(code, by=request.actor, form=form.cleaned_data["form"])
        return redirect("circulars:prints", code)
    runs = [_shown(one) for one in prints.runs(circular)[:SHOWN]]
    context = {
        "circular": circular, "form": form, "runs": runs, "days": KEPT.days, "many": len(circular.addressee_ids),
    }  # fmt: skip
    return render(request, "circulars/prints.html", context, status=422 if form.is_bound else 200)


@require_safe
def progress(request: HttpRequest, code: str, run: str) -> HttpResponse:
    """The part of the page that counts how many letters are set."""
    circular = _circular(request, code)
    return render(request, "circulars/_print_run.html", {"circular": circular, "one": _shown(_run(circular, run))})


@require_safe
def file(request: HttpRequest, code: str, run: str) -> FileResponse:
    circular = _circular(request, code)
    found = _run(circular, run)
    if found.state != "READY":
        raise Http404
    ending = found.file.rpartition(".")[2]
    response = FileResponse(
        blobs().open(found.file), as_attachment=True, filename=f"{circular.code}-{found.code}.{ending}",
        content_type="application/zip" if ending == "zip" else "application/pdf",
    )  # fmt: skip
    response["Cache-Control"] = "private, no-store"
    return response


def _shown(run: PrintRun) -> dict[str, object]:
    paused = run.state == "SETTING" and clock.now() - run.progressed_at > jobs.PRINTING_STALLED_AFTER
    gone_on = run.finished_at + KEPT if run.finished_at else None
    return {"run": run, "paused": paused, "gone_on": gone_on, "joining": run.done == run.total}


def _circular(request: HttpRequest, code: str) -> Circular:
    """The letter, for those who may print it. Raises NotAllowed, NotPossible for a draft, Http404."""
    try:
        found = boxes.circular(code, request.actor)
    except Circular.DoesNotExist:
        raise Http404 from None
    policy.may_print_letters(request.actor, found).require()
    return found


def _run(circular: Circular, code: str) -> PrintRun:
    try:
        return prints.run(circular, code)
    except PrintRun.DoesNotExist:
        raise Http404 from None
