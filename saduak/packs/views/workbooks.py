"""Standards as workbooks: taken out, brought in, looked at, published or laid aside."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.kernel.refusals import Refusal
from saduak.packs import commands, comparing, forms, lineage, loader, policy, queries, workbooks
from saduak.packs.models import Kind, PackDraft, PublishedPack
from saduak.packs.views.office import ON_A_PAGE, find, seen
from saduak.packs.workflow import DRAFT

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _find(request: HttpRequest, code: str) -> PackDraft:
    policy.may_look_after(request.actor).require()
    found = queries.drafts(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    return found


@require_safe
def workbook(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """A published standard as a workbook."""
    pack = find(request, Kind.STANDARD, slug, version)
    response = HttpResponse(workbooks.write(pack.content), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{pack.slug}-{pack.version}.xlsx"'
    return response


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Workbooks brought so far, newest first."""
    policy.may_look_after(request.actor).require()
    page = Paginator(queries.drafts(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "packs/brought.html", {"page_obj": page, "may_publish": policy.may_publish(request.actor)})


def bring(request: HttpRequest) -> HttpResponse:
    """Bring a workbook; what is wrong in it, and what it would change, is shown next."""
    policy.may_publish(request.actor).require()
    form = forms.WorkbookForm(request.POST or None, request.FILES or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = commands.check_workbook(file.read(), name=file.name, by=request.actor)
        except Refusal as refused:
            refusal = refused
        else:
            return redirect("packs:draft", code=found.code)
    context = {"form": form, "refusal": refusal, "standards": queries.newest(Kind.STANDARD)[:20]}
    return render(request, "packs/bring.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """What a workbook holds: its mistakes cell by cell, or what it would change."""
    found = _find(request, code)
    mistakes = []
    for one in found.mistakes:
        sheet, _sign, column = one["place"].rpartition("!")
        mistakes.append({**one, "sheet": sheet or column, "column": column if sheet else ""})
    context = {"found": found, "page_obj": Paginator(mistakes, ON_A_PAGE).get_page(request.GET.get("page"))}
    before = None
    if found.content is not None:
        before = queries.versions(found.pack_id).exclude(pk=found.published_id).first() or queries.followed(
            found.content
        )
    if before is not None:
        moved = lineage.step(before.content, found.content)
        context["comparison"] = comparing.compare_contents(before.content, found.content, moved)
    may = policy.may_publish(request.actor)
    context |= {
        "before": before,
        "may_publish": may and DRAFT.can(found.state, "publish"),
        "may_discard": may and DRAFT.can(found.state, "discard"),
    }
    return render(request, "packs/draft.html", context)


@require_safe
def draft_seen(request: HttpRequest, code: str) -> HttpResponse:
    """The standard of a workbook as applicants and assessors would see it."""
    found = _find(request, code)
    if found.content is None:
        raise Http404
    pack = PublishedPack(
        pack_id=found.pack_id,
        kind=Kind.STANDARD,
        version=found.version,
        sha256=loader.digest(found.content),
        title_th=found.title_th,
        title_en=found.title_en,
        content=found.content,
    )
    crumbs = [
        {"label": _("Packs"), "url": reverse("packs:office")},
        {"label": found.source_name, "url": reverse("packs:draft", args=[code])},
        {"label": _("Not published")},
    ]
    return seen(request, pack, crumbs)


@require_POST
def publish_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Publish what the workbook holds."""
    _find(request, code)
    found = commands.publish_draft(code, by=request.actor)
    messages.success(request, _("Published as version %(version)s.") % {"version": found.version})
    pack = found.published
    return redirect("packs:versions", kind=pack.kind, slug=pack.slug) if pack else redirect("packs:brought")


@require_POST
def discard_draft(request: HttpRequest, code: str) -> HttpResponse:
    """Lay the workbook aside."""
    _find(request, code)
    commands.discard_draft(code, by=request.actor)
    messages.success(request, _("The workbook has been laid aside. Nothing was published."))
    return redirect("packs:brought")
