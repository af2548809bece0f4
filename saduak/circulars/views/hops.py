"""A letter at one office: stamp it in, acknowledge, assign, pass on, answer."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.circulars import commands, policy, printing, receiving_stamp
from saduak.circulars.forms.handling import Arrived, HandBack, PaperReceipt, SendBack, Settle
from saduak.circulars.forms.letters import Answer, Assign
from saduak.circulars.models import Circular, Delivery
from saduak.circulars.queries import actions, boxes, exchange, ledger
from saduak.circulars.queries.electronic import uses_saduak
from saduak.circulars.views.drafts import pdf
from saduak.circulars.views.letters import shown
from saduak.circulars.workflow import DELIVERY
from saduak.files import serving
from saduak.kernel.refusals import Refusal
from saduak.kernel.verdict import first_no
from saduak.people import queries as people
from saduak.people.actor import Actor
from saduak.people.roles import OFFICE_ROLES, Role

MOST_PICTURES = 10  # pages of a letter from another system that are shown; all are in its file


@require_safe
def hop(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "circulars/hop.html", context(request, _delivery(request, code)))


@require_POST
def receive(request: HttpRequest, code: str) -> HttpResponse:
    form = Arrived(request.POST)
    if not form.is_valid():
        found = _delivery(request, code)
        return render(request, "circulars/hop.html", context(request, found) | {"arrived_form": form}, status=422)
    day = form.cleaned_data["arrived_on"]
    stamped = commands.receive(_delivery(request, code).code, by=request.actor, arrived_on=day)
    words = {"number": stamped.received_number, "year": stamped.received_year}
    messages.success(request, _("Received under number %(number)s/%(year)s.") % words)
    return redirect("circulars:hop", code)


@require_POST
def acknowledge(request: HttpRequest, code: str) -> HttpResponse:
    commands.acknowledge(_delivery(request, code).code, by=request.actor)
    messages.success(request, _("Acknowledged."))
    return redirect("circulars:hop", code)


@require_POST
def assign(request: HttpRequest, code: str) -> HttpResponse:
    delivery = _delivery(request, code)
    policy.may_assign(request.actor, delivery).require()
    form = Assign(_colleagues(delivery), request.POST)
    if form.is_valid():
        given = commands.assign(code, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Given to %(name)s.") % {"name": given.person_name})
        return redirect("circulars:hop", code)
    return render(request, "circulars/hop.html", context(request, delivery) | {"assign_form": form}, status=422)


@require_POST
def forward(request: HttpRequest, code: str) -> HttpResponse:
    made = commands.draft_forward(_delivery(request, code).code, by=request.actor)
    return redirect("circulars:edit", made.code)


@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Begin, or go on with, the letter by which the office answers the sender."""
    made = commands.draft_answer(_delivery(request, code).code, by=request.actor)
    return redirect("circulars:edit", made.code)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, code: str, action: str) -> HttpResponse:
    delivery = _delivery(request, code)
    policy.may_reply(request.actor, delivery).require()
    asked = next((one for one in actions.of_deliveries([delivery]) if one.action.code == action), None)
    if asked is None or asked.how != "reply":
        raise Http404
    initial = {"text": asked.reply.text} if asked.reply else None
    form, refusal = Answer(request.POST or None, request.FILES or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            commands.reply(
                code, action, by=request.actor, text=form.cleaned_data["text"], proof=form.cleaned_data["proof"]
            )
        except Refusal as caught:
            refusal = caught
            field = {"upload": "proof", "file": "proof"}.get(caught.field or "", caught.field)
            form.add_error(field if field in form.fields else None, str(caught))
        else:
            messages.success(request, _("Your answer was sent."))
            return redirect("circulars:hop", code)
    context = {"delivery": delivery, "asked": asked, "form": form}
    return render(request, "circulars/reply.html", context, status=refusal.status if refusal else 200)


@require_safe
def proof(request: HttpRequest, code: str, action: str) -> FileResponse:
    delivery = _delivery(request, code)
    asked = next((one for one in actions.of_deliveries([delivery]) if one.action.code == action), None)
    if asked is None or asked.reply is None or asked.reply.proof is None:
        raise Http404
    return serving.attachment(asked.reply.proof)


@require_safe
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """This office's own copy as PDF."""
    delivery = _delivery(request, code)
    return pdf(printing.letter(delivery.circular, delivery.organisation), f"{code}.pdf")


@require_safe
def stamped(request: HttpRequest, code: str) -> HttpResponse:
    """The same with the office's receiving stamp on its first page."""
    return pdf(receiving_stamp.of_hop(_delivery(request, code)), f"{code}-stamped.pdf")


@require_safe
def came_file(request: HttpRequest, code: str, number: int) -> FileResponse:
    """A file that came with a letter from another system."""
    found = next((one for one in exchange.files_of(_delivery(request, code).circular) if one.order == number), None)
    if found is None:
        raise Http404
    return serving.attachment(found.stored)


@require_safe
def came_page(request: HttpRequest, code: str, number: int) -> FileResponse:
    """The picture of a page of the letter itself, as another system sent it."""
    found = exchange.files_of(_delivery(request, code).circular)[:1]
    if not found or not found[0].stored.drawable:
        raise Http404
    return serving.page(found[0].stored, number)


def handling(request: HttpRequest, delivery: Delivery, wrong: Any) -> dict[str, Any]:
    """The forms that this person may use on the hop now; `wrong` is one that was filled in and refused."""
    actor, passed_on = request.actor, Circular.objects.filter(parent=delivery).exists()
    held = delivery.assignments.order_by("-at", "-pk").first()
    electronic = bool(uses_saduak([delivery.organisation]))
    allowed = {
        "send_back_form": (SendBack, policy.may_send_back(actor, delivery, passed_on), "send_back"),
        "settle_form": (Settle, policy.may_settle_return(actor, delivery), "close_return"),
        "paper_form": (PaperReceipt, policy.may_enter_receipt(actor, delivery, electronic), "enter_receipt"),
    }
    forms = {
        name: wrong if isinstance(wrong, form) else form()
        for name, (form, verdict, move) in allowed.items()
        if first_no(verdict, DELIVERY.can(delivery.state, move))
    }
    if held and held.ended_at is None and policy.may_hand_back(actor, delivery, held.person_id):
        forms["hand_back_form"] = wrong if isinstance(wrong, HandBack) else HandBack()
    if delivery.state == "ON_PAPER":
        forms["arrived_form"] = Arrived(initial={"arrived_on": delivery.paper_receipt.received_on})
    return forms | {
        "paper": getattr(delivery, "paper_receipt", None),
        "back": getattr(delivery, "sent_back", None),
        "wrong": wrong,
    }


def context(request: HttpRequest, delivery: Delivery, wrong: Any = None) -> dict[str, Any]:
    actor = request.actor
    mine = actor.covers(delivery.organisation.path) or actor.has(Role.OFFICER, Role.AUDITOR)
    passed = Circular.objects.filter(parent=delivery).select_related("sender").order_by("created_at")
    answers = delivery.answers.order_by("created_at")
    if not mine:
        passed, answers = passed.exclude(state="DRAFT"), answers.exclude(state="DRAFT")
    may_assign = policy.may_assign(actor, delivery)
    return (
        shown(delivery.circular)
        | handling(request, delivery, wrong)
        | {
            "delivery": delivery,
            "circular": delivery.circular,
            "mine": mine,
            "stamps": actor.has(*policy.SENDERS),
            "asked": sorted(actions.of_deliveries([delivery]), key=lambda one: one.action.number),
            "way": ledger.ways_up(delivery),
            "came_with": (came := exchange.files_of(delivery.circular) if delivery.circular.outside else []),
            "came_pages": range(1, min(came[0].stored.pages, MOST_PICTURES) + 1)
            if came and came[0].stored.drawable
            else [],
            "exchanged": exchange.messages_of(delivery),
            "partner": exchange.partner(delivery),
            "register_line": _register_line(actor, delivery),
            "passed": passed,
            "answers": answers,
            "may_answer": policy.may_answer(actor, delivery),
            "assignments": delivery.assignments.order_by("-at"),
            "may_receive": first_no(policy.may_receive(actor, delivery), DELIVERY.can(delivery.state, "receive")),
            "may_acknowledge": first_no(
                policy.may_acknowledge(actor, delivery), DELIVERY.can(delivery.state, "acknowledge")
            ),
            "may_assign": may_assign,
            "may_forward": policy.may_forward(actor, delivery),
            "may_reply": policy.may_reply(actor, delivery),
            "assign_form": Assign(_colleagues(delivery)) if may_assign else None,
        }
    )


def _register_line(actor: Actor, delivery: Delivery) -> str:
    """The address of the letter's line in the register, for those who read it; "" for others."""
    office = delivery.organisation
    if delivery.received_number is None or not policy.may_see_registers(actor):
        return ""
    if not (actor.covers(office.path) or actor.has(Role.OFFICER, Role.AUDITOR)):
        return ""
    place = [office.code, "IN", delivery.received_year, delivery.received_number]
    return reverse("circulars:register_line", args=place)


def _colleagues(delivery: Delivery) -> list[tuple[str, str]]:
    return [(one.ref, one.name) for one in people.holders([delivery.organisation_id], *OFFICE_ROLES)]


def _delivery(request: HttpRequest, code: str) -> Delivery:
    try:
        return boxes.delivery(code, request.actor)
    except Delivery.DoesNotExist:
        raise Http404 from None
