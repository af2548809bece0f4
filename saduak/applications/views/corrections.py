"""The remarks on what was handed in, and the reply to each."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saduak.applications import commands, policy, queries, standing
from saduak.applications.models import Remark
from saduak.applications.views.finding import actor_of, found, frame, is_own
from saduak.kernel.refusals import NotComplete
from saduak.web import refusals


@require_http_methods(["GET", "HEAD", "POST"])
def corrections(request: HttpRequest, number: str) -> HttpResponse:
    """The remarks, and a reply to each."""
    application = found(request, number)
    remarks = queries.remarks(application)
    if not remarks or not is_own(request, application):
        raise Http404
    wrong: dict[str, str] = {}
    if request.method == "POST":
        chosen = request.POST.get("remark", "")
        try:
            commands.reply_to_remark(application.number, chosen, request.POST.get("reply", ""), by=actor_of(request))
        except NotComplete as refusal:
            wrong[chosen] = refusals.sentence(refusal)
        except Remark.DoesNotExist:
            raise Http404 from None
        else:
            messages.success(request, _("Your reply was saved."))
            return redirect(f"{reverse('applications:corrections', args=[application.number])}#{chosen}")
    titles = queries.item_titles(application)
    places = standing.places_of(application, remarks)
    context = frame(request, application) | {
        "rows": [
            (one, titles.get(one.item, one.item), places[one.item], wrong.get(one.public_id, "")) for one in remarks
        ],
        "wrong": wrong,
        "may_reply": policy.may_reply_to_remark(actor_of(request), application),
        "may_resubmit": policy.may_resubmit(actor_of(request), application),
        "replied": sum(1 for one in remarks if one.replied_at),
        "due": max(one.due_on for one in remarks),
    }
    return render(request, "applications/corrections.html", context, status=422 if wrong else 200)
