"""Uploads in pieces, as the script of the evidence form speaks it: JSON answers, the piece itself as the body.

POST   …/uploads/            name, length          → 201 {id, url, offset, length, done}
PATCH  …/uploads/<id>/       Upload-Offset, bytes  → 200 the same; 409 with the offset when the piece does not fit on
GET    …/uploads/<id>/                             → 200 how far it is; 404 when it is gone
DELETE …/uploads/<id>/                             → 204
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saduak.applications import commands, policy
from saduak.applications.commands.uploading import place_of
from saduak.applications.views.finding import actor_of, found
from saduak.files import commands as files
from saduak.files import queries as stored_files
from saduak.files.models import Incoming
from saduak.kernel.refusals import NotComplete


@require_POST
def begin_upload(request: HttpRequest, number: str) -> HttpResponse:
    """Announce a file."""
    application = found(request, number)
    name, length = request.POST.get("name", ""), request.POST.get("length", "")
    if not length.isascii() or not length.isdigit() or len(length) > 15:
        raise NotComplete(_("Say how large the file is."), field="length")
    incoming = commands.begin_upload(application.number, by=actor_of(request), name=name, length=int(length))
    return JsonResponse(_state(application.number, incoming), status=201)


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE"])
def upload(request: HttpRequest, number: str, upload: str) -> HttpResponse:
    """Go on with a file, ask how far it is, or give it up."""
    application, actor = found(request, number), actor_of(request)
    policy.may_edit(actor, application).require()
    try:
        if request.method == "DELETE":
            commands.discard_upload(application.number, upload, by=actor)
            return HttpResponse(status=204)
        if request.method == "PATCH":
            incoming = _append(request, application.number, upload)
        else:
            incoming = stored_files.under_way(upload, owner_ref=actor.ref, place=place_of(application))
            if incoming.complete:  # the answer to the last piece was lost on its way
                incoming = commands.finish_upload(application.number, upload, by=actor)
    except files.Behind as behind:
        return JsonResponse({"offset": behind.offset}, status=409)
    except (files.Gone, Incoming.DoesNotExist):
        raise Http404 from None
    return JsonResponse(_state(application.number, incoming))


def _append(request: HttpRequest, number: str, public_id: str) -> Incoming:
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isascii() or not offset.isdigit() or len(offset) > 15:
        raise NotComplete(_("Say where the piece belongs."), field="offset")
    with files.receive(request, settings.FILE_LIMIT_BYTES) as piece:
        return commands.append_upload(number, public_id, piece, by=actor_of(request), offset=int(offset))


def _state(number: str, incoming: Incoming) -> dict[str, Any]:
    return {
        "id": incoming.public_id,
        "url": reverse("applications:upload", args=[number, incoming.public_id]),
        "name": incoming.name,
        "offset": incoming.offset,
        "length": incoming.length,
        "done": incoming.stored_id is not None,
    }
