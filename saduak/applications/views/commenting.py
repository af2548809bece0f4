"""Comments of the centre's own people to each other."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saduak.applications import commands, policy, queries
from saduak.applications.models import Application, Comment
from saduak.applications.views.finding import actor_of, found, frame
from saduak.kernel.refusals import NotComplete
from saduak.web import refusals


def _inside(request: HttpRequest, number: str) -> Application:
    """The application, for the centre's own people; for everybody else there is no such page."""
    application = found(request, number)
    actor = actor_of(request)
    if not (actor.has(*policy.PREPARERS) and policy.inside(actor, application.centre)):
        raise Http404
    return application


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, number: str) -> HttpResponse:
    """All threads, those that wait first; POST begins one, or answers in one."""
    application = _inside(request, number)
    titles = {"": _("The whole application")} | queries.item_titles(application)
    wrong, typed = "", {"text": "", "item": request.GET.get("item", ""), "thread": ""}
    if request.method == "POST":
        typed = {key: request.POST.get(key, "") for key in typed}
        try:
            made = commands.comment(
                application.number, typed["text"], by=actor_of(request), item=typed["item"], thread=typed["thread"]
            )
        except NotComplete as refusal:
            wrong = refusals.sentence(refusal)
        except Comment.DoesNotExist:
            raise Http404 from None
        else:
            messages.success(request, _("Your comment was added. Only people of your own office see it."))
            first = made.thread or made
            return redirect(f"{reverse('applications:comments', args=[application.number])}#{first.public_id}")
    context = frame(request, application) | {
        "threads": [(one, titles.get(one.first.item, one.first.item)) for one in queries.threads(application)],
        "titles": titles.items(),
        "typed": typed,
        "wrong": wrong,
        "may_comment": policy.may_comment(actor_of(request), application),
    }
    return render(request, "applications/comments.html", context, status=422 if wrong else 200)


@require_POST
def thread(request: HttpRequest, number: str, thread: str) -> HttpResponse:
    """Close a thread, or open it again."""
    application = _inside(request, number)
    try:
        commands.resolve_comment(
            application.number, thread, by=actor_of(request), resolved=request.POST.get("resolved") == "1"
        )
    except Comment.DoesNotExist:
        raise Http404 from None
    return redirect(f"{reverse('applications:comments', args=[application.number])}#{thread}")
