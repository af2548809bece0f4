"""Evidence: the list, adding, describing, removing, restoring, downloading."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.applications import commands, policy, queries
from saduak.applications.commands.uploading import place_of
from saduak.applications.forms import DescriptionForm, EvidenceForm
from saduak.applications.models import Application, Evidence
from saduak.applications.views.finding import actor_of, found, frame, is_own, readable
from saduak.files import queries as files
from saduak.files import serving
from saduak.files.commands import Behind, Gone
from saduak.kernel import clock
from saduak.kernel.refusals import Refusal
from saduak.rounds import queries as rounds
from saduak.web import refusals


@require_safe
def evidence(request: HttpRequest, number: str) -> HttpResponse:
    """All pieces, and those that were removed, which can come back."""
    application = found(request, number)
    if not is_own(request, application):
        return redirect("applications:read", application.number)
    titles = queries.item_titles(application)
    marks = queries.evidence_marks(application)
    visits = rounds.window(application.round, "VISITS")
    context = frame(request, application) | {
        "pieces": [
            (one, [titles[item] for item in one.items if item in titles], marks[one.public_id])
            for one in queries.evidence(application)
        ],
        "used": queries.used_bytes(application),
        "limit": settings.EVIDENCE_QUOTA_BYTES,
        "visits_on": visits.opens_at.astimezone(clock.BANGKOK).date() if visits else None,
        "removed": queries.evidence(application, removed=True),
        "may_edit": policy.may_edit(actor_of(request), application),
    }
    return render(request, "applications/evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_evidence(request: HttpRequest, number: str) -> HttpResponse:
    """Several files at once, or a link, for as many criteria as they serve."""
    application = found(request, number)
    policy.may_edit(actor_of(request), application).require()
    standard, asked = queries.standard(application), queries.form(application)
    if request.method == "POST":
        form = EvidenceForm(request.POST, request.FILES, standard=standard, form=asked)
        if form.is_valid() and _add(request, application, form):
            return redirect(next_of(request, application))
    else:
        form = EvidenceForm(initial={"items": request.GET.getlist("item")}, standard=standard, form=asked)
    return _form(request, application, form, None)


def _add(request: HttpRequest, application: Application, form: EvidenceForm) -> int:
    """Keeps what can be kept, file by file; says of the others why not. Returns how many were refused, or were kept."""
    values = dict(form.cleaned_data)
    uploads, received, link = values.pop("uploads"), values.pop("received"), values.pop("link")
    given = [*received, *uploads]
    kept = 0
    for file in given or [None]:
        mine = values | {"title": values["title"] if len(given) < 2 else ""}
        try:
            if isinstance(file, str):
                commands.add_received(application.number, file, by=actor_of(request), **mine)
            else:
                commands.add_evidence(
                    application.number, by=actor_of(request), upload=file, link="" if file else link, **mine
                )
                link = link if file else ""
            kept += 1
        except (Gone, Behind):
            form.add_error("uploads", _("A file that was uploaded before is no longer there. Please choose it again."))
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else "uploads"
            form.add_error(field, refusals.sentence(refusal))
    if link and given:
        form.add_error("link", _("Give files and links one after the other."))
    if kept:
        messages.success(request, _("Added: %(count)s.") % {"count": kept})
    return kept if not form.errors else 0


@require_http_methods(["GET", "HEAD", "POST"])
def change_evidence(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    """Describe a piece anew."""
    application = found(request, number)
    policy.may_edit(actor_of(request), application).require()
    one = piece_of(application, piece)
    initial = {
        "title": one.title,
        "shows": one.shows,
        "items": one.items,
        "holds_from": one.holds_from,
        "holds_to": one.holds_to,
    }
    form = DescriptionForm(
        request.POST or None,
        initial=initial,
        standard=queries.standard(application),
        form=queries.form(application),
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_evidence(application.number, piece, by=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusals.sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("applications:evidence", application.number)
    return _form(request, application, form, one)


@require_POST
def remove_evidence(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    application = found(request, number)
    one = commands.remove_evidence(application.number, piece_of(application, piece).public_id, by=actor_of(request))
    messages.success(request, _("“%(title)s” was removed. It can be restored below.") % {"title": one.title})
    return redirect("applications:evidence", application.number)


@require_POST
def restore_evidence(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    application = found(request, number)
    one = commands.restore_evidence(application.number, piece_of(application, piece).public_id, by=actor_of(request))
    messages.success(request, _("“%(title)s” is back.") % {"title": one.title})
    return redirect("applications:evidence", application.number)


@require_safe
def evidence_file(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    """The file, as a download."""
    return serving.attachment(file_of(request, number, piece).stored)


@require_safe
def thumbnail(request: HttpRequest, number: str, piece: str) -> HttpResponse:
    """The small picture."""
    one = file_of(request, number, piece)
    if not one.stored.thumbnail:
        raise Http404
    return serving.thumbnail(one.stored)


def file_of(request: HttpRequest, number: str, public_id: str) -> Evidence:
    """A piece with a file, for its pages. Its own people see every piece; everybody else only what was handed in."""
    application = readable(request, number)
    piece = piece_of(application, public_id)
    if piece.stored is None:
        raise Http404
    if not is_own(request, application) and public_id not in queries.handed_in_evidence(application):
        raise Http404
    return piece


def piece_of(application: Application, public_id: str) -> Evidence:
    """A piece for its pages; 404 for an id that is none of this application."""
    try:
        return queries.piece(application, public_id)
    except Evidence.DoesNotExist:
        raise Http404 from None


def next_of(request: HttpRequest, application: Application) -> str:
    """Back to the item from which the person came, else to the list."""
    wanted = request.POST.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None):
        return wanted
    return reverse("applications:evidence", args=[application.number])


def _form(request: HttpRequest, application: Application, form: Any, piece: Evidence | None) -> HttpResponse:
    place = place_of(application)
    context = frame(request, application) | {
        "form": form,
        "piece": piece,
        "received": [] if piece else files.received(owner_ref=actor_of(request).ref, place=place),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "chosen": form["items"].value() or [],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "applications/evidence_form.html", context, status=status)
