"""The letterhead of one's own office."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.circulars import commands, policy, printing
from saduak.circulars.forms.letterheads import LetterheadForm
from saduak.circulars.queries.letterheads import letterhead
from saduak.circulars.views.drafts import pdf
from saduak.files import serving
from saduak.kernel.refusals import Refusal
from saduak.people.models import Organisation


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    office = _office(request)
    policy.may_set_letterhead(request.actor, office).require()
    present = letterhead(office)
    form, refusal = LetterheadForm(present, request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.set_letterhead(
                office,
                by=request.actor,
                name_lines=given["name_lines"],
                contact=given["contact"],
                emblem=given["emblem"] or None,
                keep_emblem=not given.get("without"),
            )
        except Refusal as caught:
            refusal = caught
            field = {"upload": "emblem", "file": "emblem"}.get(caught.field or "", caught.field)
            form.add_error(field if field in form.fields else None, str(caught))
        else:
            messages.success(request, _("The letterhead is kept. Letters issued from now on bear it."))
            return redirect("circulars:letterhead")
    context = {"office": office, "form": form, "present": present}
    return render(request, "circulars/letterhead.html", context, status=refusal.status if refusal else 200)


@require_safe
def emblem(request: HttpRequest) -> FileResponse:
    """The emblem as it was uploaded."""
    office = _office(request)
    policy.may_set_letterhead(request.actor, office).require()
    present = letterhead(office)
    if present is None or present.emblem is None:
        raise Http404
    return serving.attachment(present.emblem, inline_image=True)


@require_safe
def sample(request: HttpRequest) -> HttpResponse:
    """A letter that says nothing, to see how the letterhead looks."""
    office = _office(request)
    policy.may_set_letterhead(request.actor, office).require()
    return pdf(printing.sample(office), "letterhead.pdf")


def _office(request: HttpRequest) -> Organisation:
    found = Organisation.objects.filter(pk=request.actor.organisation_id).first()
    if found is None:
        raise Http404
    return found
