"""The shelf of an office: all its files, one file, choosing from it, a newer version, deletion."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.applications import commands, policy, queries
from saduak.applications.evidence_forms import NewerForm, ShelfForm
from saduak.applications.views.evidence import next_of, piece_of
from saduak.applications.views.finding import actor_of, found, frame
from saduak.files.models import StoredFile
from saduak.kernel.refusals import Refusal
from saduak.web import refusals

PER_PAGE = 24


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Every file of the office's own applications, of all years and centres."""
    policy.may_use_shelf(actor_of(request)).require()
    return render(request, "applications/shelf.html", _narrowed(request, request.GET))


@require_safe
def shelf_file(request: HttpRequest, piece: str) -> HttpResponse:
    """One file: where it is used, and whether it may go."""
    entry = _entry(request, piece)
    context = {"entry": entry, "may_delete": policy.may_delete_file(actor_of(request), entry.uses)}
    return render(request, "applications/shelf_file.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_file(request: HttpRequest, piece: str) -> HttpResponse:
    """Asks first; then the file is gone from every application of the office."""
    entry = _entry(request, piece)
    policy.may_delete_file(actor_of(request), entry.uses).require()
    if request.method == "POST":
        count = commands.delete_file(entry.stored.sha256, by=actor_of(request))
        messages.success(
            request, _("“%(name)s” was deleted from %(count)s places.") % {"name": entry.stored.name, "count": count}
        )
        return redirect("applications:shelf")
    context = {
        "question": _("Delete “%(name)s” for good?") % {"name": entry.stored.name},
        "consequences": [
            _("It is taken out of every application of your office in which it stands (%(count)s).")
            % {"count": len(entry.uses)},
            _("It cannot be restored. Nothing that was handed in rests on it."),
        ],
        "confirm_label": _("Delete"),
        "cancel_url": reverse("applications:shelf_file", args=[piece]),
        "tone": "danger",
    }
    return render(request, "web/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Files of the shelf for criteria of an application."""
    application = found(request, number)
    policy.may_edit(actor_of(request), application).require()
    policy.may_use_shelf(actor_of(request)).require()
    refusal = None
    if request.method == "POST":
        hashes, items = request.POST.getlist("file"), request.POST.getlist("items")
        try:
            made = commands.add_from_shelf(application.number, hashes, by=actor_of(request), items=items)
        except StoredFile.DoesNotExist:
            raise Http404 from None
        except Refusal as stopped:
            refusal = stopped
        else:
            messages.success(request, _("Added: %(count)s.") % {"count": len(made)})
            return redirect(next_of(request, application))
    asked = QueryDict(request.POST.get("filters", "")) if request.method == "POST" else request.GET
    titles = queries.item_titles(application)
    chosen = request.POST.getlist("items") or request.GET.getlist("for")
    context = frame(request, application) | _narrowed(request, asked) | {
        "refusal": refusal,
        "criteria": [(one.id, titles[one.id]) for one in queries.standard(application).criteria],
        "chosen": chosen,
        "files": request.POST.getlist("file"),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "query": asked.urlencode(),
    }  # fmt: skip
    return render(request, "applications/choose.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    """A newer version takes the place of a file."""
    application = found(request, number)
    policy.may_edit(actor_of(request), application).require()
    one = piece_of(application, piece)
    if one.stored is None:
        raise Http404
    form = NewerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.replace_evidence(application.number, one.public_id, by=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "upload", refusals.sentence(refusal))
        else:
            messages.success(
                request, _("“%(title)s” has a newer version. The older one can be restored.") % {"title": one.title}
            )
            return redirect("applications:evidence", application.number)
    context = frame(request, application) | {"form": form, "piece": one}
    return render(request, "applications/replace.html", context, status=422 if form.errors else 200)


def _narrowed(request: HttpRequest, asked: QueryDict) -> dict[str, Any]:
    actor = actor_of(request)
    form = ShelfForm(
        asked, years=queries.shelf_years(actor), centres=queries.shelf_centres(actor), items=queries.shelf_items(actor)
    )
    wanted = form.wanted()
    page = Paginator(queries.shelf(actor, wanted), PER_PAGE).get_page(asked.get("page"))
    entries = queries.on_shelf(actor, [row["sha256"] for row in page.object_list])
    return {"filters": form, "page": page, "entries": entries, "filtered": wanted != queries.ShelfFilters()}


def _entry(request: HttpRequest, piece: str) -> queries.OnShelf:
    """The file behind one of the actor's own pieces: hashes are no addresses, for two offices may hold the same content."""
    actor = actor_of(request)
    policy.may_use_shelf(actor).require()
    try:
        return queries.one_on_shelf(actor, queries.shelf_sha256(actor, piece))
    except StoredFile.DoesNotExist:
        raise Http404 from None
