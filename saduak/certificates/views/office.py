"""Certificates behind the sign-in: each office its own, the secretariat all."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from saduak.certificates import commands, credential, document, policy, queries
from saduak.certificates.forms import FindForm, PublicReasonForm, ReasonForm
from saduak.certificates.models import Certificate, Reason
from saduak.documents.qr import qr_svg
from saduak.files.serving import attachment
from saduak.kernel import clock
from saduak.kernel.refusals import NotComplete
from saduak.people.roles import Role
from saduak.rounds import queries as rounds
from saduak.thai.dates import fiscal_year

PER_PAGE = 50


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All certificates that the actor may see; for officers also what waits to be issued."""
    form = FindForm(request.GET or None, rounds=list(rounds.rounds()))
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.listed(request.actor, **wanted), PER_PAGE).get_page(request.GET.get("page"))
    officer = request.actor.has(Role.OFFICER)
    context = {
        "form": form,
        "page_obj": page,
        "waiting": queries.waiting_by_round() if officer else [],
        "officer": officer,
        "may_see_cohort": policy.may_see_cohort(request.actor),
        "year": fiscal_year(clock.today()),
    }
    return render(request, "certificates/index.html", context)


@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    certificate = queries.by_number(number, actor=request.actor)
    url = document.page_url(certificate.number)
    mark_url = settings.BASE_URL + reverse("certificates:mark", args=[certificate.number])
    context = {
        "certificate": certificate,
        "standing": certificate.standing,
        "reason": Reason(certificate.reason).label if certificate.reason else "",
        "chain": [one for one in queries.chain(certificate) if one.pk != certificate.pk],
        "url": url,
        "qr": qr_svg(f"{url}#{certificate.credential}" if certificate.credential else url),
        "mark_url": mark_url,
        "snippet": f'<a href="{url}"><img src="{mark_url}" width="320" height="112" alt="{certificate.number}"></a>',
        "moves": _moves(request, certificate),
        "key_counts": not certificate.key_id or certificate.key_id in credential.keys_that_count(),
    }
    return render(request, "certificates/detail.html", context)


@require_GET
def pdf(request: HttpRequest, number: str) -> FileResponse:
    """The signed PDF, for the unit and the bodies above it. Not for the public: a file that travels stays intact and
    signed after a revocation, and the record is what counts."""
    certificate = queries.by_number(number, actor=request.actor)
    if certificate.pdf is None:
        raise Http404
    return attachment(certificate.pdf)


@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, number: str) -> HttpResponse:
    words = {
        "question": _("Suspend this certificate?"),
        "confirm_label": _("Suspend the certificate"),
        "consequences": [
            _("From this moment everybody who checks it is told that it does not count for now."),
            _("You can let it hold again, or revoke it."),
        ],
    }
    return _change(
        request,
        number,
        PublicReasonForm,
        commands.suspend,
        policy.may_suspend,
        words,
        _("The certificate is suspended."),
    )


@require_http_methods(["GET", "POST"])
def reinstate(request: HttpRequest, number: str) -> HttpResponse:
    words = {
        "question": _("Let this certificate hold again?"),
        "confirm_label": _("Reinstate the certificate"),
        "consequences": [_("It holds until the day on which it would have ended anyway.")],
    }
    return _change(
        request, number, ReasonForm, commands.reinstate, policy.may_reinstate, words, _("The certificate holds again.")
    )


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    words = {
        "question": _("Revoke this certificate for good?"),
        "confirm_label": _("Revoke the certificate"),
        "consequences": [
            _("This cannot be undone."),
            _("From this moment everybody who checks it is told that it was revoked, and why in general terms."),
            _("The unit is told at once and has to take down the paper and the mark."),
        ],
        "tone": "danger",
    }
    return _change(
        request,
        number,
        PublicReasonForm,
        commands.revoke,
        policy.may_revoke,
        words,
        _("The certificate has been revoked."),
    )


def _change(
    request: HttpRequest,
    number: str,
    form_class: type[ReasonForm],
    command: Callable[..., Certificate],
    may: Callable[..., Any],
    words: dict[str, Any],
    done: str,
) -> HttpResponse:
    """Ask, then do it; what was typed stays when something is missing."""
    certificate = queries.by_number(number, actor=request.actor)
    back = reverse("certificates:detail", args=[certificate.number])
    may(request.actor, certificate).require()
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            command(number, by=request.actor, **form.cleaned_data)
        except NotComplete as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "kicker": certificate.number,
        "about": certificate.centre_name,
        "form": form,
        "cancel_url": back,
        **words,
    }
    return render(request, "certificates/confirm.html", context)


def _moves(request: HttpRequest, certificate: Certificate) -> list[dict[str, Any]]:
    """The buttons an officer meets; others meet none."""
    if not request.actor.has(Role.OFFICER):
        return []
    offered = [
        ("suspend", _("Suspend"), policy.may_suspend, "secondary"),
        ("reinstate", _("Reinstate"), policy.may_reinstate, "secondary"),
        ("revoke", _("Revoke"), policy.may_revoke, "danger"),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"certificates:{name}", args=[certificate.number]),
            "tone": tone,
            "verdict": verdict,
        }
        for name, label, may, tone in offered
        if (verdict := may(request.actor, certificate)) or name == "revoke"
    ]
