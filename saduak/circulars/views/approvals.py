"""Letters before the head of their office."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.circulars import commands, policy
from saduak.circulars.forms.letters import ReturnDraft
from saduak.circulars.models import ApprovalStep, Circular
from saduak.circulars.queries import approvals as waiting
from saduak.circulars.views.boxes import PER_PAGE, tabs_for
from saduak.circulars.views.checking import checked, outlook, own
from saduak.circulars.views.letters import shown
from saduak.circulars.workflow import APPROVAL
from saduak.kernel.refusals import Refusal

TONES = {"propose": "waiting", "approve": "good", "send_back": "bad", "void": "neutral"}
ICONS = {"propose": "send", "approve": "check", "send_back": "arrow-back-up", "void": "pencil"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the head who looks."""
    page = Paginator(waiting.proposed(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    since = {
        one.circular_id: one
        for one in ApprovalStep.objects.filter(circular__in=list(page), move="propose").order_by("at", "pk")
    }
    rows = [{"circular": one, "step": since.get(one.pk)} for one in page]
    context = {"page": page, "rows": rows, "tabs": tabs_for(request.actor)}
    return render(request, "circulars/approvals.html", context)


@require_safe
def approval(request: HttpRequest, code: str) -> HttpResponse:
    """The letter as it would leave, whom it reaches, whether its dates can be met; and the head's word."""
    return _page(request, own(request, code))


@require_POST
def propose(request: HttpRequest, code: str) -> HttpResponse:
    circular = own(request, code)
    try:
        commands.propose(code, by=request.actor, remark=request.POST.get("remark", ""))
    except Refusal as refusal:
        if circular.state != "DRAFT" or not policy.may_edit(request.actor, circular):
            raise
        found = checked(request, own(request, code), refusal)
        return render(request, "circulars/check.html", found, status=refusal.status)
    messages.success(request, _("The head of %(office)s was told.") % {"office": circular.sender.name})
    return redirect("circulars:check", code)


@require_POST
def approve(request: HttpRequest, code: str) -> HttpResponse:
    circular = own(request, code)
    try:
        commands.approve(code, by=request.actor, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        if circular.state != "DRAFT":
            raise
        return _page(request, own(request, code), refusal)
    messages.success(request, _("The letter is approved. It can be issued now."))
    return redirect("circulars:approval", code)


@require_POST
def return_draft(request: HttpRequest, code: str) -> HttpResponse:
    circular = own(request, code)
    form = ReturnDraft(request.POST)
    form.full_clean()
    try:
        commands.return_draft(code, by=request.actor, reason=form.cleaned_data.get("reason", ""))
    except Refusal as refusal:
        if circular.state != "DRAFT":
            raise
        return _page(request, own(request, code), refusal, form)
    messages.success(request, _("The letter was returned to those who wrote it."))
    return redirect("circulars:approvals")


def _page(
    request: HttpRequest, circular: Circular, refusal: Refusal | None = None, form: ReturnDraft | None = None
) -> HttpResponse:
    if circular.state != "DRAFT":
        return redirect("circulars:circular", circular.code)
    standing = waiting.standing(circular)
    may_approve = policy.may_approve(request.actor, circular)
    context = (
        shown(circular)
        | outlook(circular)
        | {
            "circular": circular,
            "standing": standing,
            "history": history(circular),
            "seen": waiting.fingerprint(circular),
            "may_approve": may_approve,
            "may_issue": policy.may_issue(request.actor, circular, standing.missing),
            "may_edit": policy.may_edit(request.actor, circular),
            "returnable": may_approve and circular.approval in ("PROPOSED", "APPROVED"),
            "form": form or ReturnDraft(),
            "refusal": refusal,
        }
    )
    return render(request, "circulars/approval.html", context, status=refusal.status if refusal else 200)


def history(circular: Circular) -> list[dict[str, object]]:
    """The steps of a letter before its head, as the timeline shows them."""
    return [
        {
            "at": one.at,
            "title": _step_title(one),
            "by": one.by_name,
            "text": one.remark,
            "tone": TONES[one.move],
            "icon": ICONS[one.move],
        }
        for one in waiting.steps(circular)
    ]


def _step_title(one: ApprovalStep) -> str:
    title = str(APPROVAL.moves[one.move].label)
    return f"{title} ({one.get_acting_display()})" if one.acting else title
