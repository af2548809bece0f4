"""One circular: the letter on screen, and how far its sending has come."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saduak.circulars import policy, printing
from saduak.circulars.models import Circular, CircularAction
from saduak.circulars.queries import boxes
from saduak.kernel import clock
from saduak.kernel.clock import BANGKOK
from saduak.thai.dates import format_date
from saduak.thai.digits import to_thai


@require_safe
def circular(request: HttpRequest, code: str) -> HttpResponse:
    found = _circular(request, code)
    context = shown(found) | {
        "circular": found,
        "about": _about(found),
        "may_edit": policy.may_edit(request.actor, found),
        "may_print": policy.may_print_letters(request.actor, found),
        "stalled": _stalled(found),
    }
    return render(request, "circulars/circular.html", context)


@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the page that counts how many have the letter."""
    found = _circular(request, code)
    return render(request, "circulars/_progress.html", {"circular": found, "stalled": _stalled(found)})


def shown(found: Circular) -> dict[str, object]:
    """What a template needs to show the letter as paper: urgency and date in Thai, and the cascade it belongs to."""
    issued = found.issued_at
    before, after = printing.paragraphs(found.paragraphs)
    return {
        "before": before,
        "after": after,
        "urgency": printing.URGENCY[found.urgency],
        "issued_on": to_thai(format_date(issued.astimezone(BANGKOK).date())) if issued else "",
        "letter_actions": worded(found),
        "position": printing.position_lines(found),
        "root_code": found.root.code if found.root else found.code,
    }


def worded(found: Circular) -> list[CircularAction]:
    """The actions of the letter, each with the words that are printed: its date is among them."""
    actions = list(found.actions.all())
    for one in actions:
        one.text = printing.action_text(one)
    return actions


def _about(found: Circular) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"label": _("Round"), "value": found.round.code if found.round else _("none: an ordinary circular")},
        {"label": _("Sender"), "value": found.sender.name},
        {"label": _("Written by"), "value": found.created_by},
    ]
    if found.issued_at:
        day = format_date(found.issued_at, language="en" if get_language() == "en" else "th")
        rows += [
            {"label": _("Issued"), "value": day},
            {"label": _("Issued by"), "value": found.issued_by},
            {"label": _("Addressees"), "value": found.addressee_count},
        ]
    if found.parent:
        rows.append({"label": _("Passes on"), "value": found.parent.circular.number})
    if found.in_reply_to:
        rows.append({"label": _("Answers letter"), "value": found.in_reply_to.circular.number})
    return rows


def _stalled(found: Circular) -> bool:
    if found.state != "ISSUING" or found.progressed_at is None:
        return False
    return (clock.now() - found.progressed_at).total_seconds() > 60


def _circular(request: HttpRequest, code: str) -> Circular:
    try:
        return boxes.circular(code, request.actor)
    except Circular.DoesNotExist:
        raise Http404 from None
