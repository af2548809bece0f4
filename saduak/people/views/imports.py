"""Files of organisations, centres and people: the dry run, taking in, undoing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from saduak.kernel.refusals import Refusal
from saduak.people import commands, forms, importing, policy, queries
from saduak.people.importing import workbooks
from saduak.people.models import Import
from saduak.people.workflow import IMPORT

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTS = ("wrong", "add", "change", "same")


def _kinds(request: HttpRequest) -> list[Import.Kind]:
    return [kind for kind in Import.Kind if policy.may_bring(request.actor, kind)]


def _find(request: HttpRequest, code: str) -> Import:
    found = queries.imports(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Files brought so far, newest first, and the templates to begin with."""
    kinds, found = _kinds(request), queries.imports(request.actor)
    if not kinds and not found.exists():
        raise Http404
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "people/imports.html", {"page_obj": page, "kinds": kinds})


def new(request: HttpRequest) -> HttpResponse:
    """Bring a file; what it would do is shown next."""
    kinds = _kinds(request)
    if not kinds:
        raise Http404
    form = forms.ImportForm(
        request.POST or None, request.FILES or None, kinds=kinds, initial={"kind": request.GET.get("kind", kinds[0])}
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = commands.check_import(form.cleaned_data["kind"], file.read(), name=file.name, by=request.actor)
        except Refusal as refused:
            refusal = refused
        else:
            return redirect("people:import", code=found.code)
    context = {"form": form, "refusal": refusal, "kinds": kinds}
    return render(request, "people/new_import.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """What the file would do, or did, line by line; the wrong ones first."""
    found = _find(request, code)
    act = request.GET.get("act", "")
    shown = [line for line in found.report if not act or line["act"] == act]
    page = Paginator(sorted(shown, key=lambda line: (line["act"] != "wrong", line["number"])), 50)
    page_obj = page.get_page(request.GET.get("page"))
    for line in page_obj.object_list:
        line["changed"] = [
            {"label": importing.label(key), "before": before or "–", "after": after}
            for key, before, after in line.get("changes", [])
        ]
        line["said"] = [{"text": importing.say(remark), "stops": remark["stops"]} for remark in line["remarks"]]
    return render(
        request, "people/import.html", {"found": found, "page_obj": page_obj, **_standing(request, found, act)}
    )


def _standing(request: HttpRequest, found: Import, act: str) -> dict[str, object]:
    allowed = policy.may_bring(request.actor, found.kind)
    counts = {one: found.count(one) for one in ACTS}
    labels = {"wrong": _("Faulty"), "add": _("New"), "change": _("Changed"), "same": _("As it stands")}
    return {
        "state": IMPORT.states[found.state],
        "counts": counts,
        "tabs": [{"key": "", "label": _("All"), "url": "?", "count": len(found.report)}]
        + [{"key": one, "label": labels[one], "url": f"?act={one}", "count": counts[one]} for one in ACTS],
        "act": act if act in ACTS else "",
        "may_apply": allowed and IMPORT.can(found.state, "apply"),
        "may_undo": allowed and IMPORT.can(found.state, "undo"),
        "may_discard": allowed and IMPORT.can(found.state, "discard"),
        "worth": counts["add"] + counts["change"],
    }


@require_POST
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Take the file in."""
    found = commands.apply_import(code, by=request.actor)
    messages.success(
        request,
        _("Taken in: %(added)s new, %(changed)s changed. The whole file can be undone while nothing hangs on it.")
        % {"added": found.count("add"), "changed": found.count("change")},
    )
    return redirect("people:import", code=code)


def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Undo the whole file; asked once before it is done."""
    found = _find(request, code)
    if request.method == "POST":
        commands.undo_import(code, by=request.actor)
        messages.success(request, _("Undone: everything the file brought is gone, and what it changed is as before."))
        return redirect("people:import", code=code)
    return render(request, "people/undo_import.html", {"found": found})


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    commands.discard_import(code, by=request.actor)
    messages.success(request, _("The file has been laid aside. Nothing was written."))
    return redirect("people:imports")


@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty workbook with the headings, and a sheet that explains them."""
    if kind not in Import.Kind.values:
        raise Http404
    response = HttpResponse(workbooks.template(kind), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="saduak-{kind.lower()}.xlsx"'
    return response


@require_GET
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The report as a workbook: each row of the file with what was found."""
    found = _find(request, code)
    response = HttpResponse(workbooks.report(found), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.code}.xlsx"'
    return response
